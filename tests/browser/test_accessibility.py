"""Each family of pages, on a telephone and on a wide screen, by day and by night, looked at by axe-core."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories.accounts import client_of
from workshops.models import Workshop

from . import axe
from .families import FAMILIES, ORGANISATION

pytestmark = pytest.mark.skipif(
    not axe.PATH.exists(), reason="axe-core comes with `python scripts/assets.py tests`"
)
PHONE, WIDE = 360, 1280
COLOURS = ["color-contrast", "link-in-text-block"]  # all that changes by night


def looked_at(page) -> dict[str, list[str]]:
    """Faults of the page as it stands, by where they were seen; and what runs off a telephone's screen."""
    found = {}
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        found[f"{width} px"] = axe.violations(page)
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > PHONE:
        found["scroll"] = [f"{wide} px wide on a screen of {PHONE}"]
    page.emulate_media(color_scheme="dark")
    found["by night"] = axe.violations(page, runOnly={"type": "rule", "values": COLOURS})
    return {where: faults for where, faults in found.items() if faults}


@pytest.mark.parametrize("name", FAMILIES)
def test_a_page_for_everyone(page, name):
    page.goto(FAMILIES[name])
    if name == "missing":
        [complaint] = page.complaints
        assert "404" in complaint
        page.complaints.clear()
    assert looked_at(page) == {}


def test_a_form_that_was_refused(page):
    page.goto(f"{ORGANISATION}contact/")
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.complaints.clear()
    assert looked_at(page) == {}


def test_suggestions_while_one_types(page):
    page.goto("/")
    page.get_by_role("combobox", name="Votre commune").press_sequentially("clermont")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert looked_at(page) == {}


def test_a_workshop_in_the_administration(own_report, open_page, site):
    page = open_page()
    user = get_user_model().objects.create_superuser("administratrice")
    session = client_of(user).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": site}])
    workshop = reverse("admin:workshops_workshop_change", args=[Workshop.objects.get().pk])
    for path in ("/admin/", f"{workshop}?etape=constats", "/composants/"):
        page.goto(path)
        assert looked_at(page) == {}, path
