"""What is past its date goes; what is not stays."""

from datetime import date, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from time_machine import travel

from actors.models import ContactPoint, ContactRequest, CorrectionRequest
from directory.actions.purging import purge_expired
from directory.models import FollowedSearch, ParticipantLink, UnansweredSearch
from ecosystems.models import Drawing
from foundations.models import ThrottleCount
from tests.factories.actors import ContactRequestFactory, OrganisationFactory, PersonFactory
from tests.factories.ecosystems import CollectionFactory, DrawingFactory
from tests.factories.workshops import RecommendationFactory, WorkshopFactory
from workshops.models import BearerLink, Mailbox, ProposedFollowUp, Reminder, ReminderLine, Roster

pytestmark = pytest.mark.django_db
NOW = "2026-03-15T12:00:00Z"


@travel(NOW, tick=False)
def test_each_kind_has_its_date():
    now = timezone.now()
    for days in (366, 364):
        ContactRequestFactory(created_at=now - timedelta(days=days), email=f"{days}@example.org")
        CorrectionRequest.objects.create(
            created_at=now - timedelta(days=days), name=str(days), email="a@b.example", message="m", page="/"
        )
    for day in (14, 15):
        ContactPoint.objects.create(
            actor=PersonFactory(), phone=str(day), basis="carte", keep_until=date(2026, 3, day)
        )
    for hours in (25, 23):
        ThrottleCount.objects.create(key=str(hours), hour=now - timedelta(hours=hours), count=1)
    for minutes in (-1, 1):
        Session.objects.create(
            session_key=str(minutes), session_data="", expire_date=now + timedelta(minutes=minutes)
        )
    for days in (31, 29):
        attempt = AccessAttempt.objects.create(username=str(days), failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now - timedelta(days=days))
    for days in (366, 364):
        FollowedSearch.objects.create(
            email=f"{days}@example.org", criteria={"q": ["a"]}, label="a", site="https://a.example",
            confirmed_at=now - timedelta(days=400), last_sign_at=now - timedelta(days=days),
        )  # fmt: skip
        day = timezone.localdate() - timedelta(days=days)
        UnansweredSearch.objects.create(words=str(days), first_seen=day, last_seen=day)
        _what_bearers_left(now, days)
    for day in (14, 15):
        read = timezone.make_aware(datetime(2026, 3, day))  # noqa: DTZ001  # made aware here
        DrawingFactory(state="refused", reviewed_at=read, name=str(day))
        Roster.objects.create(workshop=WorkshopFactory(), state="confirmed", confirmed_at=read)
    assert set(purge_expired().values()) == {1}
    assert FollowedSearch.objects.get().email == "364@example.org"
    assert UnansweredSearch.objects.get().words == "364"
    assert BearerLink.objects.get().digest == "364"
    assert ParticipantLink.objects.get().digest == "364"
    assert ProposedFollowUp.objects.get().note == "364"
    assert Reminder.objects.get().prepared_on == timezone.localdate() - timedelta(days=364)
    assert {box.digest for box in Mailbox.objects.all()} == {"boîte 364", "stop", "rappel"}
    assert Drawing.objects.get().name == "15"
    assert timezone.localdate(Roster.objects.get().confirmed_at) == date(2026, 3, 15)
    assert ContactRequest.objects.get().email == "364@example.org"
    assert CorrectionRequest.objects.get().name == "364"
    assert ContactPoint.objects.get().phone == "15"
    assert ThrottleCount.objects.get().key == "23"
    assert Session.objects.get().session_key == "1"
    assert AccessAttempt.objects.get().username == "29"
    assert set(purge_expired().values()) == {0}


def _what_bearers_left(now, days: int) -> None:
    day = timezone.localdate() - timedelta(days=days)
    recommendation, actor = RecommendationFactory(), OrganisationFactory()
    BearerLink.objects.create(digest=str(days), actor=actor, expires_at=now + timedelta(days=365 - days))
    ParticipantLink.objects.create(
        digest=str(days), person=PersonFactory(), expires_at=now + timedelta(days=365 - days)
    )
    ProposedFollowUp.objects.create(
        recommendation=recommendation, actor=actor, note=str(days), said_at=now - timedelta(days=days)
    )
    Mailbox.objects.create(digest=f"boîte {days}", last_written_on=day)
    mailbox = Mailbox.objects.get_or_create(digest="rappel", defaults={"stopped_on": day})[0]
    Mailbox.objects.get_or_create(digest="stop", defaults={"stopped_on": day})
    reminder = Reminder.objects.create(
        mailbox=mailbox, prepared_on=day, state="dropped" if days > 365 else "prepared"
    )
    point = ContactPoint.objects.filter(keep_until__gte=timezone.localdate()).first()
    if days < 365:
        ReminderLine.objects.create(reminder=reminder, recommendation=recommendation, contact_point=point)


@travel("2024-02-29T12:00:00Z", tick=False)
def test_on_a_day_that_last_year_had_not(capsys):
    ContactRequestFactory(created_at=timezone.now() - timedelta(days=367))
    call_command("purge_expired")
    assert "demandes de mise en relation\u00a0: 1" in capsys.readouterr().out


@travel(NOW, tick=False)
def test_a_drawing_that_nobody_reads_goes_after_thirty_days_and_one_that_was_not_sent_the_next_day():
    def closed(days: float):
        closes_at = timezone.now() - timedelta(days=days)
        return CollectionFactory(opened_at=closes_at - timedelta(hours=3), closes_at=closes_at)

    for days in (31, 29):
        DrawingFactory(collection=closed(days), name=f"envoyé {days}")
    for days in (1, 0.1):
        DrawingFactory(collection=closed(days), state="draft", sent_at=None, name=f"en cours {days}")
    assert purge_expired()["dessins de participants"] == 2
    assert {drawing.name for drawing in Drawing.objects.all()} == {"envoyé 29", "en cours 0.1"}
