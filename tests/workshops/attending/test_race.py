"""Two animators, or one impatient one, act on the same list at the same moment: one of them wins, the other is told."""

import pytest
from django.core.exceptions import ValidationError

from actors.models import Organisation, Person
from tests.concurrency import at_once
from tests.factories import accounts
from tests.factories.actors import SourceFactory
from tests.factories.workshops import WorkshopFactory
from workshops.actions.attending import undo_roster
from workshops.actions.rosters import RosterChanged
from workshops.models import Attendance, Roster, RosterState

from .test_actions import confirmed, decided, opened

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def animator():
    return accounts.administrator()


@pytest.fixture
def roster(animator):
    workshop = WorkshopFactory(slug="riom", source=SourceFactory(page_count=5))
    return decided(opened(workshop, animator), animator)


def outcomes(results: list[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_a_list_is_confirmed_once(roster, animator):
    def confirm():
        return confirmed(roster, animator)

    assert outcomes(at_once(Roster.objects.all(), confirm, confirm, told=RosterChanged)) == [
        "Confirmed",
        "RosterChanged",
    ]
    assert Attendance.objects.count() == 4
    assert Person.objects.count() == 3
    assert Organisation.objects.filter(name="CISCA").count() == 1


def test_a_correction_and_a_confirmation_do_not_cross(roster, animator):
    results = at_once(
        Roster.objects.all(),
        lambda: confirmed(roster, animator),
        lambda: decided(Roster.objects.get(pk=roster.pk), animator),
        told=RosterChanged,
    )
    kept = Roster.objects.get(pk=roster.pk)
    assert outcomes(results).count("RosterChanged") == 1, results
    assert (kept.state == RosterState.CONFIRMED) == (Attendance.objects.count() == 4)
    assert (kept.state == RosterState.CONFIRMED) != (kept.version > roster.version)


def test_a_list_is_undone_once(roster, animator):
    confirmed(roster, animator)
    done = at_once(
        Roster.objects.all(),
        lambda: undo_roster(roster=roster),
        lambda: undo_roster(roster=roster),
        told=ValidationError,
    )
    assert outcomes(done) == ["NoneType", "ValidationError"], done
    assert Attendance.objects.count() == 0
    assert Person.objects.count() == 0
