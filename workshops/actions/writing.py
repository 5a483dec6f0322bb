"""Entering what touches several rows of a workshop: parallel sessions, attendances, recommendations."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from actors.actions.record import record
from actors.models import Actor

from ..models import Attendance, Finding, Recommendation, RecommendationAnswer, Session, Workshop


@transaction.atomic
def hold_in_parallel(*, one: Session, other: Session) -> None:
    """Says of two sessions of a workshop that they ran at the same time; says it of both."""
    if one.workshop_id != other.workshop_id:
        raise ValidationError("Deux séances en parallèle sont du même atelier.")
    for session, parallel in ((one, other), (other, one)):
        if session.parallel_to_id != parallel.pk:
            session.parallel_to = parallel
            session.save(update_fields=["parallel_to"])


def record_attendance(
    *, workshop: Workshop, person: Actor | None = None, delegate_of: Actor | None = None, **values
) -> Attendance | None:
    """That a person, or an unnamed delegate of an organisation, was there (or excused, represented, invited).

    A person has one row a workshop; delegates are told apart by their rank in the list. The `capacities` (in `links`)
    are memberships of that very person. `values`: columns of Attendance and options of `record`.
    """
    for membership in values.get("links", {}).get("capacities", ()):
        if person is None or membership.member_id != person.pk:
            raise ValidationError("On n’est présent qu’au titre de ses propres fonctions.")
    key = ("workshop", "person") if person else ("workshop", "delegate_of", "position")
    return record(Attendance, key=key, workshop=workshop, person=person, delegate_of=delegate_of, **values)


@transaction.atomic
def record_recommendation(
    *,
    workshop: Workshop,
    parts: Iterable[dict] = (),
    answers: Iterable[tuple[Finding, str]] = (),
    **values,
) -> Recommendation | None:
    """A recommendation with its parts (the columns of each) and the findings it answers (with the basis of saying so).

    Nothing is said of its bearing and progress: that is the follow-ups'. `values`: columns of Recommendation and
    options of `record`. None when it was deleted and `overwrite` is off.
    """
    options = {option: values[option] for option in ("tally", "overwrite") if option in values}
    whole = record(Recommendation, workshop=workshop, **values)
    if whole is None:
        return None
    shared = {
        "workshop": workshop,
        "parent": whole,
        "session": whole.session,
        "source": whole.source,
        "voice_note": whole.voice_note,
    }
    for part in parts:
        record(Recommendation, **(shared | part), **options)
    for finding, basis in answers:
        record(RecommendationAnswer, recommendation=whole, finding=finding, basis=basis, **options)
    return whole
