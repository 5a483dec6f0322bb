"""What every test may use: pages counted in queries, a real browser, one shape for both."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings

from tests import chromium
from tests.browser.report_database import empty_of_visitors
from tests.directory.index import assert_index_is_true
from tests.production import Server

# A shared machine is slow at times: how long an example takes says nothing. In continuous integration the examples are
# always the same, so that a change is judged by itself; at a developer's they are new each time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("house"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django's own; and at the very end nobody is connected to the database that it is about to drop.

    Browsers leave in the middle of a page, servers are killed: their sessions stay for a while.
    """
    yield
    with django_db_blocker.unblock():
        connection.close()
        empty_of_visitors(connection.settings_dict["NAME"])


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """No test may be quicker, or right, thanks to what another left in memory."""
    cache.clear()
    ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def _the_index_is_true(request: pytest.FixtureRequest, _django_db_helper: None) -> Iterator[None]:
    """Whatever a test wrote, and however, the search table is then what the view makes of the rows below."""
    yield
    uses_database = {"db", "transactional_db"} & set(request.fixturenames)
    if (uses_database or request.node.get_closest_marker("django_db")) and not connection.needs_rollback:
        assert_index_is_true()


def _counted(client: Client, url: str) -> tuple[HttpResponse, list[str]]:
    ContentType.objects.clear_cache()
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url)
    return response, [query["sql"] for query in queries.captured_queries]


@pytest.fixture
def assert_constant_queries(db: None, client: Client) -> Callable[..., HttpResponse]:
    """`assert_constant_queries(url, add_row)`: the page takes as many queries with one row as with three.

    `add_row()` makes one more row each time, with relations of its own. `client` may be one that is logged in.
    Returns the last response, so that a test may look for the three rows in it.
    """

    def check(url: str, add_row: Callable[[], Any], client: Client = client) -> HttpResponse:
        add_row()
        first, with_one = _counted(client, url)
        assert first.status_code == 200, f"{url}: {first.status_code}"
        add_row()
        add_row()
        last, with_three = _counted(client, url)
        assert last.status_code == 200, f"{url}: {last.status_code}"
        assert len(with_one) == len(with_three), "\n".join(
            [f"{url}: {len(with_one)} queries with one row, {len(with_three)} with three:", *with_three]
        )
        return last

    return check


@pytest.fixture
def production_server(transactional_db: None) -> Iterator[Server]:
    """The production server over this test's database: `production_server.url`, and `.kill()` then `.start()`."""
    server = Server()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium for the whole session; without one, skips (or fails where REQUIRE_BROWSER=1 says that one must be)."""
    try:
        how = chromium.launch_options()
    except chromium.NoChromium as error:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(str(error))
        pytest.skip(f"{chromium.SKIPPED}: {error}")
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, which makes Django refuse the database to a test that is not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**how)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A page of a fresh browser profile on the live server: `page.goto("/acteurs/")`.

    A script error, or anything that our Content-Security-Policy stops, fails the test.
    """
    context = browser.new_context(base_url=live_server.url, locale="fr-FR", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: _keep_violations(complaints, said.text))
    yield page
    context.close()
    assert not complaints, complaints


def _keep_violations(complaints: list[str], text: str) -> None:
    if "Content Security Policy" in text or "Content-Security-Policy" in text:
        complaints.append(text)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says loudly, once, that what only a browser shows was not looked at."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", ())
        if chromium.SKIPPED in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.write_line("")
        terminalreporter.write_line("!" * 100, red=True, bold=True)
        terminalreporter.write_line(
            f"{len(skipped)} BROWSER TESTS WERE SKIPPED: no Chromium here. {chromium.HOW_TO_GET_ONE}",
            red=True,
            bold=True,
        )
        terminalreporter.write_line("!" * 100, red=True, bold=True)
