"""Presence in a table: a cross under a column, a letter, a word."""

from . import words
from .columns import STATUS_COLUMNS, Columns
from .statuses import read_said

_MARKS = words.named("marks")
_NO_MARKS = words.named("no_marks")
_CODES = {
    **dict.fromkeys(_MARKS, "present"),
    **dict.fromkeys(("a", "abs", "absent", "absente", "non", "n", "no", "0", "faux", "false"), "absent"),
    **dict.fromkeys(("e", "exc", "ex", "excuse", "excusee"), "excused"),
    **dict.fromkeys(("r", "rep", "represente", "representee", "pouvoir"), "represented"),
    **dict.fromkeys(("signe", "signee", "a signe"), "present"),
    **dict.fromkeys(("i", "inv", "invite", "invitee"), "invited"),
}
_SUBSTITUTE = frozenset(("suppleant", "suppleante"))
_EMPTY = words.named("empty") | {"", "sans objet"}


def filled(cell: str) -> str | None:
    text = cell.strip()
    return None if words.fold(text) in _EMPTY else text


def first(cells: list[str], columns: Columns, kind: str) -> str | None:
    for index, other in enumerate(columns.kinds):
        if other == kind and index < len(cells) and filled(cells[index]):
            return filled(cells[index])
    return None


def has_cross(cells: list[str], columns: Columns) -> bool:
    """Whether the row bears a mark in a column of presence."""
    return any(
        kind in STATUS_COLUMNS and index < len(cells) and words.fold(cells[index]) in _MARKS
        for index, kind in enumerate(columns.kinds)
    )


def tells_presence(cells: list[str], columns: Columns) -> bool:
    """Whether a column of presence says something on this row."""
    told = (*STATUS_COLUMNS, "presence", "signature", "notes")
    return any(
        kind in told and index < len(cells) and filled(cells[index])
        for index, kind in enumerate(columns.kinds)
    )


def row_status(cells: list[str], columns: Columns, section: str) -> tuple[str, str | None]:
    """The status a row says, and what else it could be if that is in doubt."""
    crossed = [
        (kind, cells[index])
        for index, kind in enumerate(columns.kinds)
        if kind in STATUS_COLUMNS
        and index < len(cells)
        and (filled(cells[index]) or words.fold(cells[index]) in _NO_MARKS)
    ]
    said = [_crossed(kind, cell) for kind, cell in crossed]
    positive = [status for status in said if status and status != "absent"] or [
        status for status in said if status
    ]
    if len(positive) == 1:
        return positive[0], None
    if positive:
        return positive[0], positive[1] if positive[1] != positive[0] else None
    told = [
        cell for cell, kind in zip(cells, columns.kinds, strict=False) if kind == "presence" and filled(cell)
    ]
    if told:
        status, other = _coded(told[0])
        differs = next((_coded(cell)[0] for cell in told if _coded(cell)[0] != status), None)
        return status, differs or other
    signed = first(cells, columns, "signature")
    if signed:
        return _CODES.get(words.fold(signed), "present"), None if words.fold(signed) in _CODES else "unknown"
    standing_in = first(cells, columns, "substitute")
    if standing_in and (words.fold(standing_in) in _MARKS or read_said(standing_in)):
        return "represented", None
    if columns.crossed and any(kind in STATUS_COLUMNS for kind in columns.kinds):
        return "absent", "unknown"
    # Who may come instead is often named beforehand: it does not say who came.
    other = "represented" if standing_in and section != "represented" else None
    return ("present" if first(cells, columns, "joined") else section), other


def _crossed(kind: str, cell: str) -> str | None:
    """What a cell says under a column of presence: a cross says the column; « excusée » says itself; « non » under
    « présent » says absent, and nothing elsewhere."""
    folded = words.fold(cell).strip(".")
    if folded in _SUBSTITUTE:
        return "represented"  # « Présent : suppléant »
    if folded in _NO_MARKS:
        return "absent" if kind == "present" and folded in ("non", "n", "no", "faux", "false", "0") else None
    if kind == "present" and folded in _CODES:
        return _CODES[folded]  # « Présent : E », as the key of many a sheet has it
    said = read_said(cell)
    if said and said.status:
        return said.status
    return kind


def is_code(cell: str) -> bool:
    """Whether `cell` is one of the marks by which a sheet says who came."""
    return words.fold(cell).strip(".") in _CODES


def _coded(code: str) -> tuple[str, str | None]:
    folded = words.fold(code).strip(".")
    if folded in ("✗", "✘"):
        return "absent", "present"  # a cross of presence for some, of absence beside ticks
    if folded in _CODES:
        return _CODES[folded], None
    said = read_said(code)
    if said and said.status:
        return said.status, None if said.sure else "unknown"
    return "unknown", "present"
