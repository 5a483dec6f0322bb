"""In a real browser: what is proposed under « De quoi avez-vous besoin ? », by group, and what choosing does."""

import pytest

from tests.factories.actors import CompetenceFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(live_server, page):
    term = CompetenceFactory(name="Débat public")
    term.synonyms.create(name="clermont débat")
    OrganisationFactory(name="Ville de Clermont-Ferrand", slug="ville")
    TerritoryFactory(name="Clermont-Ferrand", slug="clermont-ferrand")
    page.goto("/")
    page.get_by_label("De quoi avez-vous besoin").fill("clermont")
    page.get_by_role("option").first.wait_for()
    yield page
    page.wait_for_load_state("networkidle")  # a request still under way would hold the test database


def test_options_stand_under_the_name_of_their_group(home):
    listbox = home.get_by_role("listbox", name="Propositions")
    for group, option in (
        ("Compétences", "clermont débat ≈ Débat public"),
        ("Acteurs", "Ville de Clermont-Ferrand association"),
        ("Lieux", "Clermont-Ferrand commune, 1\u202f000\u00a0habitants"),
    ):
        options = listbox.get_by_role("group", name=group).get_by_role("option")
        assert options.all_inner_texts() == [option]
    assert home.get_by_text("3 propositions", exact=True).count() == 1


def test_a_competence_fills_the_box(home):
    box = home.get_by_label("De quoi avez-vous besoin")
    box.press("ArrowDown")
    box.press("Enter")
    assert box.input_value() == "clermont débat"
    box.press("Enter")
    home.wait_for_url("**/acteurs/?q=clermont+d%C3%A9bat")


def test_an_actor_opens_its_page(home):
    home.get_by_role("option", name="Ville de Clermont-Ferrand").click()
    home.wait_for_url("**/acteurs/ville/")


def test_a_place_goes_to_its_own_box(home):
    home.get_by_role("group", name="Lieux").get_by_role("option").click()
    assert home.get_by_label("De quoi avez-vous besoin").input_value() == ""
    assert home.get_by_label("Votre commune").input_value() == "Clermont-Ferrand"
    assert home.locator("input[type=hidden][name=territoire]").input_value() == "clermont-ferrand"
    home.get_by_role("button", name="Chercher").click()
    home.wait_for_url("**/acteurs/?territoire=clermont-ferrand")
