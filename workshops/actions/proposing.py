"""What a bearer says by its link: proposed, then approved or refused by an animator, and only then told on the site."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actors.letters import attempt
from actors.models import Actor, Source, SourceKind
from foundations.slugs import unique_slug
from foundations.typography import day_in_words

from .. import letters
from ..models import BearerLink, Bearing, FollowUp, ProposalState, ProposedFollowUp, Recommendation

# What a bearer may say of an axis: the rest is not theirs to say.
SAYABLE = ("progress", "bearing", "note")


class ProposalError(Exception):
    """Why nothing was kept or decided, in French."""


class LinkIsClosed(ProposalError):
    """The link was revoked or expired between the page and its sending."""


@transaction.atomic
def say(
    *, link: BearerLink, recommendation: int, key: UUID, site: str = "", **said: str
) -> ProposedFollowUp | None:
    """Keeps what the bearer says of one of its recommendations (`progress`, `bearing`, `note`) until it is read.

    Sent twice, by an impatient finger or a connection that comes back, it is kept once; said otherwise while it still
    waits, it replaces what waits. None when the recommendation is not, or is no longer, one of theirs. Raises
    LinkIsClosed, ProposalError.
    """
    if set(said) - set(SAYABLE) or not any(said.values()):
        raise ProposalError("Dites au moins une chose : où elle en est, qui la porte, ou une phrase.")
    _hold(link.actor_id)
    # Locked: two sendings by one link wait for each other, so that the second finds what the first kept.
    mine = BearerLink.objects.alive().select_for_update(of=("self",)).select_related("actor")
    open_link = mine.filter(pk=link.pk).first()
    if open_link is None:
        raise LinkIsClosed("Ce lien n’est plus valable.")
    asked = Recommendation.objects.published().borne_by(open_link.actor).filter(pk=recommendation).first()
    if asked is None:
        return None
    kept = ProposedFollowUp.objects.filter(link=open_link, recommendation=asked)
    row = kept.filter(key=key).first() or kept.waiting().first()
    if row is None and ProposedFollowUp.objects.filter(key=key).exists():
        raise ProposalError("Cette page a déjà servi : rechargez-la, puis envoyez de nouveau.")
    if row is None:
        row = ProposedFollowUp(link=open_link, recommendation=asked, actor=open_link.actor)
    elif row.state != ProposalState.WAITING or all(
        getattr(row, name) == said.get(name, "") for name in SAYABLE
    ):
        return row
    _write(row, key, said)
    # After the commit: a mail server that is down must not lose what was said.
    transaction.on_commit(partial(attempt, letters.warn_animators, row, site=site))
    return row


def _hold(actor: int) -> None:
    """Makes a withdrawal of the actor wait; it too takes the actor first, lest each wait for the other."""
    list(Actor.objects.select_for_update(no_key=True).filter(pk=actor).values_list("pk"))


def _write(row: ProposedFollowUp, key: UUID, said: dict[str, str]) -> None:
    row.key, row.said_at = key, timezone.now()
    for name in SAYABLE:
        setattr(row, name, said.get(name, ""))
    row.save()


@transaction.atomic
def approve(*, proposal: ProposedFollowUp, by: Any, version: int, answer: str = "") -> FollowUp:
    """Publishes what was said as a follow-up, with a declaration of the bearer for its source.

    `version`: what the animator had read. Raises ProposalError, PermissionDenied for a user who is not staff.
    """
    row = _waiting(proposal, by, version)
    day = timezone.localdate(row.said_at)
    told = FollowUp.objects.create(
        recommendation=row.recommendation,
        said_on=day,
        progress=row.progress,
        bearing=row.bearing,
        bearer=row.actor if row.bearing == Bearing.ACCEPTED else None,
        note=row.note,
        said_by=row.actor,
        source=self_declaration(who=row.actor, day=day),
    )
    row.follow_up = told
    _decide(row, ProposalState.APPROVED, by, answer)
    return told


@transaction.atomic
def refuse(*, proposal: ProposedFollowUp, by: Any, version: int, answer: str) -> None:
    """Publishes nothing; `answer` tells the bearer why, on the page of their link. Raises as `approve` does."""
    if not answer.strip():
        raise ProposalError("Écrivez un mot : le porteur lira pourquoi ce n’est pas publié.")
    _decide(_waiting(proposal, by, version), ProposalState.REFUSED, by, answer)


def _waiting(proposal: ProposedFollowUp, by: Any, version: int) -> ProposedFollowUp:
    """The row, locked, if it still says what was read and nobody decided."""
    if not (by.is_active and by.is_staff):
        raise PermissionDenied
    _hold(proposal.actor_id)
    rows = ProposedFollowUp.objects.select_for_update(of=("self",)).select_related("recommendation", "actor")
    row = rows.filter(pk=proposal.pk).first()
    if row is None or row.version != version:
        raise ProposalError(
            "Cette proposition vient de changer : quelqu’un a décidé, ou le porteur l’a récrite. Relisez-la."
        )
    if row.state != ProposalState.WAITING:
        raise ProposalError(f"Cette proposition est déjà décidée : {row.get_state_display()}.")
    return row


def _decide(row: ProposedFollowUp, state: str, by: Any, answer: str) -> None:
    row.state, row.decided_at, row.decided_by, row.answer = state, timezone.now(), by, answer.strip()[:600]
    row.save()


def self_declaration(*, who: Actor, day: date) -> Source:
    """A source for what `who` said on `day`. Sources are public: someone unpublished is not named there."""
    named = who.name if who.is_published else ("une personne" if who.is_person else "une organisation")
    title = f"Ce que dit {named} le {day_in_words(day)}"
    return Source.objects.create(
        title=title,
        slug=unique_slug(title, Source),
        kind=SourceKind.SELF_DECLARATION,
        date=day,
        publisher=named,
    )
