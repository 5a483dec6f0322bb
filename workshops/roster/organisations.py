"""Where does the name of an organisation, or of a part of one, begin? Words and shapes that say so, with
their strength.

3: said by a word of the vocabulary and what follows it; 2: likely (an acronym, a known ending); 1: possible; 0: no.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from . import words
from .words import Word

SMALL = words.named("small")
SUFFIXES = words.named("suffixes")
_WEAK_SUFFIXES = words.named("weak_suffixes")
# These name an authority only with the place they govern: « Département innovation » is a unit, « commune
# intention » nothing.
_NEED_PLACE = words.named("need_place")
# Common words that name an organisation only when written with a capital or led by an article.
_COMMON = words.named("common")
_SHORT_CAPITAL = (
    4  # acronyms up to this length must be in capitals (« em », « ate » and « fo » are words too)
)


@dataclass(frozen=True)
class KnownOrganisations:
    """Names already in the directory, given by the caller, met as phrases."""

    phrases: words.Phrases

    @classmethod
    def of(cls, names: Sequence[str]) -> "KnownOrganisations":
        """From plain names; spelling, case, accents and hyphens do not matter."""
        return cls(words.Phrases({name for name in names if len(name.strip()) > 2}))


NOTHING_KNOWN = KnownOrganisations(words.Phrases(set()))


def is_acronym(word: Word) -> bool:
    """« CISCA », « CD63 », « U.S.H. »: capitals, at least two letters."""
    letters = [char for char in word.raw if char.isalpha()]
    return (
        2 <= len(letters) <= 10
        and all(char.isupper() for char in letters)
        and word.folded not in words.domains()
    )


def is_camel(word: Word) -> bool:
    """« CoopAura », « Lab01 », « e-Lab »: a capital or a figure inside the word."""
    raw = word.raw.strip("«»()\"'.,")
    inner = raw[1:]
    return (
        raw[:1].isalpha()
        and not raw.isupper()
        and any(c.isupper() or c.isdigit() for c in inner)
        and len(raw) > 3
    )


def shouting(text: str) -> bool:
    """Whether capitals say nothing here: the whole text is in capitals and is more than an acronym."""
    return text.isupper() and (len(text) > 10 or " " in text.strip())


def _folded(found: Sequence[Word]) -> list[str]:
    return [word.folded for word in found]


def content(found: Sequence[Word]) -> list[Word]:
    """The words that carry meaning."""
    return [word for word in found if word.folded not in SMALL]


def only_domains(found: Sequence[Word]) -> bool:
    """Whether every word belongs to the field's matters, national programmes included."""
    folded, index, seen = _folded(found), 0, False
    while index < len(folded):
        length = words.programmes().at(folded, index)
        if not length:
            if folded[index] not in words.domains() and folded[index] not in SMALL:
                return False
            length = 1
        seen = seen or folded[index] not in SMALL
        index += length
    return seen


def place_at(found: Sequence[Word], start: int) -> bool:
    """Whether `found[start:]` is a known place, articles aside."""
    folded = _folded(found[start:])
    while folded and folded[0] in SMALL and not words.places().whole(folded):
        folded = folded[1:]
    return words.places().whole(folded)


def proper(found: Sequence[Word]) -> bool:
    """Whether `found` is a proper noun by its shape: capitals, small words between, no word of the field alone."""
    carrying = content(found)
    return bool(carrying) and all(word.capital or word.raw[:1].isdigit() for word in carrying)


def names_itself(text: str) -> bool:
    """« bureau Hydréos »: a proper noun after the word that opens a unit, so perhaps an organisation."""
    found = words.words_of(text)
    after = found[unit_at(_folded(found), 0) :]
    named = [word for word in after if word.folded not in SMALL and word.folded not in words.domains()]
    return bool(after) and bool(named) and all(word.capital for word in named) and len(after) < len(found)


def _governs(found: Sequence[Word], start: int) -> bool:
    """« Département (du) Puy-de-Dôme », « commune (de) Vic-le-Comte »: what follows is a place, known or
    by its shape.
    """
    rest = found[start:]
    while rest and rest[0].folded in SMALL:
        rest = rest[1:]
    if not rest or rest[0].folded in words.domains():
        return bool(rest) and place_at(rest, 0)
    return rest[0].capital or place_at(rest, 0)


def _short_ok(word: Word) -> bool:
    letters = word.raw.strip(".,()")
    return len(word.folded) > _SHORT_CAPITAL or letters.isupper()


def head_at(found: Sequence[Word], folded: list[str], start: int) -> int:
    """Strength with which an organisation's name begins at `start`, by the vocabulary."""
    length = words.organisations().at(folded, start)
    if not length:
        return 0
    head, word = folded[start], found[start]
    if (
        length == 1
        and not _short_ok(word)
        and head not in ("ville", "pays", "parc", "ecole", "club", "fonds", "caf", "etat")
    ):
        return 0
    rest = found[start + length :]
    if head in _NEED_PLACE and length == 1:
        if not content(rest):
            return 2 if word.capital and start == 0 else 0  # « (Région) »
        return 3 if _governs(found, start + length) else 0
    if words.lone_organisations().at(folded, start):
        return 3
    if not content(rest):
        return 2 if word.capital or length > 1 or head not in _COMMON else 1
    if length == 1 and head in _COMMON and not word.capital:
        named = rest[0].folded in ("de", "du", "d") and not only_domains(rest)
        return 2 if named or any(other.capital for other in rest[:4]) else 1
    return 3


def strength_at(
    found: Sequence[Word], folded: list[str], start: int, known: KnownOrganisations = NOTHING_KNOWN
) -> int:
    """Strength with which an organisation's name begins at `start`, by vocabulary, known names or shape."""
    if known.phrases.at(folded, start):
        return 3
    strength = head_at(found, folded, start)
    if strength:
        return strength
    word = found[start]
    if (is_acronym(word) and not words.programmes().at(folded, start)) or is_camel(word):
        return 2
    return 0


def suffix_start(found: Sequence[Word]) -> int:
    """Where « Clermont Auvergne Métropole » begins, when the words end with such a name; -1 otherwise."""
    if len(found) < 2 or found[-1].folded not in SUFFIXES or not found[-1].capital:
        return -1
    start = len(found) - 1
    while start and found[start - 1].capital and len(found) - start < 6:
        start -= 1
    return start if start < len(found) - 1 else -1


def weak_suffix(found: Sequence[Word]) -> bool:
    """« Dupont Conseil », « Paris Habitat »: a company's usual ending after a word that is not of the field."""
    if not 2 <= len(found) <= 8 or found[-1].folded not in _WEAK_SUFFIXES | SUFFIXES:
        return False
    return found[0].capital and found[-1].capital and not only_domains(found)


def unit_at(folded: list[str], start: int) -> int:
    """Length of the words that open a unit at `start`, unless a longer phrase opens an organisation."""
    length = words.units().at(folded, start)
    return length if length and words.organisations().at(folded, start) <= length else 0
