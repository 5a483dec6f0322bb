"""Asking a bearer where things stand: the link, and the e-mail that carries it."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from actors.letters import mail_is_set
from actors.models import Actor, ContactPoint

from .. import letters
from ..models import BearerLink
from .mailboxes import mailbox_of, note_written

logger = logging.getLogger(__name__)
LASTING = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """The link made, its address (known now and never again), and to how many addresses it left."""

    link: BearerLink
    url: str
    sent: int


def ask_bearer(*, actor: Actor, by: Any, site: str, points: Iterable[ContactPoint] = ()) -> Asked:
    """Makes a link for `actor` and sends it to the addresses of `points` that still hold and did not say stop.

    The link stands even where no e-mail could leave: the animator then passes it on. Raises PermissionDenied for a user
    who is not staff.
    """
    if not (by.is_active and by.is_staff):
        raise PermissionDenied
    link, token = BearerLink.issue(lasting=LASTING, actor=actor, created_by=by)
    url = letters.address_of(link, token, site=site)
    today = timezone.localdate()
    emails = sorted({point.email.lower() for point in points if point.email and point.keep_until >= today})
    sent = 0
    for email in emails if mail_is_set() else ():
        mailbox = mailbox_of(email)
        if mailbox.stopped_on:
            continue
        try:
            sent += letters.ask_where_it_stands(actor, url, email, link=link)
        except OSError as error:  # smtplib's errors are OSErrors; their text may hold the address
            logger.error("bearer link %s: no e-mail left (%s)", link.pk, type(error).__name__)
        else:
            note_written(mailbox)
    return Asked(link, url, sent)


def revoke_links(*, actor: Actor, by: Any) -> int:
    """Closes every open link of `actor`; returns how many. Raises PermissionDenied for a user who is not staff."""
    if not (by.is_active and by.is_staff):
        raise PermissionDenied
    return BearerLink.objects.filter(actor=actor).revoke()
