"""Taking a person's name out of any text, however it is written there. Pure Python, no Django."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_FOLDS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i"})
# Between two words of a name: nothing (annelaure@…), or whatever is neither letter nor digit, but not a whole line.
_GAP = "[ .]{0,3}"
_SOME = "[ .]{1,3}"
_TITLE = "(?:mme|mmes|m|mr|mlle|monsieur|madame|mademoiselle|dr|docteur|pr|professeure?)"
# Two short words with nothing between are rather a word of the language: « Li Na » and « Lina ».
_LONG_ENOUGH_TO_JOIN = 8
_ADDRESS = re.compile(r"[^\s<>\"'«»(),;]+@[^\s<>\"'«»(),;]+|(?:https?://|www\.)[^\s<>\"«»]+", re.IGNORECASE)
_ELIDED = re.compile(r"\b(d|qu|lorsqu|puisqu|jusqu)e\s+$", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?…]\s+|\n\s*)[«\"“\s]*$")
_WORD = re.compile(r"[a-z0-9]+")

REMOVED_ADDRESS = "adresse retirée"
REMOVED_SLUG = "personne-retiree"


def words_of(text: str) -> list[str]:
    """The words of a name in lower case, without accents: « D’Angelo-Roux » → d, angelo, roux."""
    return _WORD.findall(_fold(text)[0])


def _fold(text: str) -> tuple[str, list[int]]:
    """`text` with plain lower-case letters, dots kept, spaces for the rest; and where each came from in `text`."""
    folded: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        for plain in unicodedata.normalize("NFKD", char.lower().translate(_FOLDS)):
            if unicodedata.combining(plain):
                continue
            folded.append(plain if plain == "." or plain.isalnum() else " ")
            origins.append(index)
    return "".join(folded), origins


@dataclass(frozen=True)
class Mask:
    """What to look for, and what to write instead.

    `names`: the whole name and its other spellings. `family_name`: by itself it is masked after a title (« Mme X »),
    after initials (« A.-L. X ») and in e-mail addresses; alone (« X dit ») only if `alone`, and with its capital, since
    many a family name is also a word or a place. `shared`: others bear it, so that by itself it says nothing.
    `slugs`: addresses in the site.
    """

    names: tuple[str, ...]
    family_name: str = ""
    slugs: tuple[str, ...] = ()
    replacement: str = "une personne"
    alone: bool = False
    shared: bool = False
    _whole: re.Pattern = field(init=False, repr=False)
    _family: re.Pattern | None = field(init=False, repr=False)
    _slug: re.Pattern | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        family = words_of(self.family_name)
        patterns = [
            pattern for name in self.names for pattern in _patterns(words_of(name), family, self.shared)
        ]
        object.__setattr__(self, "_whole", _bounded(patterns))
        object.__setattr__(self, "_family", _bounded([_GAP.join(family)]) if family else None)
        slugs = "|".join(re.escape(slug) for slug in sorted(self.slugs, key=len, reverse=True))
        object.__setattr__(self, "_slug", re.compile(rf"(?<![\w-])(?:{slugs})(?![\w-])") if slugs else None)

    def __call__(self, text: str) -> str:
        """`text` without the name; the same text if the name is not in it. Masking twice changes nothing."""
        text = _ADDRESS.sub(lambda found: self._address(found[0]), text)
        if self._slug:
            text = self._slug.sub(REMOVED_SLUG, text)
        spans = sorted(self._spans(text))
        if not spans:
            return text
        parts: list[str] = []
        position = 0
        for start, end in spans:
            before = text[position:start]
            elided = _ELIDED.search(before)
            if elided and self.replacement.startswith(("u", "U")):
                before = before[: elided.start()] + elided[1] + "’"
            parts.append(before)
            opens = _SENTENCE_ENDS.search("".join(parts)) and text[start].isupper()
            parts.append(self.replacement[:1].upper() + self.replacement[1:] if opens else self.replacement)
            position = end
        return "".join(parts) + text[position:]

    def names_someone(self, text: str) -> bool:
        """Whether masking would change `text`."""
        return self(text) != text

    def has_family_name(self, text: str) -> bool:
        """Whether the family name stands in `text` as a word, in whatever case: something for a person to reread."""
        return bool(self._family and self._family.search(_fold(text)[0]))

    def is_common_word(self, text: str) -> bool:
        """Whether the family name stands in `text` in small letters, outside of addresses: a word of the language."""
        text = _ADDRESS.sub(" ", text)
        return any(text[start:end].islower() for start, end in self._found(self._family, text)) and not (
            self._slug and self._slug.search(text)
        )

    def _address(self, address: str) -> str:
        """An e-mail or web address that holds the name goes whole: no half of it may be guessed from the other."""
        if self._slug:
            address = self._slug.sub(REMOVED_SLUG, address)
        folded = _fold(address)[0]
        family = "".join(words_of(self.family_name))
        in_mailbox = (
            not self.shared
            and "@" in address
            and len(family) > 3
            and family in re.sub("[ .]", "", _fold(address.split("@")[0])[0])
        )
        return REMOVED_ADDRESS if in_mailbox or self._whole.search(folded) else address

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the name stands in `text`, without overlaps."""
        found = list(self._found(self._whole, text))
        if self.alone:
            alone = self._found(self._family, text)
            found += [span for span in alone if text[span[0]].isupper() and not _overlaps(span, found)]
        yield from found

    @staticmethod
    def _found(pattern: re.Pattern | None, text: str) -> Iterator[tuple[int, int]]:
        if pattern is None:
            return
        folded, origins = _fold(text)
        for match in pattern.finditer(folded):
            end = origins[match.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1  # an accent typed after its letter
            yield origins[match.start()], end


def _patterns(name: list[str], family: list[str], shared: bool) -> Iterator[str]:
    """Regular expressions, on folded text, of the ways to write a name."""
    if not name:
        return
    if not family or name[-len(family) :] != family:
        family = name[-1:]
    given = name[: -len(family)]
    gap = _GAP if sum(map(len, name)) >= _LONG_ENOUGH_TO_JOIN else _SOME
    titled = rf"(?:{_TITLE}{_SOME})?"
    yield titled + gap.join(given + family)
    if given:
        # « Petit, Ada », but in « M. Petit, Ada Petit » the second belongs to what follows.
        yield rf"{gap.join(family + given)}(?!{_GAP}{_GAP.join(family)})"
    if given and not shared:
        # A.-L. X, A.L. X, A. X
        more = "".join(rf"(?:{word[0]}\.{_GAP})?" for word in given[1:])
        initials = rf"{given[0][0]}\.{_GAP}{more}"
        yield titled + initials + _GAP.join(family)
    if not shared:
        yield rf"{_TITLE}{_SOME}{_GAP.join(family)}"


def _bounded(patterns: Iterable[str]) -> re.Pattern:
    """The longest of `patterns` first, never inside a longer word."""
    alternatives = "|".join(sorted(set(patterns), key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{alternatives or '(?!)'})(?![a-z0-9])")


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
