"""What a query means: the competences and the place recognised in it, and the words that are left."""

import difflib
import re
from dataclasses import dataclass, replace

from django.db import connection

from foundations.text import sort_key
from territories.models import Territory

MAX_LENGTH = 200
_AS_TYPED = re.compile(r'"[^"]*"|(?<!\S)-\S+')  # "quoted phrases" and -exclusions stay what they are
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Term:
    """A competence recognised by one of its names: `typed` ≈ `name`; `ids` widens to what lies under it."""

    competence_id: int
    name: str
    typed: str
    ids: tuple[int, ...]

    @property
    def is_synonym(self) -> bool:
        return sort_key(self.typed) != sort_key(self.name)


@dataclass(frozen=True)
class Reading:
    """A query understood: `terms` and `place` recognised, `words` (and "quoted phrases") left, `excluded` words."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    place: Territory | None = None
    words: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    corrected_from: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.words or self.excluded)

    @property
    def typed(self) -> tuple[str, ...]:
        """Every word to look for and to mark, as typed."""
        return (*(term.typed for term in self.terms), *self.words)

    @property
    def any_word(self) -> str:
        """`typed` in PostgreSQL's web search syntax, joined by « or »; matches nothing when there is none."""
        return " or ".join(self.typed) or '""'


def clean(text: str) -> str:
    """One line without control characters, at most `MAX_LENGTH` characters."""
    return " ".join(_CONTROL.sub(" ", text or "").split())[:MAX_LENGTH].strip()


def read(text: str, *, with_place: bool = True, literal: bool = False) -> Reading:
    """The meaning of what a visitor typed; with `literal`, the words as they stand and nothing else."""
    text = clean(text)
    kept = _AS_TYPED.findall(text)
    quoted = tuple(word for word in kept if word.startswith('"') and word.strip('" '))
    excluded = tuple(word for word in kept if word.startswith("-") and word.strip("-"))
    tokens = _tokens(_AS_TYPED.sub(" ", text))
    idle = _idle(tokens)
    if literal:
        left = tuple(token for index, token in enumerate(tokens) if index not in idle)
        return Reading(text=text, words=(*left, *quoted), excluded=excluded)
    terms, used = _recognise_terms(tokens)
    place, spent = (_recognise_place(tokens, used)) if with_place else (None, frozenset())
    left = tuple(token for index, token in enumerate(tokens) if index not in used | spent | idle)
    return Reading(text=text, terms=terms, place=place, words=(*left, *quoted), excluded=excluded)


def correct(reading: Reading) -> Reading | None:
    """The same query with its unknown words replaced by the nearest word of the vocabulary; None if nothing is near.

    Only words of competences and their synonyms are proposed: never a person's name.
    """
    tokens = _tokens(_AS_TYPED.sub(" ", reading.text))
    known = _vocabulary_words()
    better = [_nearest(token, known) if len(token) > 3 else token for token in tokens]
    if [sort_key(word) for word in better] == [sort_key(word) for word in tokens]:
        return None
    return replace(read(" ".join(better)), corrected_from=reading.text)


def _tokens(text: str) -> list[str]:
    return [token for token in re.split(r"[\s’'.,;:!?()«»/\"]+", text) if token]


def _idle(tokens: list[str]) -> frozenset[int]:
    """The indexes of the tokens that the full text does not know as words: « de », « le », a lone sign."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT ord - 1 FROM unnest(%s::text[]) WITH ORDINALITY AS t(token, ord)
               WHERE to_tsvector('francais', token) = ''""",
            [tokens],
        )
        return frozenset(index for (index,) in cursor.fetchall())


def _nearest(token: str, known: list[str]) -> str:
    key = sort_key(token)
    if key in known:
        return token
    return next(iter(difflib.get_close_matches(key, known, n=1, cutoff=0.78)), token)


def _vocabulary_words() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT word FROM (
                 SELECT sort_name FROM actors_competence UNION ALL SELECT sort_name FROM actors_competencesynonym
               ) v, regexp_split_to_table(v.sort_name, ' ') word WHERE length(word) > 3 ORDER BY word"""
        )
        return [word for (word,) in cursor.fetchall()]


_TERMS = """
WITH typed AS (
  SELECT ord, token, tsvector_to_array(to_tsvector('francais', token)) AS lexemes
  FROM unnest(%(tokens)s::text[]) WITH ORDINALITY AS t(token, ord)
), vocabulary AS (
  SELECT id AS competence_id, name FROM actors_competence
  UNION ALL SELECT competence_id, name FROM actors_competencesynonym
)
SELECT c.id, c.name, v.name,
       ARRAY(SELECT n.id FROM actors_competence n WHERE n.parent_id = c.id),
       ARRAY(SELECT t.ord - 1 FROM typed t
             WHERE t.lexemes && tsvector_to_array(to_tsvector('francais', v.name)) ORDER BY t.ord)
FROM vocabulary v JOIN actors_competence c ON c.id = v.competence_id
WHERE to_tsvector('francais', %(text)s) @@ phraseto_tsquery('francais', v.name)
ORDER BY numnode(phraseto_tsquery('francais', v.name)) DESC, length(v.name), c.id
"""


def _recognise_terms(tokens: list[str]) -> tuple[tuple[Term, ...], frozenset[int]]:
    """The longest names first, none overlapping; and the indexes of the tokens they explain."""
    if not tokens:
        return (), frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, {"tokens": tokens, "text": " ".join(tokens)})
        rows = cursor.fetchall()
    terms, used = [], set()
    for pk, name, _matched, narrower, indexes in rows:
        if not indexes or used & set(indexes) or any(term.competence_id == pk for term in terms):
            continue
        span = range(min(indexes), max(indexes) + 1)
        if len(span) > 2 * len(indexes) + 1:  # its words are scattered: not this term
            continue
        used |= set(span)
        terms.append(Term(pk, name, " ".join(tokens[i] for i in span), (pk, *narrower)))
    return tuple(terms), frozenset(used)


_LINKING = {
    "a",
    "à",
    "au",
    "aux",
    "en",
    "de",
    "du",
    "des",
    "vers",
    "pres",
    "près",
    "autour",
    "dans",
    "sur",
    "d",
    "l",
}


def _recognise_place(tokens: list[str], used: frozenset[int]) -> tuple[Territory | None, frozenset[int]]:
    """The longest run of words that is a territory's whole name, not a short single word (« Sens », « Die »)."""
    keys = [sort_key(token) for token in tokens]
    runs = {}
    for start in range(len(keys)):
        for end in range(start + 1, min(start + 8, len(keys)) + 1):
            name = " ".join(keys[start:end])
            if not used & set(range(start, end)) and ((" " in name and len(name) > 5) or len(name) > 6):
                runs[name] = range(start, end)
    if not runs:
        return None, frozenset()
    found = Territory.objects.current().filter(sort_name__in=list(runs))
    best = max(
        found,
        key=lambda place: (len(place.sort_name), place.population or 0),
        default=None,
    )
    if best is None:
        return None, frozenset()
    span = set(runs[best.sort_name])
    before = min(span) - 1
    if before >= 0 and keys[before] in _LINKING:
        span.add(before)
    return best, frozenset(span)
