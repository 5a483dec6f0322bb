"""From a workshop, its participants are sent what the directory says of them; those without an address are listed."""

import re
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from time_machine import travel

from actors.models import Actor, ContactPoint
from directory.models import ParticipantLink
from tests.directory.pages import assert_sound
from tests.directory.test_participants import NOW, link_to, participant
from tests.factories import accounts
from tests.factories.workshops import WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with travel(NOW, tick=False):
        yield


def url_of(workshop) -> str:
    return reverse("participant_links", args=[workshop.slug])


def test_those_with_an_address_are_sent_a_link_and_the_others_listed(client):
    workshop = WorkshopFactory()
    one = participant(workshop)
    participant(workshop, email="", name="Dominique Sans", family_name="Sans")
    late = participant(workshop, email="", name="Alix Passée", family_name="Passée")
    ContactPoint.objects.create(
        actor=late, email="vieille@example.org", basis="x", keep_until=date(2026, 3, 1)
    )
    staff = accounts.client_of(accounts.animator())
    step = reverse("admin:workshops_workshop_change", args=[workshop.pk]) + "?etape=presences"
    assert url_of(workshop) in staff.get(step).content.decode()
    page = staff.get(url_of(workshop))
    assert_sound(page.content.decode())
    assert [each.person for each in page.context["reachable"]] == [one]
    assert [each.person.name for each in page.context["unreachable"]] == ["Alix Passée", "Dominique Sans"]
    assert "camille@example.org" not in page.content.decode()
    people = [each.pk for each in Actor.objects.persons()]
    told = staff.post(url_of(workshop), {"personne": people}, follow=True).content.decode()
    assert "1 lien envoyé." in told
    [message] = mail.outbox
    assert message.to == ["camille@example.org"]
    assert workshop.title in message.body
    path = re.search(r"http://testserver(/ma-fiche/[^\s/]+/)", message.body)[1]
    assert client.get(path).status_code == 200
    # Sent anew, the former link is closed.
    staff.post(url_of(workshop), {"personne": people})
    assert client.get(path).status_code == 404
    assert ParticipantLink.objects.alive().count() == 1


def test_a_mailbox_is_not_filled():
    workshop = WorkshopFactory()
    person = participant(workshop)
    staff = accounts.client_of(accounts.animator())
    for _ in range(4):
        page = staff.post(url_of(workshop), {"personne": [person.pk]}, follow=True)
    assert "réessayez dans une heure" in page.content.decode()
    assert len(mail.outbox) == 2


def test_nobody_chosen():
    workshop = WorkshopFactory()
    participant(workshop)
    staff = accounts.client_of(accounts.animator())
    for chosen in ([], ["zzz"], ["999999"]):
        page = staff.post(url_of(workshop), {"personne": chosen}, follow=True)
        assert "Cochez au moins une personne." in page.content.decode()
    assert mail.outbox == []


def test_a_mail_server_that_is_down_closes_no_link(client, monkeypatch, caplog):
    workshop = WorkshopFactory()
    person = participant(workshop)
    former = link_to(person)

    def refuse(*_):
        raise ConnectionRefusedError("camille@example.org")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    staff = accounts.client_of(accounts.animator())
    page = staff.post(url_of(workshop), {"personne": [person.pk]}, follow=True).content.decode()
    assert "1 n’est pas parti" in page
    assert "camille@" not in caplog.text
    assert client.get(former).status_code == 200


def test_who_may(client):
    here = accounts.ecosystem()
    workshop = WorkshopFactory()
    here.workshops.add(workshop)
    person = participant(workshop)
    assert client.get(url_of(workshop)).status_code == 302
    for user in (accounts.reviewer(here), accounts.animator(accounts.ecosystem())):
        staff = accounts.client_of(user)
        assert staff.get(url_of(workshop)).status_code == 403
        assert staff.post(url_of(workshop), {"personne": [person.pk]}).status_code == 403
    assert mail.outbox == []


def test_addresses_of_another_ecosystem_are_not_used():
    here, there = accounts.ecosystem(), accounts.ecosystem()
    workshop = WorkshopFactory()
    here.workshops.add(workshop)
    there.actors.add(participant(workshop))
    page = accounts.client_of(accounts.animator(here)).get(url_of(workshop))
    assert page.context["reachable"] == []


def test_queries(assert_constant_queries):
    workshop = WorkshopFactory()
    count = iter(range(9))

    def add():
        link_to(participant(workshop, email=f"n{next(count)}@example.org"))
        participant(workshop, email="")

    assert_constant_queries(url_of(workshop), add, accounts.client_of(accounts.administrator()))
