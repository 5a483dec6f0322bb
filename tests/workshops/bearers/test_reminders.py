"""Reminders: listed before they go, grouped, at most one a month and an address, stopped in one click."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from time_machine import travel

from directory.actions.purging import purge_expired
from directory.actions.withdrawal import withdraw_person
from tests.factories import accounts
from tests.factories.actors import OrganisationFactory, PersonFactory
from tests.factories.workshops import FollowUpFactory
from tests.workshops.bearers.scenes import NOW, address, answer, bearer_of, borne, link_in
from workshops.actions import reminding
from workshops.models import Bearing, Mailbox, Progress, ProposedFollowUp, Reminder, ReminderLine

pytestmark = pytest.mark.django_db
LIST = reverse("admin:workshops_reminder_changelist")


@pytest.fixture(autouse=True)
def clock():
    with travel(NOW, tick=False) as traveller:
        yield traveller


def silent(actor=None, email="porteuse@example.org", **more):
    """A recommendation of which nothing was said for long, and an address of whoever bears it."""
    recommendation = borne(actor, **more)
    bearer = bearer_of(recommendation)
    if not bearer.contact_points.filter(email=email).exists():
        address(bearer, email)
    return recommendation


def press(step: str, row: Reminder | None = None, user=None, **data):
    row = row or Reminder.objects.latest("pk")
    lines = data.pop("lines", list(row.lines.values_list("pk", flat=True)))
    url = reverse("admin:workshops_reminder_change", args=[row.pk])
    client = accounts.client_of(user or accounts.animator())
    return client.post(url, {"step": step, "ligne": lines}, follow=True)


def send_one(recommendation=None) -> Reminder:
    recommendation or silent()
    reminding.prepare()
    press("send")
    return Reminder.objects.latest("pk")


def test_from_the_list_to_the_message_and_back(client):
    actor = OrganisationFactory(name="Le Collectif")
    recommendation = silent(actor, title="Tenir un forum")
    silent(actor, title="Former les élus", bearing=Bearing.PROPOSED)
    call_command("prepare_reminders")
    assert mail.outbox == []  # nothing leaves before an animator says so
    call_command("send_reminders")
    assert mail.outbox == []
    box = accounts.client_of(accounts.animator()).get(reverse("admin:index")).context["boxes"]
    assert next(b for b in box if "Rappels" in b["title"])["rows"][0]["title"] == "Le Collectif"
    page = press("send").content.decode()
    assert "1 message envoyé." in page
    [message] = mail.outbox
    assert message.to == ["porteuse@example.org"]
    assert "- Tenir un forum" in message.body  # one message for all
    assert "- Former les élus" in message.body
    assert "Le Collectif porte, ou pourrait porter" in message.body
    # Its link opens the page where the bearer answers.
    sent = client.post(link_in(message.body), answer(recommendation, progress="done"))
    assert sent.status_code == 302
    assert ProposedFollowUp.objects.get().actor.name == "Le Collectif"


def test_a_line_can_be_dropped():
    actor = OrganisationFactory()
    silent(actor, title="Celle-ci")
    dropped = silent(actor, title="Pas celle-là")
    reminding.prepare()
    press(
        "send", lines=list(ReminderLine.objects.exclude(recommendation=dropped).values_list("pk", flat=True))
    )
    assert "Celle-ci" in mail.outbox[0].body
    assert "Pas celle-là" not in mail.outbox[0].body


def test_a_message_can_be_dropped_and_does_not_come_back_the_next_day(clock):
    silent()
    reminding.prepare()
    assert "1 message écarté." in press("drop").content.decode()
    assert mail.outbox == []
    clock.shift(timedelta(days=1))
    assert reminding.prepare() == 0
    clock.shift(timedelta(days=31))
    assert reminding.prepare() == 1


def test_two_animators_decide_once():
    silent()
    reminding.prepare()
    row = Reminder.objects.get()
    press("send", row)
    assert "1 message déjà décidé par quelqu’un d’autre." in press("drop", row).content.decode()
    row.refresh_from_db()
    assert row.state == "sent"
    assert len(mail.outbox) == 1


def test_once_a_month_whatever_is_pressed(clock):
    send_one()
    for days in (0, 1, 29):
        clock.shift(timedelta(days=days))
        assert reminding.prepare() == 0
    assert len(mail.outbox) == 1
    clock.shift(timedelta(days=2))
    assert reminding.prepare() == 1
    press("send")
    assert len(mail.outbox) == 2


def test_two_actors_of_one_address_get_one_message():
    for name in ("Une chaire", "Son directeur"):
        silent(
            OrganisationFactory(name=name), "Commune@Example.org" if name[0] == "U" else "commune@example.org"
        )
    assert reminding.prepare() == 1
    press("send")
    [message] = mail.outbox
    assert "Une chaire" in message.body
    assert "Son directeur" in message.body
    assert len(set(re.findall(r"/ou-en-est-on/\S+", message.body))) == 2


def test_a_message_that_was_approved_waits_for_its_month():
    """The lock of the mailbox decides, even where a message was approved by other ways."""
    silent()
    reminding.prepare()
    Mailbox.objects.update(last_written_on=date(2026, 2, 20))
    assert "à envoyer dans un mois" in press("send").content.decode()
    assert mail.outbox == []
    assert Reminder.objects.get().state == "approved"


def test_the_database_refuses_a_second_in_the_month():
    row = send_one()
    with pytest.raises(IntegrityError, match="reminder_once_a_month"), transaction.atomic():
        Reminder.objects.create(
            mailbox=row.mailbox, state="sent", sent_on=date(2026, 3, 20), month=date(2026, 3, 1)
        )
    Reminder.objects.create(mailbox=row.mailbox)
    with pytest.raises(IntegrityError, match="reminder_one_at_a_time"), transaction.atomic():
        Reminder.objects.create(mailbox=row.mailbox)


@pytest.mark.parametrize(
    "what", ["spoke lately", "done", "dropped", "nobody", "no address", "address past its day", "draft"]
)
def test_who_is_left_in_peace(what):
    recommendation = borne(said_on=date(2026, 1, 15) if what == "spoke lately" else date(2025, 1, 10))
    bearer = bearer_of(recommendation)
    if what in {"done", "dropped"}:
        FollowUpFactory(recommendation=recommendation, progress=Progress(what), said_on=date(2025, 2, 1))
    elif what == "nobody":
        FollowUpFactory(recommendation=recommendation, bearing=Bearing.NOBODY, said_on=date(2025, 2, 1))
    elif what == "draft":
        type(recommendation.workshop).objects.update(state="draft")
    if what != "no address":
        address(bearer, keep_until=date(2026, 3, 1) if what == "address past its day" else date(2027, 1, 1))
    assert reminding.prepare() == 0


def test_prepared_again_the_list_is_up_to_date():
    actor = OrganisationFactory()
    kept, told = silent(actor), silent(actor)
    for _ in range(2):
        assert reminding.prepare() == 1
    assert ReminderLine.objects.count() == 2
    FollowUpFactory(recommendation=told, progress=Progress.DONE, said_on=date(2026, 3, 1))
    reminding.prepare()
    assert [line.recommendation for line in ReminderLine.objects.all()] == [kept]
    FollowUpFactory(recommendation=kept, progress=Progress.DONE, said_on=date(2026, 3, 1))
    assert reminding.prepare() == 0
    assert not Reminder.objects.exists()


def test_what_was_told_since_it_was_listed_is_not_asked():
    recommendation = silent()
    reminding.prepare()
    FollowUpFactory(recommendation=recommendation, progress=Progress.DONE, said_on=date(2026, 3, 1))
    press("send")
    assert mail.outbox == []
    assert Reminder.objects.get().state == "dropped"


def test_stopped_in_one_click_and_resumed(client, clock):
    send_one()
    [message] = mail.outbox
    stop = re.search(r"http://testserver(/rappels/\S+/arret/)", message.body)[1]
    assert message.extra_headers["List-Unsubscribe"] == f"<http://testserver{stop}>"
    page = client.get(stop)
    assert page["Referrer-Policy"] == "no-referrer"
    assert "Ne plus recevoir de rappels</button>" in page.content.decode()
    assert Mailbox.objects.get().stopped_on is None  # a GET writes nothing
    # As a mail server does: no cookie, no token of a form.
    sent = Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"})
    assert "Vous ne recevrez plus de rappels" in sent.content.decode()
    clock.shift(timedelta(days=40))
    assert reminding.prepare() == 0
    client.post(stop, {"reprendre": "1"})
    assert reminding.prepare() == 1
    client.post(stop)
    assert Reminder.objects.latest("pk").state == "dropped"  # what was about to leave does not


def test_stopping_holds_for_the_address_entered_anew(client, clock):
    send_one()
    client.post(re.search(r"http://testserver(/rappels/\S+/arret/)", mail.outbox[0].body)[1])
    actor = bearer_of(ReminderLine.objects.get().recommendation)
    actor.contact_points.all().delete()
    address(actor, "PORTEUSE@example.org")
    clock.shift(timedelta(days=40))
    assert reminding.prepare() == 0


@pytest.mark.parametrize("token", ["1~abc", "abc", "1", "~", "9" * 300])
def test_a_stop_that_nobody_signed(client, token):
    send_one()
    assert client.post(f"/rappels/{token}/arret/").status_code == 404
    assert Mailbox.objects.get().stopped_on is None


def test_a_mail_server_that_is_down_loses_nothing(monkeypatch, caplog):
    silent()
    reminding.prepare()

    def refuse(*_):
        raise ConnectionRefusedError("porteuse@example.org")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refuse)
        assert "pas encore parti" in press("send").content.decode()
    assert "porteuse" not in caplog.text
    assert Mailbox.objects.get().last_written_on is None
    call_command("send_reminders")
    assert len(mail.outbox) == 1
    call_command("send_reminders")
    assert len(mail.outbox) == 1


def test_an_animator_sends_the_lines_of_their_ecosystems_alone():
    here, there = accounts.ecosystem(), accounts.ecosystem()
    actor = OrganisationFactory()
    mine, theirs = silent(actor, title="La mienne"), silent(actor, title="La leur")
    here.workshops.add(mine.workshop)
    there.workshops.add(theirs.workshop)
    reminding.prepare()
    row = Reminder.objects.get()
    url = reverse("admin:workshops_reminder_change", args=[row.pk])
    animator = accounts.animator(here)
    page = accounts.client_of(animator).get(url).content.decode()
    assert "La mienne" in page
    assert "La leur" not in page
    listed = accounts.client_of(animator).get(LIST).content.decode()
    assert "La mienne" in listed
    assert "La leur" not in listed
    assert accounts.client_of(accounts.reviewer(here)).get(url).status_code in {403, 404}
    assert accounts.client_of(accounts.animator(accounts.ecosystem())).get(url).status_code == 404
    press("send", user=animator)
    assert "La mienne" in mail.outbox[0].body
    assert "La leur" not in mail.outbox[0].body


def test_several_at_once_from_the_list():
    silent(email="une@example.org")
    silent(email="deux@example.org")
    reminding.prepare()
    data = {"action": "send_all", "_selected_action": list(Reminder.objects.values_list("pk", flat=True))}
    page = accounts.client_of(accounts.animator()).post(LIST, data, follow=True).content.decode()
    assert "2 messages envoyés." in page
    assert {message.to[0] for message in mail.outbox} == {"une@example.org", "deux@example.org"}


def test_whoever_withdraws_is_written_to_no_more():
    person = PersonFactory(name="Camille Retirée", family_name="Retirée")
    silent(person, "camille@example.org")
    reminding.prepare()
    withdraw_person(person=person)
    assert not ReminderLine.objects.exists()
    assert reminding.prepare() == 0
    call_command("send_reminders")
    assert mail.outbox == []


def test_purged(clock):
    send_one()
    Mailbox.objects.create(digest="stopped", stopped_on=date(2026, 1, 1))
    Mailbox.objects.create(digest="idle")
    purged = purge_expired()
    assert (purged["rappels aux porteurs"], purged["boîtes de rappels"], purged["liens des porteurs"]) == (
        0,
        1,
        0,
    )
    clock.shift(timedelta(days=61))
    assert purge_expired()["liens des porteurs"] == 1
    clock.shift(timedelta(days=320))
    purge_expired()
    assert not Reminder.objects.exists()
    assert list(Mailbox.objects.values_list("digest", flat=True)) == ["stopped"]


def test_list_queries(assert_constant_queries):
    client = accounts.client_of(accounts.administrator())
    count = iter(range(9))

    def add():
        silent(email=f"n{next(count)}@example.org")
        reminding.prepare()

    assert_constant_queries(LIST, add, client)
