"""A list of participants, from what was pasted to what is confirmed: read, corrected, dropped."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from actors.fingerprint import withdrawn_among

from ..models import AttendanceStatus, Roster, RosterLine, RosterState, Workshop
from ..roster import Entry

MOST_LINES = 400  # more than any workshop; a page with more would help nobody


class RosterChanged(Exception):
    """Someone else changed, confirmed or dropped the list since the page was shown."""


@transaction.atomic
def open_roster(*, workshop: Workshop, entries: Iterable[Entry], user: Any) -> Roster:
    """Keeps what was read of a list, to be checked; added to the open list of the workshop when there is one.

    The name of who asked to disappear is not kept: the line becomes that of an unnamed delegate. Raises
    ValidationError, and keeps nothing, where nobody was found or too many were.
    """
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    roster, _ = Roster.objects.get_or_create(workshop=workshop, state=RosterState.OPEN)
    found = list(entries)
    if not found:
        raise ValidationError("Aucun participant n’a été reconnu dans cette liste.")
    start = roster.lines.count()
    if start + len(found) > MOST_LINES:
        raise ValidationError(
            f"Cette liste a {start + len(found)} lignes\u00a0: {MOST_LINES} au plus, coupez-la en plusieurs."
        )
    gone = withdrawn_among(entry.person_name for entry in found if entry.person_name)
    RosterLine.objects.bulk_create(
        _line(roster, start + rank, entry, entry.person_name in gone) for rank, entry in enumerate(found, 1)
    )
    _touch(roster, user)
    return roster


def _line(roster: Roster, position: int, entry: Entry, is_gone: bool) -> RosterLine:
    listed = entry.affiliations or ((entry,) if entry.role or entry.organisation else ())
    capacities = [
        {
            "role": (each.role or "")[:250],
            "unit": (each.unit or "")[:250],
            "organisation": (each.organisation or "")[:250],
        }
        for each in listed
    ]
    line = RosterLine(
        roster=roster,
        position=position,
        person_name=(entry.person_name or "")[:250],
        status=entry.status if entry.status in AttendanceStatus.values else AttendanceStatus.UNKNOWN,
        session_role=(entry.session_role or "")[:120],
        capacities=capacities,
        alternatives=[other.as_dict() for other in entry.alternatives],
        is_sure=not entry.needs_review,
        listed_line=entry.source_line[:500],
        emails=[email for email in entry.private.emails if _is_email(email)],
        phones=[phone[:40] for phone in entry.private.phones],
    )
    if is_gone:
        line.person_name = line.listed_line = ""
        line.alternatives, line.emails, line.phones = [], [], []
    return line


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def locked(roster: Roster, version: int) -> Roster:
    """The open list, locked, as the page that shows `version` knew it. Raises `RosterChanged`."""
    row = Roster.objects.open().select_for_update(of=("self",)).filter(pk=roster.pk).first()
    if row is None or row.version != version:
        raise RosterChanged
    return row


def _touch(roster: Roster, user: Any) -> None:
    Roster.objects.filter(pk=roster.pk).update(
        version=F("version") + 1, updated_at=timezone.now(), updated_by=user
    )
    roster.refresh_from_db()


@transaction.atomic
def save_roster(
    *,
    roster: Roster,
    version: int,
    lines: Mapping[int, Mapping[str, Any]],
    organisations: Mapping[str, str],
    user: Any,
) -> Roster:
    """Keeps the corrections of the page: columns by key of line (those not named stay), and who organisations are.

    A line whose `removed` is true goes. Raises `RosterChanged`, and keeps nothing, where `version` is not the last.
    """
    row = locked(roster, version)
    rows = {line.pk: line for line in row.lines.all()}
    columns = ("person_name", "status", "session_role", "capacities", "is_sure", "choice", "alternatives")
    kept, removed = [], []
    for key, values in lines.items():
        line = rows.get(key)
        if line is None:
            continue
        if values.get("removed"):
            removed.append(key)
            continue
        for name in columns:
            setattr(line, name, values.get(name, getattr(line, name)))
        kept.append(line)
    RosterLine.objects.bulk_update(kept, columns)
    row.lines.filter(pk__in=removed).delete()
    row.organisations = {**row.organisations, **organisations}
    row.save(update_fields=["organisations"])
    _touch(row, user)
    return row


@transaction.atomic
def drop_roster(*, workshop: Workshop) -> None:
    """Forgets the list that was being checked. Dropping it twice is no error."""
    Roster.objects.open().filter(workshop=workshop).delete()
