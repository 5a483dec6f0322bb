"""Each family of pages, on a telephone and on a wide screen, by day and by night, looked at by axe-core."""

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import administrator, client_of

from . import axe
from .families import FAMILIES, ORGANISATION

pytestmark = pytest.mark.skipif(
    not axe.PATH.exists(), reason="axe-core comes with `python scripts/assets.py tests`"
)
PHONE, WIDE = 360, 1280


def looked_at(page) -> dict[str, list[str]]:
    """Faults of the page as it stands, by where they were seen; and what runs off a telephone's screen.

    By day on the telephone, by night on the wide screen: the colours do not depend on the width, nor the rest on
    the hour, and each look at a long page takes seconds.
    """
    found = {}
    for where, width, scheme in (("telephone", PHONE, "light"), ("wide screen", WIDE, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found[where] = axe.violations(page)
        if (taken := page.evaluate("document.documentElement.scrollWidth")) > width:
            found[where] += [f"{taken} px wide on a screen of {width}"]
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


def test_what_the_staff_sees(own_report, open_page, site):
    """The desk of the administration, whose forms tests/ecosystems looks at, and every component in every state."""
    page = open_page()
    session = client_of(administrator()).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": site}])
    for path in ("/admin/", "/composants/"):
        page.goto(path)
        assert looked_at(page) == {}, path
