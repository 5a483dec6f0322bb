"""What a query means: the competences, natures and place recognised in it, and the words that are left."""

import difflib
import re
from dataclasses import dataclass, replace

from actors.models import Nature
from foundations.text import sort_key

from .lexicon import Lexicon, look_up
from .words import ASKING, DEEDS, DOING, LINKING, NATURE_WORDS, TOGETHER, asks, either

MAX_LENGTH = 200
_AS_TYPED = re.compile(r'"[^"]*"|(?<!\S)-\S+')  # "quoted phrases" and -exclusions stay what they are
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_DESIGNATED = re.compile(r"\b([dD])([éÉ]sign)", re.IGNORECASE)
_PLURAL = re.compile(r"\b(\w{3,}[aiou]|[eé]lu)s\b", re.IGNORECASE)  # as in `sql.WORDS`
_SEPARATORS = re.compile(r"[\s’'.,;:!?()«»/\"]+")


@dataclass(frozen=True)
class Term:
    """A competence recognised by one of its names: `typed` ≈ `name`; `ids` widens to what lies under it."""

    competence_id: int
    name: str
    typed: str
    ids: tuple[int, ...]

    @property
    def said(self) -> str:
        """`typed`, for the full text."""
        return _apart(self.typed)

    @property
    def phrases(self) -> tuple[str, ...]:
        """What a text may say for it: a synonym answers wherever the name of its competence does."""
        return (self.said, _apart(self.name)) if self.is_synonym else (self.said,)

    @property
    def is_synonym(self) -> bool:
        return sort_key(self.typed) != sort_key(self.name)


@dataclass(frozen=True)
class NatureWord:
    """A nature of organisation recognised by an everyday word."""

    nature: Nature
    typed: str


@dataclass(frozen=True)
class PlaceWord:
    """A territory recognised by its name or the first words of it."""

    territory_id: int
    typed: str


@dataclass(frozen=True)
class Reading:
    """A query understood; `words` (and "quoted phrases") are left for the full text, `excluded` are not wanted."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    natures: tuple[NatureWord, ...] = ()
    place: PlaceWord | None = None
    words: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    corrected_from: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing but a place, perhaps: there is nothing to match."""
        return not (self.terms or self.natures or self.words or self.excluded)

    @property
    def typed(self) -> tuple[str, ...]:
        """Every word to look for and to mark, as typed."""
        return (*(term.said for term in self.terms), *self.words)

    @property
    def any_word(self) -> str:
        """What answers one of `typed`, in PostgreSQL's web search syntax; matches nothing when there is none."""
        return _any_of([*(term.said for term in self.terms), *map(either, self.words)])

    @property
    def any_name(self) -> str:
        """Like `any_word`, with the names that are not typed but answer too: what is to be marked."""
        names = [f'"{phrase}"' for term in self.terms for phrase in term.phrases[1:]]
        return _any_of([*(term.said for term in self.terms), *map(either, self.words), *names])

    @property
    def ranking(self) -> str:
        """Like `any_word`, with the words for a nature: who is called so comes before the others of that nature."""
        return _any_of([self.any_word, *(word.typed for word in self.natures)])


def _any_of(words: list[str]) -> str:
    return told_apart(" or ".join(words)) or '""'


def clean(text: str) -> str:
    """One line without control characters, at most `MAX_LENGTH` characters."""
    return " ".join(_CONTROL.sub(" ", text or "").split())[:MAX_LENGTH].strip()


def read(text: str, *, with_place: bool = True, literal: bool = False) -> Reading:
    """The meaning of what a visitor typed; with `literal`, the words as they stand and nothing else. One query."""
    text = clean(text)
    kept = _AS_TYPED.findall(text)
    quoted = tuple(_apart(word) for word in kept if word.startswith('"') and word.strip('" '))
    excluded = tuple(word for word in kept if word.startswith("-") and word.strip("-"))
    tokens = _tokens(_AS_TYPED.sub(" ", text))
    keys = [sort_key(token) for token in tokens]
    lexicon = look_up(tokens, [] if literal or not with_place else list(_runs(keys)))
    if literal:
        left = tuple(_apart(token) for index, token in enumerate(tokens) if index not in lexicon.idle)
        return Reading(text=text, words=(*left, *quoted), excluded=excluded)
    found = _natures(keys)
    terms = _terms(tokens, keys, lexicon, {i for span in found if len(span) > 1 for i in span})
    place, spent = _place(tokens, keys, lexicon, frozenset().union(*terms.values()))
    terms = _needed(terms, keys, spent | lexicon.idle)
    gone = spent.union(*terms.values())
    natures = {
        span: NatureWord(NATURE_WORDS[_run(keys, span)], _run(tokens, span))
        for span in found
        if not gone & set(span)
    }
    gone = gone.union(lexicon.idle, *natures)
    said = [(_apart(tokens[i]), key) for i, key in enumerate(keys) if i not in gone]
    left = _left([(word, key) for word, key in said if not asks(key)], bool(terms), bool(natures or quoted))
    if not (left or quoted or terms or natures or place or excluded):
        # Nothing but such words: they are the need.
        left = tuple(word for word, _ in said)
    return Reading(text, tuple(terms), tuple(natures.values()), place, (*left, *quoted), excluded)


def correct(reading: Reading, known: list[str]) -> Reading | None:
    """The same query with its unknown words replaced by the nearest word of the vocabulary; None if nothing is near.

    `known`: the words of competences and their synonyms, the only ones proposed: never a person's name.
    """
    if not reading.words:
        return None
    better = [
        _nearest(token, known) if _apart(token) in reading.words and len(token) > 3 else token
        for token in _SEPARATORS.split(reading.text)
    ]
    text = " ".join(better)
    if sort_key(text) == sort_key(reading.text):
        return None
    # « designers » is no error, though the French stemmer does not know it from « designer ».
    is_plural = _singular(text) == _singular(reading.text)
    return replace(read(text), corrected_from="" if is_plural else reading.text)


def _singular(text: str) -> list[str]:
    return [word.rstrip("sx") for word in sort_key(text).split()]


def without_asking(text: str) -> str:
    """`text` without the words that ask for nothing; as it is where a phrase is quoted, or nothing would be left."""
    kept = [word for word in text.split() if sort_key(word) not in ASKING]
    return " ".join(kept) if kept and '"' not in text else text


def told_apart(words: str) -> str:
    """`words` as `sql.WORDS` writes the texts: « désigné » is not « design », « élus » are « élu »."""
    return _PLURAL.sub(r"\1", _DESIGNATED.sub(r"\1e\2", words))


def _apart(word: str) -> str:
    """« Saint-Éloy » as two words: PostgreSQL also wants the whole, which « Saint-Éloy-les-Mines » has not."""
    return word.replace("-", " ").strip()


def _nearest(token: str, known: list[str]) -> str:
    key = sort_key(token)
    if key in known:
        return token
    return next(iter(difflib.get_close_matches(key, known, n=1, cutoff=0.78)), token)


def _tokens(text: str) -> list[str]:
    """The words of `text`, those that mean something only together in one."""
    words, tokens = [word for word in _SEPARATORS.split(text) if word], []
    while words:
        size = next((n for n in (3, 2) if sort_key(" ".join(words[:n])) in TOGETHER), 1)
        tokens.append(" ".join(words[:size]))
        del words[:size]
    return tokens


def _run(words: list[str], span: range) -> str:
    return " ".join(words[i] for i in span)


def _natures(keys: list[str]) -> list[range]:
    """Where natures of organisations are named, by the most words that name one."""
    found, start = [], 0
    while start < len(keys):
        ends = range(min(start + 5, len(keys)), start, -1)
        size = next((end - start for end in ends if _run(keys, range(start, end)) in NATURE_WORDS), 0)
        if size:
            found.append(range(start, start + size))
        start += size or 1
    return found


def _terms(
    tokens: list[str], keys: list[str], lexicon: Lexicon, taken: set[int]
) -> dict[Term, frozenset[int]]:
    """The longest names first, none overlapping nor of a word of `taken`; each with the tokens it explains."""
    terms: dict[Term, frozenset[int]] = {}
    used = set(taken)
    for term in lexicon.terms:
        if not term.tokens or used & set(term.tokens) or any(kept.competence_id == term.id for kept in terms):
            continue
        span = range(min(term.tokens), max(term.tokens) + 1)
        if len(span) > 2 * len(term.tokens) + 1:  # its words are scattered: not this term
            continue
        if all(asks(keys[i]) for i in term.tokens):  # « connaissez-vous » is no knowledge
            continue
        used |= set(span)
        terms[Term(term.id, term.name, _run(tokens, span), (term.id, *term.narrower))] = frozenset(span)
    return terms


def _needed(
    terms: dict[Term, frozenset[int]], keys: list[str], gone: frozenset[int]
) -> dict[Term, frozenset[int]]:
    """Without the terms that only say what one does (« aide »), where something else is said."""
    doing = {term for term, span in terms.items() if all(keys[i] in DOING for i in span)}
    else_said = any(not (i in gone or asks(key) or key in DOING) for i, key in enumerate(keys))
    return {term: span for term, span in terms.items() if not (else_said and term in doing)}


def _left(said: list[tuple[str, str]], has_terms: bool, has_more: bool) -> tuple[str, ...]:
    """The words, of those `said` with their keys, that are still to be looked for."""
    needed = [word for word, key in said if key not in DOING and not (has_terms and key in DEEDS)]
    return tuple(needed if needed or has_terms or has_more else (word for word, _ in said))


def _runs(keys: list[str]) -> dict[str, range]:
    """The runs of words that may name a place; short ones are left alone (« Sens », « Die » are words)."""
    runs = {}
    for start in range(len(keys)):
        for end in range(start + 1, min(start + 8, len(keys)) + 1):
            name = " ".join(keys[start:end])
            if (" " in name and len(name) > 5) or len(name) > 6:
                runs[name] = range(start, end)
    return runs


def _place(
    tokens: list[str], keys: list[str], lexicon: Lexicon, used: frozenset[int]
) -> tuple[PlaceWord | None, frozenset[int]]:
    """The likeliest place that shares no word with a competence; and the tokens that name it, « à » or « de » too."""
    runs = _runs(keys)
    for place in lexicon.places:
        span = set(runs[place.name])
        if used & span:
            continue
        typed = " ".join(tokens[i] for i in sorted(span))
        while (before := min(span) - 1) >= 0 and keys[before] in LINKING and before not in used:
            span.add(before)
        return PlaceWord(place.id, typed), frozenset(span)
    return None, frozenset()
