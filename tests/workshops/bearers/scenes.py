"""A recommendation that somebody bears, a link to them, and what they send by it."""

import re
import uuid
from datetime import date, timedelta

from actors.models import Actor, ContactPoint
from tests.factories.actors import OrganisationFactory
from tests.factories.workshops import FollowUpFactory, RecommendationFactory
from workshops.actions.asking import LASTING
from workshops.models import BearerLink, Bearing, Recommendation

NOW = "2026-03-02T09:00:00Z"


def borne(actor: Actor | None = None, *, bearing=Bearing.ACCEPTED, said_on=date(2025, 1, 10), **more):
    """A recommendation that `actor` was said to bear on a day."""
    recommendation = RecommendationFactory(**more)
    FollowUpFactory(
        recommendation=recommendation,
        bearing=bearing,
        bearer=actor or OrganisationFactory(),
        said_on=said_on,
        note="",
    )
    return recommendation


def bearer_of(recommendation: Recommendation) -> Actor:
    return recommendation.follow_ups.latest("said_on").bearer


def address(actor: Actor, email: str = "porteuse@example.org", keep_until=date(2027, 1, 1)) -> ContactPoint:
    return ContactPoint.objects.create(actor=actor, email=email, basis="donnée", keep_until=keep_until)


def link_to(actor: Actor, lasting: timedelta = LASTING) -> str:
    """The path of a page that a link of `actor` opens."""
    _, token = BearerLink.issue(lasting=lasting, actor=actor)
    return f"/ou-en-est-on/{token}/"


def answer(recommendation: Recommendation, **said) -> dict:
    """What the form of the page sends."""
    return {"recommendation": recommendation.pk, "key": str(uuid.uuid4()), **said}


def link_in(body: str) -> str:
    """The path of the link of a bearer in an e-mail."""
    return re.search(r"http://testserver(/ou-en-est-on/[^\s/]+/)", body)[1]
