"""The administration in a real browser, on a telephone, under our Content-Security-Policy (any violation fails)."""

from pathlib import Path

import pytest
from django.urls import reverse

from actors.actions.merge import merge_actors
from actors.models import Actor
from tests.factories import accounts
from tests.factories.actors import OrganisationFactory, PersonFactory, TieFactory
from tests.factories.workshops import AttendanceFactory, FindingFactory, WorkshopFactory
from workshops.models import Attendance

pytestmark = pytest.mark.django_db(transaction=True)
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ROOM = {"width": 360, "height": 780}


@pytest.fixture
def phone(page):
    """A telephone whose owner is logged in as the animator of one ecosystem."""
    where = accounts.ecosystem()
    user = accounts.animator(where)
    page.set_viewport_size(ROOM)
    page.goto("/admin/")
    page.get_by_label("Nom d’utilisateur").fill(user.username)
    page.get_by_label("Mot de passe").fill(accounts.PASSWORD)
    page.get_by_role("button", name="Connexion").click()
    page.get_by_role("heading", name="Que voulez-vous faire").wait_for()
    return page


def step(workshop, key: str) -> str:
    return f"{reverse('admin:workshops_workshop_change', args=[workshop.pk])}?etape={key}"


def test_someone_is_listed_by_typing_or_added_on_the_way(phone):
    workshop = WorkshopFactory()
    PersonFactory(name="Camille Éloy", family_name="Éloy")
    phone.goto(step(workshop, "presences"))
    phone.locator("#id_attendances-2-0-person + .select2 .select2-selection").click()
    phone.keyboard.type("eloy")
    phone.get_by_role("option", name="Camille Éloy – personne").click()

    with phone.context.expect_page() as opened:
        phone.locator("#add_id_attendances-2-1-person").click()
    popup = opened.value
    popup.get_by_role("link", name="Une personne").click()
    popup.get_by_label("Nom :", exact=True).fill("Dominique Neuve")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Enregistrer", exact=True).click()

    phone.get_by_role("button", name="Enregistrer et passer à : Constats").click()
    phone.wait_for_url("**etape=constats#etape")
    assert sorted(str(row) for row in Attendance.objects.all()) == ["Camille Éloy", "Dominique Neuve"]


def test_a_fourth_finding_is_a_tap_away(phone):
    workshop = WorkshopFactory()
    phone.goto(step(workshop, "constats"))
    phone.get_by_text("Ajouter un objet Constat supplémentaire").click()
    phone.locator("#id_findings-3-kind").select_option("moteur")
    phone.locator("#id_findings-3-statement").fill("Se visiter")
    phone.get_by_role("button", name="Enregistrer", exact=True).click()
    phone.get_by_role("link", name="Se visiter").wait_for()
    assert [row.code for row in workshop.findings.all()] == ["M01"]


def screens() -> list[str]:
    workshop = WorkshopFactory(state="draft")
    AttendanceFactory(workshop=workshop)
    finding = FindingFactory(workshop=workshop)
    names = ("ruraux", "rural", "rurale")
    kept, absorbed, third = (OrganisationFactory(name=f"Agence des territoires {word}") for word in names)
    TieFactory(from_actor=absorbed)
    merge = merge_actors(kept=kept, absorbed=third)
    return [
        reverse("admin:actors_organisation_merge", args=[kept.pk]),
        reverse("admin:actors_organisation_merge", args=[kept.pk], query={"avec": absorbed.pk}),
        reverse("admin:actors_merge_change", args=[merge.pk]),
        reverse("admin:actors_merge_changelist"),
        reverse("admin:actors_actor_alike"),
        reverse("admin:index"),
        *[step(workshop, key) for key in ("atelier", "deroule", "presences", "constats", "recommandations")],
        reverse("admin:workshops_finding_change", args=[finding.pk]),
        reverse("admin:workshops_finding_history", args=[finding.pk]),
        reverse("admin:workshops_finding_changelist"),
        reverse("admin:actors_organisation_add"),
    ]


def test_nothing_runs_off_the_screen(phone):
    for url in screens():
        phone.goto(url)
        assert phone.evaluate("document.documentElement.scrollWidth") <= ROOM["width"], url


@pytest.mark.skipif(not AXE.exists(), reason="axe-core comes with the front-end files (make demo)")
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser, live_server, width):
    """In a context of its own: axe puts inline styles in the page, which our Content-Security-Policy stops."""
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, viewport={"width": width, "height": 780}
    )
    client = accounts.client_of(accounts.administrator())
    context.add_cookies(
        [{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}]
    )
    page = context.new_page()
    found = {}
    for url in screens():
        page.goto(url)
        found |= faults(page, url)
    look_alike(page)
    found |= faults(page, "vue ailleurs")
    conflicting(page)
    found |= faults(page, "conflict")
    context.close()
    assert found == {}


def faults(page, where: str) -> dict:
    """What axe finds: rule → where, and the first element at fault."""
    page.evaluate(AXE.read_text())
    report = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    return {one["id"]: (where, one["nodes"][0]["html"][:300]) for one in report["violations"]}


def look_alike(page) -> None:
    """Adds an organisation that resembles one already there: the page asks first."""
    OrganisationFactory(name="Agence des sources")
    page.goto(reverse("admin:actors_organisation_add"))
    page.locator("#id_name").fill("Agence des sources")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("Vue ailleurs").wait_for()


def conflicting(page) -> None:
    """Saves over what someone else has changed since: both versions are shown."""
    kept = OrganisationFactory(name="Maison commune")
    page.goto(reverse("admin:actors_organisation_change", args=[kept.pk]))
    Actor.objects.filter(pk=kept.pk).update(name="Maison des communes")
    page.locator("#id_name").fill("Maison partagée")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("group", name="Nom", exact=True).wait_for()


def test_two_sessions_write_the_same_record(phone, browser, live_server):
    """The second one to save chooses field by field, and nothing typed is lost."""
    kept = OrganisationFactory(name="Agence des territoires ruraux", summary="")
    url = reverse("admin:actors_organisation_change", args=[kept.pk])
    other_user = accounts.administrator()
    other = browser.new_context(base_url=live_server.url)
    session = accounts.client_of(other_user).cookies["session"].value
    other.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
    theirs = other.new_page()
    for page in (phone, theirs):
        page.goto(url)
    theirs.locator("#id_name").fill("Agence rurale")
    theirs.get_by_role("button", name="Enregistrer", exact=True).click()
    theirs.get_by_text("a été modifié avec succès").or_(theirs.get_by_text("modifié")).first.wait_for()
    other.close()

    phone.get_by_text("Présentation et vie de l’organisation").click()
    phone.locator("#id_name").fill("Agence de la ruralité")
    phone.locator("#id_summary").fill("Elle relie.")
    phone.get_by_role("button", name="Enregistrer", exact=True).click()
    choice = phone.get_by_role("group", name="Nom", exact=True)
    choice.get_by_label(f"Celui de {other_user.username}").check()
    assert phone.evaluate("document.documentElement.scrollWidth") <= ROOM["width"]
    phone.get_by_role("button", name="Enregistrer", exact=True).click()
    phone.wait_for_url("**/actors/organisation/")
    kept.refresh_from_db()
    assert (kept.name, kept.summary) == ("Agence rurale", "Elle relie.")
