"""Two real browsers at once: a telephone draws, loses its network, sends; the projected screen shows what arrives."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ecosystems.models import Collection, Drawing, Sending
from tests.browser import axe
from tests.factories import accounts
from tests.factories.actors import OrganisationFactory
from tests.factories.ecosystems import CollectionFactory, DrawingFactory, DrawnTieFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def collection():
    OrganisationFactory(name="Petr du Grand Clermont", slug="petr")
    OrganisationFactory(name="Commune de Vic-le-Comte", slug="vic")
    return CollectionFactory(workshop__title="Atelier de Vic", workshop__slug="vic")


@pytest.fixture
def open_browser(browser, live_server):
    """Another profile, as on another device; a script that fails or what our policy stops fails the test."""
    opened, complaints = [], []

    def one(width=360, **options):
        context = browser.new_context(
            base_url=live_server.url, locale="fr-FR", viewport={"width": width, "height": 760}, **options
        )
        context.set_default_timeout(10_000)
        opened.append(context)
        page = context.new_page()
        page.complaints = complaints
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: "Content Security Policy" in said.text and complaints.append(said.text),
        )
        return page

    yield one
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def phone(open_browser, collection):
    page = open_browser(reduced_motion="reduce", has_touch=True)
    page.goto(f"/dessin/{collection.token}/")
    return page


def logged_in(page, live_server):
    session = accounts.client_of(accounts.administrator()).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
    return page


def say_who(phone, organisation="Commune de Vic-le-Comte"):
    phone.get_by_label("Votre organisation").fill(organisation)
    phone.get_by_role("button", name="Commencer").click()


def add(phone, name, subject=""):
    phone.get_by_label("Avec qui travaillez-vous").fill(name)
    if subject:
        phone.get_by_role("button", name="Suivant").click()
        phone.get_by_label("À quel sujet").fill(subject)
    phone.get_by_role("button", name="Ajouter", exact=True).click()


def test_a_telephone_draws_and_the_screen_shows_it(phone, open_browser, live_server, collection):
    screen = logged_in(open_browser(width=1280), live_server)
    screen.goto("/ateliers/vic/dessins/ecran/")
    expect(screen.get_by_text("0 dessin", exact=True)).to_be_visible()
    say_who(phone)
    box = phone.get_by_role("combobox", name="Avec qui travaillez-vous")
    box.press_sequentially("petr")
    phone.get_by_role("option", name=re.compile("Petr du Grand Clermont")).click()
    phone.get_by_role("button", name="Suivant").click()
    phone.get_by_label("À quel sujet").fill("mobilité")
    phone.get_by_role("button", name="Suivant").click()
    phone.get_by_label("proche").check()
    phone.get_by_role("button", name="Ajouter", exact=True).click()
    expect(phone.get_by_role("listitem").filter(has_text="Petr du Grand Clermont")).to_contain_text(
        "mobilité, proche"
    )
    expect(phone.locator("svg .planet")).to_have_count(1)
    add(phone, "Un tiers-lieu")
    expect(phone.locator("svg .planet")).to_have_count(2)
    expect(phone.get_by_role("status").first).to_have_text("Gardé sur ce téléphone.")
    phone.get_by_role("button", name="Envoyer mon dessin (2)").click()
    expect(phone.get_by_text("Envoyé. Merci")).to_be_visible()
    drawing = Drawing.objects.get(state=Sending.SENT)
    assert [tie.actor and tie.actor.slug for tie in drawing.ties.all()] == ["petr", None]
    # Nobody has read it: the directory's own names alone are on the wall.
    expect(screen.get_by_text("1 dessin", exact=True)).to_be_visible()
    expect(screen.locator("[data-live]")).to_have_text("1 dessin, 2 liens")
    expect(screen.locator(".named")).to_have_text(re.compile("Petr du Grand Clermont"))
    expect(screen.get_by_text("Un tiers-lieu")).to_have_count(0)


def test_without_network_nothing_is_lost_and_it_is_sent_once(phone, collection):
    say_who(phone)
    add(phone, "Le phare")
    phone.context.set_offline(True)
    add(phone, "Le port", "les marées")
    expect(phone.locator("[data-list] li")).to_have_count(2)
    phone.get_by_role("button", name="Envoyer mon dessin").click()
    expect(phone.get_by_text("Pas de réseau : rien n’est perdu, on réessaie.")).to_be_visible()
    assert not Drawing.objects.exists()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Envoyé. Merci")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Envoyé. Merci")).to_be_visible()
    expect(phone.locator("[data-list] li")).to_have_count(2)
    add(phone, "La digue")
    phone.get_by_role("button", name="Envoyer de nouveau").click()
    expect(phone.get_by_text("Envoyé. Merci")).to_be_visible()
    drawing = Drawing.objects.get()
    assert [tie.name for tie in drawing.ties.all()] == ["Le phare", "Le port", "La digue"]


IS_KEPT = """() => Promise.all([navigator.serviceWorker.ready, caches.match(location.pathname)])
  .then(([, page]) => Boolean(page))"""
CACHES = "() => caches.keys().then((names) => names.length)"
WORKERS = "() => navigator.serviceWorker.getRegistrations().then((all) => all.length)"


def test_reloaded_without_network_the_page_and_what_was_typed_are_there_and_it_is_sent_once(
    phone, collection
):
    say_who(phone)
    add(phone, "Le phare")
    phone.wait_for_function(IS_KEPT)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("[data-list] li")).to_have_count(1)
    add(phone, "Le port", "les marées")
    phone.get_by_role("button", name="Envoyer mon dessin").click()
    expect(phone.get_by_text("Pas de réseau : rien n’est perdu, on réessaie.")).to_be_visible()
    phone.reload()
    expect(phone.locator("[data-list] li")).to_have_count(2)
    phone.context.set_offline(False)
    expect(phone.get_by_text("Envoyé. Merci")).to_be_visible()
    drawing = Drawing.objects.get()
    assert [tie.name for tie in drawing.ties.all()] == ["Le phare", "Le port"]
    # Nothing is left to be sent: the telephone is given back as it was.
    phone.wait_for_function("() => caches.keys().then((names) => names.length === 0)")
    phone.reload()
    assert (phone.evaluate(CACHES), phone.evaluate(WORKERS)) == (0, 0)
    expect(phone.get_by_text("Envoyé. Merci")).to_be_visible()


def test_the_page_that_was_kept_says_when_the_hour_has_passed_and_goes_with_the_evening(phone, collection):
    phone.reload()  # an impatient thumb: what the first page began, the second does
    say_who(phone)
    add(phone, "Le phare")
    phone.wait_for_function(IS_KEPT)
    phone.context.set_offline(True)
    phone.clock.set_fixed_time(collection.closes_at + timedelta(minutes=1))
    phone.reload()
    expect(phone.get_by_text("L’heure de la fin est passée")).to_be_visible()
    expect(phone.locator("[data-list] li")).to_have_count(1)
    Collection.objects.update(opened_at=timezone.now() - timedelta(days=1), closes_at=timezone.now())
    phone.context.set_offline(False)
    phone.reload()
    expect(phone.get_by_role("heading", name="La collecte est fermée")).to_be_visible()
    phone.wait_for_function("() => caches.keys().then((names) => names.length === 0)")
    assert phone.evaluate(WORKERS) == 0


def test_an_answer_that_was_lost_is_asked_again_and_recorded_once(phone, collection):
    """The server receives, the answer never arrives: the worst of bad connections."""
    lost = []

    def lose_the_first(route):
        response = route.fetch()
        if lost:
            return route.fulfill(response=response)
        lost.append(response.status)
        return route.abort()

    phone.route("**/envoi", lose_the_first)
    say_who(phone)
    add(phone, "Le phare")
    phone.get_by_role("button", name="Envoyer mon dessin").click()
    expect(phone.get_by_text("Pas de réseau")).to_be_visible()
    expect(phone.get_by_text("Envoyé. Merci")).to_be_visible()
    assert lost == [200]
    assert Drawing.objects.get().ties.count() == 1


def test_what_was_typed_is_there_after_the_evening(phone, collection):
    say_who(phone)
    add(phone, "Le phare", "les marées")
    expect(phone.locator("svg .planet")).to_have_count(1)
    Collection.objects.update(opened_at=timezone.now() - timedelta(days=1), closes_at=timezone.now())
    phone.get_by_role("button", name="Envoyer mon dessin").click()
    expect(phone.get_by_role("heading", name="La collecte est fermée")).to_be_visible()
    expect(phone.get_by_label("Votre dessin, en texte")).to_have_value(
        "Commune de Vic-le-Comte\nLe phare\u00a0: les marées"
    )
    phone.get_by_role("button", name="Copier").click()
    expect(phone.get_by_role("status")).to_have_text(re.compile("Copié|Le texte est choisi"))
    assert not Drawing.objects.exists()
    assert axe.violations(phone) == []


def test_one_question_at_a_time_with_the_keyboard_alone(phone):
    expect(phone.get_by_text("Question 1 sur 3").first).to_be_visible()
    phone.get_by_label("Votre organisation").fill("La mairie")
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("Votre fonction")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("Votre prénom et votre nom")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("Avec qui travaillez-vous")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Écrivez avec qui vous travaillez.")).to_be_visible()
    phone.keyboard.type("Le port")
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("À quel sujet")).to_be_focused()


def test_without_a_script_the_same(open_browser, collection):
    phone = open_browser(java_script_enabled=False)
    phone.goto(f"/dessin/{collection.token}/")
    say_who(phone)
    for name in ("Le phare", "Le port"):
        phone.get_by_label("Avec qui travaillez-vous").fill(name)
        phone.get_by_label("chaque mois").check()
        phone.get_by_role("button", name="Ajouter", exact=True).click()
    expect(phone.locator("svg .planet")).to_have_count(2)
    phone.get_by_role("button", name="Retirer Le phare").click()
    expect(phone.locator(".drawn li")).to_have_count(1)
    assert Drawing.objects.get().state == Sending.DRAFT
    phone.get_by_role("button", name="Envoyer mon dessin").click()
    expect(phone.get_by_text("Envoyé. Merci")).to_be_visible()
    drawing = Drawing.objects.get()
    assert drawing.state == Sending.SENT
    assert [(tie.name, tie.frequency) for tie in drawing.ties.all()] == [("Le port", "monthly")]


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("what", ["phone", "collection", "screen", "review"])
def test_everyone_can_use_it(open_browser, live_server, collection, what, width):
    drawing = DrawingFactory(collection=collection, name="Ada Petit")
    DrawnTieFactory(drawing=drawing, position=0, name="Petr du grand Clermont", subject="mobilité")
    DrawnTieFactory(drawing=drawing, position=1, name="Jean Roche", kind="person", closeness="far")
    page = logged_in(open_browser(width=width, reduced_motion="reduce"), live_server)
    address = {
        "phone": f"/dessin/{collection.token}/",
        "collection": "/ateliers/vic/dessins/",
        "screen": "/ateliers/vic/dessins/ecran/",
        "review": f"/ateliers/vic/dessins/{drawing.pk}/",
    }[what]
    page.goto(address)
    if what == "phone":
        say_who(page)
        add(page, "Le phare", "les marées")
        expect(page.locator("svg .planet")).to_have_count(1)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
