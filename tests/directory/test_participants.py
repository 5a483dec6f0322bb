"""What the directory says of a participant, by their link: read, corrected, agreed to, objected to."""

import re
from datetime import date, timedelta

import pghistory.models
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from time_machine import travel

from actors.models import Actor, ContactPoint, CorrectionRequest, PublicationBasis
from directory.actions.purging import purge_expired
from directory.actions.withdrawal import withdraw_person
from directory.models import ParticipantLink
from directory.models.participants import LASTING
from directory.views import participants as view
from foundations.throttle import HourlyLimit
from tests.directory.pages import assert_sound
from tests.factories.actors import (
    ActorAreaFactory,
    ExpertiseFactory,
    InitiativeBearerFactory,
    MembershipFactory,
    MentionFactory,
    PersonFactory,
    TieFactory,
)
from tests.factories.ecosystems import EcosystemFactory
from tests.factories.territories import TerritoryFactory
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FollowUpFactory,
    RecommendationFactory,
    WorkshopFactory,
    WorkshopHostFactory,
)
from workshops.models import BearerLink, ProposedFollowUp, Voice

pytestmark = pytest.mark.django_db
NOW = "2026-03-02T09:00:00Z"


@pytest.fixture(autouse=True)
def clock():
    with travel(NOW, tick=False) as traveller:
        yield traveller


def participant(workshop=None, email="camille@example.org", **more) -> Actor:
    person = PersonFactory(**{"name": "Camille Présente", "family_name": "Présente", **more})
    AttendanceFactory(person=person, workshop=workshop or WorkshopFactory())
    if email:
        ContactPoint.objects.create(
            actor=person, email=email, basis="émargement", keep_until=date(2027, 1, 1)
        )
    return person


def link_to(person: Actor) -> str:
    _, token = ParticipantLink.issue(
        lasting=LASTING, person=person, contact_point=person.contact_points.first()
    )
    return f"/ma-fiche/{token}/"


def basis(person: Actor) -> tuple:
    person.refresh_from_db()
    return person.publication_basis, person.publication_basis_on, person.state


def seen(client, url: str) -> str:
    return re.sub(r"\s+", " ", client.get(url).content.decode())


class TestReading:
    def test_all_that_is_said_with_its_source(self, client):
        person = participant()
        MembershipFactory(member=person, role="Chargée de mission", organisation__name="La Fabrique")
        MembershipFactory(member=person, role="Bénévole", organisation__state="draft")
        FindingFactory(statement="On manque de temps", voice=Voice.PERSON, voice_person=person)
        FindingFactory(statement="Elle fait le lien").actors.add(person)
        ExpertiseFactory(actor=person, competence__name="Concertation", evidence="Anime des débats.")
        TieFactory(from_actor=person, to_actor=None, to_category="les habitants", subject="le compost")
        InitiativeBearerFactory(actor=person, initiative__name="Le forum ouvert")
        ActorAreaFactory(actor=person, territory=TerritoryFactory(name="Vic-le-Comte"))
        MentionFactory(actor=person, note="citée en note")
        FollowUpFactory(said_by=person, note="Une réunion a eu lieu.", recommendation__title="Se réunir")
        WorkshopHostFactory(actor=person, part="hosts", workshop__title="Chez elle")
        EcosystemFactory(name="Le grand ensemble", actors=[person], state="draft")
        ProposedFollowUp.objects.create(
            recommendation=RecommendationFactory(), actor=person, note="On avance."
        )
        person.other_names.create(name="C. Présente")
        url = link_to(person)
        page = client.get(url)
        assert_sound(page.content.decode())
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["Cache-Control"] == "private, no-store"
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        told = seen(client, url)
        for words in (
            "Chargée de mission",
            "Bénévole",
            "Pas encore publié",
            "On manque de temps",
            "Elle fait le lien",
            "Anime des débats.",
            "les habitants",
            "Le forum ouvert",
            "Vic-le-Comte",
            "citée en note",
            "Une réunion a eu lieu.",
            "Accueille l’atelier « Chez elle »",
            "Le grand ensemble",
            "On avance.",
            "C. Présente",
            "c…@example.org",
            "émargement",
            "Nommée dans un compte rendu public",
        ):
            assert words in told, words
        assert "camille@example.org" not in told
        assert told.count('href="/sources/') >= 9

    def test_of_a_draft_too(self, client):
        person = participant(state="draft", publication_basis="", publication_basis_on=None)
        told = seen(client, link_to(person))
        assert "Elle n’est pas publique" in told
        assert "Rien ne l’autorise encore" in told

    def test_queries(self, assert_constant_queries):
        person = participant()

        def add():
            MembershipFactory(member=person)
            AttendanceFactory(person=person)
            FindingFactory(voice=Voice.PERSON, voice_person=person)
            FindingFactory().actors.add(person)
            ExpertiseFactory(actor=person)
            TieFactory(from_actor=person)
            InitiativeBearerFactory(actor=person)
            ActorAreaFactory(actor=person, territory=TerritoryFactory())
            MentionFactory(actor=person)
            FollowUpFactory(said_by=person, bearing="accepted", bearer=person)
            WorkshopHostFactory(actor=person)
            EcosystemFactory(actors=[person])
            ProposedFollowUp.objects.create(recommendation=RecommendationFactory(), actor=person, note="x")
            person.contact_points.create(phone="04", basis="x", keep_until=date(2027, 1, 1))

        assert_constant_queries(link_to(person), add)


class TestLink:
    @pytest.mark.parametrize("page", ["", "accord/", "opposition/"])
    @pytest.mark.parametrize("what", ["forged", "revoked", "expired", "erased"])
    def test_that_opens_nothing(self, client, clock, what, page):
        person = participant()
        url = link_to(person) + page
        if what == "forged":
            url = url.replace("~", "~A")
        elif what == "revoked":
            ParticipantLink.objects.revoke()
        elif what == "expired":
            clock.shift(timedelta(days=61))
        else:
            ParticipantLink.objects.all().delete()
        if page != "accord/":
            assert client.get(url).status_code == 404
        answer = client.post(url, {"message": "x", "compris": "1"})
        assert answer.status_code == 404
        assert "Ce lien n’est plus valable" in answer.content.decode()
        assert basis(person)[0] == PublicationBasis.PUBLIC_REPORT
        assert not CorrectionRequest.objects.exists()

    def test_looking_changes_nothing(self, client):
        person = participant()
        url = link_to(person)
        for page in ("", "opposition/"):
            assert client.get(url + page).status_code == 200
        assert client.get(f"{url}accord/").status_code == 405
        assert basis(person)[0] == PublicationBasis.PUBLIC_REPORT

    def test_one_of_a_bearer_does_not_open_it(self, client):
        _, token = BearerLink.issue(lasting=LASTING, actor=participant())
        assert client.get(f"/ma-fiche/{token}/").status_code == 404

    def test_purged_when_past_its_day(self, clock):
        link_to(participant())
        assert purge_expired()["liens des participants"] == 0
        clock.shift(timedelta(days=61))
        assert purge_expired()["liens des participants"] == 1

    def test_gone_with_a_withdrawal(self, client):
        person = participant()
        url = link_to(person)
        withdraw_person(person=person)
        assert not ParticipantLink.objects.exists()
        assert client.get(url).status_code == 404

    def test_closed_between_the_page_and_its_sending(self, client, monkeypatch):
        person = participant()
        url = link_to(person)
        real = view.participants.consent

        def late(**values):
            ParticipantLink.objects.revoke()
            return real(**values)

        monkeypatch.setattr(view.participants, "consent", late)
        assert client.post(f"{url}accord/").status_code == 404
        assert basis(person)[0] == PublicationBasis.PUBLIC_REPORT


class TestConsent:
    def test_is_dated_and_kept_in_history(self, client):
        person = participant()
        url = link_to(person)
        assert client.post(f"{url}accord/").status_code == 302
        assert basis(person) == ("consent", date(2026, 3, 2), "published")
        assert "Merci, votre accord est noté" in seen(client, url)
        assert person.may_be_indexed
        event = Actor.pgh_event_model.objects.filter(pgh_obj=person).latest("pgh_id")
        assert event.publication_basis == PublicationBasis.CONSENT

    def test_the_secret_is_in_no_history(self, client):
        url = link_to(participant())
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(f"{url}accord/", headers={"origin": "null"}).status_code == 302
        contexts = [str(row.metadata) for row in pghistory.models.Context.objects.all()]
        assert any("/ma-fiche/" in text for text in contexts)
        assert not any(url.split("/")[2] in text for text in contexts)

    def test_given_twice_keeps_its_date(self, client, clock):
        person = participant()
        url = link_to(person)
        client.post(f"{url}accord/")
        clock.shift(timedelta(days=3))
        client.post(f"{url}accord/")
        assert basis(person)[1] == date(2026, 3, 2)

    def test_taken_back_what_was_before_holds_again(self, client):
        person = participant()
        url = link_to(person)
        client.post(f"{url}accord/")
        client.post(f"{url}accord/", {"retirer": "1"})
        assert basis(person) == ("report", date(2022, 7, 4), "published")

    def test_taken_back_where_nothing_else_allowed_it(self, client):
        person = participant(state="draft", publication_basis="", publication_basis_on=None)
        url = link_to(person)
        client.post(f"{url}accord/")
        Actor.objects.filter(pk=person.pk).update(state="published")
        client.post(f"{url}accord/", {"retirer": "1"})
        assert basis(person) == ("", None, "draft")


class TestCorrection:
    def test_is_one_of_the_inbox(self, client, django_capture_on_commit_callbacks):
        person = participant()
        with django_capture_on_commit_callbacks(execute=True):
            sent = client.post(link_to(person), {"message": "Je ne suis plus directrice."})
        row = CorrectionRequest.objects.get()
        assert sent["Location"] == row.get_absolute_url()
        assert (row.name, row.email, row.page) == (
            person.name, "camille@example.org", person.get_absolute_url()
        )  # fmt: skip
        assert mail.outbox[-1].to == ["camille@example.org"]

    @pytest.mark.parametrize("message", ["", "  ", "x" * 4001, "a\x07b"])
    def test_a_wrong_one_comes_back(self, client, message):
        page = client.post(link_to(participant()), {"message": message})
        assert page.status_code == 400
        assert message.strip()[:50] in page.content.decode()
        assert not CorrectionRequest.objects.exists()

    def test_without_an_address_left_one_is_asked(self, client):
        person = participant()
        url = link_to(person)
        person.contact_points.all().delete()
        sent = client.post(url, {"message": "Je corrige"})
        assert sent["Location"].startswith("/correction/?page=")

    def test_too_many(self, client, monkeypatch):
        monkeypatch.setattr(view, "LIMIT", HourlyLimit(per_address=1, overall=9))
        url = link_to(participant())
        assert client.post(url, {"message": "Une"}).status_code == 302
        page = client.post(url, {"message": "Deux, mes mots"})
        assert page.status_code == 429
        assert "Deux, mes mots" in page.content.decode()
        assert client.post(f"{url}accord/").status_code == 429


class TestObjection:
    def test_a_second_page_says_what_happens_and_then_it_happens(self, client, settings):
        settings.ANIMATOR_EMAILS = ["animation@example.org"]
        person = participant(name="Camille Présente", family_name="Présente")
        url = f"{link_to(person)}opposition/"
        page = client.get(url)
        assert_sound(page.content.decode())
        assert "Il n’y a pas de retour possible" in page.content.decode()
        refused = client.post(url)
        assert refused.status_code == 400
        assert "cochez d’abord cette case" in refused.content.decode()
        assert basis(person)[0] == PublicationBasis.PUBLIC_REPORT
        done = client.post(url, {"compris": "1"})
        assert "Vous ne figurez plus dans l’annuaire" in done.content.decode()
        assert "Présente" not in done.content.decode()
        assert basis(person)[0] == PublicationBasis.OBJECTION
        assert not ContactPoint.objects.exists()
        assert client.post(url, {"compris": "1"}).status_code == 404
        # The animators learn that someone left, and not who.
        [message] = mail.outbox
        assert message.bcc == ["animation@example.org"]
        assert "Présente" not in message.body
        contexts = [str(row.metadata) for row in pghistory.models.Context.objects.all()]
        assert not any(url.split("/")[2] in text or "Présente" in text for text in contexts)


def test_an_address_and_a_link_are_in_no_history():
    tables = connection.introspection.table_names()
    assert not [name for name in tables if "event" in name and "participantlink" in name]
