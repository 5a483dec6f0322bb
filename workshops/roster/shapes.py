"""Shapes of whole lines, seen before they are read: does this one open with a person, is it the head of a group?"""

import re
from dataclasses import replace

from .columns import kind_of
from .line import Line
from .organisations import KnownOrganisations
from .pieces import Kind, Piece, classify
from .private import set_apart
from .prose import is_prose
from .sections import read_heading

_FIRST = re.compile(r"[,(:;\t|]|\s[–—-]\s")
_CIVILITY = re.compile(r"(?:M\.|Mme|Mr|Monsieur|Madame)\s")
_BEFORE = re.compile(r"([A-ZÀ-Ý][^,;:()]{1,50}?)\s*:\s*(?=(?:M\.|MM\.|Mmes?|Mr|Monsieur|Madame)\s)")
_FOR = re.compile(r"^pour\s+(?:les?\s+|la\s+|l['’]\s*)?", re.IGNORECASE)
_MOST_BELOW = 5  # a card has a function, a unit, an organisation, an e-mail and a telephone at most


def opens_with_name(text: str) -> bool:
    """Whether the first mention of `text` is likely a name."""
    first = _FIRST.split(text, maxsplit=1)[0]
    if len(first) > 80:
        return False
    piece = classify(first)
    if (
        piece.kind is Kind.ROLE and text[len(first) : len(first) + 1] == ":"
    ):  # « Président : Hilaire Montagut »
        piece = classify(_FIRST.split(text[len(first) + 1 :].strip(), maxsplit=1)[0])
    return piece.kind is Kind.NAME and piece.name is not None and piece.name.strength >= 2


def names_person(line: Line) -> bool:
    """Whether `line` is about a person: under a bullet, a name by its shape is enough."""
    if line.bullet and classify(_FIRST.split(line.text, maxsplit=1)[0]).kind is Kind.NAME:
        return True
    return opens_with_name(line.text) or bool(_CIVILITY.match(line.text))


def listed(line: Line) -> bool:
    """Whether `line` is an entry rather than a sentence about someone."""
    return names_person(line) and not is_prose(line.text, True)


def told_before(line: Line) -> str | None:
    """« Étables » of « Étables : M. A, Mme B », when nothing but its place on the line says what it is."""
    match = _BEFORE.match(line.text)
    if not match or read_heading(line.text):
        return None
    piece = classify(match.group(1))
    return piece.text if piece.kind in (Kind.UNKNOWN, Kind.PLACE) and piece.sure else None


def told_place(line: Line) -> str | None:
    """« Croix-Rouge » of « Structure : Croix-Rouge », above the people who came from there."""
    title, colon, place = line.text[:120].partition(":")
    place = place.strip()
    if not (colon and place) or line.bullet or kind_of(title) != "organisation":
        return None
    piece = classify(place)
    return place if piece.kind in (Kind.ORGANISATION, Kind.UNIT, Kind.UNKNOWN, Kind.PLACE) else None


def _says_organisation(line: Line) -> bool:
    rest = re.split(r"[,()]", line.text)[1:]
    return any(classify(part).kind is Kind.ORGANISATION for part in rest if part.strip())


def group_head(
    line: Line, following: Line, known: KnownOrganisations, in_group: bool
) -> tuple[Piece, bool] | None:
    """What `line` says of the people below it (« Ville de Riom », « DDT : »), and whether its layout makes that sure.

    `in_group`: another such head came before, so that this one need not stand apart.
    """
    colon = line.text.rstrip().endswith(":")
    nested = line.bullet and following.bullet and following.indent > line.indent
    if (line.bullet and not (colon or nested)) or len(line.text) > 120 or not names_person(following):
        return None
    piece = classify(line.text, known)
    shifted = nested or (following.bullet and not line.bullet) or following.indent > line.indent
    for_them = line.text[:5].lower() == "pour " and shifted
    if for_them:
        piece = replace(piece, text=_FOR.sub("", piece.text))
    weak = piece.kind is Kind.NAME and piece.name is not None and piece.name.strength < 2
    below = shifted and in_group and not is_prose(line.text)
    unknown = (piece.kind is Kind.UNKNOWN and (colon or below)) or (weak and below) or for_them
    if piece.kind not in (Kind.ORGANISATION, Kind.UNIT) and not unknown:
        return None
    if not (colon or shifted):
        apart = line.after_blank or in_group
        if not apart or _says_organisation(following):
            return None
    return piece, (colon or shifted) and not unknown


def _belongs_below(line: Line, first: bool, known: KnownOrganisations) -> bool:
    """Whether `line` may tell of the lone name above it."""
    if line.bullet or line.after_blank or "\t" in line.text or line.text.rstrip().endswith(":"):
        return False  # « Association Repair : » opens the next group
    if read_heading(line.text) or is_prose(line.text):
        return False
    text, private = set_apart(line.text)
    kind = classify(text.split(",")[0], known).kind
    return kind is not Kind.NAME and not (kind is Kind.UNKNOWN and first and not private)


def card(lines: list[Line], index: int, known: KnownOrganisations) -> tuple[list[Line], bool] | None:
    """The lines under a lone name that say what the person does, and whether the block is plain."""
    line = lines[index]
    if line.bullet or len(line.text) > 70 or line.before_blank or "," in line.text:
        return None
    if classify(line.text, known).kind is not Kind.NAME:
        return None
    below: list[Line] = []
    for other in lines[index + 1 : index + 1 + _MOST_BELOW]:
        if not _belongs_below(other, not below, known):
            break
        below.append(other)
        if other.before_blank:
            break
    if not below:
        return None
    last = index + len(below)
    ends = lines[last].before_blank or last + 1 == len(lines)
    return below, (line.after_blank and ends) or classify(below[0].text, known).kind is Kind.ROLE
