"""The page of a list of participants in a browser: nothing that axe sees, nothing off the screen, no script needed."""

import pytest

from tests.browser import axe
from tests.factories import accounts
from tests.factories.actors import PersonFactory, SourceFactory
from tests.factories.workshops import WorkshopFactory

from ..entering.test_browser import log_in

pytestmark = pytest.mark.django_db(transaction=True)
LIST = """- Ana Roux, maire, Commune de Riom
- Paul Durand, directeur, CISCA ; élu, PETR du Grand Clermont
- Zoé Blanc (CISCA, zoe.blanc@example.fr)"""


@pytest.fixture
def open_list(browser, live_server):
    """Opens the page with a list to check, in a context that lets axe work."""
    WorkshopFactory(slug="riom", source=SourceFactory(page_count=5))
    for _ in range(2):
        PersonFactory(name="Ana Roux", family_name="Roux")
    contexts = []

    def open_one(width, **options):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 800}, locale="fr-FR", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.url_of_site, page.complaints = live_server.url, []
        log_in(page, accounts.administrator())
        page.goto("/saisie/riom/participants/")
        page.get_by_label("La liste, telle que vous l’avez").fill(LIST)
        page.get_by_role("button", name="Lire la liste").click()
        page.get_by_role("heading", name="Lignes à décider").wait_for()
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.mark.skipif(not axe.PATH.exists(), reason="axe-core comes with the front-end files")
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_runs_off_the_screen(open_list, width):
    page = open_list(width, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_a_list_is_confirmed_and_undone(open_list):
    page = open_list(768, java_script_enabled=False)
    page.get_by_label("Telle quelle, avec mes corrections").check()
    page.get_by_role("group", name="Sa fiche").first.get_by_label("Nouvelle fiche").check()
    page.get_by_role("button", name="Confirmer la liste").click()
    assert "3 présences enregistrées" in page.locator(".messages").inner_text()
    page.get_by_role("button", name="Annuler cette confirmation").click()
    assert "C’est annulé" in page.locator(".messages").inner_text()
