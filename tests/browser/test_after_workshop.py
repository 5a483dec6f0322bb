"""After the workshop, in a real browser: what private links open, on a telephone, by keyboard, for everyone."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from actors.models import Actor, ContactPoint
from directory.models import ParticipantLink
from tests.factories.accounts import administrator, client_of
from tests.factories.workshops import FindingFactory, FollowUpFactory, RecommendationFactory, WorkshopFactory
from workshops.actions import mailboxes, reminding
from workshops.models import (
    BearerLink,
    Bearing,
    ProposedFollowUp,
    Recommendation,
    Reminder,
    Theme,
    Workshop,
)

from . import axe
from .test_accessibility import looked_at

pytestmark = pytest.mark.skipif(
    not axe.PATH.exists(), reason="axe-core comes with `python scripts/assets.py tests`"
)
PHONE = 360
LASTING = timedelta(days=9)


@pytest.fixture
def phone(own_report, open_page):
    return open_page(PHONE)


@pytest.fixture
def staff(own_report, open_page, site):
    page = open_page()
    session = client_of(administrator()).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": site}])
    return page


def bearer() -> tuple[Actor, Recommendation]:
    """An organisation of the report that is said, for the test, to bear a recommendation of it."""
    actor = Actor.objects.get(slug="ville-de-clermont-ferrand")
    told = Recommendation.objects.filter(parent=None).first()
    FollowUpFactory(recommendation=told, bearing=Bearing.ACCEPTED, bearer=actor, said_on=date(2023, 1, 10))
    return actor, told


def person() -> Actor:
    return Actor.objects.get(slug="christian-paul")


def address_of(actor: Actor) -> ContactPoint:
    until = timezone.localdate() + timedelta(days=30)
    return ContactPoint.objects.create(
        actor=actor, email="quelqu-un@example.org", basis="carte", keep_until=until
    )


def own_link() -> str:
    _, token = ParticipantLink.issue(lasting=LASTING, person=person(), workshop=Workshop.objects.first())
    return f"/ma-fiche/{token}/"


def test_a_bearer_answers_in_two_clicks_and_a_sentence(phone):
    actor, told = bearer()
    _, token = BearerLink.issue(lasting=LASTING, actor=actor)
    phone.goto(f"/ou-en-est-on/{token}/")
    phone.get_by_label("En cours").check()  # the first click
    phone.get_by_label("En une phrase").fill("Un premier forum s’est tenu.")
    phone.get_by_role("button", name="Envoyer").click()  # the second
    expect(phone.get_by_text("Merci, c’est bien reçu")).to_be_visible()
    row = ProposedFollowUp.objects.get()
    assert (row.progress, row.note, row.recommendation) == ("under_way", "Un premier forum s’est tenu.", told)
    assert looked_at(phone) == {}


def test_nothing_said_is_told_and_the_keyboard_suffices(phone):
    actor, _ = bearer()
    _, token = BearerLink.issue(lasting=LASTING, actor=actor)
    phone.goto(f"/ou-en-est-on/{token}/")
    phone.get_by_role("button", name="Envoyer").focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_contain_text("Dites au moins une chose")
    phone.complaints.clear()  # the browser says of a 400 that it is one
    assert looked_at(phone) == {}
    radio = phone.get_by_label("Pas commencée")
    radio.focus()
    phone.keyboard.press("Space")
    phone.get_by_label("En une phrase").focus()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Merci, c’est bien reçu")).to_be_visible()


def test_a_participant_reads_agrees_and_objects(phone):
    phone.goto(own_link())
    expect(phone.get_by_role("heading", name="Vos fonctions")).to_be_visible()
    assert looked_at(phone) == {}
    phone.get_by_role("button", name="Je suis d’accord pour y figurer").click()
    expect(phone.get_by_text("Merci, votre accord est noté")).to_be_visible()
    assert person().publication_basis == "consent"
    phone.get_by_role("link", name="Voir ce que cela change").click()
    assert looked_at(phone) == {}
    phone.get_by_role("button", name="Retirer mon nom pour toujours").click()
    expect(phone.get_by_text("Rien n’a été fait")).to_be_visible()
    phone.complaints.clear()
    assert looked_at(phone) == {}
    phone.get_by_label("J’ai compris").check()
    phone.get_by_role("button", name="Retirer mon nom pour toujours").click()
    expect(phone.get_by_role("heading", name="C’est fait")).to_be_visible()
    assert not Actor.objects.filter(slug="christian-paul").exists()


def test_the_secret_address_is_told_to_no_other_site(phone):
    """A link out of the page carries no referrer, not even to our own."""
    url = own_link()
    phone.goto(url)
    sent = []
    phone.on("request", lambda request: sent.append(request.headers.get("referer", "")))
    phone.get_by_role("link", name="Données personnelles").first.click()
    expect(phone.get_by_role("heading", name="Données personnelles", level=1)).to_be_visible()
    assert sent
    assert not any(url in referrer for referrer in sent)


@pytest.mark.parametrize("path", ["/ou-en-est-on/abc~def/", "/ma-fiche/abc~def/", "/rappels/abc/arret/"])
def test_a_closed_link(phone, path):
    phone.goto(path)
    expect(phone.get_by_role("heading", name="Ce lien n’est plus valable")).to_be_visible()
    phone.complaints.clear()  # it is a 404
    assert looked_at(phone) == {}


def test_reminders_stop_by_a_button(phone):
    mailbox = mailboxes.mailbox_of("quelqu-un@example.org")
    phone.goto(f"/rappels/{mailboxes.stop_token(mailbox)}/arret/")
    assert looked_at(phone) == {}
    phone.get_by_role("button", name="Ne plus recevoir de rappels").click()
    expect(phone.get_by_role("heading", name="Vous ne recevrez plus de rappels")).to_be_visible()
    assert looked_at(phone) == {}


def test_the_animators_side(staff):
    actor, told = bearer()
    address_of(actor)
    address_of(person())
    ProposedFollowUp.objects.create(recommendation=told, actor=actor, progress="done", note="C’est fini.")
    reminding.prepare()
    proposal, reminder = ProposedFollowUp.objects.get(), Reminder.objects.get()
    for path in (
        reverse("admin:workshops_recommendation_ask", args=[told.pk]),
        reverse("admin:workshops_proposedfollowup_changelist"),
        reverse("admin:workshops_proposedfollowup_change", args=[proposal.pk]),
        reverse("admin:workshops_reminder_changelist"),
        reverse("admin:workshops_reminder_change", args=[reminder.pk]),
        reverse("participant_links", args=[Workshop.objects.first().slug]),
    ):
        staff.goto(path)
        assert looked_at(staff) == {}, path
    staff.set_viewport_size({"width": PHONE, "height": 800})
    staff.goto(reverse("admin:workshops_proposedfollowup_change", args=[proposal.pk]))
    staff.get_by_role("button", name="Publier cette suite").click()
    expect(staff.get_by_text("La suite est publiée")).to_be_visible()
    staff.goto(urlsplit(told.get_absolute_url()).path)
    expect(staff.get_by_text(f"C’est fini. Dit par {actor.name}.")).to_be_visible()


def test_workshops_side_by_side(phone):
    """A second workshop for the test: the report has one."""
    other = WorkshopFactory(title="Atelier de Riom", slug="riom", date=date(2024, 5, 1))
    FindingFactory(workshop=other).themes.add(Theme.objects.get(slug="langage-commun"))
    RecommendationFactory(workshop=other)
    phone.goto("/ateliers/")
    phone.get_by_role("link", name="Comparer des ateliers").click()
    phone.get_by_label("Atelier de Riom").check()
    phone.get_by_label("Atelier des écosystèmes").check()
    phone.get_by_role("button", name="Comparer").click()
    table = phone.get_by_role("table", name="Les ateliers en chiffres")
    # Stacked, it is still a table: a line has its header and its cells.
    line = table.get_by_role("row").filter(has=phone.get_by_role("rowheader", name="Recommandations"))
    expect(line.get_by_role("cell")).to_have_count(2)
    assert looked_at(phone) == {}
    phone.emulate_media(media="print")
    expect(phone.get_by_role("columnheader", name="Atelier de Riom, 2024").first).to_be_visible()
