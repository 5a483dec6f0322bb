"""What the database knows of the words of a query: stop words, names of competences, names of places. One query."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from foundations.text import sort_key

# A town that is known by the first word of its name (« clermont »): beyond this many inhabitants, nobody is misled.
KNOWN_TOWN = 20_000

_BEGINNING = 3  # letters; no stem of French is shorter than its word by so much that fewer are left

# Small words are dropped on both sides, and the room they leave: on a telephone one types « évaluation politique
# publique » for « évaluation des politiques publiques ». Only names with a word that begins as one of those typed are
# read: a stem keeps the beginning of its word.
_LOOK_UP = r"""
WITH typed AS (
  SELECT ord - 1 AS i, token, tsvector_to_array(directory_words(token)) AS lexemes
  FROM unnest(%(tokens)s::text[]) WITH ORDINALITY AS t(token, ord)
), said AS MATERIALIZED (
  SELECT directory_words(array_to_string(
    ARRAY(SELECT token FROM typed WHERE lexemes <> '{}' ORDER BY i), ' ')) AS words
), vocabulary AS MATERIALIZED (
  SELECT competence_id, name, regexp_replace(phraseto_tsquery(
           'francais', directory_told_apart(translate(name, '-', ' ')))::text, '<\d+>', '<->', 'g')::tsquery AS phrase
  FROM (SELECT id AS competence_id, name, sort_name FROM actors_competence
        UNION ALL SELECT competence_id, name, sort_name FROM actors_competencesynonym) v
  WHERE sort_name ~ %(beginnings)s
)
SELECT 'idle' AS what, NULL::bigint, '', ARRAY[]::bigint[], ARRAY(SELECT i FROM typed WHERE lexemes = '{}'), 0
UNION ALL
SELECT 'term', c.id, c.name,
       ARRAY(SELECT n.id FROM actors_competence n WHERE n.parent_id = c.id),
       ARRAY(SELECT t.i FROM typed t
             WHERE t.lexemes && tsvector_to_array(directory_words(v.name)) ORDER BY t.i),
       numnode(v.phrase) * 1000 - length(v.name)
FROM vocabulary v JOIN said ON said.words @@ v.phrase JOIN actors_competence c ON c.id = v.competence_id
UNION ALL
SELECT 'place', t.id, run, ARRAY[]::bigint[], ARRAY[]::bigint[],
       length(run) * 100000000::bigint + coalesce(t.population, 0)
FROM unnest(%(runs)s::text[]) run
JOIN territories_territory t ON NOT t.is_obsolete AND (
  t.sort_name = run
  OR (t.sort_name ~>=~ (run || ' ') AND t.sort_name ~<~ (run || '!') AND t.kind = 'commune'
      AND t.population > %(known_town)s))
ORDER BY 1, 6 DESC, 2
"""


@dataclass(frozen=True)
class Found:
    """`id` and `name` of what was found; the indexes of the `tokens` that name it; for a term, the ids under it."""

    id: int
    name: str
    narrower: tuple[int, ...]
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class Lexicon:
    """`idle`: indexes of the tokens that are no words; `terms` and `places`: the likeliest first."""

    idle: frozenset[int] = frozenset()
    terms: tuple[Found, ...] = ()
    places: tuple[Found, ...] = ()


def look_up(tokens: Sequence[str], runs: Sequence[str]) -> Lexicon:
    """What is known of `tokens`, in order; `runs` are the runs of words (sort keys) that may name a place."""
    if not tokens:
        return Lexicon()
    with connection.cursor() as cursor:
        cursor.execute(
            _LOOK_UP,
            {
                "tokens": list(tokens),
                "beginnings": _beginnings(tokens),
                "runs": list(runs),
                "known_town": KNOWN_TOWN,
            },
        )
        rows = cursor.fetchall()
    found = {"term": [], "place": []}
    idle = frozenset()
    for what, pk, name, narrower, indexes, _ in rows:
        if what == "idle":
            idle = frozenset(indexes)
        else:
            found[what].append(Found(pk, name, tuple(narrower), tuple(indexes)))
    return Lexicon(idle, tuple(found["term"]), tuple(found["place"]))


def _beginnings(tokens: Sequence[str]) -> str:
    """A pattern of the names in which a word begins as a word of `tokens` does."""
    begun = {word[:_BEGINNING] for token in tokens for word in re.findall(r"\w+", sort_key(token))}
    return rf"\m(?:{'|'.join(sorted(begun))})" if begun else "^$"
