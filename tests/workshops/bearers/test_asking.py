"""From the page of a recommendation, an animator makes a link for its bearer, sends it, closes it."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from time_machine import travel

from directory.actions.withdrawal import withdraw_person
from foundations.throttle import HourlyLimit
from tests.factories import accounts
from tests.factories.actors import PersonFactory
from tests.factories.workshops import RecommendationFactory
from tests.workshops.bearers.scenes import NOW, address, answer, bearer_of, borne, link_in, link_to
from workshops.actions import mailboxes, reminding
from workshops.admin import asking
from workshops.models import BearerLink, Mailbox, ProposedFollowUp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with travel(NOW, tick=False):
        yield


def url(recommendation) -> str:
    return reverse("admin:workshops_recommendation_ask", args=[recommendation.pk])


def ask(recommendation, step: str = "send", user=None) -> str:
    client = accounts.client_of(user or accounts.animator())
    return client.post(url(recommendation), {"step": step}, follow=True).content.decode()


def test_the_link_leaves_by_e_mail_and_opens_the_page(client):
    recommendation = borne(title="Tenir un forum")
    address(bearer_of(recommendation))
    change = reverse("admin:workshops_recommendation_change", args=[recommendation.pk])
    assert url(recommendation) in accounts.client_of(accounts.animator()).get(change).content.decode()
    page = ask(recommendation)
    assert "Le lien est parti" in page
    [message] = mail.outbox
    assert (message.to, message.subject) == (["porteuse@example.org"], "Où en est votre recommandation ?")
    assert "- Tenir un forum" in message.body
    assert link_in(message.body) in page  # shown once, to be passed on by other ways too
    assert client.get(link_in(message.body)).status_code == 200
    assert BearerLink.objects.get().created_by is not None
    # Whoever was just asked is not reminded in the same month.
    assert reminding.prepare() == 0


def test_without_address_the_link_is_to_be_passed_on(client):
    recommendation = borne()
    address(bearer_of(recommendation), keep_until=date(2026, 3, 1))  # past its day
    page = ask(recommendation)
    assert "Aucun e-mail n’est parti" in page
    assert "/ou-en-est-on/" in page
    assert mail.outbox == []


def test_whoever_said_stop_is_not_written_to(client):
    recommendation = borne()
    address(bearer_of(recommendation))
    mailboxes.stop(mailbox=mailboxes.mailbox_of("porteuse@example.org"))
    assert "Aucun e-mail n’est parti" in ask(recommendation)
    assert mail.outbox == []


def test_a_mail_server_that_is_down(monkeypatch, caplog):
    recommendation = borne()
    address(bearer_of(recommendation))

    def refuse(*_):
        raise ConnectionRefusedError("porteuse@example.org")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert "Aucun e-mail n’est parti" in ask(recommendation)
    assert "porteuse" not in caplog.text
    assert Mailbox.objects.get().last_written_on is None


def test_links_are_closed_by_a_button(client):
    recommendation = borne()
    link = link_to(bearer_of(recommendation))
    assert "Liens fermés" in ask(recommendation, "revoke")
    assert client.get(link).status_code == 404


def test_nobody_to_ask():
    recommendation = RecommendationFactory()
    assert "Personne n’est dit porteur" in ask(recommendation)
    assert not BearerLink.objects.exists()


def test_a_mailbox_is_not_filled_by_clicks(monkeypatch):
    monkeypatch.setattr(asking, "TO_BEARER", HourlyLimit(per_address=1, overall=9))
    recommendation = borne()
    address(bearer_of(recommendation))
    ask(recommendation)
    assert "Réessayez dans une heure" in ask(recommendation)
    assert len(mail.outbox) == 1


def test_who_may_ask():
    here = accounts.ecosystem()
    recommendation = borne()
    address(bearer_of(recommendation))
    here.workshops.add(recommendation.workshop)
    for user in (accounts.reviewer(here), accounts.animator(accounts.ecosystem())):
        client = accounts.client_of(user)
        assert client.get(url(recommendation)).status_code == 403
        assert client.post(url(recommendation), {"step": "send"}).status_code == 403
    assert mail.outbox == []
    ask(recommendation, user=accounts.animator(here))
    assert len(mail.outbox) == 1


def test_an_address_kept_by_another_ecosystem_is_not_used():
    here, there = accounts.ecosystem(), accounts.ecosystem()
    recommendation = borne()
    here.workshops.add(recommendation.workshop)
    there.actors.add(bearer_of(recommendation))
    address(bearer_of(recommendation))
    assert "Aucun e-mail n’est parti" in ask(recommendation, user=accounts.animator(here))
    assert mail.outbox == []


def test_looking_makes_no_link():
    recommendation = borne()
    accounts.client_of(accounts.animator()).get(url(recommendation))
    assert not BearerLink.objects.exists()


def test_whoever_withdraws_has_no_link_and_said_nothing(client):
    recommendation = borne(PersonFactory(name="Camille Retirée", family_name="Retirée"))
    link = link_to(bearer_of(recommendation))
    client.post(link, answer(recommendation, note="Camille Retirée vous le dit."))
    withdraw_person(person=bearer_of(recommendation))
    assert client.get(link).status_code == 404
    assert not BearerLink.objects.exists()
    assert not ProposedFollowUp.objects.exists()
