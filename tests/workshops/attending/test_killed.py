"""The server is killed in the middle of an evening: at most the line being typed is lost, and not even that one."""

from playwright.sync_api import expect

from tests.factories import accounts
from tests.factories.actors import SourceFactory
from tests.factories.workshops import SessionFactory, WorkshopFactory

from ..entering.test_browser import SAVED, log_in, statements


def test_a_killed_server_loses_nothing_that_was_typed(page, production_server):
    server = production_server
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
