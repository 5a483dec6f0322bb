"""The real report on a live server, and pages of a real browser that complain of what they meet."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.directory.index import assert_index_is_true

from . import report_database


@pytest.fixture(scope="session")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of the database of the report, which no test may write in.

    In place of pytest-django's fixture, and under its name: by it pytest-django knows that a test needs a database,
    and makes one even where these tests run alone.
    """
    with django_db_blocker.unblock(), report_database.loaded_report() as name:
        yield name


@pytest.fixture(autouse=True)
def _the_index_is_true() -> None:
    """In place of the check after each other test, which opens the tests' own database; see `own_report`."""


@pytest.fixture
def report(db: str, django_db_blocker: Any) -> Iterator[str]:
    """The test, and the live server, read the report."""
    with django_db_blocker.unblock(), report_database.connected_to(db):
        yield db


@pytest.fixture
def own_report(db: str, django_db_blocker: Any) -> Iterator[str]:
    """The test, and the live server, have a copy of the report to write in; the search table must follow."""
    name = f"{db}_copy"
    with django_db_blocker.unblock():
        report_database.copy(name, db)
        try:
            with report_database.connected_to(name):
                yield name
                assert_index_is_true()
        finally:
            report_database.drop(name)


@pytest.fixture(scope="session")
def site(db: str) -> Iterator[str]:
    """The address of the live server. Not pytest-django's own fixture, after which every table is emptied."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def open_page(browser: Any, site: str) -> Iterator[Callable[..., Any]]:
    """`open_page(width=1280, **context)`: a page of a fresh profile on the live server, with its `complaints`.

    They are a script that failed, an error in the console, or what our Content-Security-Policy stopped. Any that is
    left at the end of the test fails it; a test that expects one removes it.
    """
    opened: list[tuple[Any, list[str]]] = []

    def open_one(width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(
            base_url=site,
            locale="fr-FR",
            reduced_motion="reduce",
            viewport={"width": width, "height": 900},
            **options,
        )
        context.set_default_timeout(15_000 if os.environ.get("CI") else 10_000)
        page = context.new_page()
        complaints: list[str] = []
        page.complaints = complaints
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console", lambda said: said.type == "error" and complaints.append(f"{page.url}: {said.text}")
        )
        opened.append((context, complaints))
        return page

    yield open_one
    for context, _ in opened:
        context.close()
    assert not [line for _, complaints in opened for line in complaints]


@pytest.fixture
def page(report: str, open_page: Callable[..., Any]) -> Any:
    """A page of a wide screen, on the report."""
    return open_page()
