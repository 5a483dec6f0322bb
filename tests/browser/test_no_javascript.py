"""Everything works without JavaScript: the same search, the same filters, the same request."""

import re

import pytest
from playwright.sync_api import expect

from .families import FAMILIES, ORGANISATION


@pytest.fixture
def plain(report, open_page):
    return open_page(java_script_enabled=False)


def names(page) -> list[str]:
    return page.locator("ul.results h3").all_inner_texts()


def search(page) -> None:
    page.goto("/")
    page.get_by_label("De quoi avez-vous besoin").fill("débat public")
    page.get_by_label("Votre commune").fill("vic le comte")
    page.get_by_role("button", name="Chercher").click()


def test_the_search_gives_the_same_answer(plain, open_page):
    search(plain)
    with_scripts = open_page()
    search(with_scripts)
    assert "/acteurs/?" in plain.url
    assert names(plain) == names(with_scripts) != []
    assert plain.locator("#nombre").inner_text() == with_scripts.locator("#nombre").inner_text()


def test_a_filter_is_ticked_applied_and_removed(plain):
    plain.goto("/acteurs/?q=innovation")
    before = names(plain)
    plain.get_by_role("checkbox", name=re.compile("^Personnes")).check()
    plain.get_by_role("button", name="Filtrer").click()
    kept = names(plain)
    assert 0 < len(kept) < len(before)
    assert set(kept) < set(before)
    assert plain.get_by_role("checkbox", name=re.compile("^Personnes")).is_checked()
    plain.get_by_role("list", name="Ce qui précise la recherche").get_by_role(
        "link", name="Personnes"
    ).click()
    assert names(plain) == before


def test_recommendations_are_filtered(plain):
    plain.goto("/recommandations/")
    plain.get_by_role("radio", name=re.compile("^Portée par personne")).check()
    plain.get_by_role("button", name="Filtrer").click()
    assert "portage=nobody" in plain.url
    expect(plain.get_by_role("heading", level=2)).to_have_text("3 recommandations")


def test_a_place_written_by_half_is_asked_for(plain):
    plain.goto(FAMILIES["territory-search"])
    expect(plain.get_by_role("link", name=re.compile("Saint")).first).to_be_visible()


def test_someone_is_asked_for_an_introduction(own_report, open_page):
    plain = open_page(java_script_enabled=False)
    plain.goto(f"{ORGANISATION}contact/")
    plain.get_by_role("button", name="Envoyer ma demande").click()
    expect(plain.get_by_role("alert")).to_contain_text("n’est pas encore envoyé")


def test_buttons_that_need_a_script_are_not_shown(plain):
    for name in ("organisation", "workshop", "commune"):
        plain.goto(FAMILIES[name])
        for words in ("Copier le lien", "Imprimer"):
            assert not plain.get_by_role("button", name=words).is_visible()
        assert not plain.locator("[data-map]").is_visible()
