"""One statement a search: who answers, in order, and how many by facet.

Bounded whatever is asked: of each set at most `CAP` + 1 rows are read, sorted exactly when that is all of them. The
facets are counted from the same rows; a facet in which something is chosen has a set of its own, without its choice
(from a single capped set, its other choices would seem to leave nobody).
"""

# ruff: noqa: S608 — put together from texts of ours alone; what a visitor typed is a parameter

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection

from . import conditions
from .reading import Reading

CAP = 2_000  # rows: up to here sets are sorted and counted exactly; beyond, one narrows the search
_COLUMNS = ("actor_id", "kind", "nature", "competence_ids", "attested_ids", "workshop_ids", "document", "rank",
            "sort_name", "confirmed_on")  # fmt: skip

# Each part gives five texts: what it tells, a key, a slug and a label where there is one, a number.
_TALLIES = {
    "genre": "SELECT 'genre', kind, '', '', count(*)::text FROM {base} GROUP BY kind",
    "nature": "SELECT 'nature', nature, '', '', count(*)::text FROM {base} WHERE nature <> '' GROUP BY nature",
    # A term counts itself, and its first level once an actor: the arrays are taken apart once.
    "competence": """
      SELECT CASE level WHEN 1 THEN 'competence' ELSE 'root' END, id::text, '', '', count(*)::text FROM (
        SELECT DISTINCT b.actor_id, t.level, t.id FROM {base} b, unnest(b.competence_ids) own(id)
        JOIN actors_competence c USING (id), LATERAL (VALUES (1, c.id), (2, coalesce(c.parent_id, c.id))) t(level, id)
      ) said GROUP BY level, id""",
    "atelier": """
      SELECT 'atelier', w.id::text, w.slug, coalesce(p.name, w.title) || ', ' || extract(year FROM w.date),
             coalesce(n.n, 0)::text
      FROM (SELECT t.id, count(*) AS n FROM {base}, unnest(workshop_ids) t(id) GROUP BY t.id) n
      FULL JOIN (SELECT id FROM workshops_workshop WHERE slug = ANY(%s)) chosen ON chosen.id = n.id
      JOIN workshops_workshop w ON w.id = coalesce(n.id, chosen.id) AND w.state = 'published'
      LEFT JOIN territories_territory p ON p.id = w.place_id""",
    "lien": "SELECT 'lien', bond_order::text, '', '', count(*)::text FROM {base} GROUP BY bond_order",
}
_TERMS = "SELECT 'term', id::text, slug, name, coalesce(parent_id::text, '') FROM actors_competence"
# Only asked for when nobody answers: does anybody elsewhere? If not, which words might have been meant?
_ANYBODY = "SELECT 'anybody', '', '', '', '' WHERE NOT EXISTS (SELECT FROM base) AND EXISTS ({rows})"
_WORDS = """
SELECT 'word', word, '', '', '' FROM (
  SELECT sort_name FROM actors_competence UNION ALL SELECT sort_name FROM actors_competencesynonym
) v, string_to_table(v.sort_name, ' ') word
WHERE length(word) > 3 AND NOT EXISTS (SELECT FROM base) AND NOT EXISTS ({rows})"""


@dataclass
class Found:
    """`ids` in order (any order of a set that is full); `counts` by facet and key; `anybody` answers, anywhere."""

    ids: list[int] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    terms: list[dict] = field(default_factory=list)
    workshops: list[dict] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    anybody: bool = False

    @property
    def is_full(self) -> bool:
        """More than are sorted and counted."""
        return len(self.ids) > CAP


def probe(
    bases: Mapping[str, list], reading: Reading, order: str, anywhere, chosen_workshops: list[str]
) -> Found:
    """`bases`: by facet ("": who answers), querysets of entries to be read one after the other, annotated with
    `bond_order` where there is a place; `order`: SQL over their columns, `score` and `bond_order`; `anywhere`: who
    would answer without place nor facets, None where there is no need to know."""
    tables, parameters = [], []
    for name, sets in bases.items():
        sql, values = _capped(sets)
        tables.append(f"base{f'_{name}' if name else ''} AS MATERIALIZED ({sql})")
        parameters += values
    score, values = conditions.score(reading)
    # A set that is full is not sorted: it is walked by rank afterwards.
    tables.append(
        f"scored AS (SELECT actor_id, bond_order, rank, sort_name, confirmed_on, {score} AS score"
        f" FROM base WHERE (SELECT count(*) FROM base) <= {CAP})"
    )
    parameters += values
    parts = [
        f"SELECT 'ids', '', '', '', string_agg(actor_id::text, ',' ORDER BY {order}) FROM scored",
        f"SELECT 'full', '', '', '', string_agg(actor_id::text, ',') FROM base HAVING count(*) > {CAP}",
        _TERMS,
    ]
    with_place = "bond_order" in bases[""][0].query.annotations
    for name, tally in _TALLIES.items():
        base = f"base_{name}" if name in bases else "base"
        if name == "lien" and not with_place:
            continue
        parts += [tally.format(base=base), f"SELECT 'size-{name}', '', '', '', count(*)::text FROM {base}"]
        if name == "atelier":
            parameters.append(chosen_workshops)
    if anywhere is not None:
        sql, values = anywhere.order_by().values("pk").query.sql_with_params()
        parts += [_ANYBODY.format(rows=sql), _WORDS.format(rows=sql)]
        parameters += [*values, *values]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}", parameters)
        return _read(cursor.fetchall())


def counts_and_rows(sets: list, lists: list[conditions.SQL]) -> tuple[list[int], list[list[dict]]]:
    """How many rows each queryset of `sets` has, at most `CAP` + 1; and the rows of each of `lists`. One query."""
    counted = [rows.order_by().values("pk")[: CAP + 1].query.sql_with_params() for rows in sets]
    asked = [f"(SELECT count(*) FROM ({sql}) e)" for sql, _ in counted]
    asked += [f"(SELECT json_agg(e) FROM ({sql}) e)" for sql, _ in lists]
    if not asked:
        return [], []
    with connection.cursor() as cursor:
        parameters = [value for _, values in (*counted, *lists) for value in values]
        cursor.execute(f"SELECT {', '.join(asked)}", parameters)
        found = list(cursor.fetchone())
    return found[: len(sets)], [rows or [] for rows in found[len(sets) :]]


def _capped(sets: list) -> conditions.SQL:
    """The rows of the first set, then of the next; of those of whom no place is known, none when there are too many."""
    selects, parameters = [], []
    for rows in sets:
        annotated = ["bond_order"] if "bond_order" in rows.query.annotations else []
        rows = rows.order_by().values(*_COLUMNS, *annotated)
        try:
            sql, values = rows[: CAP + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        selects.append(f"({sql})" if annotated else f"(SELECT *, 0 AS bond_order FROM ({sql}) e)")
        parameters += values
    if not selects:
        columns = ", ".join(_COLUMNS)
        return f"SELECT {columns}, 0 AS bond_order FROM directory_searchentry WHERE false", []
    if len(selects) == 1:
        return selects[0], parameters
    return (
        f"WITH probed AS MATERIALIZED (SELECT * FROM ({' UNION ALL '.join(selects)}) e LIMIT {CAP + 1})"
        f" SELECT * FROM probed WHERE bond_order < 4 OR (SELECT count(*) FROM probed) <= {CAP}",
        parameters,
    )


def _read(rows) -> Found:
    found = Found()
    for what, key, slug, label, n in rows:
        if what in ("ids", "full"):
            found.ids += map(int, n.split(",")) if n else []
        elif what == "term":
            found.terms.append({"key": key, "slug": slug, "label": label, "parent": n})
        elif what == "anybody":
            found.anybody = True
        elif what == "word":
            found.words.append(key)
        else:
            if what == "atelier":
                found.workshops.append({"key": key, "slug": slug, "label": label})
            found.counts[what, key] = int(n or 0)
    found.words = sorted(set(found.words))
    return found
