"""Why each result is there: the passage that matched, marked, with its source page; its bond to the place in words."""

from collections import defaultdict
from dataclasses import dataclass, replace
from html import escape

from django.db import connection
from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe

from actors.models import Actor, Basis, Kind, Membership, Source
from territories.models import RelationKind, Territory
from workshops.reading.words import count_of, page_url

from .bonds import Bond, Surroundings
from .reading import Reading

# Marks that no text holds (control characters are refused on entry), turned into <mark> after escaping.
_START, _STOP = "\x02", "\x03"

FIELDS = {
    "name": "nom",
    "competence": "compétence",
    "evidence": "compétence",
    "function": "fonction",
    "summary": "présentation",
    "attachment": "rattachement",
    "tie": "lien",
    "initiative": "expérience",
    "finding": "ce qu’on en dit",
}

_REASONS = """
SELECT DISTINCT ON (p.actor_id) p.actor_id, p.field,
  ts_headline('francais', p.text, q.query, %(options)s), p.source_id, p.pages, p.basis
FROM directory_passage p
JOIN (SELECT websearch_to_tsquery('francais', %(words)s) AS query) q ON true
LEFT JOIN actors_competence c ON p.field = 'competence' AND c.name = p.text
WHERE p.actor_id = ANY(%(actors)s)
  AND (c.id = ANY(%(competences)s) OR to_tsvector('francais', p.text) @@ q.query)
ORDER BY p.actor_id, (c.id IS NULL), p.weight, (p.basis <> 'stated'), p.text
"""


@dataclass(frozen=True)
class Reason:
    """`field`: where it matched; `passage`: the text, marked; `source`, `pages`: the proof; `basis`: how sure."""

    field: str
    passage: SafeString
    source: Source | None
    pages: list[int]
    basis: str

    @property
    def source_url(self) -> str:
        return page_url(self.source, self.pages)

    @property
    def is_deduced(self) -> bool:
        return self.basis != Basis.STATED


def reasons(actor_ids: list[int], reading: Reading) -> dict[int, Reason]:
    """The best reason of each actor of a page of results, in two queries."""
    if reading.is_empty or not actor_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _REASONS,
            {
                "actors": actor_ids,
                "words": reading.any_word,
                "competences": [pk for term in reading.terms for pk in term.ids],
                "options": f"StartSel={_START}, StopSel={_STOP}, MaxFragments=1, MaxWords=28, MinWords=12",
            },
        )
        rows = cursor.fetchall()
    sources = Source.objects.in_bulk({row[3] for row in rows if row[3]})
    return {
        actor: Reason(FIELDS[field], _marked(text), sources.get(source), pages or [], basis)
        for actor, field, text, source, pages, basis in rows
    }


def _marked(text: str) -> SafeString:
    html = escape(text).replace(_START, "<mark>").replace(_STOP, "</mark>")
    return mark_safe(html)  # noqa: S308  (escaped just above: only our own marks are tags)


def facts_of(actor_ids: list[int]) -> dict[int, list[str]]:
    """A line on each actor: a person's functions, how many people an organisation has. One query."""
    seen = Actor.objects.published().values("pk")
    held = Membership.objects.filter(Q(member__in=actor_ids) | Q(organisation__in=actor_ids), until="")
    held = held.filter(member__in=seen, organisation__in=seen).select_related("organisation").order_by("pk")
    titles, people = defaultdict(list), defaultdict(set)
    for membership in held:
        titles[membership.member_id].append(membership.title)
        people[membership.organisation_id].add(membership.member_id)
    return {
        pk: titles[pk] or ([count_of(len(people[pk]), "personne")] if people[pk] else []) for pk in actor_ids
    }


@dataclass(frozen=True)
class BondReason:
    """A bond in words: « dans une partie », « 12 % des habitants », « à 14 km »."""

    bond: Bond
    detail: str = ""
    by_function: bool = False

    @property
    def css(self) -> str:
        return {Bond.PART: "overlap", Bond.NEAR: "near", Bond.UNKNOWN: "unknown"}.get(self.bond, "")


# « à l’échelle … »: an area wider than the place, told by what sort of territory it is.
SCALES = {
    "commune": "de la commune",
    "epci": "de l’intercommunalité",
    "ept": "de l’établissement public territorial",
    "petr": "du PETR",
    "pnr": "du parc",
    "departement": "du département",
    "region": "de la région",
    "academie": "de l’académie",
}


def bond_reasons(entries, surroundings: Surroundings) -> dict[int, BondReason]:
    """Why each entry is bound to the place, in two queries. `entries` have `bond` and a loaded `seat`."""
    here = surroundings.territory
    areas = Territory.objects.with_relation_to(here).filter(
        pk__in={pk for entry in entries for pk in entry.area_ids}
    )
    related = {area.pk: area for area in areas}
    seats = Territory.objects.with_distance_to(here).filter(
        pk__in={entry.seat_id for entry in entries if entry.bond == Bond.NEAR}
    )
    distances = {seat.pk: seat.distance_km for seat in seats}
    return {
        entry.pk: replace(
            _bond_reason(entry, here, related, distances),
            by_function=entry.kind == Kind.PERSON and entry.bond != Bond.UNKNOWN,
        )
        for entry in entries
    }


def _bond_reason(entry, here: Territory, related: dict, distances: dict) -> BondReason:
    bond = Bond(entry.bond)
    areas = [related[pk] for pk in entry.area_ids if pk in related]
    if bond == Bond.ACTS and here.pk not in entry.area_ids:
        wider = [area for area in areas if area.relation == RelationKind.COVERS]
        if wider:
            nearest = min(wider, key=lambda area: area.commune_count or 0)
            return BondReason(bond, f"à l’échelle {SCALES.get(nearest.kind, f': {nearest.name}')}")
    if bond == Bond.PART:
        shares = [area.population_share for area in areas if area.population_share is not None]
        return BondReason(bond, share_in_words(max(shares)) if shares else "part non connue")
    if bond == Bond.NEAR and distances.get(entry.seat_id) is not None:
        return BondReason(bond, f"{entry.seat.name}, à {max(1, round(distances[entry.seat_id]))} km")
    return BondReason(bond)


def share_in_words(share: float) -> str:
    """A share of inhabitants (0 to 1) as a person would say it."""
    if share < 0.01:
        return "moins de 1 % des habitants"
    return f"{round(share * 100)} % des habitants"
