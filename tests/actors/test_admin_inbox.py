"""The inbox of the animator: relay, answer, close, by buttons; nothing typed over what a visitor wrote."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import ContactPoint, ContactRequest, CorrectionRequest
from tests.factories import accounts
from tests.factories.actors import ContactRequestFactory, PublishedContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return accounts.client_of(accounts.animator())


def url(row) -> str:
    return reverse(f"admin:actors_{row._meta.model_name}_change", args=[row.pk])


def press(client, row, step: str, answer: str = "", version: int | None = None):
    row.refresh_from_db()
    data = {"step": step, "answer": answer, "version": row.version if version is None else version}
    return client.post(url(row), data, follow=True)


def states(row) -> list[str]:
    row.refresh_from_db()
    return [row.state, row.answer]


def test_from_received_to_closed(client):
    row = ContactRequestFactory()
    page = press(client, row, "relayed").content.decode()
    assert "notée comme transmise (aucun e-mail n’est parti, appelez ou écrivez vous-même)" in page
    assert states(row) == ["relayed", ""]
    press(client, row, "answered", "Ils vous appellent demain.")
    assert states(row) == ["answered", "Ils vous appellent demain."]
    press(client, row, "closed")
    assert states(row) == ["closed", "Ils vous appellent demain."]
    assert b'name="step"' not in client.get(url(row)).content


def test_an_answer_without_words_is_refused(client):
    row = ContactRequestFactory()
    page = press(client, row, "answered", "  ").content.decode()
    assert "Écrivez la réponse" in page
    assert states(row) == ["received", ""]


def test_what_was_typed_survives_someone_elses_move(client):
    row = ContactRequestFactory()
    page = press(client, row, "answered", "Ma réponse", version=99).content.decode()
    assert "Quelqu’un d’autre vient d’agir sur cette demande" in page
    assert ">Ma réponse</textarea>" in page
    assert states(row) == ["received", ""]


def test_an_unknown_button_does_nothing(client):
    row = ContactRequestFactory()
    assert "Choisissez un des boutons." in press(client, row, "erased").content.decode()
    assert states(row) == ["received", ""]


def test_a_correction_is_relayed_to_nobody(client):
    row = CorrectionRequest.objects.create(
        name="D", email="d@example.org", message="Erreur", page="/acteurs/x/", page_title="X"
    )
    page = client.get(url(row)).content.decode()
    assert 'href="/acteurs/x/"' in page
    assert "Transmettre à l’acteur" not in page
    assert "Répondre au demandeur" in page
    press(client, row, "answered", "Corrigé, merci.")
    assert states(row) == ["answered", "Corrigé, merci."]


def test_only_an_address_inside_the_site_is_a_link(client):
    for page in ("//mal.example", "javascript:alert(1)", "/\\mal.example", "https://mal.example"):
        row = CorrectionRequest.objects.create(name="D", email="d@example.org", message="x", page=page)
        assert f'href="{page}"' not in client.get(url(row)).content.decode()


def test_what_is_needed_to_relay_is_beside(client):
    row = ContactRequestFactory(message="Nous voulons un débat.", organisation="Vic-le-Comte")
    ContactPoint.objects.create(
        actor=row.actor, email="elle@example.org", basis="donnée", keep_until=timezone.localdate()
    )
    PublishedContactFactory(actor=row.actor, value="04 73 00 00 00")
    page = client.get(url(row)).content.decode()
    for words in (
        row.email.replace("@", "@"),
        "Nous voulons un débat.",
        "Vic-le-Comte",
        "elle@example.org",
        "04 73 00",
    ):
        assert words in page
    assert "Votre message" not in page


def test_nobody_adds_a_request_by_hand(client):
    assert client.get(reverse("admin:actors_contactrequest_add")).status_code == 403
    assert client.get(reverse("admin:actors_correctionrequest_add")).status_code == 403


def test_the_home_page_shows_what_waits(client):
    waiting, closed = ContactRequestFactory(), ContactRequestFactory(state="closed")
    CorrectionRequest.objects.create(
        name="D", email="d@example.org", message="x", page="/a/", page_title="Page A"
    )
    boxes = client.get(reverse("admin:index")).context["boxes"]
    assert [row["title"] for row in boxes[0]["rows"]] == [f"Joindre {waiting.actor}"]
    assert boxes[0]["count"] == 1
    assert [row["title"] for row in boxes[1]["rows"]] == ["Page A"]
    assert ContactRequest.objects.get(pk=closed.pk).state == "closed"
