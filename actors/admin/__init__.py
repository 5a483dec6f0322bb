"""Data entry for the first floor."""

from . import actors, inbox, initiatives, notes, vocabulary

__all__ = ["actors", "inbox", "initiatives", "notes", "vocabulary"]
