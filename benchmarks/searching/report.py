"""One run: every figure that the search is judged by."""

import argparse
import logging
import sys
import time
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from . import floors
from .clock import medians, percentile, times_ms
from .database import filled
from .mix import Query, mix
from .slowest import bounds

# What `--json` prints, and nothing else.
KEYS = ("page_p50_ms", "page_p95_ms", "page_p99_ms", "page_max_ms", "queries", "floor_p95_ms", "ratio_floor_p95",
        "bounded_floor_p95_ms", "datasette_p50_ms", "datasette_p95_ms", "ratio_datasette_p95", "tantivy_p95_ms",
        "ratio_tantivy_p95", "suggest_p95_ms", "suggest_max_ms")  # fmt: skip
FEW = 40  # queries put to Datasette where it needs seconds for each
MANY = 500_000  # actors from which it does


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """The figures by name, in milliseconds, ratios and numbers of SQL queries; None for what could not be measured."""
    settings.DEBUG = False  # else Django keeps every SQL statement, and templates say more
    settings.ALLOWED_HOSTS = ["testserver"]
    logging.disable()  # the log of searches without an answer is not what is read here
    start = time.perf_counter()

    def say(line: str) -> None:
        print(f"{time.perf_counter() - start:7.1f} s  {line}", file=sys.stderr, flush=True)

    with filled(asked.actors, asked.region, keep=asked.keep, say=say):
        queries = mix(asked.queries)
        say(f"{len(queries)} queries")
        figures: dict[str, object] = {"actors": asked.actors, "mix": len(queries)}
        pages = _pages(queries, figures, asked.slowest)
        say(f"pages measured: p50 {figures['page_p50_ms']} ms, p95 {figures['page_p95_ms']} ms")
        print(bounds(queries[pages.index(max(pages))]), file=sys.stderr, flush=True)
        _floors(queries, figures)
        say("floors measured")
        _suggestions(queries, figures)
        if not asked.without_rivals:
            _rivals(queries, pages, asked.actors, figures, say)
    return figures


def _pages(queries: list[Query], figures: dict, slowest: int) -> list[float]:
    client = Client()
    taken = times_ms(partial(_get, client, query.url) for query in queries)
    pages = medians(taken)
    for percent in (50, 95, 99):
        figures[f"page_p{percent}_ms"] = round(percentile(pages, percent), 1)
    figures["page_max_ms"] = round(max(map(max, taken)), 1)
    one = [n for n, query in enumerate(queries) if len(query.facets) <= 1]
    figures["page_p95_ms_one_facet"] = round(percentile([pages[n] for n in one], 95), 1)
    counts = [_count(client, query.url) for query in queries]
    figures["queries"] = max(counts)
    figures["queries_typical"] = sorted(counts)[len(counts) // 2]
    for n in sorted(range(len(pages)), key=lambda n: -pages[n])[:slowest]:
        print(f"{pages[n]:8.1f} ms {counts[n]:3} SQL {queries[n].parameters}", file=sys.stderr)
    return pages


def _get(client: Client, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)


def _count(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return sum(
        entry["sql"].lstrip(" \n(").startswith(("SELECT", "WITH")) for entry in captured.captured_queries
    )


def _floors(queries: list[Query], figures: dict) -> None:
    worded = [query for query in queries if query.words]
    plain = medians(times_ms(map(floors.plain, worded)))
    bounded = medians(times_ms(map(floors.bounded, queries)))
    figures["floor_p50_ms"] = round(percentile(plain, 50), 1)
    figures["floor_p95_ms"] = round(percentile(plain, 95), 1)
    figures["ratio_floor_p95"] = _ratio(figures["page_p95_ms"], figures["floor_p95_ms"])
    figures["bounded_floor_p95_ms"] = round(percentile(bounded, 95), 1)
    figures["ratio_bounded_floor_p95"] = _ratio(figures["page_p95_ms"], figures["bounded_floor_p95_ms"])


def _ratio(ours: float, theirs: float) -> float:
    """Ours over theirs: below 1, we are quicker."""
    return round(ours / max(theirs, 0.1), 2)


def _suggestions(queries: list[Query], figures: dict) -> None:
    """What the box proposes after each of the first letters of a query; None while no page answers."""
    figures["suggest_p95_ms"] = figures["suggest_max_ms"] = None
    try:
        url = reverse("actor_suggestions")
    except NoReverseMatch:
        return
    client = Client()
    typed = sorted(
        {query.words[:length] for query in queries for length in (1, 2, 3, 5, 8, 13) if query.words}
    )
    taken = times_ms(partial(_get, client, f"{url}?{urlencode({'q': text})}") for text in typed)
    figures["suggest_p95_ms"] = round(percentile(medians(taken), 95), 1)
    figures["suggest_max_ms"] = round(max(map(max, taken)), 1)


def _rivals(queries: list[Query], pages: list[float], actors: int, figures: dict, say) -> None:
    try:
        from . import datasette_rival, tantivy_rival
    except ImportError as missing:
        say(f"{missing.name} is not installed: not compared (`make bench ONLY=search` installs it)")
        return
    few = queries[:: len(queries) // FEW or 1] if actors >= MANY else queries
    ours = pages[:: len(queries) // FEW or 1] if actors >= MANY else pages
    theirs = datasette_rival.measure(few, say)
    for percent in (50, 95):
        figures[f"datasette_p{percent}_ms"] = round(percentile(theirs, percent), 1)
        figures[f"ratio_datasette_p{percent}"] = _ratio(
            percentile(theirs, percent), percentile(ours, percent)
        )
    figures["datasette_queries"] = len(few)
    limit = tantivy_rival.measure(queries, say)
    figures["tantivy_p50_ms"] = round(percentile(limit, 50), 2)
    figures["tantivy_p95_ms"] = round(percentile(limit, 95), 2)
    figures["ratio_tantivy_p95"] = _ratio(figures["page_p95_ms"], figures["tantivy_p95_ms"])


def tell(figures: dict[str, object], stream=sys.stdout) -> None:
    for name, value in figures.items():
        print(f"{name:28} {value}", file=stream)
