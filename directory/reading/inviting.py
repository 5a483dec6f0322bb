"""Which participants of a workshop can be sent what the directory says of them, and which cannot."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from actors.models import Actor, ContactPoint, Kind, PublicationBasis
from foundations.admin.permitted import permitted
from workshops.models import Workshop

from ..models import ParticipantLink


@dataclass(frozen=True)
class Participant:
    """`point`: the address to use, None without one; `sent_at`: when a link last left."""

    person: Actor
    point: ContactPoint | None
    sent_at: datetime | None
    agreed: bool

    @property
    def is_waiting(self) -> bool:
        """Neither written to, nor in agreement: to be written to, unless the animator thinks otherwise."""
        return not (self.sent_at or self.agreed)


def participants_of(workshop: Workshop, user) -> list[Participant]:
    """The people listed at `workshop`, by name, with an address that `user` may use; without those who objected."""
    people = (
        Actor.objects.filter(kind=Kind.PERSON, attendances__workshop=workshop)
        .exclude(publication_basis=PublicationBasis.OBJECTION)
        .distinct()
        .order_by("sort_name", "pk")
    )
    held = ContactPoint.objects.filter(
        actor__attendances__workshop=workshop, keep_until__gte=timezone.localdate()
    )
    points: dict[int, ContactPoint] = {}
    for point in permitted(user, "view", held.exclude(email="")).select_related("actor").order_by("-pk"):
        points[point.actor_id] = point  # the oldest has the last word
    links = ParticipantLink.objects.filter(person__in=people.order_by().values("pk"))
    sent = dict(links.order_by().values_list("person").annotate(Max("created_at")))
    return [
        Participant(
            person,
            points.get(person.pk),
            sent.get(person.pk),
            person.publication_basis == PublicationBasis.CONSENT,
        )
        for person in people
    ]
