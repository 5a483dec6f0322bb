"""What participants do with what the directory says of them: they are sent it, correct it, agree to it, or object."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actors.actions.contact import receive_correction_request
from actors.letters import mail_is_set
from actors.models import Actor, ContactPoint, CorrectionRequest, PublicationBasis
from foundations.models import State
from workshops.models import Workshop

from .. import letters
from ..models import ParticipantLink
from ..models.participants import LASTING
from .withdrawal import Withdrawn, withdraw_person

logger = logging.getLogger(__name__)
PATIENCE = 2  # letters refused, beyond which the others wait for another day
# In history, in place of the address of the page, which is a secret.
_PAGE = "/ma-fiche/"


class LinkIsClosed(Exception):
    """The link was revoked, expired or replaced since its page was shown."""


@dataclass
class Invited:
    """How many e-mails left, and how many the mail server refused."""

    sent: int = 0
    failed: int = 0


def invite(*, workshop: Workshop, points: Iterable[ContactPoint], by: Any, site: str) -> Invited:
    """Sends the owner of each address their link; a former one of theirs is closed.

    `points`: one a person, with `actor` loaded. `site`: its address with its scheme. Raises PermissionDenied for a user
    who is not staff.
    """
    if not (by.is_active and by.is_staff):
        raise PermissionDenied
    done = Invited()
    for point in points if mail_is_set() else ():
        try:
            with transaction.atomic():
                # The person first, as a withdrawal does: in another order, each could wait for the other.
                list(Actor.objects.select_for_update(no_key=True).filter(pk=point.actor_id).values_list("pk"))
                ParticipantLink.objects.filter(person=point.actor).revoke()
                link, token = ParticipantLink.issue(
                    lasting=LASTING, person=point.actor, workshop=workshop, contact_point=point, created_by=by
                )
                # Within the transaction: where no letter leaves, the former link stays good.
                done.sent += letters.tell_participant(link, token, point.email, site=site)
        except OSError as error:  # smtplib's errors are OSErrors; their text may hold the address
            done.failed += 1
            logger.error("participant link of %s: no e-mail left (%s)", point.pk, type(error).__name__)
            if (
                done.failed == PATIENCE
            ):  # a deaf server holds each letter for ten seconds, and the animator with it
                break
    return done


@transaction.atomic
def consent(*, link: ParticipantLink) -> Actor:
    """The person agrees to be in the directory, from today; agreeing again changes nothing. Raises LinkIsClosed."""
    person = _person(link)
    if person.publication_basis != PublicationBasis.CONSENT:
        _set_basis(person, PublicationBasis.CONSENT, timezone.localdate())
    return person


@transaction.atomic
def take_back_consent(*, link: ParticipantLink) -> Actor:
    """As easily as it was given: what allowed the publication before holds again. Raises LinkIsClosed.

    Where nothing did, the page goes back to a draft, which nobody but the animators sees.
    """
    person = _person(link)
    if person.publication_basis == PublicationBasis.CONSENT:
        before = (
            Actor.pgh_event_model.objects.filter(pgh_obj=person)
            .exclude(publication_basis=PublicationBasis.CONSENT)
            .order_by("-pgh_id")
            .first()
        )
        if before and before.publication_basis:
            _set_basis(person, before.publication_basis, before.publication_basis_on)
        else:
            _set_basis(person, "", None, state=State.DRAFT)
    return person


def correct(*, link: ParticipantLink, message: str, site: str) -> CorrectionRequest | None:
    """Proposes a correction of their page, in their name. None where we hold no address of theirs to answer to."""
    point = ContactPoint.objects.filter(pk=link.contact_point_id).exclude(email="").first()
    if point is None:
        return None
    return receive_correction_request(
        page=link.person.get_absolute_url(),
        page_title=link.person.name,
        name=link.person.name,
        email=point.email,
        organisation="",
        message=message,
        site=site,
    )


def object_to(*, link: ParticipantLink) -> Withdrawn:
    """The person disappears from everything, for good; animators learn what is to be reread. Raises LinkIsClosed."""
    with transaction.atomic(), pghistory.context(url=_PAGE):
        done = withdraw_person(person=_person(link))
    letters.attempt_to_tell_of_withdrawal(done.to_reread)
    return done


def _person(link: ParticipantLink) -> Actor:
    """The person, locked, if the link is still good. The person first, as a withdrawal does."""
    person = Actor.objects.select_for_update().get(pk=link.person_id)
    if not ParticipantLink.objects.alive().filter(pk=link.pk, person=person).exists():
        raise LinkIsClosed
    return person


def _set_basis(person: Actor, basis: str, since: Any, **more: Any) -> None:
    with pghistory.context(url=_PAGE):
        for name, value in {"publication_basis": basis, "publication_basis_on": since, **more}.items():
            setattr(person, name, value)
        person.save(update_fields=["publication_basis", "publication_basis_on", "updated_at", *more])
