"""Data entry for the second floor."""

from . import proposals, reminders, rows, workshop

__all__ = ["proposals", "reminders", "rows", "workshop"]
