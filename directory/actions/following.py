"""Following a search by e-mail: asked for, confirmed, written to at most once a week, stopped, erased."""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from .. import letters
from ..models import FollowedSearch
from ..search.criteria import answering_ids, criteria_of, in_words
from ..search.query import Search

logger = logging.getLogger(__name__)
MOST_A_PERSON = 20  # searches followed by one address


class CannotFollow(Exception):
    """Why a search cannot be followed, in French."""


def why_not(search: Search) -> str:
    """Empty when `search` may be followed."""
    if not criteria_of(search.data):
        return "Dites d’abord ce que vous cherchez : un mot, un lieu ou un filtre."
    if search.is_full:
        return "Trop d’acteurs répondent à cette recherche pour la suivre : précisez-la d’abord."
    return ""


def follow(*, data: QueryDict, email: str, site: str) -> None:
    """Keeps the search and sends the link that confirms it; nothing more is sent until then.

    Who follows already gets their link again: the page says the same to everyone, so that nobody learns who follows.
    """
    search = Search(data)
    if reason := why_not(search):
        raise CannotFollow(reason)
    address, criteria = email.strip().lower(), criteria_of(data)
    with transaction.atomic():
        theirs = FollowedSearch.objects.filter(email=address)
        if theirs.exclude(criteria=criteria).count() >= MOST_A_PERSON:
            return
        # Two clicks at once make one row: the constraint decides.
        row, _ = FollowedSearch.objects.get_or_create(
            email=address, criteria=criteria, defaults={"label": in_words(search), "site": site.rstrip("/")}
        )
        transaction.on_commit(partial(_attempt_confirmation, row))


@transaction.atomic
def confirm(*, token: str) -> FollowedSearch:
    """The address is its owner's: from now on, new answers are sent. Confirming again is a sign of life."""
    row = FollowedSearch.objects.select_for_update().get(token=token)
    row.last_sign_at = timezone.now()
    if row.confirmed_at is None:
        row.confirmed_at = row.last_sign_at
        row.known_ids = answering_ids(Search(row.query))
    row.save(update_fields=["last_sign_at", "confirmed_at", "known_ids"])
    return row


def stop(*, token: str) -> bool:
    """Erases the address and all that went with it. Returns whether there was something to erase."""
    return bool(FollowedSearch.objects.filter(token=token).delete()[0])


@dataclass
class Sending:
    """How many letters left, how many searches had nothing new, and how many letters the mail server refused."""

    sent: int = 0
    nothing_new: int = 0
    failed: int = 0


def send_due(*, now: datetime | None = None) -> Sending:
    """Writes to whoever has new answers and was not written to for a week. Two runs at once write once."""
    now = now or timezone.now()
    done = Sending()
    for key in FollowedSearch.objects.due(now).order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                _send_one(key, now, done)
        except OSError as error:  # smtplib's errors are OSErrors; their text may hold the address
            done.failed += 1
            logger.error("followed search %s: no e-mail left (%s)", key, type(error).__name__)
    return done


def _send_one(key: int, now: datetime, done: Sending) -> None:
    row = FollowedSearch.objects.due(now).select_for_update(skip_locked=True).filter(pk=key).first()
    if row is None:
        return
    ids = answering_ids(Search(row.query))
    new = set(ids) - set(row.known_ids)
    if not new:
        done.nothing_new += 1
    if new:
        row.last_sent_at = now
    row.known_ids = ids
    row.save(update_fields=["known_ids", "last_sent_at"])
    if new:
        # Within the transaction: a letter that does not leave is written again next time.
        letters.tell_new_answers(row, new)
        done.sent += 1


def _attempt_confirmation(row: FollowedSearch) -> None:
    try:
        letters.ask_to_confirm(row)
    except OSError as error:
        logger.error("followed search %s: no e-mail left (%s)", row.pk, type(error).__name__)
