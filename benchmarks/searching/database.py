"""The database of the benchmark: its own, beside the one named by DATABASE_URL, marked as generated."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from actors.actions.record import Tally
from directory.fixture.vocabulary import load_vocabulary

from .generator import MARK, generate

UNFINISHED = f"{MARK} (en cours)"


@contextmanager
def filled(actors: int, region: str, *, keep: bool, say: Callable[[str], None]) -> Iterator[None]:
    """Points Django's connection at a database of `actors` made-up actors; drops it afterwards unless `keep`.

    A database kept by an earlier run is used as it is, brought up to today's migrations.
    """
    home = connection.settings_dict["NAME"]
    own = f"{home.removesuffix('_generated')}_{actors}_{region}_generated"
    found = _mark(own)
    if found == UNFINISHED:  # by a run that was cut short
        _execute(f'DROP DATABASE "{own}"')
    if found == MARK:
        _use(own)
        _migrate()
    else:
        _execute(f'CREATE DATABASE "{own}" TEMPLATE template0')
        _execute(f"COMMENT ON DATABASE \"{own}\" IS '{UNFINISHED}'")
        _use(own)
        _migrate()
        _fill(actors, region, say)
        _execute(f"COMMENT ON DATABASE \"{own}\" IS '{MARK}'")
    try:
        yield
    finally:
        _use(home)
        if not keep:
            _execute(f'DROP DATABASE "{own}"')


def _migrate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET lock_timeout = 0")
    call_command("migrate", verbosity=0)


def _fill(actors: int, region: str, say: Callable[[str], None]) -> None:
    regions = {} if region == "all" else {"region": [region]}
    call_command("load_territories", "--sans-contours", verbosity=0, **regions)
    load_vocabulary(tally=Tally())
    say("territories and vocabulary loaded")
    generate(actors, say)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _mark(name: str) -> str | None:
    """What a former run wrote on the database of that name; None where there is no such database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = %s",
            [name],
        )
        row = cursor.fetchone()
        return row[0] if row else None


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
