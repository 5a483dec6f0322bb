"""Knowing an address again without keeping it: when it was last written to, whether its owner said stop."""

import hashlib
import hmac

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from ..models import Mailbox, Reminder, ReminderState

_STOP = signing.Signer(salt="workshops.reminders.stop", sep="~")


def mailbox_of(email: str) -> Mailbox:
    """The mailbox of an address, made if need be. Case does not count: no two people differ by it.

    The key is WITHDRAWAL_KEY, which never changes: whoever said stop stays known when SECRET_KEY is renewed.
    """
    words = f"mailbox|{email.strip().lower()}".encode()
    digest = hmac.new(settings.WITHDRAWAL_KEY.encode(), words, hashlib.sha256).hexdigest()
    return Mailbox.objects.get_or_create(digest=digest)[0]


def note_written(mailbox: Mailbox) -> None:
    """That a message left for it today: no reminder follows within a month."""
    Mailbox.objects.filter(pk=mailbox.pk).update(last_written_on=timezone.localdate())


def stop_token(mailbox: Mailbox) -> str:
    """What the link « ne plus recevoir » carries: it opens that page and nothing else, and does not expire."""
    return _STOP.sign(str(mailbox.pk))


def mailbox_to_stop(token: str) -> Mailbox | None:
    """The mailbox whose link it is; None for a forged one."""
    try:
        key = _STOP.unsign(token)
    except signing.BadSignature:
        return None
    return Mailbox.objects.filter(pk=key).first() if key.isdigit() else None


@transaction.atomic
def stop(*, mailbox: Mailbox) -> None:
    """No more reminders; those that were about to leave are dropped."""
    Mailbox.objects.filter(pk=mailbox.pk, stopped_on=None).update(stopped_on=timezone.localdate())
    waiting = Reminder.objects.open().filter(mailbox=mailbox)
    waiting.update(state=ReminderState.DROPPED, decided_on=timezone.localdate())


def resume(*, mailbox: Mailbox) -> None:
    """They changed their mind."""
    Mailbox.objects.filter(pk=mailbox.pk).update(stopped_on=None)
