"""The server is killed in the middle of an evening: at most the line being typed is lost, and not even that one."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.parse import quote

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.factories import accounts
from tests.factories.actors import SourceFactory
from tests.factories.workshops import SessionFactory, WorkshopFactory

from ..entering.test_browser import log_in, statements

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"Enregistré à \d+\sh\s\d\d")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("localhost", 0))
        return one.getsockname()[1]


class Server:
    """A process of its own, over the database of the tests."""

    def __init__(self):
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.start()

    def start(self) -> None:
        settings = connection.settings_dict
        address = f"postgres://{settings['USER']}:{quote(settings['PASSWORD'] or '')}@/{settings['NAME']}"
        environment = os.environ | {
            "DATABASE_URL": f"{address}?host={quote(settings['HOST'], safe='')}&port={settings['PORT']}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"localhost:{self.port}"]
        self.process = subprocess.Popen(
            command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/sante/", timeout=5)  # noqa: S310 — our own server
                return
            time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server():
    one = Server()
    yield one
    one.kill()


def test_a_killed_server_loses_nothing_that_was_typed(page, server):
    workshop = WorkshopFactory(slug="riom", state="draft", source=SourceFactory(page_count=5))
    SessionFactory(workshop=workshop, title="Atelier 1", order=1)
    page.url_of_site = server.url
    log_in(page, accounts.administrator())
    page.goto(f"{server.url}/saisie/riom/constats/")
    page.locator("#seance-1 [data-statement]").first.focus()
    for text in ("Le temps manque", "Les élus changent"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    expect(page.locator("[data-line][data-dirty]")).to_have_count(0)
    page.keyboard.type("La ligne en cours")
    server.kill()
    page.keyboard.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Rien n’est perdu")
    assert [line.statement for line in workshop.draft_findings.order_by("position")][:2] == [
        "Le temps manque",
        "Les élus changent",
    ]
    server.start()
    expect(page.locator("[data-saved]")).to_have_text(SAVED, timeout=30_000)
    page.goto(f"{server.url}/saisie/riom/constats/")
    assert statements(page)[:3] == ["Le temps manque", "Les élus changent", "La ligne en cours"]
