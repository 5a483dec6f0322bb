"""On paper: no way around, no form, and every proof."""

import pytest
from playwright.sync_api import expect

from .families import FAMILIES

PRINTED = [
    "home",
    "results",
    "organisation",
    "person",
    "commune",
    "workshop",
    "theme",
    "recommendation",
    "source",
]


@pytest.fixture
def paper(page):
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("name", PRINTED)
def test_only_what_is_read_is_printed(paper, name):
    paper.goto(FAMILIES[name])
    expect(paper.locator("h1")).to_be_visible()
    hidden = [
        "header nav",
        ".skip",
        "form",
        "button",
        ".crumbs",
        "footer ul",
        ".pagination",
        ".leaflet-container",
    ]
    for selector in hidden:
        for element in paper.locator(selector).all():
            assert not element.is_visible(), (selector, element.inner_text())
    # Ink on paper, whatever the reader's screen is like.
    paper.emulate_media(media="print", color_scheme="dark")
    background = paper.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_every_proof_is_on_the_paper(paper):
    for name in ("organisation", "person", "workshop", "theme"):
        paper.goto(FAMILIES[name])
        proofs = paper.locator("main a[href^='/sources/']").all()
        assert proofs
        for proof in proofs:
            # What is folded on the screen stays so on paper, with what leads to it.
            if not proof.evaluate("element => Boolean(element.closest('details:not([open])'))"):
                assert proof.is_visible()
                assert proof.inner_text().strip()


def test_a_sheet_is_made(paper):
    for name in ("workshop", "organisation", "results"):
        paper.goto(FAMILIES[name])
        assert paper.pdf(format="A4").startswith(b"%PDF-")
