"""Who is on a line: one person, several, an organisation before its people, or nobody."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from .assembly import WHY_NAME, WHY_TWO, assemble
from .cutting import cut
from .entries import Entry
from .names import Name, is_given, read_name
from .organisations import KnownOrganisations
from .pieces import Kind, Piece
from .wording import each_with_its_people, expand

WHY_SHARED = "Plusieurs personnes pour une même mention"
WHY_BEFORE = "Mention placée avant le nom"
_SINGLE = re.compile(r"^[^\W\d_][\w'’-]+$")
_FAMILY = re.compile(r"^[A-ZÀ-Ý][A-ZÀ-Ý'’-]*(?: [A-ZÀ-Ý][A-ZÀ-Ý'’-]+){1,3}$")  # « DE LA TOUR »
_TWO_FAMILIES = re.compile(r"^([A-ZÀ-Ý][\w'’-]+)\s+(?:et|&)\s+([A-ZÀ-Ý][\w'’-]+)$")


@dataclass
class Group:
    """A person (or nobody) and what is said of them, as pieces."""

    name: Name | None
    pieces: list[Piece] = field(default_factory=list)
    start: str = ""  # text of the first piece, to find it in the line
    joined: bool = False  # tied to the previous name by « et »
    inside: bool = False  # in brackets
    dashed: bool = False  # after a dash


def _single(piece: Piece) -> bool:
    if _FAMILY.match(piece.text):
        return True
    return bool(_SINGLE.match(piece.text)) and piece.kind in (
        Kind.UNKNOWN,
        Kind.NAME,
        Kind.ORGANISATION,
        Kind.PLACE,
    )


def _merge_split_names(pieces: list[Piece]) -> list[Piece]:
    """« DUPONT | Marie », « Marie ; Dupont », « DUPONT, Marie »: a name cut in two cells."""
    merged: list[Piece] = []
    for piece in pieces:
        previous = merged[-1] if merged else None
        if previous and piece.before in ("\t", ",", ";", "|") and _single(previous) and _single(piece):
            joined = _joined_name(previous, piece)
            if joined and (len(merged) == 1 or merged[-1].before in ("\t", "|", ";")):
                merged[-1] = replace(
                    previous,
                    kind=Kind.NAME,
                    text=f"{previous.text} {piece.text}",
                    name=joined,
                    sure=joined.strength > 1,
                    territory=None,
                )
                continue
        merged.append(piece)
    return merged


def _joined_name(left: Piece, right: Piece) -> Name | None:
    given_left, given_right = is_given(left.text), is_given(right.text)
    if not (given_left or given_right):
        return None
    if (right.kind is Kind.ORGANISATION and not right.text.isupper()) or (
        given_left and right.before == "," and not given_right
    ):
        return None
    name = read_name(f"{left.text} {right.text}")
    if name is None or name.strength < 2:
        return None
    if right.before == "," and not left.text.isupper():
        return replace(name, strength=1)
    return name


def _plural(pieces: list[Piece]) -> list[Piece]:
    """After « MM. Dupont, », single capitalised words are names too."""
    out: list[Piece] = []
    plural: str | None = None
    for piece in pieces:
        if piece.name and piece.name.plural:
            plural = piece.name.civility
        both = _TWO_FAMILIES.match(piece.text) if plural and not piece.inside else None
        if both:
            for index, part in enumerate(both.groups()):
                out.append(
                    _family(replace(piece, text=part, before=piece.before if not index else "et"), plural)
                )
        elif (
            plural
            and not piece.inside
            and piece.kind in (Kind.UNKNOWN, Kind.ORGANISATION, Kind.NAME)
            and _single(piece)
            and piece.text[0].isupper()
        ):
            out.append(_family(piece, plural))
        elif plural and _MM_AND.match(piece.text):
            left, right = _MM_AND.match(piece.text).groups()  # type: ignore[union-attr]
            out.append(_family(replace(piece, text=left), plural))
            out.append(_family(replace(piece, text=right, before="et"), plural))
        else:
            out.append(piece)
    return out


_MM_AND = re.compile(r"^(?:MM\.?|Mmes\.?)\s+([A-ZÀ-Ý][\w'’-]+)\s+et\s+([A-ZÀ-Ý][\w'’-]+)$")


def _family(piece: Piece, civility: str | None) -> Piece:
    text = piece.text.capitalize() if piece.text.isupper() else piece.text
    name = Name(text, 3, "family", None, civility, incomplete=True, plural=True)
    return replace(piece, kind=Kind.NAME, name=name, sure=True)


def _waits(piece: Piece) -> bool:
    """Whether a function still waits for its organisation: what follows may be it rather than a person."""
    return piece.kind is Kind.ROLE and not (piece.split and piece.split.organisation)


def _names_surely(piece: Piece | None) -> bool:
    """A name that nobody doubts, after a dash or a colon."""
    return (
        piece is not None
        and piece.before in ("–", ":")
        and piece.name is not None
        and piece.name.strength > 2
    )


def _starts(pieces: list[Piece]) -> list[int]:
    """Indices of the pieces that begin a person."""
    found: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.kind is not Kind.NAME or piece.name is None:
            continue
        strong = piece.name.strength >= 2
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if not strong and not index and _names_surely(following):
            continue  # « Garage du Lac – Mme Fily »
        backed = following is not None and (following.kind is Kind.ROLE or following.before in "([")
        if piece.name.incomplete and not piece.name.civility and found and not backed:
            continue
        if piece.inside and piece.name.strength < 3 and found:
            continue  # « Mme A (SM Vallon) »: a bracket beside a name seldom names someone else
        if strong or (not found and index == 0) or (backed and not _waits(pieces[index - 1])):
            found.append(index)
    found = _between_brackets(pieces, found)
    if not found:
        weak = [i for i, piece in enumerate(pieces) if piece.kind is Kind.NAME]
        return weak[:1]
    return found


def _only_names(pieces: list[Piece]) -> bool:
    """« Léa Roux, Anouk Vermeersch, Jo Wilson »: three names or more and nothing else, some by their shape only."""
    return len(pieces) > 2 and all(
        piece.kind is Kind.NAME and piece.name and not piece.inside and piece.before in ("", ",", "et", ";")
        for piece in pieces
    )


def _between_brackets(pieces: list[Piece], found: list[int]) -> list[int]:
    """Where brackets say what people do, « A (maire), B (adjoint), C »: C is someone too, even by its shape only."""
    if _only_names(pieces):
        return list(range(len(pieces)))
    opened = sum(index + 1 < len(pieces) and pieces[index + 1].before in "([" for index in found)
    if opened < 2:
        return found
    weak = [
        index
        for index, piece in enumerate(pieces)
        if piece.kind is Kind.NAME and not piece.inside and piece.before in (",", ";", "et", "/")
    ]
    return sorted({*found, *weak})


def _groups(pieces: list[Piece]) -> tuple[list[Piece], list[Group]]:
    """What stands before the first name, and each person's pieces."""
    starts = _starts(pieces)
    if not starts:
        return pieces, []
    groups: list[Group] = []
    several = False
    for order, start in enumerate(starts):
        end = starts[order + 1] if order + 1 < len(starts) else len(pieces)
        piece = pieces[start]
        if piece.name and piece.name.civility:
            several = piece.name.plural
        listed = several and piece.before == "," and start - 1 == starts[order - 1]  # « MM. A, B et C »
        joined = piece.before in ("et", "/") or listed
        rest = pieces[start + 1 : end]
        groups.append(Group(piece.name, rest, piece.text, joined, piece.inside, piece.before == "–"))
    return pieces[: starts[0]], groups


def _shared(entries: list[Entry], groups: list[Group], status: str, session_role: str | None) -> list[Entry]:
    """« Marie Dupont et Jean Durand, CISCA »: the mention of the last may be that of those named just before."""
    said: list[Piece] = []
    joined = False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group.pieces:
            said, joined = group.pieces, group.joined
            continue
        shared = assemble(group.name, said, status, session_role)
        plain = joined and not shared.role and shared.organisation and not any(piece.inside for piece in said)
        if plain and not shared.needs_review:
            entries[index] = shared
        elif shared.organisation or ((shared.role or shared.unit) and (joined or not said[0].inside)):
            entries[index] = entries[index].doubted(
                WHY_SHARED, role=shared.role, organisation=shared.organisation, unit=shared.unit
            )
            if joined:
                entries[index + 1] = entries[index + 1].doubted(WHY_SHARED, role=None, organisation=None)
        joined = joined and group.joined
    return entries


def _with_prefix(prefix: list[Piece], groups: list[Group], colon: bool) -> bool:
    """Gives what stands before the names to those who have none of it; whether that is a doubt."""
    for group in groups:
        have = {piece.kind for piece in group.pieces}
        given = [
            replace(piece, before=",")
            for piece in prefix
            if piece.kind not in have or piece.kind is Kind.SAID
        ]
        group.pieces = group.pieces + given if colon else given + group.pieces
    inside = all(group.inside for group in groups)  # « SCOP Lumibois (Mme A et M. B) »
    return not (colon or inside) and len(groups) > 1


def read_pieces(pieces: list[Piece], status: str, session_role: str | None) -> list[tuple[Entry, str]]:
    """Entries of one line, each with the text of its first piece."""
    pieces = _plural(_merge_split_names(pieces))
    prefix, groups = _groups(pieces)
    if not groups:
        return _nobody(prefix, status, session_role)
    doubtful = False
    if prefix:
        after = pieces[len(prefix)].before
        doubtful = _with_prefix(prefix, groups, after == ":")
    entries = [assemble(group.name, group.pieces, status, session_role) for group in groups]
    if not prefix:
        entries = _shared(entries, groups, status, session_role)
    if doubtful:
        entries = [entry.doubted(WHY_BEFORE, organisation=None, role=None) for entry in entries]
    entries = _after_dash(_trailing_name(entries, groups), groups)
    return list(zip(entries, [group.start for group in groups], strict=True))


def _trailing_name(entries: list[Entry], groups: list[Group]) -> list[Entry]:
    """« Marie Dupont, directrice, Blaise Pascal »: a second person, or the organisation of the first?"""
    if len(groups) < 2 or groups[-1].pieces or groups[-1].joined:
        return entries
    before = entries[-2]
    if before.role and not before.organisation and len(groups) == 2:
        entries[-2] = before.doubted(WHY_NAME, organisation=entries[-1].person_name)
        entries[-1] = entries[-1].doubted(WHY_NAME, person_name=None)
    return entries


def _after_dash(entries: list[Entry], groups: list[Group]) -> list[Entry]:
    """« ETF Durand – Kévin Durand »: two people, or one and the organisation they come from?"""
    for index, group in enumerate(groups[1:], start=1):
        before = groups[index - 1]
        plain = group.dashed and before.name and not (before.pieces or before.name.civility)
        if plain and not entries[index].organisation:
            entries[index] = entries[index].doubted(WHY_NAME, organisation=entries[index - 1].person_name)
    return entries


def _nobody(pieces: list[Piece], status: str, session_role: str | None) -> list[tuple[Entry, str]]:
    """Organisations or functions with nobody named; « CAF, DDT, CISCA » are three."""
    meaning = [piece for piece in pieces if piece.kind is not Kind.SAID]
    if not meaning:
        return []
    alone = len(meaning) > 1 and all(
        piece.kind is Kind.ORGANISATION and not piece.inside for piece in meaning
    )
    if alone and all(piece.before in (",", ";", "et", "") for piece in meaning):
        found = [assemble(None, [replace(piece, before="")], status, session_role) for piece in meaning]
        if len(found) == 2:
            found = [
                entry.doubted(WHY_TWO, unit=found[0].organisation, organisation=found[1].organisation)
                for entry in found
            ]
        return list(zip(found, [piece.text for piece in meaning], strict=True))
    return [(assemble(None, pieces, status, session_role), pieces[0].text)]


def people_on(
    text: str, known: KnownOrganisations, status: str, session_role: str | None
) -> list[tuple[Entry, str]]:
    """Entries of `text`, each with the text it begins with. Semicolons separate people, or the columns of one."""
    return list(_people_on(text, known, status, session_role))


@lru_cache(maxsize=2048)  # the same line often comes back: in another section, on another page
def _people_on(
    text: str, known: KnownOrganisations, status: str, session_role: str | None
) -> list[tuple[Entry, str]]:
    text = expand(text)
    apart = each_with_its_people(text)
    if apart:
        return [one for place, who in apart for one in _from_there(place, who, known, status, session_role)]
    pieces = cut(text, known)
    if not pieces:
        return []
    if any(piece.before == ";" for piece in pieces):
        parts = _under_head(_by_semicolon(pieces))
        named = sum(bool(_starts(_merge_split_names(part))) for part in parts)
        only = all(len(part) == 1 and part[0].kind is Kind.ORGANISATION for part in parts)
        if named > 1 or only:
            read = [read_pieces(part, status, session_role) for part in parts]
            return [one for part in (read if only else _beside_nobody(read)) for one in part]
    return read_pieces(pieces, status, session_role)


def _from_there(
    place: str, who: str, known: KnownOrganisations, status: str, session_role: str | None
) -> list[tuple[Entry, str]]:
    """« DDT (C. Bouniol, A. Roux) »: the people in the brackets, the first one's line beginning with the place."""
    found = _people_on(f"{place} : {who}", known, status, session_role)
    return [(found[0][0], place), *found[1:]] if found else []


def _under_head(parts: list[list[Piece]]) -> list[list[Piece]]:
    """« Commune de Riom : M. A, maire ; Mme B »: what stands before the colon is said of all, up to another colon."""
    first = parts[0]
    colon = next((index for index, piece in enumerate(first) if piece.before == ":"), 0)
    head = first[:colon]
    if not head or _starts(head) or _starts(first[: colon + 1]) != [colon]:
        return parts
    below = [first]
    for part in parts[1:]:
        if any(piece.before == ":" for piece in part):
            return [*below, *parts[len(below) :]]
        below.append([*head, replace(part[0], before=":"), *part[1:]] if _starts(part) == [0] else part)
    return below


def _beside_nobody(read: list[list[tuple[Entry, str]]]) -> list[list[tuple[Entry, str]]]:
    """« Albaret;Jacques Rieu;Marie Rieu »: an organisation between the same semicolons may be that of the people."""
    alone = [entry.organisation for part in read for entry, _ in part if not entry.person_name]
    place = next((organisation for organisation in alone if organisation), None)
    if place is None:
        return read
    return [
        [
            (entry.doubted(WHY_TWO, organisation=place), start)
            if entry.person_name and not entry.organisation
            else (entry, start)
            for entry, start in part
        ]
        for part in read
    ]


def _by_semicolon(pieces: list[Piece]) -> list[list[Piece]]:
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.before == ";" and parts[-1]:
            parts.append([])
            piece = replace(piece, before="")
        parts[-1].append(piece)
    return [part for part in parts if part]
