"""The whole database as it stands, table by table, to compare what was before with what is after."""

from django.apps import apps
from pghistory.models import Event

from actors.models import Merge

# Counted by the database, or by the machine that saved.
_MOVES_BY_ITSELF = {"version", "updated_at"}
# Who did what; and the index, made by triggers, whose truth `assert_index_is_true` tells (the order of its words does
# not count, nor the numbers of its rows).
_LEFT_OUT = {
    "pghistory.Context",
    "admin.LogEntry",
    "sessions.Session",
    "directory.SearchEntry",
    "directory.NameStart",
}


def everything() -> dict[str, list[tuple]]:
    """{table: rows} of all that people entered and of what is computed from it; not history, which only grows."""
    return {
        model._meta.db_table: sorted(
            tuple((c.attname, str(getattr(row, c.attname))) for c in _columns(model))
            for row in model._base_manager.all()
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and not issubclass(model, Event)
        and model is not Merge
        and model._meta.label not in _LEFT_OUT
    }


def _columns(model):
    return [c for c in model._meta.concrete_fields if c.attname not in _MOVES_BY_ITSELF]


def differences(before: dict, after: dict) -> dict[str, tuple[list, list]]:
    return {
        table: ([r for r in rows if r not in after[table]], [r for r in after[table] if r not in rows])
        for table, rows in before.items()
        if rows != after[table]
    }
