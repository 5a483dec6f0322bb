"""A sourced fact as a page prints it: its proof one click away, and its age."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from actors.models import Basis, Sourced
from workshops.reading.words import page_url

# What was true four years ago may have changed: a function, a tie (design, « rules of truth », 4).
STALE_AFTER_DAYS = 2 * 365


@dataclass(frozen=True)
class Proof:
    """The parameters of components/source-line.html."""

    source_label: str
    source_url: str
    pages: list[int]
    basis: str
    observed_on: date | None
    stale: bool


def proof(fact: Sourced, *, ages: bool = False) -> Proof:
    """The proof of `fact`, whose `source` is loaded; with `ages`, says when it was seen and whether it is old."""
    seen = fact.seen_on if ages else None
    stale = bool(seen) and (timezone.localdate() - seen).days > STALE_AFTER_DAYS
    return Proof(
        fact.source.short_title,
        page_url(fact.source, fact.pages),
        fact.pages,
        fact.basis if fact.basis in (Basis.DEDUCED, Basis.EXTERNAL) else "",
        seen,
        stale,
    )
