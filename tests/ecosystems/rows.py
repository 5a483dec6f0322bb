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
from workshops.models import Mailbox, ProposedFollowUp, Reminder, ReminderLine


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
        "proposedfollowup": lambda: _proposal(workshop, actor),
        "reminderline": lambda: _reminder_line(workshop, actor),
    }
    return rows[kind]()


def _person(where):
    person = PersonFactory(state="draft")
    where.actors.add(person)
    return person


def _proposal(workshop, actor):
    recommendation = RecommendationFactory(workshop=workshop)
    return ProposedFollowUp.objects.create(recommendation=recommendation, actor=actor, note="Une réunion.")


def _reminder_line(workshop, actor):
    reminder = Reminder.objects.create(mailbox=Mailbox.objects.create(digest="a"))
    recommendation = RecommendationFactory(workshop=workshop)
    return ReminderLine.objects.create(
        reminder=reminder, recommendation=recommendation, contact_point=_contact_point(actor)
    )


def _contact_point(actor):
    until = timezone.localdate()
    return ContactPoint.objects.create(actor=actor, email="a@example.org", basis="donnée", keep_until=until)
