"""The rows of the search table as the rivals take them."""

from collections.abc import Iterator

from django.db import connection

_ROWS = """
SELECT e.actor_id, e.kind, e.nature, a.name, coalesce(t.name, ''),
  (SELECT string_agg(p.text, ' . ') FROM directory_passage p WHERE p.actor_id = e.actor_id),
  ARRAY(SELECT c.name FROM actors_competence c WHERE c.id = ANY(e.competence_ids) ORDER BY c.id),
  ARRAY(SELECT w.title FROM workshops_workshop w WHERE w.id = ANY(e.workshop_ids) ORDER BY w.id),
  ARRAY(SELECT r.name FROM territories_territory r WHERE r.id = ANY(e.area_ids) ORDER BY r.id)
FROM directory_searchentry e JOIN actors_actor a ON a.id = e.actor_id
LEFT JOIN territories_territory t ON t.id = e.seat_id
WHERE e.actor_id BETWEEN %s AND %s ORDER BY 1
"""
BATCH = 20_000


def rows() -> Iterator[tuple]:
    """Id, kind, nature, name, place, all its text, competences, workshops and areas of each entry."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT coalesce(max(actor_id), 0) FROM directory_searchentry")
        last = cursor.fetchone()[0]
        for start in range(1, last + 1, BATCH):
            cursor.execute(_ROWS, [start, start + BATCH - 1])
            yield from cursor.fetchall()
