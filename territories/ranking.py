"""Which places answer to a few letters, a former name or a postal code, the most likely first. Knows the tables only.

Ranking: a commune counts by the number of its inhabitants (in powers of ten), a wider territory as a town of four
thousand at most, so that « clermont » gives the town before what is named after it. Added to it, how well the name
answers: the whole name, whole words, the beginning of words. A former name counts a little less.
"""

from django.db import connection
from django.db.models import Case, IntegerField, Value, When

from .search_words import Query, read_query

CANDIDATES = 50  # more than any list shows

OWN = "SELECT t.id, t.kind, t.population, t.sort_name, t.code, {found} AS found, '' AS via, 0.0 AS penalty"
OTHER = "SELECT t.id, t.kind, t.population, t.sort_name, t.code, n.sort_name, {via}, {penalty}"
JOINED = "FROM territories_territoryname n JOIN territories_territory t ON t.id = n.territory_id AND NOT t.is_obsolete"

NAMED = f"""
{OWN.format(found="t.sort_name")} FROM territories_territory t WHERE NOT t.is_obsolete AND {{own}}
UNION ALL
{OTHER.format(via="n.name", penalty="0.5")} {JOINED} WHERE n.kind <> 'postal' AND {{other}}
"""
CODED = f"""
{OWN.format(found="t.code::text")} FROM territories_territory t WHERE NOT t.is_obsolete AND t.code = ANY(%(codes)s)
UNION ALL
{OTHER.format(via="CASE n.kind WHEN 'postal' THEN '' ELSE n.name END", penalty="0.0")} {JOINED}
WHERE (n.kind = 'postal' AND n.sort_name LIKE %(postal)s) OR (n.code <> '' AND n.code = ANY(%(codes)s))
"""
RANKED = """
WITH candidate AS ({candidates}), scored AS (
  SELECT id, via, sort_name, code,
    CASE WHEN kind = 'commune' THEN log(greatest(coalesce(population, 0), 1))
         ELSE least(log(greatest(coalesce(population, 4000), 1)), 3.6) END
    + CASE WHEN found = ANY(%(codes)s) THEN 3
           WHEN found = %(text)s THEN CASE WHEN length(%(text)s) <= 2 THEN 4 ELSE 1.5 END
           WHEN found || ' ' LIKE %(first_words)s THEN 1.2
           WHEN found || ' ' LIKE %(inner_words)s THEN 0.9
           WHEN found LIKE %(prefix)s THEN 0.3
           ELSE 0 END
    + 0.3 * length(%(text)s) / length(found) - penalty + {bonus} AS score
  FROM candidate WHERE true {area}
), best AS (
  SELECT * FROM scored ORDER BY score DESC, sort_name, code LIMIT 4 * %(limit)s
)
SELECT id, (array_agg(via ORDER BY score DESC, via))[1] AS via FROM best
GROUP BY id, sort_name, code ORDER BY max(score) DESC, sort_name, code LIMIT %(limit)s
"""
OF_POSTAL_CODE = """
AND id IN (SELECT territory_id FROM territories_territoryname WHERE kind = 'postal' AND name = %(post)s)
"""


def matching(queryset, text: str):
    """`queryset` narrowed to what answers to `text`, the best first (of territories)."""
    ids = [pk for pk, _via in rank(read_query(text), CANDIDATES)]
    order = Case(
        *(When(pk=pk, then=Value(index)) for index, pk in enumerate(ids)), output_field=IntegerField()
    )
    return queryset.filter(pk__in=ids).order_by(order) if ids else queryset.none()


def rank(query: Query, limit: int, *, guesses: bool = True) -> list[tuple[int, str]]:
    """(territory id, other name) of the best answers; words misspelt are only guessed when nothing else answers."""
    if query.is_empty:
        return []
    limit = max(1, min(limit, CANDIDATES))
    if not query.words:
        return run(CODED, query, limit)
    found = run(named(query), query, limit)
    if found or not guesses:
        return found
    return run(misspelt(), query, limit, bonus="4 * similarity(found, %(text)s)")


def run(candidates: str, query: Query, limit: int, bonus: str = "0") -> list[tuple[int, str]]:
    area = ""
    if query.words and query.postal:
        area = OF_POSTAL_CODE
    elif query.words and query.area:
        area = "AND code LIKE %(area)s"
    parameters: dict[str, str | int | list[str]] = {
        "text": query.text, "first_words": f"{like(query.text)} %",
        "inner_words": f"% {like(query.text)} %", "prefix": f"{like(query.text)}%", "limit": limit,
        "codes": [code for code in (query.postal, query.code, query.area) if code],
        "postal": f"{query.postal or query.area}%" if query.postal or query.area else "-",
        "post": query.postal, "area": f"{query.area}%",
    }  # fmt: skip
    for index, word in enumerate(query.words):
        parameters |= {f"start{index}": f"{like(word)}%", f"inside{index}": f"% {like(word)}%"}
    with connection.cursor() as cursor:
        cursor.execute(RANKED.format(candidates=candidates, area=area, bonus=bonus), parameters)
        return cursor.fetchall()


def named(query: Query) -> str:
    """Each word begins a word of the name; a single one of one or two letters begins the name."""
    if len(query.words) == 1 and len(query.words[0]) < 3:
        condition = "{0}.sort_name LIKE %(start0)s"
    else:
        condition = " AND ".join(
            f"({{0}}.sort_name LIKE %(start{index})s OR {{0}}.sort_name LIKE %(inside{index})s)"
            for index in range(len(query.words))
        )
    return NAMED.format(own=condition.format("t"), other=condition.format("n"))


def misspelt() -> str:
    """Names that share enough groups of three letters."""
    return NAMED.format(own="t.sort_name %% %(text)s", other="n.sort_name %% %(text)s")


def like(text: str) -> str:
    """`text` as itself in a LIKE pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
