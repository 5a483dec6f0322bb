"""What bounds the slowest query: its statements by what each takes, and the plan of the dearest."""

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .mix import Query

WIDEST = 200  # characters of a line of a plan: the places of a région are a long list
LONGEST = 60  # lines


def bounds(query: Query) -> str:
    """For a person to read; the statements are run again, alone, the last of three times counting."""
    with CaptureQueriesContext(connection) as captured:
        Client().get(query.url)
    statements = [entry["sql"] for entry in captured.captured_queries]
    spent = [_milliseconds(sql) for sql in statements]
    dearest = max(range(len(spent)), key=spent.__getitem__)
    lines = [
        f"slowest query: {query.parameters}",
        f"{sum(spent):.1f} ms in {len(spent)} SQL statements",
        *(f"  {ms:7.1f} ms  {' '.join(sql.split())[:80]}" for ms, sql in zip(spent, statements, strict=True)),
        "plan of the dearest:",
        *_plan(statements[dearest]),
    ]
    return "\n".join(lines)


def _milliseconds(sql: str) -> float:
    for _ in range(3):
        start = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            cursor.fetchall()
    return (time.perf_counter() - start) * 1000


def _plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF) {sql}")
        told = [line[:WIDEST] for (line,) in cursor.fetchall() if "never executed" not in line]
    return told[:LONGEST]
