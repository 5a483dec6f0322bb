"""Entering what touches several rows of a workshop."""

import pytest
from django.core.exceptions import ValidationError

from actors.actions.record import Outcome, Tally
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory, SourceFactory
from tests.factories.workshops import FindingFactory, SessionFactory, WorkshopFactory
from workshops.actions.writing import hold_in_parallel, record_attendance, record_recommendation
from workshops.models import Attendance, Recommendation

pytestmark = pytest.mark.django_db


def test_two_sessions_in_parallel_say_it_both():
    workshop = WorkshopFactory()
    one, other = SessionFactory(workshop=workshop), SessionFactory(workshop=workshop)
    hold_in_parallel(one=one, other=other)
    hold_in_parallel(one=other, other=one)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.parallel_to, other.parallel_to) == (other, one)
    assert one.events.count() == 2  # entered, then changed once


def test_sessions_of_two_workshops_are_not_in_parallel():
    with pytest.raises(ValidationError, match="même atelier"):
        hold_in_parallel(one=SessionFactory(), other=SessionFactory())


def test_a_person_is_there_once_in_several_capacities():
    workshop, person, source = WorkshopFactory(), PersonFactory(), SourceFactory()
    capacities = [MembershipFactory(member=person), MembershipFactory(member=person)]
    for position in (1, 2):
        row = record_attendance(
            workshop=workshop,
            person=person,
            source=source,
            position=position,
            links={"capacities": capacities},
        )
    assert Attendance.objects.get() == row
    assert (row.position, set(row.capacities.all())) == (2, set(capacities))


def test_nobody_is_there_in_someone_else_s_capacity():
    with pytest.raises(ValidationError, match="propres fonctions"):
        record_attendance(
            workshop=WorkshopFactory(),
            person=PersonFactory(),
            source=SourceFactory(),
            links={"capacities": [MembershipFactory()]},
        )
    assert not Attendance.objects.exists()


def test_delegates_without_a_name_are_told_apart_by_their_rank():
    workshop, city, source = WorkshopFactory(), OrganisationFactory(), SourceFactory()
    for position in (1, 2, 2):
        record_attendance(workshop=workshop, delegate_of=city, source=source, position=position)
    assert list(Attendance.objects.values_list("delegate_of", "position")) == [(city.pk, 1), (city.pk, 2)]


def recommendation(**changes) -> dict:
    return {
        "title": "Ouvrir des lieux de débat",
        "slug": "ouvrir",
        "source": SourceFactory(),
        "voice_note": "un groupe",
        "parts": [
            {"slug": "ouvrir-1", "title": "Un lieu par commune", "pages": [4], "position": 1},
            {"slug": "ouvrir-2", "title": "Des méthodes", "pages": [4], "position": 2},
        ],
    } | changes


def test_a_recommendation_with_its_parts_and_what_it_answers():
    workshop = WorkshopFactory()
    finding, tally = FindingFactory(workshop=workshop), Tally()
    said = recommendation(workshop=workshop, answers=[(finding, "deduced")], tally=tally)
    whole = record_recommendation(**said)
    assert [(part.title, part.voice_note, part.source) for part in whole.parts.all()] == [
        ("Un lieu par commune", "un groupe", said["source"]),
        ("Des méthodes", "un groupe", said["source"]),
    ]
    assert [(answer.finding, answer.basis) for answer in whole.answers.all()] == [(finding, "deduced")]
    record_recommendation(**said)
    assert (tally.total(Outcome.CREATED), tally.total(Outcome.UNCHANGED)) == (4, 4)


def test_a_deleted_recommendation_stays_so():
    said = recommendation(workshop=WorkshopFactory())
    record_recommendation(**said).delete()
    assert record_recommendation(**said, overwrite=False) is None
    assert not Recommendation.objects.exists()
