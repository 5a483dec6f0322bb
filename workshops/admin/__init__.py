"""Data entry for the second floor."""

from . import rows, workshop

__all__ = ["rows", "workshop"]
