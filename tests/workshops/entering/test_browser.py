"""Findings typed in a real browser, with the keyboard alone; two people at once; a connection that is cut."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.factories import accounts
from tests.factories.actors import OrganisationFactory, SourceFactory, TriggerFactory
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    SessionFactory,
    ThemeFactory,
    WorkshopFactory,
)
from workshops.actions.drafting import propose
from workshops.models import Finding
from workshops.notes import read_notes

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"Enregistré à \d+\sh\b")  # « 3 h » on the hour


@pytest.fixture
def workshop():
    workshop = WorkshopFactory(slug="riom", state="draft", source=SourceFactory(page_count=5))
    SessionFactory(workshop=workshop, title="Atelier 1", order=1)
    return workshop


def log_in(page, user) -> None:
    client = accounts.client_of(user)
    page.context.add_cookies(
        [{"name": "session", "value": client.cookies["session"].value, "url": page.url_of_site}]
    )


@pytest.fixture
def typing(page, live_server, workshop):
    """The page of the workshop, open by its animator, the caret in the first line."""
    page.url_of_site = live_server.url
    log_in(page, accounts.administrator())
    page.goto("/saisie/riom/constats/")
    page.locator("#seance-1 [data-statement]").first.focus()
    return page


def statements(page) -> list[str]:
    return page.locator("#seance-1 [data-lines] [data-statement]").evaluate_all(
        "all => all.map(one => one.value)"
    )


def saved(page) -> None:
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    expect(page.locator("[data-line][data-dirty]")).to_have_count(0)


def test_three_findings_with_the_keyboard_alone(typing, workshop):
    OrganisationFactory(name="Ville de Riom")
    TriggerFactory(name="Covid")
    ThemeFactory(name="Le temps des agents")
    keys = typing.keyboard
    keys.press("Alt+f")
    keys.type("Le temps manque aux agents de la @riom")
    expect(typing.get_by_role("option", name="Ville de Riom")).to_be_visible()
    keys.press("Enter")
    keys.press("Enter")
    keys.type("m : se visiter depuis la #cov")
    expect(typing.get_by_role("option", name="Covid")).to_be_visible()
    keys.press("Enter")
    keys.press("Enter")
    keys.press("Alt+q")
    keys.type("Qui commence ?")
    keys.press("Alt+p")
    keys.type("3")
    keys.press("Control+Enter")
    expect(typing.locator(".messages")).to_contain_text("3 constats enregistrés")
    found = Finding.objects.order_by("position")
    assert [(each.code, each.statement, each.pages) for each in found] == [
        ("F01", "Le temps manque aux agents de la Ville de Riom", []),
        ("M01", "se visiter depuis la Covid", []),
        ("Q01", "Qui commence ?", [3]),
    ]
    assert {each.session.title for each in found} == {"Atelier 1"}
    assert found[0].actors.get().name == "Ville de Riom"
    assert found[1].triggers.get().name == "Covid"


def test_lines_move_are_dropped_and_come_back(typing, workshop):
    keys = typing.keyboard
    for text in ("Un", "Deux", "Trois"):
        keys.type(text)
        keys.press("Enter")
    saved(typing)
    keys.press("ArrowUp")
    keys.press("Alt+ArrowUp")
    assert statements(typing) == ["Un", "Trois", "Deux", ""]
    expect(typing.locator("[data-saved]")).to_have_text("Ordre enregistré.")
    keys.press("Alt+Backspace")
    expect(typing.locator("[data-saved]")).to_have_text("Ligne retirée.")
    assert statements(typing) == ["Un", "Deux", ""]
    typing.get_by_role("button", name="Remettre la ligne retirée").press("Enter")
    saved(typing)
    typing.reload()
    assert statements(typing) == ["Un", "Trois", "Deux", ""]


def test_a_cut_connection_loses_nothing(typing, workshop):
    typing.context.set_offline(True)
    typing.keyboard.type("Le temps manque")
    typing.keyboard.press("Enter")
    expect(typing.locator("[data-saved]")).to_contain_text("Rien n’est perdu")
    assert not workshop.draft_findings.exists()
    typing.context.set_offline(False)
    saved(typing)
    assert workshop.draft_findings.get().statement == "Le temps manque"


LINES = "**/constats/*-*/"


def kept(workshop) -> list[str]:
    return list(workshop.draft_findings.order_by("position").values_list("statement", flat=True))


def test_a_line_waits_for_the_one_above_it(typing, workshop):
    """A server with several threads may finish with the second line before the first."""
    held = []
    typing.route(LINES, lambda route: route.continue_() if held else held.append(route))
    for text in ("Un", "Deux", "Trois"):
        typing.keyboard.type(text)
        typing.keyboard.press("Enter")
    typing.wait_for_timeout(1_500)
    assert kept(workshop) == []
    held[0].continue_()
    saved(typing)
    assert kept(workshop) == ["Un", "Deux", "Trois"]


def test_a_line_that_comes_late_takes_its_place(typing, workshop):
    refused = []
    typing.route(LINES, lambda route: route.continue_() if refused else refused.append(route.abort()))
    for text in ("Un", "Deux"):
        typing.keyboard.type(text)
        typing.keyboard.press("Enter")
    expect(typing.locator("[data-saved]")).to_have_text("Ordre enregistré.")
    assert kept(workshop) == ["Un", "Deux"]


def test_findings_are_recorded_in_the_order_of_the_page(typing, workshop):
    keys = typing.keyboard
    for text in ("Un", "Deux"):
        keys.type(text)
        keys.press("Enter")
    saved(typing)
    keys.press("ArrowUp")
    keys.press("Alt+ArrowUp")
    keys.press("Control+Enter")
    expect(typing.locator(".messages")).to_contain_text("2 constats enregistrés")
    assert [each.statement for each in Finding.objects.order_by("position")] == ["Deux", "Un"]


def test_a_reloaded_page_sends_what_it_had_not_sent(typing, workshop):
    typing.on("dialog", lambda dialog: dialog.accept())
    typing.route(LINES, lambda route: route.abort())
    typing.keyboard.type("Le temps manque")
    expect(typing.locator("[data-saved]")).to_contain_text("Rien n’est perdu")
    typing.unroute(LINES)
    typing.reload()
    saved(typing)
    assert workshop.draft_findings.get().statement == "Le temps manque"


def test_two_people_see_each_other_and_overwrite_nothing(typing, workshop, browser, live_server):
    context = browser.new_context(base_url=live_server.url, locale="fr-FR")
    other = context.new_page()
    other.url_of_site = live_server.url
    dominique = accounts.administrator()
    dominique.first_name = "Dominique"
    dominique.save()
    log_in(other, dominique)
    other.goto("/saisie/riom/constats/")
    typing.keyboard.type("Le temps manque")
    saved(typing)
    theirs = other.locator("#seance-1 [data-statement]").first
    expect(theirs).to_have_value("Le temps manque")
    theirs.focus()
    other.keyboard.type(" aux élus ")
    saved(other)
    typing.keyboard.type(" aux agents")
    trouble = typing.locator("#seance-1 [data-trouble]").first
    expect(trouble).to_contain_text("Dominique a écrit entre-temps")
    assert "élus" in workshop.draft_findings.get().statement
    trouble.get_by_role("button", name="Garder ma version").press("Enter")
    saved(typing)
    assert workshop.draft_findings.get().statement == "Le temps manque aux agents"
    context.close()


def test_notes_are_kept_and_dropped_by_keys(typing, workshop):
    typing.locator("#notes > summary").press("Enter")
    typing.get_by_label("Vos notes").fill("Atelier 1\nFreins\n- Le temps\n- Les élus\nMoteurs\n- Se visiter")
    typing.get_by_role("button", name="Proposer des constats").press("Enter")
    expect(typing.locator(".line.proposed")).to_have_count(3)
    typing.locator("#seance-1 [data-statement]").first.focus()
    typing.keyboard.press("End")
    typing.keyboard.type(" manque")
    typing.keyboard.press("Enter")
    typing.keyboard.press("Alt+Backspace")
    typing.keyboard.press("Enter")
    expect(typing.locator(".line.proposed")).to_have_count(0)
    typing.keyboard.press("Control+Enter")
    expect(typing.locator(".messages")).to_contain_text("2 constats enregistrés")
    assert [each.code for each in Finding.objects.order_by("position")] == ["F01", "M01"]


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_runs_off_the_screen(typing, workshop, width):
    typing.set_viewport_size({"width": width, "height": 800})
    typing.keyboard.type("Le temps manque aux agents, aux élus et à tous ceux qui voudraient commencer")
    typing.keyboard.press("Alt+p")
    assert typing.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.skipif(not axe.PATH.exists(), reason="axe-core comes with the front-end files")
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser, live_server, workshop, width):
    """In a context of its own: axe puts inline styles in the page, which our Content-Security-Policy stops."""
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.url_of_site, page.complaints = live_server.url, []
    log_in(page, accounts.administrator())
    FindingFactory(workshop=workshop, statement="Se visiter", pages=[])
    AttendanceFactory(workshop=workshop)
    propose(
        workshop=workshop, notes=read_notes("Atelier 1\nFreins\n- Le temps manque\n- Les élus"), user=None
    )
    page.goto("/saisie/riom/constats/")
    page.locator("#seance-1 [data-statement]").first.focus()
    page.keyboard.press("Alt+p")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert axe.violations(page) == []
    page.goto("/ateliers/riom/restitution/")
    assert axe.violations(page) == []
    context.close()
