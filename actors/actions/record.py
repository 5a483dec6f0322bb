"""Writing a row only when it says something new: what fixtures, imports and the admin's own flows write through.

A row is found again by what makes it unique in the database (its slug, or the columns of its unique constraint), so
that the same facts recorded twice leave one row, one version and one line of history.
"""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

M = TypeVar("M", bound=models.Model)


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # the row says something else, and was left so


@dataclass
class Tally:
    """How many rows of each kind were created, updated, unchanged or kept; and what became of the last one."""

    counts: dict[str, dict[Outcome, int]] = field(default_factory=dict)
    last: Outcome | None = None

    def add(self, model: type[models.Model], outcome: Outcome) -> None:
        of_kind = self.counts.setdefault(str(model._meta.verbose_name_plural), dict.fromkeys(Outcome, 0))
        of_kind[outcome] += 1
        self.last = outcome

    def total(self, *outcomes: Outcome) -> int:
        """Rows of every kind that had one of `outcomes`."""
        return sum(of_kind[outcome] for of_kind in self.counts.values() for outcome in outcomes)


def natural_key(model: type[models.Model]) -> tuple[str, ...]:
    """Names of the columns that tell one row of `model` from another: its slug, else its first unique constraint."""
    try:
        slug = model._meta.get_field("slug")
    except FieldDoesNotExist:
        slug = None
    if isinstance(slug, models.SlugField) and slug.unique:
        return ("slug",)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
            return tuple(constraint.fields)
    raise ValueError(f"{model.__name__} has no natural key")


def record(
    model: type[M],
    *,
    key: Iterable[str] | None = None,
    links: Mapping[str, Iterable[models.Model]] | None = None,
    first: dict[str, Any] | None = None,
    overwrite: bool = True,
    tally: Tally | None = None,
    **values: Any,
) -> M | None:
    """The row of `model` that says `values`: created, brought up to date, or left untouched when it says so already.

    `key`: the columns by which it is found again (`natural_key` by default); they must be among `values`.
    `links`: many-to-many columns and the whole set each must hold.
    `first`: values of a new row only (a state that people change afterwards).
    `overwrite=False`: a row that exists keeps what it says, since someone may have corrected it; a row that history
    knows is not written anew under its old key: it comes back as it is now, or None when it was deleted.
    Raises ValidationError on a value that its column does not take, IntegrityError on what the database refuses.
    """
    columns = tuple(key or natural_key(model))
    wanted = {name: values.get(name, _default(model, name)) for name in columns}
    # One row is written whole in any case: a transaction of its own only where links follow.
    with transaction.atomic() if links else nullcontext():
        row, outcome = _write(model, wanted, values, links or {}, first or {}, overwrite)
    if tally is not None:
        tally.add(model, outcome)
    return row


def _write(
    model: type[M], wanted: dict, values: dict, links: Mapping, first: dict, overwrite: bool
) -> tuple[M | None, Outcome]:
    row = model._default_manager.filter(**wanted).first()
    if row is not None:
        outcome = _update(row, values, links, overwrite)
    elif not overwrite and (event := _last_event(model, wanted)):
        return model._default_manager.filter(pk=event.pgh_obj_id).first(), Outcome.KEPT
    else:
        row = model(**first, **values)
        _check(row)
        row.save(force_insert=True)
        outcome = Outcome.CREATED
    if outcome in (Outcome.CREATED, Outcome.UPDATED):
        for name, rows in links.items():
            getattr(row, name).set(rows)
    return row, outcome


def _last_event(model: type[models.Model], wanted: dict):
    """The last line of history of a row that once had this key: it was renamed, moved or deleted since."""
    events = getattr(model, "pgh_event_model", None)
    return events.objects.filter(**wanted).order_by("-pgh_id").first() if events else None


def _default(model: type[models.Model], name: str):
    column = model._meta.get_field(name)
    return column.get_default() if isinstance(column, models.Field) else None


def _check(row: models.Model) -> None:
    """Choices, lengths and formats; the database itself holds keys, references and constraints."""
    row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})


def _update(row: models.Model, values: dict, links: Mapping, overwrite: bool) -> Outcome:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    relinked = any(
        set(getattr(row, name).values_list("pk", flat=True)) != {linked.pk for linked in rows}
        for name, rows in links.items()
    )
    if not changed and not relinked:
        return Outcome.UNCHANGED
    if not overwrite:
        return Outcome.KEPT
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        _check(row)
        row.save()
    return Outcome.UPDATED
