"""The link by which a participant reads what the directory says of them. Private: in no history, index or output."""

from datetime import timedelta

from django.db import models

from actors.models import Actor, ContactPoint
from foundations.links import PrivateLink
from workshops.models import Workshop

LASTING = timedelta(days=60)


class ParticipantLink(PrivateLink):
    """By it a person reads all that is said of them, corrects it, agrees to it, or objects, without account."""

    person = models.ForeignKey(
        Actor, models.CASCADE, related_name="participant_links", verbose_name="personne"
    )
    workshop = models.ForeignKey(
        Workshop, models.SET_NULL, null=True, verbose_name="après l’atelier", related_name="participant_links"
    )
    # Where it was sent, hence where an answer goes; the address itself is kept in one place.
    contact_point = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, verbose_name="adresse", related_name="+"
    )

    class Meta:
        verbose_name = "lien d’un participant"
        verbose_name_plural = "liens des participants"
