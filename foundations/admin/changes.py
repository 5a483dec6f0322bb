"""What differs between two events of a row, in the words of its fields."""

from datetime import date, datetime

from django.db.models import GeneratedField, Model

from foundations.templatetags.french import day, moment

# Kept by the machine: saying that they moved tells nothing.
SILENT = {"version", "created_at", "updated_at"}


def tracked_fields(model: type[Model]) -> list:
    """The columns that an event can give back: all but the key and what the database computes."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not isinstance(field, GeneratedField)
    ]


class Naming:
    """Names the rows that events point to; one query a relation, whatever the number of events."""

    def __init__(self, model: type[Model], events: list):
        self.model = model
        self.rows = {}
        for field in tracked_fields(model):
            if field.is_relation:
                keys = {getattr(event, field.attname) for event in events} - {None}
                manager = field.related_model._base_manager
                self.rows[field.name] = manager.in_bulk(keys) if keys else {}

    def words(self, field, event) -> str:
        """The value of `field` in `event`, as a reader would say it; empty for nothing."""
        value = getattr(event, field.attname)
        if value in (None, "", []):
            return ""
        if field.is_relation:
            return str(self.rows[field.name].get(value, f"fiche supprimée ({value})"))
        if isinstance(value, bool):
            return "oui" if value else "non"
        if isinstance(value, datetime):
            return moment(value)
        if isinstance(value, date):
            return day(value)
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return str(dict(field.flatchoices).get(value, value))


def changes_between(before, after, naming: Naming) -> list[dict[str, str]]:
    """[{field, old, new}]: the columns that changed between two events, or all that is filled when `before` is None."""
    changes = []
    for field in tracked_fields(naming.model):
        if field.name in SILENT:
            continue
        old = naming.words(field, before) if before is not None else ""
        new = naming.words(field, after)
        if old != new:
            changes.append({"field": field.verbose_name, "old": old, "new": new})
    return changes
