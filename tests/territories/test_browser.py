"""In a real browser: suggestions by keyboard and by pointer, and the map."""

import pytest

from territories.loading import load

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def places(live_server, small_files):
    """The communes around Clermont-Ferrand, where the live server sees them."""
    load(root=small_files)


def suggestions(page):
    return page.get_by_role("listbox", name="Propositions").get_by_role("option")


def test_choosing_a_place_by_keyboard(places, page):
    page.goto("/territoires/recherche/?q=zzzz")
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "false"
    box.fill("vic le")
    suggestions(page).first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert page.get_by_text("1 proposition", exact=True).count() == 1
    box.press("ArrowDown")
    active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    box.press("Enter")
    assert box.input_value() == "Vic-le-Comte"
    assert box.get_attribute("aria-expanded") == "false"
    assert page.locator("input[type=hidden][name=q]").input_value() == "vic-le-comte"
    box.press("Enter")
    page.wait_for_url("**/territoires/vic-le-comte/")
    page.wait_for_load_state("networkidle")  # a request still under way would hold the test database


def test_escape_and_typing_again_give_the_box_back(places, page):
    page.goto("/territoires/recherche/?q=zzzz")
    box = page.get_by_role("combobox")
    box.fill("vic le")
    suggestions(page).first.click()
    box.press_sequentially("x")
    assert page.locator("input[type=hidden][name=q]").count() == 0
    assert box.get_attribute("name") == "q"
    box.fill("clerm")
    suggestions(page).first.wait_for()
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "clerm"
    page.wait_for_load_state("networkidle")


def test_the_map_draws_the_place_and_leads_to_its_neighbours(places, page):
    page.goto("/territoires/vic-le-comte/")
    page.locator("path.territory-shape.here").wait_for()
    neighbours = page.locator("path.territory-shape.around")
    assert neighbours.count() >= 6
    page.locator("path.territory-shape.around").first.dispatch_event("click")
    page.wait_for_url(lambda address: "vic-le-comte" not in address)
    page.wait_for_load_state("networkidle")


def test_a_place_without_outline_shows_no_empty_map(places, page):
    page.goto("/territoires/parc-naturel-regional-livradois-forez/")
    page.wait_for_load_state("networkidle")
    assert not page.locator("figure.map").is_visible()
