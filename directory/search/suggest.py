"""What is proposed as one types a need: competences by any of their names, actors by theirs, places.

Bounded whatever is typed: the vocabulary is a few hundred rows; of the beginnings of names, at most `PROBED` are read
in the order of their index, and the best known of those come first.
"""

from dataclasses import dataclass

from django.db import connection

from actors.models import Actor
from foundations.text import sort_key
from territories.ranking import like
from territories.search import search_places
from territories.telling import place_in_words

MIN_LENGTH = 2  # letters
MIN_LENGTH_OF_A_PLACE = 3  # two letters of a need begin half the communes
PROBED = 100  # beginnings of names read, however many begin so
COMPETENCES, ACTORS, PLACES = 4, 5, 3

_TERMS = """
SELECT * FROM (
  SELECT DISTINCT ON (c.id) c.name, v.name AS typed, p.name AS above, v.rank, length(v.name) AS size, v.sort_name AS key
  FROM (SELECT id AS competence_id, name, sort_name, 0 AS rank FROM actors_competence
        UNION ALL SELECT competence_id, name, sort_name, 1 FROM actors_competencesynonym) v
  JOIN actors_competence c ON c.id = v.competence_id
  LEFT JOIN actors_competence p ON p.id = c.parent_id
  WHERE ' ' || v.sort_name LIKE ALL(%(words)s)
  ORDER BY c.id, v.rank, length(v.name), v.name
) found ORDER BY key NOT LIKE %(start)s, rank, size, typed LIMIT %(limit)s
"""
_NAMES = """
WITH probed AS (
  SELECT actor_id, start FROM directory_namestart
  WHERE start ~>=~ %(first)s AND start ~<~ %(last)s ORDER BY start USING ~<~, actor_id LIMIT %(probed)s
)
SELECT e.actor_id, (array_agg(p.start ORDER BY length(p.start) DESC, p.start))[1]
FROM probed p JOIN directory_searchentry e ON e.actor_id = p.actor_id
WHERE ' ' || p.start LIKE ALL(%(words)s) OR ' ' || e.sort_name LIKE ALL(%(words)s)
GROUP BY e.actor_id, e.rank, e.sort_name
ORDER BY e.sort_name NOT LIKE %(start)s, e.rank DESC, e.sort_name, e.actor_id LIMIT %(limit)s
"""
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True)
class Suggestion:
    """`group`: under which heading; `value`: what the box then says; `url`: the page of what is proposed.

    `goes`: choosing it opens that page. `box`: choosing it fills this other box of the form.
    """

    group: str
    label: str
    detail: str = ""
    value: str = ""
    url: str = ""
    goes: bool = False
    box: str = ""


def suggest(text: str) -> list[Suggestion]:
    """At most a dozen, in groups; five queries, none of which reads more than a few hundred rows."""
    key = sort_key(text)
    if len(key) < MIN_LENGTH:
        return []
    places = _places(text) if len(key) >= MIN_LENGTH_OF_A_PLACE else []
    return [*_competences(key), *_actors(key), *places]


def _patterns(key: str) -> dict:
    """Each word typed begins a word of the name, in any order; `start`: the name begins as was typed."""
    return {"words": [f"% {like(word)}%" for word in key.split()]}


def _competences(key: str) -> list[Suggestion]:
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, {**_patterns(key), "start": f"{like(key)}%", "limit": COMPETENCES})
        return [
            Suggestion("Compétences", typed, f"≈ {name}" if is_synonym else above or "", typed)
            for name, typed, above, is_synonym, *_ in cursor.fetchall()
        ]


def _actors(key: str) -> list[Suggestion]:
    """By all that was typed in one run; else by the longest word, the others standing anywhere in the name."""
    found = _named(key, key)
    if not found and " " in key:
        found = _named(max(key.split(), key=len), key)
    actors = Actor.objects.select_related("seat").in_bulk([pk for pk, _ in found])
    return [_actor(actors[pk], start) for pk, start in found if pk in actors]


def _named(probe: str, key: str) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _NAMES,
            {
                **_patterns(key),
                "first": probe,
                "last": probe + _AFTER_ALL,
                "start": f"{like(key)}%",
                "probed": PROBED,
                "limit": ACTORS,
            },
        )
        return cursor.fetchall()


def _actor(actor: Actor, start: str) -> Suggestion:
    """`start`: the beginning of a name by which it was found; told when it is of another name than the one shown."""
    told = [actor.nature_label, actor.seat.label if actor.seat else ""]
    if start not in sort_key(actor.name):
        told.insert(0, f"« {start} »")
    detail = ", ".join(filter(None, told))
    return Suggestion("Acteurs", actor.name, detail, actor.name, actor.get_absolute_url(), goes=True)


def _places(text: str) -> list[Suggestion]:
    return [
        Suggestion(
            "Lieux",
            place.territory.label,
            place_in_words(place.territory, via=place.via),
            place.territory.slug,
            place.territory.get_absolute_url(),
            box="territoire",
        )
        for place in search_places(text, PLACES, guesses=False)
    ]
