"""The SQL by which entries are matched, bound to a place and scored, each as a text and its parameters.

Written by hand: the same as expressions of the ORM took ten times longer to put together than PostgreSQL to run.
"""

from collections.abc import Iterable

from .bonds import Bond, Surroundings
from .reading import Reading, Term, told_apart
from .words import either

CONFIG = "francais"
# D, C, B, A: a word said of an actor weighs little beside its name (document weights, see `sql.PASSAGES`).
WEIGHTS = "{0.05, 0.2, 0.6, 1.0}"
# What a recognised competence adds: said or only deduced, of the very term or of one under it.
ATTESTED, ATTESTED_BELOW, DEDUCED, DEDUCED_BELOW = 1.0, 0.8, 0.6, 0.5
# The very words typed, in a name or a function: surer than a competence that they are only a synonym of.
IN_THOSE_WORDS = 0.4
# More for a name: « CCAS » is first of all the CCAS, then who works there.
IN_THE_NAME = 0.1
# The bodies of a nature come before those who work in one.
OF_THE_NATURE = 0.5
# Each step away from the place, from « implanté ici » to « lieu non précisé » (five bonds).
FURTHER = 0.1
# Beyond, a place is so wide that nearly everybody is in it: looking its parts up in the index costs more than it saves.
MOST_PLACES = 1_500
# Beyond, two arrays are compared through a hash: `&&` compares each element of one with each of the other.
MOST_COMPARED = 16
_TABLE = '"directory_searchentry"'
_PLACES = f"directory_places({_TABLE}.seat_id, {_TABLE}.area_ids)"

SQL = tuple[str, list]


def array(ids: Iterable[int]) -> str:
    """`ids` as PostgreSQL writes an array: one parameter, however many."""
    return f"{{{','.join(map(str, ids))}}}"


def matching(reading: Reading, *, every: bool = True) -> SQL:
    """Answers every part of `reading`. With `every=False`, one of its competences; where there are none, one of its
    words, in what the actor is or does, and its nature: a word of the story around a need makes nobody an expert."""
    terms = [_knows(term) for term in reading.terms]
    words = [_says(word, anywhere=every) for word in reading.words]
    named = "|".join(f"'nature:{word.nature.value}'" for word in reading.natures)
    natures = [(f"{_TABLE}.document @@ %s::tsquery", [named])] if named else []
    if every:
        parts = [*terms, *words, *natures]
    elif terms:
        parts = [_any(terms)]
    else:
        parts = [*([_any(words)] if words else []), *natures]
    # Not « @@ '!word' »: of an index of words, that asks for every page.
    parts += [
        (f"NOT {_TABLE}.document @@ websearch_to_tsquery('{CONFIG}', %s)", [told_apart(word.lstrip("-"))])
        for word in reading.excluded
    ]
    return " AND ".join(sql for sql, _ in parts) or "true", [value for _, values in parts for value in values]


def _any(parts: list[SQL]) -> SQL:
    return f"({' OR '.join(sql for sql, _ in parts)})", [value for _, values in parts for value in values]


def _says(word: str, *, anywhere: bool) -> SQL:
    """`anywhere`: or only in what it is and does, not in what is said of it (weight D)."""
    asked = f"websearch_to_tsquery('{CONFIG}', %s)"
    said, sought = f"{_TABLE}.document @@ {asked}", told_apart(either(word))
    if anywhere:
        return said, [sought]
    return f"({said} AND ts_filter({_TABLE}.document, '{{a,b,c}}') @@ {asked})", [sought, sought]


def _knows(term: Term) -> SQL:
    phrases = " || ".join(f"phraseto_tsquery('{CONFIG}', %s)" for _ in term.phrases)
    return (
        f"({_TABLE}.competence_ids && %s::bigint[] OR {_TABLE}.document @@ ({phrases}))",
        [array(term.ids), *map(told_apart, term.phrases)],
    )


def bond_order(surroundings: Surroundings) -> SQL:
    """The rank of the bond (see `Bond`), NULL for whoever is known to be elsewhere."""
    acts, covering = _acts_in(surroundings.covering)
    in_part, part = _acts_in(surroundings.part)
    return (
        f"CASE WHEN {_TABLE}.seat_id = ANY(%s::bigint[]) THEN 0 WHEN {acts} THEN 1 WHEN {in_part} THEN 2"
        f" WHEN {_TABLE}.seat_id = ANY(%s::bigint[]) THEN 3"
        f" WHEN {_TABLE}.seat_id IS NULL AND {_TABLE}.area_ids = '{{}}' THEN 4 END",
        [array(surroundings.inside), *covering, *part, array(surroundings.near)],
    )


def _acts_in(places: list[int]) -> SQL:
    if not places:
        return "false", []
    if len(places) <= MOST_COMPARED:
        return f"{_TABLE}.area_ids && %s::bigint[]", [array(places)]
    return f"EXISTS (SELECT FROM unnest({_TABLE}.area_ids) area WHERE area = ANY(%s::bigint[]))", [
        array(places)
    ]


def bond(surroundings: Surroundings) -> SQL:
    """The bond itself, as the facet names it."""
    order, parameters = bond_order(surroundings)
    names = ", ".join(f"'{value}'" for value in Bond.values)
    return f"(ARRAY[{names}])[1 + {order}]", parameters


def around(surroundings: Surroundings, *, unknown: bool = True, walked: bool = False) -> SQL:
    """Bound to the place in some way; without `unknown`, in a way that is known.

    `walked`: rows are read in the order of another index, each checked at little cost.
    """
    order, parameters = bond_order(surroundings)
    known = f"({order}) <= {4 if unknown else 3}"
    seats = sorted({*surroundings.inside, *surroundings.near})
    areas = sorted({*surroundings.covering, *surroundings.part})
    if walked or len(areas) > MOST_PLACES:
        return known, parameters
    if unknown:
        areas.append(0)
    # Seats by their own index: the other one compares each of its rows with every place that is asked for.
    return (
        f"({_TABLE}.seat_id = ANY(%s::bigint[]) OR {_PLACES} && %s::bigint[]) AND {known}",
        [array(seats), array(areas), *parameters],
    )


def nowhere() -> SQL:
    """Of whom no place is known."""
    return f"{_PLACES} && '{{0}}'::bigint[]", []


def score(reading: Reading) -> SQL:
    """Competences attested, then deduced, then where the words stand, less the way to the place; over the columns of
    `search.probe`."""
    if reading.is_empty:
        return "0.0::float8", []
    # Of type float8, all of them: PostgreSQL reads « 0.1 » as a numeric, ten times dearer to add up.
    parts: list[str] = [f"float8 '-{FURTHER}' * bond_order"]
    parameters: list = []
    for term in reading.terms:
        own = [array([term.competence_id]), array(term.ids)]
        parts.append(
            f"CASE WHEN attested_ids && %s::bigint[] THEN float8 '{ATTESTED}' WHEN attested_ids && %s::bigint[]"
            f" THEN {ATTESTED_BELOW} WHEN competence_ids && %s::bigint[] THEN {DEDUCED}"
            f" WHEN competence_ids && %s::bigint[] THEN {DEDUCED_BELOW} ELSE 0.0 END"
            f" + CASE WHEN ts_filter(document, '{{a,b}}') @@ phraseto_tsquery('{CONFIG}', %s)"
            f" THEN float8 '{IN_THOSE_WORDS}' ELSE 0 END"
            f" + CASE WHEN ts_filter(document, '{{a}}') @@ phraseto_tsquery('{CONFIG}', %s)"
            f" THEN float8 '{IN_THE_NAME}' ELSE 0 END"
        )
        parameters += [*own, *own, told_apart(term.said), told_apart(term.said)]
    if reading.natures:
        parts.append(f"CASE WHEN nature = ANY(%s) THEN float8 '{OF_THE_NATURE}' ELSE 0 END")
        parameters.append([word.nature.value for word in reading.natures])
    parts.append(f"coalesce(ts_rank('{WEIGHTS}', document, websearch_to_tsquery('{CONFIG}', %s)), 0.0)")
    return " + ".join(parts), [*parameters, reading.ranking]
