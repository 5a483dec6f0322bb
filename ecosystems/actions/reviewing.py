"""An animator reads a drawing: what is accepted becomes ties attested by the workshop, all at once or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actors.actions.actors import record_organisation, record_person
from actors.actions.identity import remember
from actors.models import (
    Actor,
    Basis,
    Kind,
    PublicationBasis,
    Source,
    SourceKind,
    Tie,
    TieKind,
    Trigger,
)
from actors.resemblance import Wanted
from foundations.articles import of_the
from foundations.models import State
from foundations.slugs import unique_slug
from foundations.text import sort_key
from workshops.entering import ensure_source

from ..models import Collection, Drawing, DrawnTie, Sending

STALE = "Ce dessin a changé, ou quelqu’un l’a relu entre-temps\u00a0: voici ce qu’il dit maintenant."
WITHDRAWN = "{} a demandé à ne plus figurer dans l’annuaire\u00a0: écartez cette ligne."
_LONGEST_SUBJECT = 300  # of Tie


class StaleDrawing(Exception):
    """The participant sent more, or another animator read the drawing, since the page was shown."""


@dataclass(frozen=True)
class Party:
    """Who is meant: an actor of the directory, or someone new by `name` and `kind`."""

    name: str
    kind: str = Kind.ORGANISATION
    actor: Actor | None = None


@dataclass(frozen=True)
class AcceptedTie:
    """A line as the animator leaves it."""

    drawn: DrawnTie
    party: Party
    subject: str = ""
    frequency: str = ""
    since: str = ""
    occasion: str = ""
    closeness: str = ""
    trigger: Trigger | None = None


@dataclass
class Accepted:
    """What accepting made: new ties, how many were known already, new actors (drafts)."""

    ties: list[Tie] = field(default_factory=list)
    known: int = 0
    actors: list[Actor] = field(default_factory=list)


def locked(drawing: Drawing, revision: int) -> Drawing:
    """The drawing, waiting to be read and as it was shown. Raises StaleDrawing."""
    found = Drawing.objects.select_for_update(of=("self", "collection")).select_related(
        "collection__workshop"
    )
    row = found.filter(pk=drawing.pk, state=Sending.SENT, revision=revision).first()
    if row is None:
        raise StaleDrawing
    return row


@transaction.atomic
def accept_drawing(
    *, drawing: Drawing, revision: int, user: Any, origin: Party, ties: Sequence[AcceptedTie]
) -> Accepted:
    """Writes the `ties` of `origin`, stated by the workshop; actors that are missing are made, as drafts.

    A person that is new has no basis for being published, unless they said on their telephone that they may be named.
    The same tie drawn by two people is one statement of one source. Raises StaleDrawing; ValidationError for someone
    who asked to disappear, or who would be tied to themselves.
    """
    drawing = locked(drawing, revision)
    workshop = drawing.collection.workshop
    done = Accepted()
    made: dict[tuple[str, str], Actor] = {}
    start = _actor(origin, drawing, done, made)
    voice, source = _voice(drawing, start), source_of(drawing.collection)
    for line in ties:
        end = _actor(line.party, drawing, done, made)
        if end.pk == start.pk:
            raise ValidationError(f"{end.name}\u00a0: un acteur n’est pas en lien avec lui-même.")
        tie, is_new = Tie.objects.get_or_create(
            from_actor=start,
            to_actor=end,
            to_category="",
            kind=TieKind.WORKS_WITH,
            subject=_subject(line),
            source=source,
            defaults={
                "basis": Basis.STATED,
                "observed_on": workshop.date,
                "frequency": line.frequency,
                "since": line.since,
                "closeness": line.closeness,
                "trigger": line.trigger,
                **voice,
            },
        )
        done.ties += [tie] if is_new else []
        done.known += not is_new
        DrawnTie.objects.filter(pk=line.drawn.pk, drawing=drawing).update(tie=tie)
        _recognise(line, user)
    for ecosystem in workshop.ecosystems.all():
        ecosystem.actors.add(*done.actors)
    _read(drawing, Sending.ACCEPTED, user, [tie.pk for tie in done.ties], [one.pk for one in done.actors])
    return done


@transaction.atomic
def refuse_drawing(*, drawing: Drawing, revision: int, user: Any) -> None:
    """Nothing of it is kept. Raises StaleDrawing."""
    _read(locked(drawing, revision), Sending.REFUSED, user, [], [])


@transaction.atomic
def undo_review(*, drawing: Drawing) -> None:
    """The drawing waits to be read again, as it was; ties and actors that accepting it made go.

    What another drawing also says stays, and so does an actor that someone changed or tied since. Raises StaleDrawing
    where it was not read, or not today.
    """
    drawing = Drawing.objects.select_for_update().get(pk=drawing.pk)
    if not drawing.may_be_undone:
        raise StaleDrawing
    drawing.ties.update(tie=None)
    for tie in Tie.objects.filter(pk__in=drawing.made_ties):
        other = Drawing.objects.filter(ties__tie=tie).order_by("pk").first()
        if other is None:
            tie.delete()
        else:
            other.made_ties.append(tie.pk)
            other.save(update_fields=["made_ties"])
    _forget_unused(drawing)
    drawing.state, drawing.reviewed_at, drawing.reviewed_by = Sending.SENT, None, None
    drawing.made_ties, drawing.made_actors, drawing.updated_at = [], [], timezone.now()
    drawing.save()


def _forget_unused(drawing: Drawing) -> None:
    """Deletes the actors that accepting made, unless someone published, changed or used them since."""
    untouched = Actor.objects.filter(
        pk__in=drawing.made_actors,
        state=State.DRAFT,
        version=0,
        ties_in__isnull=True,
        ties_out__isnull=True,
        memberships__isnull=True,
        members__isnull=True,
    )
    Actor.objects.filter(pk__in=untouched.values("pk")).delete()


def source_of(collection: Collection) -> Source:
    """The workshop as a source of its own: its report, if there is one, says nothing of what was drawn."""
    if collection.source is None:
        own = ensure_source(collection.workshop)
        if own.kind != SourceKind.WORKSHOP:
            title = f"Écosystèmes dessinés\u00a0: {collection.workshop.title}"[:300]
            own = Source.objects.create(
                title=title,
                slug=unique_slug(title, Source),
                kind=SourceKind.WORKSHOP,
                date=collection.workshop.date,
            )
        collection.source = own
        collection.save(update_fields=["source"])
    return collection.source


def _read(drawing: Drawing, state: str, user: Any, ties: list[int], actors: list[int]) -> None:
    drawing.state, drawing.reviewed_by = state, user
    drawing.reviewed_at = drawing.updated_at = timezone.now()
    drawing.made_ties, drawing.made_actors = ties, actors
    drawing.save()


def _recognise(line: AcceptedTie, user: Any) -> None:
    """What this drawing called « la Préf », the next one will mean alike: the animator is not asked again."""
    party, drawn = line.party, line.drawn
    if party.actor and party.actor.kind == drawn.kind and sort_key(party.actor.name) != sort_key(drawn.name):
        remember(wanted=Wanted(drawn.kind, drawn.name), is_actor=party.actor, by=user)


def _actor(party: Party, drawing: Drawing, done: Accepted, made: dict) -> Actor:
    """The actor meant; someone new is made once, however often the drawing names them."""
    if party.actor:
        return party.actor
    key = (party.kind, sort_key(party.name))
    if key not in made:
        row = _new(party, drawing)
        if row is None:
            raise ValidationError(WITHDRAWN.format(party.name))
        made[key] = row
        done.actors.append(row)
    return made[key]


def _new(party: Party, drawing: Drawing) -> Actor | None:
    if party.kind == Kind.ORGANISATION:
        return record_organisation(name=party.name)
    agreed = drawing.may_be_named and sort_key(party.name) == sort_key(drawing.name)
    basis = (
        {"publication_basis": PublicationBasis.CONSENT, "publication_basis_on": timezone.localdate()}
        if agreed
        else {}
    )
    return record_person(name=party.name, **basis)


def _voice(drawing: Drawing, start: Actor) -> dict[str, str]:
    """Who says it: by name if they said that they may be named, else « une personne de … »."""
    if drawing.may_be_named and drawing.name:
        return {"voice": ", ".join(part for part in (drawing.name, drawing.function) if part)[:200]}
    if start.kind == Kind.PERSON:
        return {"voice": ""}
    return {"voice": f"une personne {of_the(start.name)}"[:200]}


def _subject(line: AcceptedTie) -> str:
    """The subject, with the occasion in the participant's words where it is no trigger that is known here."""
    told = f"né de\u00a0: {line.occasion}" if line.occasion and not line.trigger else ""
    return "\u202f; ".join(part for part in (line.subject, told) if part)[:_LONGEST_SUBJECT]
