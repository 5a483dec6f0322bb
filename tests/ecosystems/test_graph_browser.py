"""The network and the years in a real browser, under our Content-Security-Policy (any violation fails)."""

from datetime import date
from itertools import combinations

import pytest

from actors.models import Nature
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
    assert page.locator(".solar > svg .planet").count() == 2


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


@pytest.fixture
def sixty():
    """Sixty organisations with long names around one: twelve direct, twenty-two through them, the others farther."""
    natures = list(Nature)
    names = [f"Communauté d’agglomération des MONTS et WAGONS {number}" for number in range(61)]
    actors = [
        OrganisationFactory(name=name, slug=f"a-{i}", nature=natures[i % len(natures)], size=10 * i or None)
        for i, name in enumerate(names)
    ]
    source = SourceFactory()
    for i in range(1, 61):
        start = 0 if i <= 12 else 1 + i % 12 if i <= 34 else 13 + i % 22
        TieFactory(from_actor=actors[start], to_actor=actors[i], source=source)
    return actors


BOXES = """() => [...document.querySelectorAll(".solar > svg text")]
  .filter((text) => getComputedStyle(text).display !== "none")
  .map((text) => [text.textContent, text.getBoundingClientRect()])
  .map(([words, { left, top, right, bottom }]) => [words, left, top, right, bottom])"""


def overlapping(page) -> list[tuple[str, str]]:
    """Pairs of texts of the drawing that touch, as the browser lays them out (one pixel is none)."""
    boxes = page.evaluate(BOXES)
    return [
        (one[0], other[0])
        for one, other in combinations(boxes, 2)
        if one[1] + 1 < other[3] and other[1] + 1 < one[3] and one[2] + 1 < other[4] and other[2] + 1 < one[4]
    ]


@pytest.mark.parametrize(("width", "texts"), [(360, 60), (768, 60), (1280, 60)])
def test_sixty_long_names_never_overlap(page, sixty, width, texts):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/acteurs/a-0/systeme/")
    assert page.locator(".solar > svg .planet").count() == 60
    assert len(page.evaluate(BOXES)) >= texts
    assert overlapping(page) == []


def test_one_comes_near_reads_names_on_a_telephone_and_sees_the_whole_again(page, sixty):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/acteurs/a-0/systeme/")
    names, numbers = page.locator(".solar svg .name:visible"), page.locator(".solar svg .number:visible")
    assert (names.count(), numbers.count()) == (0, 60)
    for _ in range(2):
        page.get_by_role("button", name="Plus près").click()
    page.locator(".solar.near").wait_for()
    assert names.count() > 10
    assert numbers.count() < 60  # those without room for a name keep their number
    before = page.locator(".solar > svg").get_attribute("viewBox")
    box = page.locator(".solar > svg").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 150, steps=5)
    page.mouse.up()
    page.wait_for_timeout(100)
    assert page.locator(".solar > svg").get_attribute("viewBox") != before
    assert page.url.endswith("/acteurs/a-0/systeme/")  # what was dragged was not followed
    page.get_by_role("button", name="Tout voir").click()
    page.locator(".solar:not(.zoomed)").wait_for()
    assert numbers.count() == 60


def test_the_page_of_an_actor_draws_its_system_when_one_comes_to_it(page, coast):
    page.goto(coast.actors.get(name="Le port").get_absolute_url())
    drawing = page.locator(".own-system")
    drawing.scroll_into_view_if_needed()
    drawing.locator("svg .planet").first.wait_for()
    assert drawing.locator("svg .planet").count() == 2
    assert drawing.locator(".planets li").count() == 2  # and the list that says the same
