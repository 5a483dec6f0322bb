"""Gathering an ecosystem and saying who looks after it."""

from collections.abc import Iterable

from django.db import transaction

from actors.actions.record import record
from actors.models import Actor
from territories.models import Territory
from workshops.models import Workshop

from .models import Caretaker, Ecosystem


def record_ecosystem(
    *,
    slug: str,
    territories: Iterable[Territory] = (),
    actors: Iterable[Actor] = (),
    workshops: Iterable[Workshop] = (),
    **values,
) -> Ecosystem:
    """The ecosystem of this address with all it gathers; written only where it says something new.

    `values`: columns of Ecosystem and options of `actors.actions.record.record`.
    """
    links = {"territories": list(territories), "actors": list(actors), "workshops": list(workshops)}
    return record(Ecosystem, slug=slug, links=links, **values)


@transaction.atomic
def gather_workshop(*, ecosystem: Ecosystem, workshop: Workshop) -> None:
    """Adds to an ecosystem a workshop, the territories it is about and the people and hosts who were there."""
    ecosystem.workshops.add(workshop)
    ecosystem.territories.add(*workshop.territories.all())
    present = workshop.attendances.present()
    ecosystem.actors.add(
        *Actor.objects.filter(pk__in=present.values("person")),
        *Actor.objects.filter(pk__in=present.values("capacities__organisation")),
        *Actor.objects.filter(pk__in=workshop.hosts.values("actor")),
    )


@transaction.atomic
def appoint(*, ecosystem: Ecosystem, user, role: str) -> Caretaker:
    """Gives `user` a role (a `Role` value) in the ecosystem, instead of the one they had."""
    caretaker, _ = Caretaker.objects.update_or_create(ecosystem=ecosystem, user=user, defaults={"role": role})
    return caretaker
