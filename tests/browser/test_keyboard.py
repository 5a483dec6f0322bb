"""The three users of the design, each with a keyboard and no mouse, who see where they are at each stop."""

import re

import pytest
from playwright.sync_api import expect

from actors.models import ContactRequest
from ecosystems.models import Ecosystem
from tests.factories import accounts
from workshops.models import Workshop

from .families import SOURCE, WORKSHOP
from .keyboard import Keyboard


@pytest.fixture
def keys(page):
    return Keyboard(page)


@pytest.fixture
def writing(own_report, open_page):
    """The keyboard of someone who will write in the base."""
    return Keyboard(open_page())


def choose_place(keys, typed: str) -> None:
    """Types half a name in the box of the commune, goes down to the first suggestion, takes it."""
    keys.tab_to("^input Votre commune")
    keys.write(typed)
    keys.page.get_by_role("option").first.wait_for()
    keys.press("ArrowDown", "Enter")
    keys.assert_visible()


def test_the_secretary_of_a_village_finds_someone_and_writes(writing):
    keys, page = writing, writing.page
    page.goto("/")
    keys.tab_to("^input De quoi avez-vous besoin")
    keys.write("débat public")
    choose_place(keys, "vic le")
    expect(page.get_by_role("combobox", name="Votre commune")).to_have_value("Vic-le-Comte")
    with page.expect_navigation():
        keys.press("Enter")
    assert "territoire=vic-le-comte" in page.url
    everyone = page.locator("ul.results > li").count()
    assert everyone > 0

    keys.tab_to("^input Organisations")
    with page.expect_response(re.compile("/acteurs/")):
        keys.press("Space")
    expect(page.get_by_role("link", name=re.compile("Organisations"))).to_be_visible()
    assert keys.here().startswith("input Organisations")  # the list was refreshed under the fingers
    keys.assert_visible()
    assert 0 < page.locator("ul.results > li").count() <= everyone

    first = page.locator("ul.results h3").first.inner_text()
    keys.follow(f"^a {re.escape(first)}$")
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    keys.follow("^a Demander une mise en relation")
    write_request(keys)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre demande de mise en relation")
    kept = ContactRequest.objects.get()
    assert page.url.endswith(f"/demande/{kept.token}/")
    assert (kept.actor.name, kept.message) == (first, "Qui peut animer notre débat ?")


def write_request(keys) -> None:
    for label, text in {
        "Votre nom": "Camille Éloy",
        "Votre adresse e-mail": "camille@exemple.fr",
        "Votre organisation": "Mairie",
        "Votre message": "Qui peut animer notre débat ?",
    }.items():
        keys.tab_to(f"^(input|textarea) {label}")
        keys.write(text)
    # Nobody is asked to wait, but robots write faster than people: so did this test.
    keys.page.wait_for_timeout(3000)
    keys.follow("^button Envoyer ma demande")


def test_the_animator_enters_a_workshop_and_publishes_it(writing):
    keys, page = writing, writing.page
    animator = accounts.animator(Ecosystem.objects.get())
    page.goto("/")
    keys.follow("^a Administration")
    log_in(keys, animator.username)
    page.goto("/admin/workshops/workshop/")
    keys.follow("^a Ajouter")
    enter_workshop(keys)
    workshop = Workshop.objects.get(title="Atelier du Sancy")
    assert workshop.state == "draft"

    keys.follow("^a Aperçu")
    expect(page.get_by_role("heading", level=1)).to_have_text("Atelier du Sancy")
    expect(page.get_by_text("Se visiter").first).to_be_visible()
    expect(page.get_by_text("Brouillon").first).to_be_visible()
    page.go_back()
    keys.follow("^input Enregistrer et publier", most=250)
    page.context.clear_cookies()
    page.goto("/ateliers/")
    keys.follow("^a Atelier du Sancy")
    expect(page.get_by_role("heading", name="Tour de table")).to_be_visible()
    expect(page.get_by_text("Brouillon")).to_have_count(0)


def log_in(keys, username: str) -> None:
    # The first field has the focus already.
    assert keys.here().startswith("input Nom d’utilisateur")
    keys.assert_visible()
    keys.write(username)
    keys.tab_to("^input Mot de passe")
    keys.write(accounts.PASSWORD)
    with keys.page.expect_navigation():
        keys.press("Enter")


def enter_workshop(keys) -> None:
    page = keys.page
    keys.tab_to("^input Titre")
    keys.write("Atelier du Sancy")
    keys.tab_to("^input Date")
    keys.write("12/10/2026")
    keys.follow("^input Enregistrer et passer au déroulé", most=250)
    keys.tab_to("^input Titre", most=250)
    keys.write("Tour de table")
    keys.follow("^input Enregistrer et passer à : Présences", most=250)
    with page.expect_navigation():
        page.get_by_role("link", name="Constats", exact=True).press("Enter")
    keys.tab_to("^select Genre", most=250)
    keys.write("ce qui")
    keys.tab_to("^textarea Énoncé")
    keys.write("Se visiter")
    keys.follow("^input Enregistrer$", most=250)
    expect(page.get_by_role("link", name="Se visiter")).to_be_visible()


def test_the_researcher_goes_from_a_finding_to_its_page_of_the_report(keys):
    page = keys.page
    page.goto("/")
    keys.follow("^a Constats")
    keys.follow("^a Je me reconnais dans cet obstacle : Se connaître", most=120)
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connaître")
    keys.follow("^a Atelier du 4 juillet 2022, p. ")
    assert re.search(rf"{SOURCE}#page-[1-5]$", page.url)
    [_, number] = page.url.split("#page-")
    expect(page.get_by_role("heading", name=f"Page {number}", exact=True)).to_be_in_viewport()


def test_the_researcher_asks_which_recommendations_nobody_bears(keys):
    page = keys.page
    page.goto("/recommandations/")
    # The second choice of the page, past that of the progress; arrows go from one button of a choice to the next.
    keys.tab_to("^input Tous")
    keys.tab_to("^input Tous")
    with page.expect_response(re.compile(r"/recommandations/\?")):
        keys.press("ArrowDown")
    page.wait_for_url("**/recommandations/?portage=nobody")
    expect(page.locator(".results-head h2")).to_have_text("3 recommandations")
    assert keys.here().startswith("input Portée par personne")
    keys.assert_visible()
    keys.follow("^a S’organiser pour dégager du temps")
    fate = page.locator("#suite")
    expect(fate.get_by_role("heading", level=2)).to_have_text("Ce qu’elle est devenue")
    expect(fate).to_contain_text("Pas de suite connue depuis juillet 2022")
    keys.follow("^a Vous en savez plus")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dire ce qu’est devenue cette recommandation")


def test_the_skip_link_is_the_first_stop_and_goes_to_the_content(keys):
    page = keys.page
    for path in ("/", WORKSHOP, "/acteurs/"):
        page.goto(path)
        keys.press("Tab")
        assert keys.here() == "a Aller au contenu"
        keys.assert_visible()
        keys.press("Enter")
        assert page.evaluate("document.activeElement.id") == "contenu"
        keys.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_back_gives_the_results_and_the_filters_again(keys):
    page = keys.page
    page.goto("/acteurs/?q=innovation")
    page.locator("ul.results").wait_for()
    whole = page.locator("ul.results h3").all_inner_texts()
    keys.tab_to("^input Personnes")
    with page.expect_response(re.compile("/acteurs/")):
        keys.press("Space")
    page.wait_for_url("**genre=**")
    narrowed = page.locator("ul.results h3").all_inner_texts()
    assert 0 < len(narrowed) < len(whole)
    keys.follow(f"^a {re.escape(narrowed[0])}$")
    page.go_back()
    expect(page.get_by_role("checkbox", name=re.compile("^Personnes"))).to_be_checked()
    assert page.locator("ul.results h3").all_inner_texts() == narrowed
    page.go_back()
    expect(page.get_by_role("checkbox", name=re.compile("^Personnes"))).not_to_be_checked()
    assert page.locator("ul.results h3").all_inner_texts() == whole


def test_no_stop_is_a_trap_and_each_is_seen(keys):
    """Round a whole page, forth and back: each stop is seen, and one comes out at the other end."""
    keys.page.goto("/acteurs/?q=concertation")
    keys.tab_to("^a Administration", most=150)
    keys.tab_to("^a Aller au contenu", most=150, key="Shift+Tab")
