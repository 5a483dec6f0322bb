"""What one piece of a line is: a name, a function, an organisation, a unit, a matter, a place, a presence."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from . import organisations as orgs
from . import words
from .names import Name, read_name, split_civility
from .organisations import NOTHING_KNOWN, KnownOrganisations
from .roles import Split, role_at, split_role
from .statuses import Said, read_said


class Kind(Enum):
    """The kinds of pieces."""

    NAME = "name"
    ROLE = "role"
    ORGANISATION = "organisation"
    UNIT = "unit"
    MATTER = "matter"
    PLACE = "place"
    SAID = "said"
    MORE = "more"  # goes on with what precedes: « du logement »
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Piece:
    """One piece. `sure` is the reader's own confidence in `kind`; `before` and `inside` are set by the cutter."""

    kind: Kind
    text: str
    sure: bool = True
    name: Name | None = None
    split: Split | None = None
    said: Said | None = None
    autonomous: bool = False  # an organisation, unless a larger one follows
    territory: str | None = None
    organisation: str | None = None  # of a unit written with it: « Service culture de la Ville de Riom »
    before: str = ""
    inside: bool = False


_MAX_WORDS = 45
_EDGES = ' \t,;:.–—-•*_"«»“”|>='


_EDGES_BUT_QUOTE = " \t,;:.–—-•*_|>="
_ABBREVIATED = re.compile(r"(?:^|[\s.-])[^\W\d_]\.\s*$")  # « Dupont J. » keeps its point


def tidy(text: str) -> str:
    """`text` without the punctuation at its ends; an abbreviation keeps its point, a pair its bracket."""
    if "«" in text[1:] and text.rstrip(_EDGES_BUT_QUOTE).endswith("»"):
        return text.strip(_EDGES_BUT_QUOTE)
    text = text.strip(_EDGES) if not _ABBREVIATED.search(text) else text.strip().lstrip(_EDGES)
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip(_EDGES)
    return text


def _lead(text: str) -> tuple[str, bool]:
    """`text` without « de la », « à l' », « pour » before it, and whether there was such a word."""
    found = words.words_of(text)
    index = 0
    while (
        index < min(3, len(found) - 1) and found[index].raw in _LEADING and not found[index].raw[0].isupper()
    ):
        index += 1
    return text[found[index].start :] if index else text, index > 0


_LEADING = words.named("leading")
_ARTICLES = words.named("articles")
_PREPOSITIONS = words.named("prepositions")


def _role(text: str, known: KnownOrganisations) -> Piece:
    split = split_role(text, known)
    return Piece(Kind.ROLE, text, split.sure, split=split)


def _organisation(text: str, folded: list[str], strength: int) -> Piece:
    found = words.words_of(text)
    territory = None
    for index in range(len(found) - 1, 0, -1):
        if found[index - 1].raw == "à" and orgs.place_at(found, index):
            territory = text[found[index].start :].strip()
            text = text[: found[index - 1].start].strip(" ,")
            break
    auto = bool(words.autonomous_units().at(folded, 0)) and words.organisations().at(
        folded, 0
    ) <= words.autonomous_units().at(folded, 0)
    return Piece(Kind.ORGANISATION, text, strength >= 2, autonomous=auto, territory=territory)


def _unit(text: str, known: KnownOrganisations) -> Piece:
    """A unit, cut from the organisation it may end with: « Service culture de la Ville de Riom »."""
    found = words.words_of(text)
    folded = [word.folded for word in found]
    start = orgs.unit_at(folded, 0)
    for index in range(start, len(found)):
        if words.programmes().at(folded, index) or orgs.strength_at(found, folded, index, known) < 3:
            continue
        linked = found[index - 1].folded in ("de", "la", "du", "d", "l", "a", "au", "–", "-")
        if not linked and not found[index].capital:
            continue
        end = index
        while end > start and found[end - 1].folded in orgs.SMALL:
            end -= 1
        if index == start or end == start:
            break
        return Piece(
            Kind.UNIT,
            text[: found[end - 1].end].strip(),
            linked,
            organisation=_lead(text[found[index].start :].strip())[0],
        )
    return Piece(Kind.UNIT, text)


def _by_vocabulary(text: str, known: KnownOrganisations) -> Piece | None:
    """A function, a unit or an organisation, by the words that open it."""
    bare, led = _lead(text)
    found = words.words_of(bare)
    folded = [word.folded for word in found]
    if not folded:
        return None
    goes_on = led and text[:1].islower() and not text.startswith(("la ", "le ", "l'", "l’"))
    if role_at(folded) and not goes_on:
        return _role(bare if led else text, known)
    unit = orgs.unit_at(folded, 0)
    if unit and not words.autonomous_units().at(folded, 0):
        if words.organisations().at(folded, 0) and orgs.head_at(found, folded, 0) >= 2:
            return _organisation(bare, folded, 3)
        return _unit(bare if led else text, known)
    strength = _organisation_strength(bare, found, folded, known)
    if strength:
        return _organisation(bare, folded, strength)
    return _unit(bare, known) if unit else None


def _organisation_strength(
    bare: str, found: tuple[words.Word, ...], folded: list[str], known: KnownOrganisations
) -> int:
    """How surely the whole of `bare` names an organisation."""
    opens = words.organisations().at(folded, 0)
    article = 1 if folded[0] in _ARTICLES and len(folded) > 1 and not opens else 0
    strength = orgs.strength_at(found, folded, article, known)
    if strength >= 2 and orgs.shouting(bare) and not opens and not known.phrases.at(folded, 0):
        strength = 0
    qualified = any(not word.capital for word in orgs.content(found))
    if strength == 2 and qualified and not orgs.head_at(found, folded, article):
        return 1  # « AMO indépendante »: an acronym that something qualifies may be a trade
    lone = bare[0].isupper() and words.lone_organisations().whole(folded)  # « Familles rurales »
    if strength >= 2 and (lone or not (len(found) > 1 and orgs.only_domains(found))):
        return strength
    return 3 if orgs.suffix_start(found) == 0 else 0


def _by_shape(text: str, name: Name | None) -> Piece:
    found = words.words_of(text)
    if not found:
        return Piece(Kind.UNKNOWN, text, False)
    if orgs.place_at(found, 0) or (text.isdigit() and len(text) in (2, 3, 5)):
        return Piece(Kind.PLACE, _lead(text)[0])
    if orgs.only_domains(found):
        return Piece(Kind.MATTER, text)
    if orgs.weak_suffix(found):
        return Piece(Kind.ORGANISATION, text, not name)
    if found[0].folded in _PREPOSITIONS and (not found[0].capital or text.isupper()):
        return Piece(Kind.MORE, text)
    if name:
        return Piece(Kind.NAME, text, False, name=name)
    return Piece(Kind.UNKNOWN, text, orgs.proper(found) and not orgs.shouting(text))


@lru_cache(maxsize=32768)
def _classify(text: str, known: KnownOrganisations) -> Piece:
    said = read_said(text)
    if said and (said.status or said.sure):
        return Piece(Kind.SAID, text, said.sure, said=said)
    name = read_name(text)
    if name and (name.strength >= 3 or (name.strength == 2 and not _looks_known(text, known))):
        return Piece(Kind.NAME, text, name.strength >= 3, name=name)
    if len(text.split(None, _MAX_WORDS)) > _MAX_WORDS:
        return Piece(Kind.UNKNOWN, text, False)
    civility, _, rest = split_civility(text)
    if civility and role_at(words.tokens(rest)):
        return _role(re.sub(r"^(?:le|la|l['’])\s*", "", rest), known)
    return _by_vocabulary(text, known) or _by_shape(text, name)


def _looks_known(text: str, known: KnownOrganisations) -> bool:
    found = words.words_of(text)
    folded = [word.folded for word in found]
    return bool(known.phrases.at(folded, 0)) or orgs.head_at(found, folded, 0) >= 2


def classify(text: str, known: KnownOrganisations = NOTHING_KNOWN) -> Piece:
    """What `text` is, tidied."""
    return _classify(tidy(text), known)


def opens_strongly(text: str, known: KnownOrganisations = NOTHING_KNOWN) -> bool:
    """Whether `text` opens, by the vocabulary, a function, an organisation, a unit, a name or a presence."""
    piece = classify(text, known)
    return piece.kind in (Kind.ROLE, Kind.ORGANISATION, Kind.UNIT, Kind.SAID, Kind.NAME) and piece.sure | (
        piece.kind is Kind.ROLE
    )
