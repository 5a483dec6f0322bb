"""Reminders to those who bear recommendations: prepared, read by an animator, sent; one a month at most."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.letters import mail_is_set
from actors.models import Actor, ContactPoint

from .. import letters
from ..models import (
    BearerLink,
    Bearing,
    Mailbox,
    Progress,
    Recommendation,
    Reminder,
    ReminderLine,
    ReminderState,
)
from .asking import LASTING
from .mailboxes import mailbox_of, stop_token

logger = logging.getLogger(__name__)
SILENT_FOR = timedelta(days=90)  # whoever spoke less than three months ago is left in peace
NOT_MORE_THAN_EVERY = timedelta(days=31)
_LOCK = 5_270_012  # of PostgreSQL’s advisory locks: any number that nothing else takes


@dataclass
class Sending:
    """How many messages left, how many waited for their month, and how many the mail server refused."""

    sent: int = 0
    too_soon: int = 0
    failed: int = 0


def silent_recommendations(today: date):
    """Published ones that somebody bears or is thought to bear, not over, and of which nothing was said lately."""
    borne = Recommendation.objects.published().with_state().filter(bearer_id__isnull=False)
    going_on = borne.filter(bearing__in=[Bearing.PROPOSED, Bearing.ACCEPTED]).exclude(
        progress__in=[Progress.DONE, Progress.DROPPED]
    )
    return going_on.filter(last_said_on__lt=today - SILENT_FOR)


@transaction.atomic
def prepare(*, today: date | None = None) -> int:
    """Lists who should be asked, one message an address, for the animators to read. Nothing is sent.

    Prepared again, a list is brought up to date: what was told meanwhile goes, a line that was dropped stays so.
    Returns how many messages wait to be read.
    """
    today = today or timezone.localdate()
    with connection.cursor() as cursor:
        # One at a time: of two schedulers at once, the second finds what the first listed.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    wanted = _wanted(today)
    _forget(wanted)
    lines: dict[str, list[tuple[Recommendation, ContactPoint]]] = defaultdict(list)
    for recommendation, point in wanted:
        lines[point.email.strip().lower()].append((recommendation, point))
    for email, asked in sorted(lines.items()):
        mailbox = mailbox_of(email)
        if not (mailbox.stopped_on or _written_lately(mailbox, today) or _dropped_lately(mailbox, today)):
            _list(mailbox, asked)
    Reminder.objects.open().filter(lines=None).delete()
    return Reminder.objects.filter(state=ReminderState.PREPARED).count()


def _wanted(today: date) -> list[tuple[Recommendation, ContactPoint]]:
    silent = list(silent_recommendations(today).order_by("workshop", "position", "id"))
    points: dict[int, list[ContactPoint]] = defaultdict(list)
    bearers = {recommendation.bearer_id for recommendation in silent}
    valid = ContactPoint.objects.filter(actor__in=bearers, keep_until__gte=today).exclude(email="")
    for point in valid.order_by("pk"):
        points[point.actor_id].append(point)
    return [(each, point) for each in silent for point in points[each.bearer_id]]


def _forget(wanted: list[tuple[Recommendation, ContactPoint]]) -> None:
    """Lines of unsent messages that there is no reason for any more."""
    keep = Q(pk__in=[])
    for recommendation, point in wanted:
        keep |= Q(recommendation=recommendation, contact_point=point)
    ReminderLine.objects.filter(reminder__in=Reminder.objects.open()).exclude(keep).delete()


def _written_lately(mailbox: Mailbox, today: date) -> bool:
    last = mailbox.last_written_on
    return last is not None and today - last < NOT_MORE_THAN_EVERY


def _dropped_lately(mailbox: Mailbox, today: date) -> bool:
    """What an animator put aside is not proposed again the next day."""
    dropped = Reminder.objects.filter(mailbox=mailbox, state=ReminderState.DROPPED)
    return dropped.filter(decided_on__gt=today - NOT_MORE_THAN_EVERY).exists()


def _list(mailbox: Mailbox, asked: list[tuple[Recommendation, ContactPoint]]) -> None:
    reminder = Reminder.objects.open().filter(mailbox=mailbox).first()
    if reminder is None:
        reminder = Reminder.objects.create(mailbox=mailbox)
    elif reminder.state == ReminderState.APPROVED:
        return  # nothing is added to what an animator has read
    for recommendation, point in asked:
        ReminderLine.objects.get_or_create(
            reminder=reminder, recommendation=recommendation, contact_point=point
        )


@transaction.atomic
def approve(*, reminder: Reminder, lines: Iterable[int], by: Any, site: str) -> ReminderState | None:
    """« Envoyer »: the message may leave, with the lines of these keys; the others are dropped.

    Without a line left, the whole message is dropped. Returns what it is now; None when it was decided already, and
    left or was dropped. `site`: its address with its scheme, for the links. Raises PermissionDenied for a user who is
    not staff.
    """
    if not (by.is_active and by.is_staff):
        raise PermissionDenied
    row = Reminder.objects.open().select_for_update().filter(pk=reminder.pk).first()
    if row is None:
        return None
    kept = set(lines)
    row.lines.exclude(pk__in=kept).update(is_dropped=True)
    row.lines.filter(pk__in=kept).update(is_dropped=False)
    leaves = row.lines.filter(is_dropped=False).exists()
    row.state = ReminderState.APPROVED if leaves else ReminderState.DROPPED
    row.decided_on, row.site = timezone.localdate(), site.rstrip("/")
    row.save(update_fields=["state", "decided_on", "site"])
    return ReminderState(row.state)


def send_approved(*, only: Reminder | None = None, today: date | None = None) -> Sending:
    """Sends what animators approved. Two runs at once send once; what the mail server refused goes next time."""
    today, done = today or timezone.localdate(), Sending()
    if not mail_is_set():
        return done
    rows = Reminder.objects.filter(state=ReminderState.APPROVED)
    keys = [only.pk] if only else rows.order_by("pk").values_list("pk", flat=True)
    for key in keys:
        try:
            with transaction.atomic():
                _send_one(key, today, done)
        except OSError as error:  # smtplib's errors are OSErrors; their text may hold the address
            done.failed += 1
            logger.error("reminder %s: no e-mail left (%s)", key, type(error).__name__)
        except IntegrityError:  # reminder_once_a_month: one left this month already
            done.too_soon += 1
    return done


def _send_one(key: int, today: date, done: Sending) -> None:
    # The mailbox first: whatever writes to an address waits here for whoever is writing to it.
    mailbox = Mailbox.objects.select_for_update(of=("self",)).filter(reminders=key).first()
    reminder = Reminder.objects.select_for_update().filter(pk=key, state=ReminderState.APPROVED).first()
    if mailbox is None or reminder is None or mailbox.stopped_on:
        return
    if _written_lately(mailbox, today):
        done.too_soon += 1
        return
    asked, email = _asked(reminder, today)
    if not asked:
        Reminder.objects.filter(pk=key).update(state=ReminderState.DROPPED, decided_on=today)
        return
    Reminder.objects.filter(pk=key).update(
        state=ReminderState.SENT, sent_on=today, month=today.replace(day=1)
    )
    Mailbox.objects.filter(pk=mailbox.pk).update(last_written_on=today)
    stop_url = reminder.site + reverse("reminders_stop", kwargs={"token": stop_token(mailbox)})
    # Within the transaction, and last: a letter that does not leave is written again next time.
    done.sent += letters.remind(mailbox, asked, email, stop_url=stop_url)


def _asked(reminder: Reminder, today: date) -> tuple[list[letters.Question], str]:
    """What is still worth asking today, by actor, each with its own link; and the address."""
    lines = reminder.lines.filter(is_dropped=False, contact_point__keep_until__gte=today)
    silent = {row.pk: row for row in silent_recommendations(today).filter(reminder_lines__in=lines)}
    by_actor: dict[Actor, list[Recommendation]] = defaultdict(list)
    email = ""
    for line in lines.select_related("contact_point__actor").order_by("pk"):
        recommendation, actor = silent.get(line.recommendation_id), line.contact_point.actor
        if recommendation and recommendation.bearer_id == actor.pk:
            email = line.contact_point.email
            by_actor[actor].append(recommendation)
    asked = []
    for actor, recommendations in by_actor.items():
        link, token = BearerLink.issue(lasting=LASTING, actor=actor)
        asked.append(
            letters.Question(actor, recommendations, letters.address_of(link, token, site=reminder.site))
        )
    return asked, email
