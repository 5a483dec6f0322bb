"""What would follow if every reference to some rows went to others: read from the models, whatever floor they are on.

A floor above may point to an actor as it likes: its foreign keys and many-to-many tables are found by Django's own
description of the models, so that this one names none of them. Nothing is written here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import F, Q

Model = type[models.Model]
# Where references to the rows of a model go: old key → new key, or None where nothing takes their place.
Targets = dict[Model, dict[Any, Any]]


class Stuck(Exception):
    """A row would have to go on which another depends for good."""


@dataclass
class Change:
    """The rows of a model that change, and those that give way."""

    model: Model
    rows: dict[Any, models.Model] = field(default_factory=dict)
    # key of a row → {column: new value}
    moved: dict[Any, dict[str, Any]] = field(default_factory=dict)
    # key of a row that would be one too many → key of the row that says the same, None if it says nothing any more
    set_aside: dict[Any, Any] = field(default_factory=dict)


def references_to(model: Model) -> list[models.ForeignKey]:
    """The columns, of any table, by which a row points to one of `model`, those of many-to-many tables included.

    Left out: what the database itself does not hold to (history says what was; an index follows by its triggers) and
    a key that is the row's own (the same row, told otherwise).
    """
    found = {
        (relation.field.model._meta.db_table, relation.field.column): relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    }
    return [
        column
        for column in found.values()
        if column.db_constraint and not column.primary_key and not column.model._meta.proxy
    ]


class Redirection:
    """`Redirection(Actor, {old: new}).changes`: a `Change` a model; as many queries for one row as for a thousand.

    Rows that give way may themselves be pointed to: what pointed to them goes to their twin, and so on until nothing
    moves. `left_out`: models that tell what was and must not be rewritten. `lock`: holds the rows until the
    transaction ends.
    """

    def __init__(self, model: Model, keys: dict, *, left_out: Iterable[Model] = (), lock: bool = False):
        self.targets: Targets = {model: dict(keys)}
        self.lock, self.left_out = lock, set(left_out)
        self._read: dict[tuple, list[models.Model]] = {}
        self.changes: dict[Model, Change] = {}
        known = None
        while known != self._size():
            known = self._size()
            self.changes = self._all_changes()

    def _size(self) -> int:
        return sum(map(len, self.targets.values()))

    def _all_changes(self) -> dict[Model, Change]:
        pointing = defaultdict(list)
        for model in list(self.targets):
            for column in references_to(model):
                if column.model not in self.left_out:
                    pointing[column.model].append((column, model))
        changes = {model: self._change(model, columns) for model, columns in pointing.items()}
        return {model: change for model, change in changes.items() if change.moved or change.set_aside}

    def _change(self, model: Model, columns: list[tuple[models.ForeignKey, Model]]) -> Change:
        change = Change(model)
        for column, to in columns:
            goes = self.targets[to]
            for row in self._pointing(column, goes):
                change.rows[row.pk] = row
                new = _end(goes, getattr(row, column.attname))
                if new is not None or column.null:
                    change.moved.setdefault(row.pk, {})[column.attname] = new
                elif column.remote_field.on_delete is models.CASCADE:
                    change.set_aside[row.pk] = None
                else:
                    raise Stuck(str(row))
        self._settle(change, [column for column, _ in columns])
        for key in change.set_aside:
            change.moved.pop(key, None)
        if change.set_aside:
            self.targets.setdefault(model, {}).update(change.set_aside)
        return change

    def _pointing(self, column: models.ForeignKey, keys: Iterable) -> list[models.Model]:
        kept = (column.model, column.attname, frozenset(keys))
        if kept not in self._read:
            rows = column.model._base_manager.filter(**{f"{column.attname}__in": kept[2]}).order_by("pk")
            self._read[kept] = list(rows.select_for_update(of=("self",)) if self.lock else rows)
        return self._read[kept]

    def _settle(self, change: Change, columns: list[models.ForeignKey]) -> None:
        """Which of the rows may not stand beside the others, by the constraints of their table."""
        touched = {column.attname for column in columns}
        _put_in_order(change, touched)
        for constraint, names in unique_sets(change.model):
            if not touched & set(names) or not change.moved:
                continue
            single = len(names) == 1 and change.model._meta.get_field(_name(change.model, names[0])).null
            for key, twin in self._doubles(change, constraint, names, columns).items():
                if single:  # told of one row at a time: the second tells it of none
                    change.moved[key][names[0]] = None
                else:
                    change.set_aside.setdefault(key, twin)

    def _doubles(self, change: Change, constraint, names: tuple[str, ...], columns) -> dict:
        """key of a row that moves → key of the row that says the same."""
        moving = set(change.moved) - set(change.set_aside)
        condition = getattr(constraint, "condition", None)
        if condition is not None and moving:
            held = change.model._base_manager.filter(condition, pk__in=moving)
            moving = set(held.values_list("pk", flat=True))
        blank = getattr(constraint, "nulls_distinct", None) is False
        taken: dict[tuple, Any] = {}
        for row in self._standing(change, columns, names, condition):
            taken.setdefault(tuple(getattr(row, name) for name in names), row.pk)
        doubles = {}
        for key in sorted(moving):
            row, new = change.rows[key], change.moved[key]
            says = tuple(new.get(name, getattr(row, name)) for name in names)
            if None in says and not blank:
                continue
            if says in taken:
                doubles[key] = taken[says]
            else:
                taken[says] = key
        return doubles

    def _standing(self, change: Change, columns, names, condition) -> Iterator[models.Model]:
        """Rows that do not move and already point where the others go."""
        for column in columns:
            if column.attname not in names:
                continue
            goes = self.targets[column.remote_field.model._meta.concrete_model]
            found = self._pointing(column, {new for new in goes.values() if new is not None})
            keys = {row.pk for row in found} - set(change.moved) - set(change.set_aside)
            if condition is not None and keys:
                held = change.model._base_manager.filter(condition, pk__in=keys)
                keys = set(held.values_list("pk", flat=True))
            yield from (row for row in found if row.pk in keys)


def _end(goes: dict, key: Any) -> Any:
    """Where `key` ends: a row that took another's place may have had to give way too."""
    while key in goes:
        key = goes[key]
    return key


def _name(model: Model, attname: str) -> str:
    return next(column.name for column in model._meta.concrete_fields if column.attname == attname)


def _attname(model: Model, name: str) -> str:
    return model._meta.get_field(name).attname  # type: ignore[union-attr]


def unique_sets(model: Model) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """(constraint, columns) of all that must be once in the table."""
    for column in model._meta.concrete_fields:
        if column.unique and not column.primary_key:
            yield column, (column.attname,)
    for names in model._meta.unique_together:
        yield names, tuple(_attname(model, name) for name in names)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield constraint, tuple(_attname(model, name) for name in constraint.fields)


def pairs_held(model: Model) -> Iterator[tuple[str, str, bool]]:
    """(column, column, in order): the columns that a CheckConstraint keeps apart, or the first below the second."""
    for constraint in model._meta.constraints:
        condition = getattr(constraint, "condition", None)
        if not isinstance(constraint, models.CheckConstraint) or not isinstance(condition, Q):
            continue
        inner = condition
        while len(inner.children) == 1 and isinstance(inner.children[0], Q):
            condition, inner = inner, inner.children[0]
        if len(inner.children) != 1 or not isinstance(inner.children[0], tuple):
            continue
        (path, value), negated = inner.children[0], inner.negated or condition.negated
        name, _, lookup = path.partition("__")
        if isinstance(value, F) and ((negated and not lookup) or (not negated and lookup == "lt")):
            yield _attname(model, name), _attname(model, value.name), lookup == "lt"


def _put_in_order(change: Change, touched: set[str]) -> None:
    """A row that would be about one and the same gives way; one whose two ends have an order is turned round."""
    for one, other, ordered in pairs_held(change.model):
        if not touched & {one, other}:
            continue
        for key, new in change.moved.items():
            row = change.rows[key]
            first, second = (new.get(name, getattr(row, name)) for name in (one, other))
            if first is None or second is None:
                continue
            if first == second:
                change.set_aside[key] = None
            elif ordered and first > second:
                new[one], new[other] = second, first


__all__ = ["Change", "Redirection", "Stuck", "pairs_held", "references_to", "unique_sets"]
