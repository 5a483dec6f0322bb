"""A checked list becomes attendances, with the people, organisations and functions it names; all, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from actors.actions.actors import record_organisation, record_person
from actors.actions.identity import remember
from actors.actions.record import Outcome, Tally, record
from actors.models import Actor, ContactPoint, Kind, Membership, Merge, PublicationBasis
from foundations.models import State
from foundations.text import sort_key
from foundations.typography import day_in_words

from ..entering import ensure_source, next_number
from ..models import Attendance, AttendanceStatus, Roster, RosterLine, RosterState, Workshop
from ..reading.roster import answer, matches_of, unresolved
from ..reading.words import count_of
from ..roster import family_name
from .made import Made
from .rosters import locked

CONTACTS_KEPT = 365  # days; as long as visitors' requests


class Publication(models.TextChoices):
    """What becomes public of those whom the directory did not know yet."""

    NOTHING = "nothing", "Rien\u00a0: les nouvelles fiches restent en brouillon"
    ORGANISATIONS = "organisations", "Les organisations\u00a0; les personnes sont comptées, sans leur nom"
    EVERYONE = "everyone", "Les organisations et les personnes\u00a0: un compte rendu public les nomme"


@dataclass
class Confirmed:
    """How many of each were written; `nameless`: people who asked to disappear, counted without a name."""

    attendances: int = 0
    updated: int = 0
    people: int = 0
    organisations: int = 0
    nameless: int = 0


@dataclass
class _Writing:
    """What one confirmation needs throughout."""

    workshop: Workshop
    publication: str
    by: Any
    keep_contacts: bool
    bodies: dict[str, Actor] = field(default_factory=dict)
    done: Confirmed = field(default_factory=Confirmed)
    made: Made = field(default_factory=Made)

    def __post_init__(self):
        self.source = ensure_source(self.workshop)


@transaction.atomic
def confirm_roster(
    *, roster: Roster, version: int, publication: str, keep_contacts: bool = False, by: Any
) -> Confirmed:
    """Writes what the list says of `roster.workshop`, and remembers who is who for the next list.

    `keep_contacts`: keeps e-mails and telephones for the animators, a year; otherwise they go with the list. Raises
    `RosterChanged` where `version` is not the last, ValidationError where something is still to be decided; then
    nothing is written.
    """
    row = locked(roster, version)
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=row.workshop_id)
    lines = list(row.lines.order_by("position"))
    matches = matches_of(row, lines)
    if todo := unresolved(row, lines, matches):
        raise ValidationError(_to_see(todo))
    writing = _Writing(workshop, publication, by, keep_contacts)
    _organisations(writing, row, matches.organisations)
    for line, match in zip(lines, matches.people, strict=True):
        _attend(writing, line, match)
    row.state, row.confirmed_at, row.updated_by = RosterState.CONFIRMED, timezone.now(), by
    row.made = writing.made.as_json()
    row.save()
    return writing.done


def _to_see(todo: list[str]) -> str:
    more = count_of(len(todo) - 1, "autre point", "autres points")
    return f"{todo[0]} Et {more} à voir." if todo[1:] else todo[0]


def _organisations(writing: _Writing, roster: Roster, matches) -> None:
    """The actor of each name in the list: the one chosen, or a new one."""
    for key, known in matches.items():
        actor = _chosen(answer(roster.organisations.get(key, ""), known), Kind.ORGANISATION)
        if actor is None:
            state = State.DRAFT if writing.publication == Publication.NOTHING else State.PUBLISHED
            actor = record_organisation(name=known.wanted.name, state=state)
            writing.made.created(actor)
            writing.done.organisations += 1
        writing.bodies[key] = actor
        _remember(known, actor, writing.by)


def _chosen(choice: str, kind: str) -> Actor | None:
    """The actor whose key was chosen, None for « new ». Raises ValidationError for one that is no more."""
    if choice == "new":
        return None
    standing = Actor.objects.filter(kind=kind).exclude(pk__in=Merge.objects.standing().values("absorbed"))
    actor = standing.filter(pk=choice).first() if choice.isdecimal() else None
    if actor is None:
        raise ValidationError("Une fiche choisie n’existe plus\u00a0: enregistrez la liste pour la revoir.")
    return actor


def _remember(known, actor: Actor, by: Any) -> None:
    others = [candidate.actor for candidate in known.match.candidates if candidate.actor.pk != actor.pk]
    if others or sort_key(actor.name) != sort_key(known.wanted.name):
        remember(wanted=known.wanted, is_actor=actor, is_not=others, by=by)


def _attend(writing: _Writing, line: RosterLine, known) -> None:
    person = _person(writing, line, known) if line.person_name else None
    held = []
    for capacity in line.capacities:
        body = writing.bodies.get(sort_key(capacity["organisation"]))
        if person and body and body.pk != person.pk:
            held.append(_membership(writing, person, body, capacity))
    bodies = [writing.bodies.get(sort_key(capacity["organisation"])) for capacity in line.capacities]
    delegate_of = None if person else next(filter(None, bodies), None)
    if person is None and delegate_of is None:
        return  # someone who asked to disappear, and of no organisation: nothing is left to say
    _attendance(writing, line, person, delegate_of, held)


def _person(writing: _Writing, line: RosterLine, known) -> Actor | None:
    person = _chosen(answer(line.choice, known), Kind.PERSON)
    if person is None:
        named = writing.publication == Publication.EVERYONE
        basis = (
            {
                "publication_basis": PublicationBasis.PUBLIC_REPORT,
                "publication_basis_on": writing.source.date or timezone.localdate(),
                "state": State.PUBLISHED,
            }
            if named
            else {}
        )
        person = record_person(name=line.person_name, family_name=family_name(line.person_name), **basis)
        if person is None:
            writing.done.nameless += 1
            return None
        writing.made.created(person)
        writing.done.people += 1
    _remember(known, person, writing.by)
    if writing.keep_contacts:
        _keep_contacts(writing, line, person)
    return person


def _membership(writing: _Writing, person: Actor, body: Actor, capacity: dict) -> Membership:
    tally = Tally()
    held = record(
        Membership,
        member=person,
        organisation=body,
        role=capacity["role"],
        unit=capacity["unit"],
        source=writing.source,
        tally=tally,
    )
    if tally.last is Outcome.CREATED:
        writing.made.created(held)
    return held


def _attendance(
    writing: _Writing,
    line: RosterLine,
    person: Actor | None,
    delegate_of: Actor | None,
    held: list[Membership],
) -> None:
    known = writing.workshop.attendances.filter(person=person).first() if person else None
    attendance = known or Attendance(
        workshop=writing.workshop,
        person=person,
        delegate_of=delegate_of,
        source=writing.source,
        position=next_number(writing.workshop.attendances, "position"),
    )
    before = writing.made.snapshot(attendance) if known else None
    if not known or line.status != AttendanceStatus.UNKNOWN:
        attendance.status = line.status
    attendance.session_role = line.session_role or attendance.session_role
    attendance.listed_line = "" if line.person_name and not person else line.listed_line
    attendance.listed_role = ", ".join(filter(None, (each["role"] for each in line.capacities)))[:300]
    attendance.save()
    added = [one for one in held if one not in attendance.capacities.all()] if held else []
    attendance.capacities.add(*added)
    if known:
        writing.made.updated(attendance, before, [one.pk for one in added])
        writing.done.updated += 1
    else:
        writing.made.created(attendance)
        writing.done.attendances += 1


def _keep_contacts(writing: _Writing, line: RosterLine, person: Actor) -> None:
    said_on = writing.workshop.date
    basis = f"liste de présence de l’atelier du {day_in_words(said_on)}"
    until = date.fromordinal(timezone.localdate().toordinal() + CONTACTS_KEPT)
    for email, phone in _paired(line.emails, line.phones):
        if not person.contact_points.filter(email=email, phone=phone).exists():
            kept = ContactPoint.objects.create(
                actor=person, email=email, phone=phone, basis=basis, keep_until=until
            )
            writing.made.created(kept)


def _paired(emails: list[str], phones: list[str]) -> Iterable[tuple[str, str]]:
    for rank in range(max(len(emails), len(phones))):
        yield (emails[rank] if rank < len(emails) else "", phones[rank] if rank < len(phones) else "")


@transaction.atomic
def undo_roster(*, roster: Roster) -> None:
    """Takes back what the confirmation wrote, the day it was; the list is open again, as it was checked.

    Raises ValidationError where the day is past, another list is being checked, or someone built on what was written.
    """
    # The list, then its workshop: in the order of a confirmation, or each would wait for the other.
    row = Roster.objects.select_for_update(of=("self",)).filter(pk=roster.pk).first()
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=roster.workshop_id)
    if row is None or row.state != RosterState.CONFIRMED:
        raise ValidationError("Cette liste a déjà été annulée.")
    if timezone.localdate(row.confirmed_at) != timezone.localdate():
        raise ValidationError("Une liste ne s’annule que le jour même\u00a0: corrigez les fiches une à une.")
    if workshop.rosters.open().exists():
        raise ValidationError("Une autre liste est en cours\u00a0: confirmez-la ou abandonnez-la d’abord.")
    Made(row.made).undo()
    row.state, row.confirmed_at, row.made = RosterState.OPEN, None, {}
    row.version += 1
    row.save()
