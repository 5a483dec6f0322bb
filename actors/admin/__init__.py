"""Data entry for the first floor."""

from . import actors, inbox, initiatives, merging, notes, vocabulary

__all__ = ["actors", "inbox", "initiatives", "merging", "notes", "vocabulary"]
