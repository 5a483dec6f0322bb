"""What searches without an answer teach the vocabulary."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from actors.fingerprint import withdrawn_among
from actors.models import Competence, CompetenceSynonym

from ..models import UnansweredSearch
from ..search.unanswered import read_log

MAY_ADD_SYNONYMS = "actors.add_competencesynonym"


class AlreadyUnderstood(Exception):
    """The words name a competence already; in French, for whoever asked."""


@transaction.atomic
def gather(*, lines: Iterable[str]) -> dict[str, int]:
    """Adds what a log tells to the table. Returns how many words are new, and how many were known.

    Of each day the greatest count ever read is kept, so that gathering a log again, or a longer copy of it, counts
    nothing twice. Gather the logs of several servers together. Names of people who withdrew are passed over.
    """
    told = read_log(lines)
    gone = withdrawn_among({words for words, _ in told})
    rows = sorted((words, day.isoformat(), n) for (words, day), n in told.items() if words not in gone)
    counts = Counter(
        "new" if _keep(words, {day: n for _, day, n in days}) else "known"
        for words, days in groupby(rows, key=lambda row: row[0])
    )
    return {"new": counts["new"], "known": counts["known"]}


def _keep(words: str, days: dict[str, int]) -> bool:
    row = UnansweredSearch.objects.select_for_update().filter(words=words).first()
    is_new = row is None
    row = row or UnansweredSearch(words=words)
    row.days = {day: max(days.get(day, 0), row.days.get(day, 0)) for day in sorted({*days, *row.days})}
    row.count = sum(row.days.values())
    row.first_seen, row.last_seen = (date.fromisoformat(day(row.days)) for day in (min, max))
    row.save()
    return is_new


@transaction.atomic
def make_synonym(*, unanswered: UnansweredSearch, competence: Competence, by) -> CompetenceSynonym:
    """The words become another name of `competence`: the very next search understands them."""
    _check(by)
    row = UnansweredSearch.objects.select_for_update().get(pk=unanswered.pk)
    if other := competence_called(row.words, beside=competence):
        raise AlreadyUnderstood(f"« {row.words} » désigne déjà la compétence « {other} ».")
    synonym, _ = CompetenceSynonym.objects.get_or_create(
        competence=competence, sort_name=row.words, defaults={"name": row.words}
    )
    row.competence, row.is_set_aside = competence, False
    row.save(update_fields=["competence", "is_set_aside"])
    return synonym


def competence_called(words: str, *, beside: Competence) -> Competence | None:
    """Another competence than `beside` that has this name or synonym already (a sort key)."""
    called = Q(sort_name=words) | Q(synonyms__sort_name=words)
    return Competence.objects.filter(called).exclude(pk=beside.pk).first()


def set_aside(*, unanswered: Iterable[UnansweredSearch], by) -> int:
    """Takes words that are no competence off the list. Returns how many."""
    _check(by)
    keys = [row.pk for row in unanswered]
    return UnansweredSearch.objects.filter(pk__in=keys).update(is_set_aside=True)


def _check(by) -> None:
    if not (by.is_active and by.has_perm(MAY_ADD_SYNONYMS)):
        raise PermissionDenied
