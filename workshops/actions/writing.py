"""Entering a workshop: its sessions, who was there, what was found, what was recommended."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction

from actors.actions.record import record
from actors.models import Basis

from ..models import (
    Attendance,
    Finding,
    FindingKind,
    FollowUp,
    Recommendation,
    RecommendationAnswer,
    Session,
    Workshop,
)

# How an animator's own findings are numbered, by kind; the codes of a report are its own.
_LETTERS = {
    FindingKind.FREIN: "F",
    FindingKind.MOTEUR: "M",
    FindingKind.INGREDIENT: "I",
    FindingKind.CONDITION: "CO",
    FindingKind.BESOIN: "B",
    FindingKind.TENSION: "T",
    FindingKind.QUESTION: "Q",
    FindingKind.REPRESENTATION: "R",
    FindingKind.CONSTAT: "X",
}


@transaction.atomic
def hold_in_parallel(*, one: Session, other: Session) -> None:
    """Says of two sessions of a workshop that they ran at the same time; says it of both."""
    if one.workshop_id != other.workshop_id:
        raise ValidationError("Deux séances en parallèle sont du même atelier.")
    for session, parallel in ((one, other), (other, one)):
        if session.parallel_to_id != parallel.pk:
            session.parallel_to = parallel
            session.save(update_fields=["parallel_to"])


@transaction.atomic
def record_attendance(*, workshop: Workshop, person=None, delegate_of=None, **values) -> Attendance:
    """That a person, or an unnamed delegate of an organisation, was there (or excused, represented, invited).

    A person has one row a workshop; delegates are told apart by their rank in the list. `capacities` (in
    `links`) are memberships of that very person. `values`: columns of Attendance and options of `record`.
    """
    for membership in values.get("links", {}).get("capacities", ()):
        if person is None or membership.member_id != person.pk:
            raise ValidationError("Une présence ne se prend qu’au titre de ses propres fonctions.")
    key = ("workshop", "person") if person else ("workshop", "delegate_of", "position")
    return record(Attendance, key=key, workshop=workshop, person=person, delegate_of=delegate_of, **values)


def next_code(*, workshop: Workshop, kind: str) -> str:
    """The mark of a new finding of `kind` in `workshop`: « F20 » after « F19 »."""
    letter = _LETTERS[FindingKind(kind)]
    numbers = [
        int(match[1])
        for code in workshop.findings.filter(code__startswith=letter).values_list("code", flat=True)
        if (match := re.fullmatch(rf"{letter}(\d+)", code))
    ]
    return f"{letter}{max(numbers, default=0) + 1}"


@transaction.atomic
def record_finding(*, workshop: Workshop, kind: str, statement: str, code: str = "", **values) -> Finding:
    """What a workshop found. Only the kind and the statement are required; without `code`, a new finding.

    A new finding takes the workshop's report as its source and comes last. `values`: columns of Finding and
    options of `record` (`links`: themes, actors, initiatives, triggers).
    """
    if not code:
        Workshop.objects.select_for_update().get(pk=workshop.pk)  # two animators, two codes
        last = workshop.findings.aggregate(last=models.Max("position"))["last"] or 0
        values = {"source": workshop.source, "position": last + 1} | values
        code = next_code(workshop=workshop, kind=kind)
    return record(Finding, workshop=workshop, kind=kind, statement=statement, code=code, **values)


@transaction.atomic
def record_recommendation(
    *,
    workshop: Workshop,
    parts: Iterable[dict] = (),
    answers: Iterable[tuple[Finding, str]] = (),
    **values,
) -> Recommendation | None:
    """A recommendation with its parts (columns of each) and the findings it answers (with the basis of saying so).

    Nothing is said of its bearing and progress: that is the follow-ups'. `values`: columns of Recommendation and
    options of `record`. None when it was deleted and `overwrite` is off.
    """
    options = {option: values[option] for option in ("tally", "overwrite") if option in values}
    whole = record(Recommendation, workshop=workshop, **values)
    if whole is None:
        return None
    shared = {"workshop": workshop, "parent": whole, "session": whole.session, "source": whole.source}
    for part in parts:
        record(Recommendation, **(shared | {"voice_note": whole.voice_note} | part), **options)
    for finding, basis in answers:
        record(
            RecommendationAnswer,
            recommendation=whole,
            finding=finding,
            basis=basis or Basis.STATED,
            **options,
        )
    return whole


@transaction.atomic
def follow_up(
    *, recommendation: Recommendation, source, corrects: FollowUp | None = None, **values
) -> FollowUp:
    """What someone says became of a recommendation: always a new row, never a change of an older one.

    `corrects`: an earlier follow-up of the same recommendation that this one replaces. `values`: said_on, bearing,
    bearer, progress, note, said_by.
    """
    if corrects and corrects.recommendation_id != recommendation.pk:
        raise ValidationError("Une suite ne corrige qu’une suite de la même recommandation.")
    row = FollowUp(recommendation=recommendation, source=source, corrects=corrects, **values)
    row.full_clean()
    row.save()
    return row
