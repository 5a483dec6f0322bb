"""A person asks to disappear: everything that carries their name is rewritten, in one transaction."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import Any

import pghistory.models
import pgtrigger
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.utils import timezone

from actors.actions.merge import forget_merges
from actors.fingerprint import fingerprint
from actors.models import (
    Actor,
    ContactRequest,
    InitiativeBearer,
    Kind,
    Membership,
    Person,
    PublicationBasis,
    RequestState,
    Sourced,
    Tie,
    Withdrawal,
)
from ecosystems.models import DrawnTie
from foundations.articles import of_the
from foundations.masking import REMOVED_SLUG, Mask, words_of
from foundations.models import Publishable, State
from territories.models import Territory
from workshops.models import Attendance, Finding

from .sweeping import Found, rewrite, rows_holding, searched_words

logger = logging.getLogger(__name__)

SOMEONE = "une personne"
CLOSED = "Cette personne ne figure plus dans l’annuaire : votre demande ne peut pas lui être transmise."
_SHORTEST_COLUMN = 200  # of those that say who spoke or bears something, in words
# Rows that say something of a person and of nobody else.
_OWN_ROWS = (
    "other_names",
    "former_slugs",
    "memberships",
    "expertises",
    "areas",
    "mentions",
    "ties_out",
    "ties_in",
    "contact_points",
    "private_notes",
    "name_decisions",
    "distinctions",
    "distinctions_of",
    "bearer_links",
    "proposed_follow_ups",
    "participant_links",
)


@dataclass
class Withdrawn:
    """What was done: the words that stand for the person now, how many other rows were rewritten, what to reread."""

    called: str
    rewritten: int = 0
    to_reread: list[str] = field(default_factory=list)


@transaction.atomic
def withdraw_person(*, person: Actor, by: Any = None) -> Withdrawn:
    """Masks `person` everywhere, for good. `by`: the user who asks (staff), None from the console.

    The name, its spellings and its addresses leave every text of the database: the actor itself (which stays, a draft
    that nobody sees, so that counts and follow-ups stand), the lists it was in, statements, follow-ups, history,
    contact points, requests, the administration's log; the search index follows by its triggers. What said something
    of this person alone goes. Keyed hashes of the names stay, against imports and backups.

    The family name alone is masked too, unless others bear it, a territory does, or it is a word that our texts use:
    then `to_reread` tells where it still stands. Raises ValueError for an organisation, PermissionDenied for a user who
    is not staff.
    """
    if by is not None and not (by.is_active and by.is_staff):
        raise PermissionDenied
    person = Actor.objects.select_for_update().get(pk=person.pk)
    if person.kind != Kind.PERSON:
        raise ValueError("Only a person may withdraw.")
    _take_the_time_it_needs()
    names = [person.name, *person.other_names.values_list("name", flat=True)]
    slugs = [person.slug, *person.former_slugs.values_list("slug", flat=True)]
    for other in forget_merges(person=person):
        withdraw_person(person=other, by=by)
    mask = _mask(person, names, slugs)
    findings = list(person.findings.values_list("pk", flat=True)) + list(
        person.voiced_findings.values_list("pk", flat=True)
    )
    for name in names:
        Withdrawal.objects.get_or_create(fingerprint=fingerprint(name))
    _close_requests(person)
    _detach(person, mask.replacement)
    _rename(person, mask.replacement)
    done = Withdrawn(called=mask.replacement)
    _sweep(person, mask, names, findings, done)
    _forget_history(person)
    # Who, never whom.
    logger.info("A person was withdrawn by %s", getattr(by, "pk", None) or "the console")
    return done


def reapply_withdrawals(prints: Iterable[str] = ()) -> list[Withdrawn]:
    """Withdraws again whoever came back, by a restored backup or otherwise; each in its own transaction.

    `prints`: fingerprints kept elsewhere, for a backup older than a withdrawal does not know of it.
    """
    for one in prints:
        Withdrawal.objects.get_or_create(fingerprint=one)
    known = set(Withdrawal.objects.values_list("fingerprint", flat=True))
    people = Person.objects.exclude(publication_basis=PublicationBasis.OBJECTION).prefetch_related(
        "other_names"
    )
    back = [
        person
        for person in people
        if known
        & {fingerprint(name) for name in [person.name, *(other.name for other in person.other_names.all())]}
    ]
    # One may go with another, with whom it had been merged: it is asked for anew each time.
    return [
        withdraw_person(person=person)
        for person in back
        if Person.objects.filter(pk=person.pk, slug=person.slug).exists()
    ]


def _take_the_time_it_needs() -> None:
    """Reads the whole database: the limit that protects pages from slow queries is not for this."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")


def _mask(person: Actor, names: list[str], slugs: list[str]) -> Mask:
    family = person.family_name or person.name.split()[-1]
    shared = _others_named(family, person).filter(kind=Kind.PERSON).exists()
    mask = Mask(names=tuple(names), family_name=family, slugs=tuple(slugs), shared=shared)
    called = _called(person)
    fits = len(called) <= _SHORTEST_COLUMN
    safe = fits and not mask.names_someone(called) and not mask.has_family_name(called)
    return replace(mask, replacement=called if safe else SOMEONE)


def _others_named(name: str, person: Actor) -> models.QuerySet[Actor]:
    """Other actors whose name holds the words of `name`, next to one another."""
    return Actor.objects.exclude(pk=person.pk).filter(sort_name__regex=_as_words(name))


def _names_something_else(person: Actor, mask: Mask) -> bool:
    """Whether an organisation or a place has the family name in its own: « Roche » is in La Roche-Blanche.

    An organisation called after the whole name (« Cabinet Ada Roche ») names the person, not something else.
    """
    others = _others_named(mask.family_name, person).values_list("name", flat=True)
    places = Territory.objects.filter(sort_name__regex=_as_words(mask.family_name))
    return any(mask.has_family_name(mask(name)) for name in others) or places.exists()


def _as_words(name: str) -> str:
    """A PostgreSQL regular expression for the words of `name` in a sort key."""
    return rf"\y{' '.join(words_of(name))}\y"


def _called(person: Actor) -> str:
    """« une personne de la Ville » where at least two people are seen in an organisation, else « une personne »."""
    held = Membership.objects.filter(
        member=person, organisation__state=State.PUBLISHED, organisation__is_named=True
    )
    for membership in held.select_related("organisation").order_by("id"):
        others = Membership.objects.filter(
            organisation=membership.organisation, member__kind=Kind.PERSON, member__state=State.PUBLISHED
        )
        if others.exclude(member=person).exists():
            return f"{SOMEONE} {of_the(membership.organisation.name)}"
    return SOMEONE


def _close_requests(person: Actor) -> None:
    """Whoever wrote learns by their link that it ends here; what they wrote to the person goes."""
    ContactRequest.objects.filter(actor=person).update(
        message="", state=RequestState.CLOSED, state_on=timezone.now(), answer=CLOSED
    )


def _detach(person: Actor, called: str) -> None:
    """Removes what said something of this person alone, and what would tell who « une personne » is."""
    person.attendances.update(listed_line="", listed_role="", session_role="", basis_note="")
    Attendance.capacities.through.objects.filter(attendance__person=person).delete()
    person.voiced_findings.update(voice_person=None, voice_note=called)
    Tie.objects.filter(voice_person=person).update(voice_person=None, voice=called)
    DrawnTie.objects.filter(actor=person).delete()
    person.findings.clear()
    person.ecosystems.clear()
    for bearer in person.borne_initiatives.all():
        alike = InitiativeBearer.objects.filter(
            initiative=bearer.initiative_id,
            actor=None,
            unnamed=called,
            part=bearer.part,
            source=bearer.source_id,
        )
        if alike.exists():
            bearer.delete()
        else:
            InitiativeBearer.objects.filter(pk=bearer.pk).update(actor=None, unnamed=called)
    for rows in _OWN_ROWS:
        getattr(person, rows).all().delete()


def _rename(person: Actor, called: str) -> None:
    """What stays of the actor: a draft without name, face or place, that follow-ups and counts may still point to."""
    Actor.objects.filter(pk=person.pk).update(
        name=called,
        family_name="",
        slug=f"{REMOVED_SLUG}-{token_hex(4)}",
        summary="",
        website="",
        seat=None,
        seat_basis="",
        last_confirmed_on=None,
        state=State.DRAFT,
        publication_basis=PublicationBasis.OBJECTION,
        publication_basis_on=timezone.localdate(),
        updated_at=timezone.now(),
    )


def _sweep(person: Actor, mask: Mask, names: list[str], findings: list[int], done: Withdrawn) -> None:
    """Rewrites every other text. With a namesake about, only what is tied to this person is theirs for sure."""
    namesakes = any(_others_named(name, person).filter(kind=Kind.PERSON).exists() for name in names)
    tied = (lambda model: _tied(model, person, findings)) if namesakes else None
    words = searched_words([*names, mask.family_name])
    held = rows_holding(words, only=tied)
    if len("".join(words_of(mask.family_name))) > 2 and not _names_something_else(person, mask):
        mask = replace(mask, alone=not any(_is_a_word(row, mask) for row in held))
    # A follow-up is never edited, but for this.
    with pgtrigger.ignore("workshops.FollowUp:append_only"):
        done.rewritten = sum(rewrite(row, mask) for row in held)
        # Triggers wrote meanwhile: history of what was deleted, and again the context of this very change.
        for row in rows_holding(words, only=tied):
            rewrite(row, mask)
    left = rows_holding(words) if namesakes or not mask.alone else []
    done.to_reread = [
        str(row)
        for row in left
        if not _is_history(row.model) and any(map(mask.has_family_name, row.all_texts()))
    ]


def _is_a_word(row: Found, mask: Mask) -> bool:
    """Whether what we write uses the family name as a common word (« petit à petit »); visitors type as they like."""
    ours = issubclass(row.model, Sourced | Publishable) and not _is_history(row.model)
    return ours and any(mask.is_common_word(text) for text in row.all_texts() if len(text.split()) > 3)


def _tied(model: type[models.Model], person: Actor, findings: list[int]) -> models.Q | None:
    """The rows of `model` that point to the person, or are findings that did; None if it cannot point to one."""
    condition = models.Q()
    for column in _to_an_actor(model):
        condition |= models.Q(**{column.attname: person.pk})
    if model is Finding:
        condition |= models.Q(pk__in=findings)
    if _history_of(model) is Finding:
        condition |= models.Q(pgh_obj_id__in=findings)
    return condition or None


def _to_an_actor(model: type[models.Model]) -> list[models.Field]:
    return [
        column
        for column in model._meta.concrete_fields
        if column.is_relation and issubclass(column.related_model, Actor)  # type: ignore[arg-type]
    ]


def _is_history(model: type[models.Model]) -> bool:
    return issubclass(model, pghistory.models.Event)


def _history_of(model: type[models.Model]) -> type[models.Model] | None:
    """The model whose history `model` keeps; None if it keeps none."""
    tracked = getattr(model, "pgh_tracked_model", None)
    return tracked._meta.concrete_model if tracked else None


def _forget_history(person: Actor) -> None:
    """History of the person's own rows goes; of what others said, only the tie to the person."""
    for model in apps.get_models():
        if not _is_history(model):
            continue
        columns = {
            column.name: column for column in _to_an_actor(model) if not column.name.startswith("pgh_")
        }
        if voice := columns.pop("voice_person", None):
            model._base_manager.filter(**{voice.attname: person.pk}).update(**{voice.attname: None})
        for column in columns.values():
            model._base_manager.filter(**{column.attname: person.pk}).delete()
        if _history_of(model) is Actor:
            model._base_manager.filter(pgh_obj_id=person.pk).delete()
