"""The network and the years in a real browser, under our Content-Security-Policy (any violation fails)."""

from datetime import date

import pytest

from ecosystems import network_page
from tests.factories.actors import OrganisationFactory, SourceFactory, TieFactory
from tests.factories.ecosystems import EcosystemFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coast():
    phare, port, digue = (OrganisationFactory(name=name) for name in ("Le phare", "Le port", "La digue"))
    TieFactory(from_actor=phare, to_actor=port, source=SourceFactory(date=date(2012, 1, 1)))
    TieFactory(from_actor=port, to_actor=digue, source=SourceFactory(date=date(2022, 1, 1)))
    return EcosystemFactory(slug="cote", actors=[phare, port, digue])


def shade(page) -> str:
    """What the canvas shows, to be compared with itself."""
    return page.locator("canvas").evaluate("canvas => canvas.toDataURL()")


def test_the_canvas_moves_finds_and_shows_a_neighbourhood(page, coast, monkeypatch):
    monkeypatch.setattr(network_page, "DRAWN", 2)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/ecosystemes/cote/reseau/")
    page.get_by_text("3 acteurs, 2 liens").wait_for()
    first = shade(page)
    page.locator("canvas").focus()
    page.keyboard.press("+")
    page.wait_for_timeout(300)
    assert shade(page) != first
    page.get_by_role("button", name="Tout voir").click()
    page.wait_for_timeout(300)
    assert shade(page) == first
    page.get_by_label("Trouver dans le dessin").fill("phare")
    page.get_by_text("Le phare : 1 voisin").wait_for()
    page.get_by_role("link", name="Voir son voisinage").click()
    page.wait_for_url("**autour=*")
    assert page.locator("svg .planet").count() == 2


def test_a_layer_is_taken_off_the_canvas(page, coast, monkeypatch):
    monkeypatch.setattr(network_page, "DRAWN", 2)
    page.goto("/ecosystemes/cote/reseau/")
    page.get_by_text("3 acteurs, 2 liens").wait_for()
    first = shade(page)
    page.locator("[data-layers]").get_by_label("liens attestés").uncheck()
    assert shade(page) != first


def test_years_are_stepped_and_never_played_where_less_motion_is_asked_for(page, coast):
    page.goto("/ecosystemes/cote/expansion/?annee=2012")
    lines = page.locator("svg .ray:not(.later)")
    assert lines.count() == 1
    assert page.get_by_role("button", name="Lecture").count() == 0
    page.get_by_role("button", name="Année d’après").click()
    assert lines.count() == 2
    assert page.locator("svg .ray.faded").count() == 1
    assert "annee=2022" in page.url
    page.get_by_role("button", name="Année d’avant").click()
    assert lines.count() == 1


def test_years_play_and_pause(page, coast):
    page.emulate_media(reduced_motion="no-preference")
    page.goto("/ecosystemes/cote/expansion/?annee=2012")
    page.get_by_role("button", name="Lecture").click()
    assert page.locator("svg .ray:not(.later)").count() == 2
    page.get_by_role("button", name="Pause").click()
    assert page.get_by_role("button", name="Lecture").is_visible()


@pytest.mark.parametrize("part", ["reseau", "expansion", "passeurs"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_is_wider_than_its_window(page, coast, part, width):
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(f"/ecosystemes/cote/{part}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
