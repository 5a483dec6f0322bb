"""The search table against the view it is made from: what any test may ask, whatever it wrote and however."""

# ruff: noqa: S608 — names of our own tables

from django.db import connection

# Texts are joined in any order, so that positions may differ: words and their weights are what is compared.
_ROW = """
SELECT actor_id, kind, nature, sort_name, seat_id, confirmed_on, rank,
  ARRAY(SELECT w.lexeme || ' ' || ARRAY(SELECT unnest(w.weights) ORDER BY 1)::text
        FROM unnest(document) w ORDER BY w.lexeme) AS words,
  ARRAY(SELECT unnest(area_ids) ORDER BY 1) AS areas,
  ARRAY(SELECT unnest(competence_ids) ORDER BY 1) AS competences,
  ARRAY(SELECT unnest(attested_ids) ORDER BY 1) AS attested,
  ARRAY(SELECT unnest(workshop_ids) ORDER BY 1) AS workshops
FROM {table}
"""
_TABLE = _ROW.format(table="directory_searchentry")
_VIEW = _ROW.format(table="directory_searchsource")
_DIFFERENCES = f"""
(SELECT 'table' AS only_in, t.* FROM ({_TABLE} EXCEPT ALL {_VIEW}) t)
UNION ALL
(SELECT 'view', v.* FROM ({_VIEW} EXCEPT ALL {_TABLE}) v)
"""
_NAMES = """
(SELECT 'table of names', actor_id, start FROM directory_namestart
 EXCEPT ALL SELECT 'table of names', actor_id, start FROM directory_namesource)
UNION ALL
(SELECT 'view of names', actor_id, start FROM directory_namesource
 EXCEPT ALL SELECT 'view of names', actor_id, start FROM directory_namestart)
"""


def assert_index_is_true() -> None:
    """Every entry is what the view makes of the rows below at this moment; none is missing, none is left over."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES)
        differences = cursor.fetchall()
        cursor.execute(_NAMES)
        differences += cursor.fetchall()
    assert not differences, "\n".join(str(row) for row in differences)


def index_content() -> list[tuple]:
    """All that the index holds, to see whether a write changed it."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_TABLE} ORDER BY actor_id")
        return cursor.fetchall()
