"""What the tests of the roster share."""

import re

from workshops.roster.words import fold

FIELDS = ("person_name", "role", "unit", "organisation")


def same(left: str | None, right: str | None) -> bool:
    """Equal but for case, accents, hyphens, spaces and a final point: what an animator would not correct."""
    return _plain(left) == _plain(right)


def _plain(text: str | None) -> str:
    return re.sub(r"[\s.]+", " ", fold(text or "")).strip()
