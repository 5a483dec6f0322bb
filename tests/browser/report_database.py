"""A database that holds the real report: loaded once a session beside the tests' own, copied for whoever writes in it.

The other tests find their database empty. So this one has a name of its own, and the connection goes to it for the
time of a test: Django reads the name when it connects, in this thread as in those of the live server.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import sql

from directory.fixture.load import load_fixture
from ecosystems.roles import create_roles
from territories.loading import load as load_territories

REPORT = "clermont-ferrand-2022"
REGION = "84"  # the report's own: its communes, with what surrounds them


def _run(statement: str, *names: str, **values: str) -> None:
    """Runs a statement that belongs to the server and not to one of its databases."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)).as_string(None), values or None)


def drop(name: str) -> None:
    """Drops a database, whoever is still connected: a browser closed in the middle of a page leaves a thread behind."""
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def empty_of_visitors(name: str) -> None:
    """Ends what is still connected to a database: neither copying nor dropping it suffers anyone.

    Not PostgreSQL's own housekeeping, which makes room by itself and which no ordinary role may end.
    """
    _run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %(name)s AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
        name=name,
    )


def copy(name: str, original: str) -> None:
    """Makes the database `name` out of `original`."""
    drop(name)
    empty_of_visitors(original)
    _run("CREATE DATABASE {} TEMPLATE {}", name, original)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """The default connection goes to the database `name`."""
    former = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = former


@contextmanager
def loaded_report() -> Iterator[str]:
    """The name of a database with the territories of the région, the report and the roles; dropped at the end."""
    empty = connection.settings_dict["NAME"]
    assert empty.startswith("test_"), f"{empty} is somebody’s own database"
    name = f"{empty}_report"
    connection.close()
    copy(name, empty)
    try:
        with connected_to(name):
            load_territories([REGION])
            load_fixture(REPORT)
            create_roles()
        yield name
    finally:
        drop(name)
        connection.close()
        empty_of_visitors(empty)  # pytest-django is about to drop it
