"""Two writers at once, each in its transaction: once both are done, the index is true."""

import threading
import time
from collections.abc import Callable
from datetime import date

import pytest
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from actors.models import Actor, ActorName, Competence, Initiative, Membership, Source
from tests.factories.actors import (
    ActorAreaFactory,
    AttachmentFactory,
    CompetenceFactory,
    ExpertiseFactory,
    InitiativeBearerFactory,
    InitiativeFactory,
    MembershipFactory,
    MentionFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
)
from tests.factories.territories import TerritoryFactory
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    WorkshopFactory,
    WorkshopHostFactory,
)
from workshops.models import Attendance, Finding, Workshop

from .index import assert_index_is_true

pytestmark = pytest.mark.django_db(transaction=True)
Write = Callable[[], object]
Race = tuple[Write, Write]


def one_actor() -> Race:
    actor = OrganisationFactory()
    return (
        lambda: ActorName.objects.create(actor=actor, name="Ocre"),
        lambda: Actor.objects.filter(pk=actor.pk).update(summary="Sienne"),
    )


def a_competence_renamed_and_attributed() -> Race:
    competence, actor, source = CompetenceFactory(), OrganisationFactory(), SourceFactory()
    return (
        lambda: Competence.objects.update(name="Ocre"),
        lambda: ExpertiseFactory(competence=competence, actor=actor, source=source),
    )


def an_initiative_renamed_and_borne() -> Race:
    initiative, actor = InitiativeFactory(), OrganisationFactory()
    return (
        lambda: Initiative.objects.update(name="Ocre"),
        lambda: InitiativeBearerFactory(initiative=initiative, actor=actor, source=initiative.source),
    )


def a_programme_renamed_and_joined() -> Race:
    held, programme = MembershipFactory(), InitiativeFactory()
    return (
        lambda: Initiative.objects.update(name="Ocre"),
        lambda: Membership.objects.filter(pk=held.pk).update(programme=programme),
    )


def a_finding_reworded_and_tied() -> Race:
    finding, actor = FindingFactory(), OrganisationFactory()
    return lambda: Finding.objects.update(statement="Ocre"), lambda: finding.actors.add(actor)


def a_workshop_published_and_a_finding_tied() -> Race:
    finding, actor = FindingFactory(workshop__state="draft"), OrganisationFactory()
    return lambda: Workshop.objects.update(state="published"), lambda: finding.actors.add(actor)


def a_workshop_published_and_a_finding_voiced() -> Race:
    workshop, person = WorkshopFactory(state="draft"), PersonFactory()
    return (
        lambda: Workshop.objects.update(state="published"),
        lambda: FindingFactory(
            workshop=workshop, voice="person", voice_person=person, source=workshop.source
        ),
    )


def a_workshop_published_and_attended() -> Race:
    workshop, person = WorkshopFactory(state="draft"), PersonFactory()
    return (
        lambda: Workshop.objects.update(state="published"),
        lambda: AttendanceFactory(workshop=workshop, person=person, source=workshop.source),
    )


def a_workshop_published_and_hosted() -> Race:
    workshop, actor = WorkshopFactory(state="draft"), OrganisationFactory()
    return (
        lambda: Workshop.objects.update(state="published"),
        lambda: WorkshopHostFactory(workshop=workshop, actor=actor, source=workshop.source),
    )


def a_workshop_published_and_a_capacity_told() -> Race:
    attendance = AttendanceFactory(workshop__state="draft")
    held = MembershipFactory(member=attendance.person)
    return lambda: Workshop.objects.update(state="published"), lambda: attendance.capacities.add(held)


def an_attendance_excused_and_a_capacity_told() -> Race:
    attendance = AttendanceFactory()
    held = MembershipFactory(member=attendance.person)
    return lambda: Attendance.objects.update(status="excused"), lambda: attendance.capacities.add(held)


def a_function_moved_and_a_capacity_told() -> Race:
    attendance, other = AttendanceFactory(), OrganisationFactory()
    held = MembershipFactory(member=attendance.person)
    return lambda: Membership.objects.update(organisation=other), lambda: attendance.capacities.add(held)


def an_organisation_renamed_and_joined() -> Race:
    organisation, person, source = OrganisationFactory(), PersonFactory(), SourceFactory()
    return (
        lambda: Actor.objects.filter(pk=organisation.pk).update(name="Ocre"),
        lambda: MembershipFactory(member=person, organisation=organisation, source=source),
    )


def an_organisation_renamed_and_given_a_part() -> Race:
    organisation, part, source = OrganisationFactory(), OrganisationFactory(), SourceFactory()
    return (
        lambda: Actor.objects.filter(pk=organisation.pk).update(name="Ocre"),
        lambda: AttachmentFactory(organisation=part, parent=organisation, source=source),
    )


def an_organisation_gets_an_area_and_a_member() -> Race:
    organisation, person, source = OrganisationFactory(), PersonFactory(), SourceFactory()
    place = TerritoryFactory()
    return (
        lambda: ActorAreaFactory(actor=organisation, territory=place, source=source),
        lambda: MembershipFactory(member=person, organisation=organisation, source=source),
    )


def a_source_dated_and_naming_an_actor() -> Race:
    source, actor = SourceFactory(), OrganisationFactory()
    return (
        lambda: Source.objects.update(date=date(2024, 2, 1)),
        lambda: MentionFactory(actor=actor, source=source, pages=[]),
    )


def a_source_dated_and_telling_a_function() -> Race:
    source, person, organisation = SourceFactory(), PersonFactory(), OrganisationFactory()
    return (
        lambda: Source.objects.update(date=date(2024, 2, 1)),
        lambda: MembershipFactory(member=person, organisation=organisation, source=source, pages=[]),
    )


RACES = [
    one_actor,
    a_competence_renamed_and_attributed,
    an_initiative_renamed_and_borne,
    a_programme_renamed_and_joined,
    a_finding_reworded_and_tied,
    a_workshop_published_and_a_finding_tied,
    a_workshop_published_and_a_finding_voiced,
    a_workshop_published_and_attended,
    a_workshop_published_and_hosted,
    a_workshop_published_and_a_capacity_told,
    an_attendance_excused_and_a_capacity_told,
    a_function_moved_and_a_capacity_told,
    an_organisation_renamed_and_joined,
    an_organisation_renamed_and_given_a_part,
    an_organisation_gets_an_area_and_a_member,
    a_source_dated_and_naming_an_actor,
    a_source_dated_and_telling_a_function,
]


class Writer(threading.Thread):
    """Writes in a transaction of its own connection; what goes wrong is in `error`."""

    def __init__(self, *writes: Write):
        super().__init__(daemon=True)
        self.writes, self.error, self.backend = writes, None, 0

    def run(self):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    (self.backend,) = cursor.fetchone()
                for write in self.writes:
                    write()
        except Exception as error:  # shown by the test
            self.error = error
        finally:
            connection.close()

    def until_done_or_waiting(self) -> None:
        """Comes back when the thread has committed, or waits for a lock that we hold."""
        for _ in range(500):
            if not self.is_alive() or self._is_waiting():
                return
            time.sleep(0.01)
        raise AssertionError("neither done nor waiting")

    def _is_waiting(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted", [self.backend])
            return cursor.fetchone() != (0,)


def finish(*writers: Writer) -> None:
    for writer in writers:
        writer.join(15)
        assert not writer.is_alive()
        assert writer.error is None, writer.error


@pytest.mark.parametrize("order", ["as told", "the other way round"])
@pytest.mark.parametrize("race", RACES, ids=[race.__name__ for race in RACES])
def test_two_writers_at_once(race, order):
    first, second = race() if order == "as told" else reversed(race())
    with transaction.atomic():
        first()
        other = Writer(second)
        other.start()
        other.until_done_or_waiting()
    finish(other)
    assert_index_is_true()


def test_two_statements_that_touch_the_same_actors_in_opposite_order_wait_in_line():
    """Both need A and B. While A is held, the one who would take B first would stop the other for good."""
    a, b = OrganisationFactory(slug="a"), OrganisationFactory(slug="b")

    def name(*actors: Actor, text: str) -> Write:
        return lambda: ActorName.objects.bulk_create([ActorName(actor=actor, name=text) for actor in actors])

    writers = Writer(name(a, b, text="Ocre")), Writer(name(b, a, text="Sienne"))
    with transaction.atomic():
        Actor.objects.select_for_update().get(pk=a.pk)
        for writer in writers:
            writer.start()
            writer.until_done_or_waiting()
            assert writer.is_alive()
        # B is still free: nobody took it out of turn.
        Actor.objects.select_for_update(nowait=True).get(pk=b.pk)
    finish(*writers)
    assert set(ActorName.objects.values_list("actor__slug", "name")) == {
        ("a", "Ocre"), ("b", "Ocre"), ("a", "Sienne"), ("b", "Sienne"),
    }  # fmt: skip
    assert_index_is_true()


def test_two_transactions_that_take_two_actors_in_opposite_order_undo_one_and_leave_the_index_true():
    """Locks in order hold within a statement, not from one to the next: PostgreSQL refuses one of the two, whole."""
    a, b = OrganisationFactory(), OrganisationFactory()

    def name(actor: Actor, text: str) -> Write:
        return lambda: ActorName.objects.create(actor=actor, name=text)

    other, refused = Writer(name(b, "Sienne"), name(a, "Sienne")), None
    try:
        with transaction.atomic():
            name(a, "Ocre")()
            other.start()
            other.until_done_or_waiting()  # it has B and wants A
            name(b, "Ocre")()
    except OperationalError as error:
        refused = error
    other.join(15)
    assert not other.is_alive()
    (error,) = filter(None, (refused, other.error))
    assert isinstance(error.__cause__, DeadlockDetected)
    kept = "Sienne" if refused else "Ocre"
    assert sorted(ActorName.objects.values_list("actor", "name")) == [(a.pk, kept), (b.pk, kept)]
    assert_index_is_true()


def test_ten_writers_of_the_same_few_actors():
    actors = OrganisationFactory.create_batch(4)

    def rename(number: int) -> Write:
        def write():
            chosen = [actor.pk for actor in (actors if number % 2 else reversed(actors))]
            ActorName.objects.bulk_create([ActorName(actor_id=pk, name=f"Nom {number}") for pk in chosen])

        return write

    writers = [Writer(rename(number)) for number in range(10)]
    for writer in writers:
        writer.start()
    finish(*writers)
    assert ActorName.objects.count() == 40
    assert_index_is_true()
