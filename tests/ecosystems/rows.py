"""Rows of every main kind, in an ecosystem."""

from django.utils import timezone

from actors.models import (
    ContactPoint,
    PrivateNote,
)
from tests.factories.actors import (
    ContactRequestFactory,
    InitiativeBearerFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.workshops import (
    FindingFactory,
    RecommendationFactory,
    ThemeFactory,
    WorkshopFactory,
)


def make(kind: str, where):
    """A row of `kind` that belongs to the ecosystem `where`."""
    actor = OrganisationFactory(state="draft")
    where.actors.add(actor)
    workshop = WorkshopFactory(state="draft")
    where.workshops.add(workshop)
    rows = {
        "workshop": lambda: workshop,
        "organisation": lambda: actor,
        "person": lambda: _person(where),
        "finding": lambda: FindingFactory(workshop=workshop),
        "recommendation": lambda: RecommendationFactory(workshop=workshop),
        "initiative": lambda: InitiativeBearerFactory(actor=actor, initiative__state="draft").initiative,
        "privatenote": lambda: PrivateNote.objects.create(actor=actor, text="À rappeler"),
        "contactpoint": lambda: _contact_point(actor),
        "contactrequest": lambda: ContactRequestFactory(actor=actor),
        "theme": ThemeFactory,
    }
    return rows[kind]()


def _person(where):
    person = PersonFactory(state="draft")
    where.actors.add(person)
    return person


def _contact_point(actor):
    until = timezone.localdate()
    return ContactPoint.objects.create(actor=actor, email="a@example.org", basis="donnée", keep_until=until)
