"""What the database alone needs: the plain ranking of the words, and our own SQL for the 20 best."""

from collections.abc import Callable

from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from directory.search.query import PAGE_SIZE, Search

from .mix import Query

_PLAIN = """
SELECT actor_id, ts_rank(document, query) FROM directory_searchentry, websearch_to_tsquery('francais', %s) query
WHERE document @@ query ORDER BY 2 DESC LIMIT 20
"""


def plain(query: Query) -> Callable[[], object]:
    """`ts_rank … LIMIT 20` of the words, without place, facets nor page."""
    return lambda: _run([(_PLAIN, [query.words])])


def bounded(query: Query) -> Callable[[], object]:
    """The statements by which a search finds its 20 best, without their texts, facets nor page."""
    search = Search(QueryDict(mutable=True))
    search.data.update(query.parameters)
    search.__init__(search.data)
    with CaptureQueriesContext(connection) as captured:
        search.answer  # noqa: B018  asked for its queries
    probes = [entry["sql"] for entry in captured.captured_queries if "directory_searchentry" in entry["sql"]]
    first = PAGE_SIZE * (query.page - 1)
    best = search.rows.values_list("pk")[first : first + PAGE_SIZE]
    sql, parameters = best.query.sql_with_params()
    return lambda: _run([*((probe, None) for probe in probes), (sql, parameters)])


def _run(statements) -> None:
    """By psycopg, outside of Django's cursor."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        for sql, parameters in statements:
            cursor.execute(sql, parameters)
            cursor.fetchall()
