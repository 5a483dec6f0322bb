"""Writing and reading the vocabulary as a whole."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ..models import Competence, CompetenceSynonym
from ..vocabulary.terms import Term
from .record import Outcome, Tally, record


@transaction.atomic
def record_terms(*, terms: Iterable[Term], tally: Tally, overwrite: bool = False) -> None:
    """Writes terms, broad ones first, with their synonyms and neighbours; `tally` counts what changed.

    Without `overwrite`, what someone changed since is left so. No term is ever removed: proofs hang on it.
    """
    options: dict[str, Any] = {"tally": tally, "overwrite": overwrite}
    written: dict[str, Competence | None] = {"": None}
    fresh = []
    for term in sorted(terms, key=lambda term: term.parent != ""):
        row = written[term.slug] = record(
            Competence,
            slug=term.slug,
            name=term.name,
            definition=term.definition,
            parent=written[term.parent],
            **options,
        )
        if row and (overwrite or tally.last is Outcome.CREATED):
            fresh.append((row, term))
        for name in term.synonyms if row else ():
            record(CompetenceSynonym, key=["competence", "name"], competence=row, name=name, **options)
    for row, term in fresh:  # neighbours are told of one term and hold for both
        row.related.add(*filter(None, (written[slug] for slug in term.related)))


def read_terms() -> list[Term]:
    """The whole vocabulary, each broad term before those under it; three queries."""
    rows = Competence.objects.select_related("parent").prefetch_related("synonyms", "related")
    terms = [
        Term(
            row.slug,
            row.name,
            row.definition,
            row.parent.slug if row.parent else "",
            tuple(synonym.name for synonym in row.synonyms.all()),
            tuple(sorted(other.slug for other in row.related.all())),
        )
        for row in rows
    ]
    return sorted(terms, key=lambda term: (term.parent or term.slug, term.parent != "", term.slug))
