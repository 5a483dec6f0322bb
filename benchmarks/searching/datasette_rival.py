"""The same rows served by Datasette from SQLite's full text, with the same facets, as a page of HTML."""

import asyncio
import json
import logging
import sqlite3
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from datasette.app import Datasette

from .clock import medians, times_ms
from .mix import Query
from .rows import rows

_TABLE = """
CREATE TABLE actors (id INTEGER PRIMARY KEY, kind TEXT, nature TEXT, name TEXT, place TEXT, words TEXT,
                     competences TEXT, workshops TEXT, areas TEXT);
CREATE VIRTUAL TABLE actors_fts USING fts5(name, words, content='actors', content_rowid='id',
                                           tokenize='unicode61 remove_diacritics 2');
"""
# As patient as our own server: without this, Datasette leaves out the facets it cannot count in 200 ms.
_SETTINGS = {"facet_time_limit_ms": 60_000, "sql_time_limit_ms": 60_000, "suggest_facets": False}
_FACETS = [
    ("_facet", "kind"),
    ("_facet", "nature"),
    ("_facet_array", "competences"),
    ("_facet_array", "workshops"),
]


def measure(queries: list[Query], say: Callable[[str], None]) -> list[float]:
    """Milliseconds of the page of each query, in this process, without the network."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.db"
        _fill(path)
        say("Datasette's database written")
        with asyncio.Runner() as runner:
            server = Datasette([str(path)], settings=_SETTINGS)
            runner.run(server.invoke_startup())
            taken = times_ms((partial(_get, runner, server, query) for query in queries), rounds=1)
        say("Datasette measured")
    return medians(taken)


def _fill(path: Path) -> None:
    database = sqlite3.connect(path)
    database.executescript(_TABLE)
    database.executemany(
        "INSERT INTO actors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*row[:6], *(json.dumps(values) for values in row[6:])) for row in rows()),
    )
    database.execute("INSERT INTO actors_fts (actors_fts) VALUES ('rebuild')")
    database.executescript(
        "CREATE INDEX kinds ON actors (kind); CREATE INDEX natures ON actors (nature); ANALYZE;"
    )
    database.commit()
    database.close()


def _get(runner: asyncio.Runner, server: Datasette, query: Query) -> None:
    response = runner.run(server.client.get(f"/generated/actors?{urlencode(_parameters(query))}"))
    assert response.status_code == 200, (query, response.status_code, response.text[:300])


def _parameters(query: Query) -> list[tuple[str, str]]:
    """Its words, the choices it can express, and every facet. A place is more than a column: it is left out."""
    asked = [("_size", "20"), *_FACETS]
    words = query.words.replace('"', " ").split()
    if words:
        asked.append(("_search", " ".join(word for word in words if not word.startswith("-"))))
    if kind := query.facets.get("genre"):
        asked.append(("kind", kind))
    if nature := query.facets.get("nature"):
        asked.append(("nature", nature))
    return asked
