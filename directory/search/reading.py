"""What a query means: the competences, natures and place recognised in it, and the words that are left."""

import difflib
import re
from dataclasses import dataclass, replace

from actors.models import Nature
from foundations.text import sort_key

from .lexicon import Found, Lexicon, look_up

MAX_LENGTH = 200
_AS_TYPED = re.compile(r'"[^"]*"|(?<!\S)-\S+')  # "quoted phrases" and -exclusions stay what they are
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_DESIGNATED = re.compile(r"\b([dD])([éÉ]sign)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s’'.,;:!?()«»/\"]+")

# The everyday words for a nature of organisation, as sort keys.
NATURE_WORDS = {
    "association": Nature.ASSOCIATION,
    "associations": Nature.ASSOCIATION,
    "asso": Nature.ASSOCIATION,
    "assos": Nature.ASSOCIATION,
    "entreprise": Nature.COMPANY,
    "entreprises": Nature.COMPANY,
    "scop": Nature.COMPANY,
    "scops": Nature.COMPANY,
    "commune": Nature.LOCAL_AUTHORITY,
    "communes": Nature.LOCAL_AUTHORITY,
    "collectivite": Nature.LOCAL_AUTHORITY,
    "collectivites": Nature.LOCAL_AUTHORITY,
    "mairie": Nature.LOCAL_AUTHORITY,
    "mairies": Nature.LOCAL_AUTHORITY,
    "intercommunalite": Nature.INTERMUNICIPAL,
    "intercommunalites": Nature.INTERMUNICIPAL,
    "interco": Nature.INTERMUNICIPAL,
    "intercos": Nature.INTERMUNICIPAL,
    "agglo": Nature.INTERMUNICIPAL,
    "agglos": Nature.INTERMUNICIPAL,
    "comcom": Nature.INTERMUNICIPAL,
    "comcoms": Nature.INTERMUNICIPAL,
    "epci": Nature.INTERMUNICIPAL,
    "petr": Nature.MIXED_SYNDICATE,
    "pnr": Nature.PARK,
    "universite": Nature.SCHOOL,
    "universites": Nature.SCHOOL,
    "chaire": Nature.LAB,
    "chaires": Nature.LAB,
}
# What leads to a place: « près de », « à côté d’ », « aux environs de ».
_LINKING = frozenset({
    "a", "alentours", "au", "autour", "aux", "cote", "d", "dans", "de", "des", "du", "en", "environs", "l", "la", "le",
    "les", "pres", "proche", "secteur", "sur", "vers",
})  # fmt: skip
# What one says around a need (sort keys): no text is looked for because of them. French stop words that PostgreSQL's
# list forgets, or knows only with the accent that is dropped before it is read (« à », « même »).
ASKING = frozenset({
    "a", "afin", "alors", "aussi", "autre", "autres", "avoir", "besoin", "ceux", "celle", "celui", "cet", "cette",
    "cherche", "cherchons", "chercher", "chez", "comme", "comment",
    "connaissent", "connaissez", "connait", "connaitre", "donc", "dont", "elles", "entre", "etre",
    "ici", "ils", "les", "leurs", "meme", "memes", "ni", "peut", "peuvent", "peux", "plus", "pourrait",
    "pourraient", "pouvez", "quand", "quel", "quelle", "quelles", "quelqu", "quels", "quoi", "sait", "sans",
    "savent", "si", "sous", "tous", "tout", "toute", "toutes", "tres", "trouver", "vers",
})  # fmt: skip
# What one does of a competence: beside its name, it says no more (« animer un débat public »).
DOING = frozenset({
    "aider", "animer", "conduire", "creer", "faire", "lancer", "mener", "mettre", "monter", "organiser", "realiser",
})  # fmt: skip


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
        """`typed` in PostgreSQL's web search syntax, joined by « or »; matches nothing when there is none."""
        return told_apart(" or ".join(self.typed)) or '""'


def clean(text: str) -> str:
    """One line without control characters, at most `MAX_LENGTH` characters."""
    return " ".join(_CONTROL.sub(" ", text or "").split())[:MAX_LENGTH].strip()


def read(text: str, *, with_place: bool = True, literal: bool = False) -> Reading:
    """The meaning of what a visitor typed; with `literal`, the words as they stand and nothing else. One query."""
    text = clean(text)
    kept = _AS_TYPED.findall(text)
    quoted = tuple(_apart(word) for word in kept if word.startswith('"') and word.strip('" '))
    excluded = tuple(word for word in kept if word.startswith("-") and word.strip("-"))
    tokens = [token for token in _SEPARATORS.split(_AS_TYPED.sub(" ", text)) if token]
    keys = [sort_key(token) for token in tokens]
    lexicon = look_up(tokens, [] if literal or not with_place else list(_runs(keys)))
    if literal:
        left = tuple(_apart(token) for index, token in enumerate(tokens) if index not in lexicon.idle)
        return Reading(text=text, words=(*left, *quoted), excluded=excluded)
    terms, used = _terms(tokens, lexicon.terms)
    place, spent = _place(tokens, keys, lexicon, used)
    natures = tuple(
        NatureWord(NATURE_WORDS[key], tokens[index])
        for index, key in enumerate(keys)
        if key in NATURE_WORDS and index not in used | spent
    )
    gone = used | spent | lexicon.idle
    said = [
        (_apart(tokens[i]), key) for i, key in enumerate(keys) if i not in gone and key not in NATURE_WORDS
    ]
    idle = ASKING | DOING if terms else ASKING
    left = tuple(word for word, key in said if key not in idle)
    if not (left or quoted or terms or natures or place or excluded):
        # Nothing but such words: they are the need.
        left = tuple(word for word, _ in said)
    return Reading(text, terms, natures, place, (*left, *quoted), excluded)


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
    return (
        None if sort_key(text) == sort_key(reading.text) else replace(read(text), corrected_from=reading.text)
    )


def without_asking(text: str) -> str:
    """`text` without the words that ask for nothing; as it is where a phrase is quoted, or nothing would be left."""
    kept = [word for word in text.split() if sort_key(word) not in ASKING]
    return " ".join(kept) if kept and '"' not in text else text


def told_apart(words: str) -> str:
    """`words` for the full text, « désigné » kept apart from « design » (as `sql.WORDS` keeps it in the texts)."""
    return _DESIGNATED.sub(r"\1e\2", words)


def _apart(word: str) -> str:
    """« Saint-Éloy » as two words: PostgreSQL also wants the whole, which « Saint-Éloy-les-Mines » has not."""
    return word.replace("-", " ").strip()


def _nearest(token: str, known: list[str]) -> str:
    key = sort_key(token)
    if key in known:
        return token
    return next(iter(difflib.get_close_matches(key, known, n=1, cutoff=0.78)), token)


def _terms(tokens: list[str], found: tuple[Found, ...]) -> tuple[tuple[Term, ...], frozenset[int]]:
    """The longest names first, none overlapping; and the indexes of the tokens they explain."""
    terms, used = [], set()
    for term in found:
        if not term.tokens or used & set(term.tokens) or any(kept.competence_id == term.id for kept in terms):
            continue
        span = range(min(term.tokens), max(term.tokens) + 1)
        if len(span) > 2 * len(term.tokens) + 1:  # its words are scattered: not this term
            continue
        used |= set(span)
        terms.append(Term(term.id, term.name, " ".join(tokens[i] for i in span), (term.id, *term.narrower)))
    return tuple(terms), frozenset(used)


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
        while (before := min(span) - 1) >= 0 and keys[before] in _LINKING and before not in used:
            span.add(before)
        return PlaceWord(place.id, typed), frozenset(span)
    return None, frozenset()
