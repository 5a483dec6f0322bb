"""A page of a set too large to be sorted whole: its rows in the order of an index."""

# ruff: noqa: S608 — put together from texts of ours alone; what a visitor typed is a parameter

from django.core.exceptions import EmptyResultSet
from django.db import connection

# The rows of the index that are looked at one by one. Where so few of them answer that the page is not full, the others
# are few enough to be found by their words and places, and sorted.
WALKED = 20_000
_TABLE = '"directory_searchentry"'
# The order of an index, and the same that none gives: what another one found is sorted, rather than walked after all.
ORDERS = {
    "rank": ("rank DESC, actor_id", "rank + 0 DESC, actor_id"),
    "name": ("sort_name, actor_id", "sort_name || '', actor_id"),
}


def few_or_best(rows, found_by_index, few: int, stop: int) -> list[int]:
    """The ids of a set of at most `few`, in no order; of a larger one, the `stop` first by rank. One query.

    `rows`, `found_by_index`: as for `walk`. A large set is dense: its first rows are soon met in the order of the
    index.
    """
    try:
        checked, values = rows.order_by().values("pk").query.sql_with_params()
        found, more = found_by_index.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    sql = f"""
WITH probed AS MATERIALIZED ({found} LIMIT {few + 1}), size AS MATERIALIZED (SELECT count(*) AS n FROM probed)
SELECT * FROM probed WHERE (SELECT n FROM size) <= {few}
UNION ALL
SELECT * FROM ({checked} AND (SELECT n FROM size) > {few} ORDER BY {ORDERS["rank"][0]} LIMIT {stop}) w"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*more, *values])
        return [pk for (pk,) in cursor.fetchall()]


def walk(rows, found_by_index, order: str, start: int, stop: int) -> list[int]:
    """The ids from `start` to `stop` in an order of `ORDERS`. `rows`, `found_by_index`: the same entries, their
    conditions written so as to be checked row by row, or to be found by an index. One query."""
    try:
        checked, values = rows.order_by().values("pk").query.sql_with_params()
        found, more = found_by_index.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    in_order, sorted_by = ORDERS[order]
    table = f"FROM (SELECT * FROM {_TABLE} ORDER BY {in_order} LIMIT {WALKED}) {_TABLE}"
    sql = f"""
WITH walked AS MATERIALIZED ({checked.replace(f"FROM {_TABLE}", table, 1)} LIMIT {stop})
SELECT * FROM (SELECT * FROM walked WHERE (SELECT count(*) FROM walked) = {stop} OFFSET {start}) w
UNION ALL
SELECT * FROM ({found} AND (SELECT count(*) FROM walked) < {stop} ORDER BY {sorted_by}
               LIMIT {stop - start} OFFSET {start}) f"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *more])
        return [pk for (pk,) in cursor.fetchall()]
