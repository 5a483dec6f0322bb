"""Erasing what was promised to be erased."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actors.models import ContactPoint, ContactRequest, CorrectionRequest
from ecosystems.models import Drawing
from foundations.models import ThrottleCount
from workshops.models import BearerLink, Mailbox, ProposedFollowUp, Reminder, Roster

from ..models import FollowedSearch, ParticipantLink, UnansweredSearch

# Requests are kept twelve months, as the pages say to whoever writes.
COUNTS_KEPT = timedelta(days=1)  # of no use after their hour
LOGINS_KEPT = timedelta(days=30)  # addresses of who failed to log in, long after the lock is lifted


@transaction.atomic
def purge_expired() -> dict[str, int]:
    """Erases what is past its date. Returns how many rows of each kind, named in French, went."""
    now, today = timezone.now(), timezone.localdate()
    year_ago = now.replace(year=now.year - 1, day=min(now.day, 28) if now.month == 2 else now.day)
    expired = {
        "demandes de mise en relation": ContactRequest.objects.filter(created_at__lt=year_ago),
        "propositions de correction": CorrectionRequest.objects.filter(created_at__lt=year_ago),
        "coordonnées privées": ContactPoint.objects.filter(keep_until__lt=today),
        "liens des porteurs": BearerLink.objects.expired(),
        "liens des participants": ParticipantLink.objects.expired(),
        "suites proposées": ProposedFollowUp.objects.filter(said_at__lt=year_ago),
        "rappels aux porteurs": Reminder.objects.filter(Q(prepared_on__lt=year_ago) | Q(lines=None)),
        "boîtes de rappels": _forgotten_mailboxes(year_ago),
        "listes de participants": Roster.objects.expired(now, today),
        "recherches suivies": FollowedSearch.objects.expired(now),
        "recherches sans réponse": UnansweredSearch.objects.filter(last_seen__lt=year_ago),
        "comptes de demandes": ThrottleCount.objects.filter(hour__lt=now - COUNTS_KEPT),
        "dessins de participants": Drawing.objects.expired(now),
        "sessions": Session.objects.filter(expire_date__lt=now),
        "connexions manquées": AccessAttempt.objects.filter(attempt_time__lt=now - LOGINS_KEPT),
    }
    return {name: rows.delete()[0] for name, rows in expired.items()}


def _forgotten_mailboxes(year_ago: datetime):
    """Not those that said stop: they stay known for that, and for nothing else."""
    silent = Q(last_written_on=None) | Q(last_written_on__lt=year_ago)
    return Mailbox.objects.filter(silent, stopped_on=None, reminders=None)
