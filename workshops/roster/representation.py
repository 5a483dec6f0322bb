"""Who came for whom: « Mme A, représentée par M. B », « M. B, représentant Mme A »."""

import re
from dataclasses import replace

from .entries import Affiliation, Entry
from .names import read_name
from .organisations import KnownOrganisations
from .people import people_on
from .statuses import by_representation, split_represented, split_represents

WHY_REPRESENTS = "Présence déduite\u202f: représente une autre personne"
WHY_WITH = "Représentée aussi, comme la personne qui suit\u202f?"

_GIVEN = re.compile(r"\s*(?:et\s+)?([^\s].{1,60}?)\s+(?:à|par)\s+(.{2,60}?)\s*$")


def people_told(
    text: str, known: KnownOrganisations, status: str, session_role: str | None
) -> list[tuple[Entry, str]]:
    """Entries of `text`, representation included: the one who is represented, and the one who came."""
    if ";" in text and split_represented(text):
        parts = [part for part in text.split(";") if part.strip()]
        return [one for part in parts for one in people_told(part, known, status, session_role)]
    parts = by_representation(text)
    if len(parts) > 1:
        return [one for part in parts for one in people_told(_bare(part), known, status, session_role)]
    pairs = _given_to(text) if status == "represented" else []
    if pairs:
        told = [_represented(*pair, known, status, session_role) for pair in pairs]
        return [one for pair in told for one in pair]
    sides = split_represented(text)
    if sides and sides[0]:
        return _represented(*sides, known, status, session_role)
    sides = split_represents(text)
    if sides and sides[0]:
        away = people_on(sides[1], known, "represented", None)
        come = people_on(sides[0], known, status, session_role)
        return come + [(entry.doubted(WHY_REPRESENTS, status="unknown"), listed) for entry, listed in away]
    return people_on(text, known, status, session_role)


def _bare(part: str) -> str:
    return part.strip(" ,.").removeprefix("et ")


def _given_to(text: str) -> list[tuple[str, str]]:
    """Under « Pouvoirs »: « Inès Charrier à Alain Tessier, Mme Serre par M. Fabre », if all of it is so."""
    pairs = []
    for part in re.split("[,;]", text.rstrip(" .")):
        match = _GIVEN.match(part)
        if not (match and read_name(match.group(1)) and read_name(match.group(2))):
            return []
        pairs.append((match.group(1), match.group(2)))
    return pairs


def _represented(
    away_text: str, come_text: str, known: KnownOrganisations, status: str, session_role: str | None
) -> list[tuple[Entry, str]]:
    away = people_on(away_text, known, status, session_role)
    if len(away) == 1 and _only_a_body(away[0][0]):
        come = people_on(come_text, known, status, session_role)
        if come and all(entry.person_name for entry, _ in come):
            return [(_came_for(entry, away[0][0], status), listed) for entry, listed in come]
    if away:
        entry, listed = away[-1]
        also = [(entry.doubted(WHY_WITH, status="represented"), name) for entry, name in away[:-1]]
        others = also if " et " in away_text else away[:-1]
        away = [*others, (replace(entry, status="represented"), listed)]
    place = away[-1][0].organisation if away else None
    come = people_on(come_text, known, "present", session_role)
    return away + [
        (entry.doubted(WHY_REPRESENTS, status="unknown", **_inherited(entry, place)), listed)
        for entry, listed in come
    ]


def _only_a_body(entry: Entry) -> bool:
    return bool(entry.organisation) and not (entry.person_name or entry.role)


def _came_for(entry: Entry, body: Entry, status: str) -> Entry:
    """« Commune de Riom, représentée par Mme A »: one person, there for an organisation."""
    if not entry.organisation:
        first, *others = entry.affiliations or (Affiliation(),)
        kept = (replace(first, organisation=body.organisation), *others)
        entry = replace(entry, organisation=body.organisation, affiliations=kept)
    for doubt in body.alternatives:
        entry = entry.doubted(doubt.reason, organisation=None)
    if status in ("excused", "absent", "represented"):
        return replace(entry, status="present").doubted(WHY_REPRESENTS, status=status)
    return entry


def _inherited(entry: Entry, place: str | None) -> dict[str, str | None]:
    return {"organisation": place} if place and not entry.organisation else {}
