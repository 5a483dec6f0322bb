"""What an action wrote, remembered so that it can be undone: exactly that, and only while nobody built upon it."""

import json
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.deletion import Collector, ProtectedError

# They tell how often and when a row changed, not what it says.
_NOT_SAID = {"version", "updated_at", "created_at"}


class Made:
    """Rows created, and attendances changed, in the order of writing."""

    def __init__(self, kept: dict | None = None):
        kept = kept or {}
        self._created: list[list] = kept.get("created", [])  # label, key, what it said
        self._updated: list[list] = kept.get("updated", [])  # label, key, before, after, capacities added

    def as_json(self) -> dict:
        return {"created": self._created, "updated": self._updated}

    @staticmethod
    def snapshot(row: models.Model) -> dict[str, Any]:
        """What `row` says, as JSON would give it back."""
        columns = [
            column
            for column in row._meta.concrete_fields
            if column.name not in _NOT_SAID and not isinstance(column, models.GeneratedField)
        ]
        values = {column.attname: getattr(row, column.attname) for column in columns}
        return json.loads(json.dumps(values, cls=DjangoJSONEncoder))

    def created(self, row: models.Model) -> None:
        self._created.append([row._meta.concrete_model._meta.label, row.pk, self.snapshot(row)])

    def updated(self, row: models.Model, before: dict | None, added: list[int]) -> None:
        self._updated.append([row._meta.label, row.pk, before, self.snapshot(row), added])

    def undo(self) -> None:
        """Deletes what was created and gives back what was changed; call it in a transaction.

        Raises ValidationError, naming the first rows that stand in the way, where someone changed or used them since.
        """
        rows = self._unchanged()
        self._check_unused(rows)
        for label, key, before, _after, added in self._updated:
            row = apps.get_model(label)._base_manager.get(pk=key)
            for name, value in before.items():
                setattr(row, name, row._meta.get_field(name.removesuffix("_id")).to_python(value))
            row.save()
            row.capacities.remove(*added)
        for row in reversed(rows):
            row.delete()

    def _unchanged(self) -> list[models.Model]:
        """The rows created, as they are now; those that are gone are gone."""
        by_model = defaultdict(list)
        for label, key, *_ in (*self._created, *self._updated):
            by_model[label].append(key)
        found = {
            (label, row.pk): row
            for label, keys in by_model.items()
            for row in apps.get_model(label)._base_manager.select_for_update(of=("self",)).filter(pk__in=keys)
        }
        said = [(label, key, what) for label, key, what in self._created]
        said += [(label, key, after) for label, key, _before, after, _added in self._updated]
        changed = [
            found[label, key]
            for label, key, what in said
            if (label, key) in found and self.snapshot(found[label, key]) != what
        ]
        if changed:
            raise ValidationError(_refusal("modifié", changed))
        return [found[label, key] for label, key, _ in self._created if (label, key) in found]

    def _check_unused(self, rows: list[models.Model]) -> None:
        """Nothing may hang on a row to be deleted but what is deleted with it."""
        mine = {(row._meta.concrete_model, row.pk) for row in rows}
        used = [
            other
            for row in rows
            for other in hanging_on(row)
            if (other._meta.concrete_model, other.pk) not in mine and not _is_link(other)
        ]
        if used:
            raise ValidationError(_refusal("utilisé", used))


class _Hanging(Collector):
    """Gathers without deleting: every row one by one, those that would forbid it too."""

    def can_fast_delete(self, *_args: Any, **_options: Any) -> bool:
        return False


def hanging_on(row: models.Model) -> list[models.Model]:
    """What would go with `row`, or forbids that it goes: rows of any floor, itself left out."""
    collector = _Hanging(using=row._state.db or "default", origin=row)
    try:
        collector.collect([row])
    except ProtectedError as error:
        return [other for other in error.protected_objects if other != row]
    return [other for rows in collector.data.values() for other in rows if other != row]


def _is_link(row: models.Model) -> bool:
    """What says nothing by itself: a line of a many-to-many column, a row derived from another whose key it bears (the
    index), what was remembered of a name.
    """
    meta = row._meta
    return bool(meta.auto_created) or meta.pk.is_relation or meta.label == "actors.NameDecision"


def _refusal(what: str, rows: list[models.Model]) -> str:
    told = "\u202f; ".join(f"{row._meta.verbose_name} «\u00a0{row}\u00a0»" for row in rows[:3])
    more = "…" if rows[3:] else ""
    return f"Impossible d’annuler\u00a0: {told}{more} – {what} depuis la confirmation."
