"""The inbox: relaying, answering, closing, in order and one at a time; what the e-mails say and do not say."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from actors.actions import contact
from actors.models import ContactPoint, ContactRequest, CorrectionRequest, RequestState
from tests.factories.actors import ContactRequestFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def animator():
    return User.objects.create_user("anim", is_staff=True)


@pytest.fixture
def kept():
    return ContactRequestFactory(
        actor=PersonFactory(name="Anne Exemple"),
        name="Dominique <Visite>",
        email="visite@example.org",
        organisation="L’Atelier & Cie",
        message="Bonjour,\npourriez-vous nous aider ?",
    )


@pytest.fixture
def correction():
    return CorrectionRequest.objects.create(
        name="A", email="visite@example.org", message="m", page="/acteurs/x/", page_title="X"
    )


def reach(kept, email="anne@example.org", days=1):
    until = timezone.localdate() + timedelta(days=days)
    return ContactPoint.objects.create(
        actor=kept.actor, email=email, basis="donnée à l’atelier", keep_until=until
    )


class TestRelay:
    def test_the_actor_gets_the_message_and_neither_address_is_disclosed(self, kept, animator, settings):
        settings.ANIMATOR_EMAILS = ["animation@example.org"]
        settings.DEFAULT_FROM_EMAIL = "noreply@annuaire.example"
        reach(kept)
        assert contact.relay(kept, by=animator, version=kept.version) == 1
        (letter,) = mail.outbox
        assert letter.to == ["anne@example.org"]
        assert letter.from_email == "noreply@annuaire.example"
        assert letter.reply_to == ["animation@example.org"]
        assert letter.cc == letter.bcc == []
        assert "visite@example.org" not in letter.message().as_string()
        assert (
            "Dominique <Visite> (L’Atelier & Cie) aimerait entrer en contact avec Anne Exemple" in letter.body
        )
        assert "pourriez-vous nous aider ?" in letter.body
        kept.refresh_from_db()
        assert kept.state == RequestState.RELAYED
        assert timezone.now() - kept.state_on < timedelta(minutes=1)

    def test_each_address_is_written_to_apart_and_once(self, kept, animator):
        for email in ("anne@example.org", "a.exemple@example.org", "anne@example.org"):
            reach(kept, email)
        assert contact.relay(kept, by=animator, version=kept.version) == 2
        assert [letter.to for letter in mail.outbox] == [["a.exemple@example.org"], ["anne@example.org"]]

    def test_an_address_past_its_date_is_not_used(self, kept, animator):
        reach(kept, days=-1)
        ContactPoint.objects.create(
            actor=kept.actor, phone="06", basis="carte", keep_until=timezone.localdate()
        )
        assert contact.relay(kept, by=animator, version=kept.version) == 0
        assert mail.outbox == []
        assert ContactRequest.objects.get().state == RequestState.RELAYED

    def test_an_email_that_cannot_leave_changes_nothing(self, kept, animator, monkeypatch):
        reach(kept)

        def fail(*_):
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
        with pytest.raises(contact.RequestError, match="n’a pas pu partir"):
            contact.relay(kept, by=animator, version=kept.version)
        assert ContactRequest.objects.get().state == kept.state == RequestState.RECEIVED

    def test_a_name_with_a_line_break_cannot_add_a_header(self, kept, animator):
        kept.actor.name = "Anne\nBcc: all@example.org"
        kept.actor.save()
        reach(kept)
        contact.relay(kept, by=animator, version=kept.version)
        assert mail.outbox[0].message()["Bcc"] is None
        assert mail.outbox[0].subject.endswith("contact avec Anne Bcc: all@example.org")


class TestAnswer:
    def test_the_visitor_reads_it_and_gets_it(self, kept, animator, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            contact.answer(
                kept,
                by=animator,
                version=kept.version,
                text=" Elle vous appelle. ",
                site="https://a.example/",
            )
        row = ContactRequest.objects.get()
        assert (row.state, row.answer) == (RequestState.ANSWERED, "Elle vous appelle.")
        (letter,) = mail.outbox
        assert letter.to == ["visite@example.org"]
        assert "Elle vous appelle." in letter.body
        assert f"https://a.example/demande/{row.token}/" in letter.body

    def test_an_empty_answer_is_refused(self, kept, animator):
        with pytest.raises(contact.RequestError, match="Écrivez la réponse"):
            contact.answer(kept, by=animator, version=kept.version, text=" \n")
        assert ContactRequest.objects.get().state == RequestState.RECEIVED

    def test_closing_keeps_the_answer_and_writes_to_nobody(
        self, kept, animator, django_capture_on_commit_callbacks
    ):
        contact.answer(kept, by=animator, version=kept.version, text="Oui.")
        with django_capture_on_commit_callbacks(execute=True):
            contact.close(kept, by=animator, version=kept.version)
        row = ContactRequest.objects.get()
        assert (row.state, row.answer) == (RequestState.CLOSED, "Oui.")
        assert mail.outbox == []


class TestOrder:
    @pytest.mark.parametrize(
        ("state", "following"),
        [
            ("received", {"relayed", "answered", "closed"}),
            ("relayed", {"answered", "closed"}),
            ("answered", {"closed"}),
            ("closed", set()),
        ],
    )
    def test_what_may_follow_what(self, kept, animator, state, following):
        ContactRequest.objects.update(state=state)
        actions = {
            "relayed": lambda row: contact.relay(row, by=animator, version=row.version),
            "answered": lambda row: contact.answer(row, by=animator, version=row.version, text="Oui."),
            "closed": lambda row: contact.close(row, by=animator, version=row.version),
        }
        for name, act in actions.items():
            ContactRequest.objects.update(state=state, answer="")
            row = ContactRequest.objects.get()
            assert contact.allowed_next(row) == following
            if name in following:
                act(row)
                assert ContactRequest.objects.get().state == name
            else:
                with pytest.raises(contact.ForbiddenTransition, match="plus possible"):
                    act(row)
                assert ContactRequest.objects.get().state == state

    def test_a_correction_has_nobody_to_be_relayed_to(self, correction, animator):
        assert contact.allowed_next(correction) == {"answered", "closed"}
        with pytest.raises(contact.ForbiddenTransition):
            contact.relay(correction, by=animator, version=correction.version)

    def test_a_second_animator_who_read_the_same_page_is_told(self, kept, animator):
        seen_by_both = kept.version
        contact.relay(ContactRequest.objects.get(), by=animator, version=seen_by_both)
        with pytest.raises(contact.RequestChanged, match="rechargez"):
            contact.close(ContactRequest.objects.get(), by=animator, version=seen_by_both)
        assert ContactRequest.objects.get().state == RequestState.RELAYED

    def test_one_that_was_erased_meanwhile(self, kept, animator):
        ContactRequest.objects.all().delete()
        with pytest.raises(contact.RequestChanged):
            contact.close(kept, by=animator, version=kept.version)

    def test_only_staff_act(self, kept):
        nobodies = [
            AnonymousUser(),
            User.objects.create_user("visitor"),
            User.objects.create_user("gone", is_staff=True, is_active=False),
        ]
        for user in nobodies:
            with pytest.raises(PermissionDenied):
                contact.relay(kept, by=user, version=kept.version)
        assert ContactRequest.objects.get().state == RequestState.RECEIVED
