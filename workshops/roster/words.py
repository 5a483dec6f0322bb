"""The vocabulary the reading leans on, and the folding that makes spellings comparable.

The lists live in `words/*.txt` so that an animator's remark (« this function is not recognised ») is a
one-word change.
They are general French vocabulary: functions, kinds of organisations, places, given names. Nobody in
particular is in them.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "words"
_LIGATURES = {
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "´": "'",
    "`": "'",
    "‐": "-",
    "‑": "-",
    "·": ".",
}
# Inclusive spellings: « chargé·e », « chargé.e.s », « chargé(e) », « directeur/trice » keep their first form.
_INCLUSIVE = re.compile(
    r"(?<=\w)(?:[.]-?(?:e|ne|fe|se|rice|trice|ice|euse|esse|ere)(?:[.]?s)?(?![\w])|"
    r"\((?:e|ne|fe|se|rice|trice|ice|euse|esse|ere|s|es)\)s?|/-?(?:e|ne|fe|trice|rice|euse|ere|ère)(?!\w))"
)
_WORD = re.compile(r"(?<!\w)(?:[dDlLsSnN]|[qQ]u)['’]|[^\s\-‐‑]+")


@cache
def _fold_table() -> dict[int, str]:
    table = {ord(char): plain for char, plain in _LIGATURES.items()}
    for code in range(0xC0, 0x250):
        bare = unicodedata.normalize("NFKD", chr(code))[0]
        if code not in table and bare != chr(code):
            table[code] = bare
    return table


def fold(text: str) -> str:
    """`text` in lower case, without accents, straight apostrophes, hyphens as spaces, single spaces."""
    return _fold_short(text) if len(text) < 40 else _fold(text)


def _fold(text: str) -> str:
    plain = text.lower().translate(_fold_table())
    if "." in plain or "(" in plain or "/" in plain:
        plain = _INCLUSIVE.sub("", plain)
    return " ".join(plain.replace("-", " ").split())


# The same words come back on every line of a list.
_fold_short = lru_cache(maxsize=65536)(_fold)


def bare(word: str) -> str:
    """One folded word without the punctuation stuck to it."""
    return word.strip(".,;:!?()[]{}«»\"“”'*_|")


def _phrases(name: str, separator: str | None) -> dict[str, set[str]]:
    """Phrases of `words/<name>.txt` by section: "" before any mark, ">" for lines opened by « > »."""
    found: dict[str, set[str]] = {"": set(), ">": set()}
    section = ""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith(">"):
            section, line = ">", line[1:]
        found[section].update(part.strip() for part in line.split(separator) if part.strip())
    return found


class Phrases:
    """A set of folded phrases, asked « which of you opens these words? » in time proportional to the answer.

    A phrase is cut as `tokens` cuts a text, so that « chef d'équipe » is met whatever the apostrophe.
    """

    def __init__(self, phrases: set[str]) -> None:
        self._all = {tuple(tokens(phrase)) for phrase in phrases}
        self._longest: dict[str, int] = {}
        for phrase in self._all:
            if phrase:
                self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))

    def also(self, phrases: set[str]) -> "Phrases":
        """These and `phrases`."""
        both = Phrases(phrases)
        both._all |= self._all
        for first, length in self._longest.items():
            both._longest[first] = max(both._longest.get(first, 0), length)
        return both

    def at(self, words: list[str] | tuple[str, ...], start: int = 0) -> int:
        """How many words of `words` from `start` make the longest phrase known; 0 if none."""
        if start >= len(words):
            return 0
        longest = min(self._longest.get(words[start], 0), len(words) - start)
        for length in range(longest, 0, -1):
            if tuple(words[start : start + length]) in self._all:
                return length
        return 0

    def whole(self, words: list[str] | tuple[str, ...]) -> bool:
        """Whether `words` are, together, one phrase."""
        return tuple(words) in self._all


class Word(NamedTuple):
    """One word of a text: where it stands, as written, and folded."""

    start: int
    end: int
    raw: str
    folded: str

    @property
    def capital(self) -> bool:
        """Whether it opens with a capital."""
        return self.raw.lstrip("«\"“(['")[:1].isupper()


@lru_cache(maxsize=65536)
def _folded_word(raw: str) -> str:
    return bare(fold(raw))


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text`; hyphens separate and elisions stand apart: « Vice-président d'Assemblia » → 4 words."""
    found = []
    for match in _WORD.finditer(text):
        folded = _folded_word(match.group())
        if folded:
            found.append(Word(match.start(), match.end(), match.group(), folded))
    return tuple(found)


def tokens(text: str) -> list[str]:
    """The folded words of `text`: « chef d'unité » → chef, d, unite."""
    return [word.folded for word in words_of(text)]


def load(name: str, section: str = "") -> Phrases:
    """The phrases of `words/<name>.txt` separated by commas."""
    return Phrases({phrase.rstrip("*") for phrase in _phrases(name, ",")[section]})


@cache
def _table(file: str) -> dict[str, str]:
    """The lines « name: value » of `words/<file>.txt`."""
    lines = (_FOLDER / f"{file}.txt").read_text(encoding="utf-8").splitlines()
    return {
        key: value.strip()
        for key, _, value in (line.partition(":") for line in lines if not line.startswith("#"))
    }


def named(key: str) -> frozenset[str]:
    """A small set of single words, of `words/sets.txt`."""
    return frozenset(_table("sets")[key].split())


@cache
def column_kinds() -> dict[str, str]:
    """What the head of a column announces, by its folded words, of `words/columns.txt`."""
    return {head.strip(): kind for kind, heads in _table("columns").items() for head in heads.split("|")}


@cache
def roles() -> Phrases:
    """Functions, as they open a function."""
    return load("roles")


@cache
def of_a_place() -> tuple[Phrases, Phrases]:
    """Functions held « of a place »: where the place names the authority, and where it does not."""
    return load("elected"), load("elected", ">")


@cache
def organisations() -> Phrases:
    """Words that open an organisation's name."""
    return load("organisations")


@cache
def lone_organisations() -> Phrases:
    """Organisations that need no other word."""
    return Phrases({phrase[:-1] for phrase in _phrases("organisations", ",")[""] if phrase.endswith("*")})


@cache
def units() -> Phrases:
    """Words that open the name of a part of an organisation."""
    both = _phrases("units", ",")
    return Phrases(both[""] | both[">"])


@cache
def autonomous_units() -> Phrases:
    """Units that are organisations in their own right unless a larger one follows."""
    return load("units", ">")


@cache
def programmes() -> Phrases:
    """National programmes: what one works on, never for whom."""
    return load("programmes")


@cache
def places() -> Phrases:
    """Régions, départements and best-known communes."""
    return load("places")


@cache
def domains() -> frozenset[str]:
    """Single words of the field's matters; those that are also functions are functions."""
    return frozenset(fold(word) for word in _phrases("domains", None)[""] if not roles().whole([fold(word)]))


@cache
def given_names() -> frozenset[str]:
    """Given names, folded, simple ones only: compound ones are judged by their parts."""
    return frozenset(fold(word) for word in _phrases("given_names", None)[""])
