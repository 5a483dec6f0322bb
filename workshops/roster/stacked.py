"""Tables pasted one cell a line: row after row, column after column, or « Nom : … » sheets. Put back into rows."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from .columns import NAME_KINDS, kind_of
from .line import Line
from .sections import read_heading

_TITLES = NAME_KINDS | {"role", "organisation", "unit", "territory", "presence", "signature", "private"}
_SHEET = re.compile(r"([^:]{2,40}?)\s*:\s*(.*)$")
_LEAST_TITLES = 3  # so many titles on as many lines are no accident
_LEAST_ROWS = 2
_T = TypeVar("_T")


def restack(lines: list[Line], breaks: set[int]) -> tuple[list[Line], set[int]]:
    """`lines` with their stacked tables in rows of tabs, and `breaks` moved along."""
    out: list[Line] = []
    origins: list[int] = []
    index, sheet = 0, ()
    while index < len(lines):
        rows, used, sheet = _table(lines, index, sheet)
        out += rows
        origins += [index] * len(rows)
        index += used
    return out, {bisect_left(origins, position) for position in breaks}


def _table(lines: list[Line], index: int, sheet: tuple[str, ...]) -> tuple[list[Line], int, tuple[str, ...]]:
    """The rows that begin at `index`, how many lines they were, and the titles of the sheet just read."""
    line = lines[index]
    if ":" in line.text:
        titles, cells = _sheet(lines, index)
        if titles:
            heads = [] if titles == sheet else [_row(lines[index : index + 1], titles)]
            row = _row(lines[index : index + len(titles)], cells)
            return [*heads, row], len(titles), titles
    elif _title(line):
        width = _run(lines, index)
        grid = _by_rows(lines, index, width) if width >= _LEAST_TITLES else _by_columns(lines, index)
        if grid:
            rows = [_row(row, [cell.text for cell in row]) for row in grid]
            used = sum(bool(cell.raw) for row in grid for cell in row)
            return [rows[0], *(replace(row, loose=True) for row in rows[1:])], used, ()
    return [line], 1, sheet


def _row(lines: Sequence[Line], cells: Sequence[str]) -> Line:
    raw = " / ".join(line.raw for line in lines)
    return replace(lines[0], text="\t".join(cells), raw=raw, before_blank=lines[-1].before_blank, indent=0)


def _title(line: Line) -> str:
    """The kind of the column that `line`, alone, is the title of."""
    if line.bullet or len(line.text) > 40 or "\t" in line.text:
        return ""
    kind = kind_of(line.text)
    return kind if kind in _TITLES else ""


def _run(lines: list[Line], index: int) -> int:
    end, last = index, min(len(lines), index + len(_TITLES))
    while end < last and _title(lines[end]) and (end == index or not lines[end].after_blank):
        end += 1
    return end - index


def _cell(line: Line) -> bool:
    return not (line.bullet or "\t" in line.text or _title(line) or _status_head(line))


def _status_head(line: Line) -> bool:
    heading = read_heading(line.text)
    return heading is not None and bool(heading.status or heading.rest)


def _by_rows(lines: list[Line], index: int, width: int) -> list[list[Line]]:
    """Titles one under the other, then the cells of each row likewise."""
    cells = lines[index : index + width]
    heads = {_title(line) for line in cells}
    for position in range(index + width, len(lines)):
        line = lines[position]
        if not _cell(line):
            break
        if line.after_blank and len(cells) % width == width - 1:
            cells.append(replace(line, text="", raw=""))  # the last cell of the row was empty
        if line.after_blank and len(cells) % width:
            return []
        cells.append(line)
    if len(cells) % width or len(cells) == width or not heads & NAME_KINDS:
        return []
    return _chunks(cells, width)


def _by_columns(lines: list[Line], index: int) -> list[list[Line]]:
    """A title, its cells, the next title, as many cells: the columns of a page read one after the other."""
    height = 1
    while index + height < len(lines) and _cell(lines[index + height]):
        height += 1
    if height <= _LEAST_ROWS:
        return []
    columns = [lines[index : index + height]]
    start = index + height
    while _is_column(lines, start, height):
        columns.append(lines[start : start + height])
        start += height
    kinds = {_title(column[0]) for column in columns}
    if len(columns) < 2 or len(kinds) < len(columns) or not kinds & NAME_KINDS:
        return []
    return [list(row) for row in zip(*columns, strict=True)]


def _is_column(lines: list[Line], start: int, height: int) -> bool:
    column = lines[start : start + height]
    return len(column) == height and bool(_title(column[0])) and all(_cell(line) for line in column[1:])


def _sheet(lines: list[Line], index: int) -> tuple[tuple[str, ...], list[str]]:
    """« Nom : A », « Prénom : B », « Structure : C », one a line: titles and cells; nothing if it is not that."""
    titles: list[str] = []
    cells: list[str] = []
    kinds: list[str] = []
    for line in lines[index : index + len(_TITLES)]:
        match = _SHEET.match(line.text)
        kind = kind_of(match.group(1)) if match else ""
        if not match or kind not in _TITLES or kind in kinds or (titles and line.after_blank):
            break
        titles.append(match.group(1))
        cells.append(match.group(2))
        kinds.append(kind)
    said = any(title.lower().startswith(("nom", "prénom", "prenom")) for title in titles)
    both = {"family", "given"} <= set(kinds)
    return (tuple(titles), cells) if said and (both or len(titles) >= _LEAST_TITLES) else ((), [])


def _chunks(items: list[_T], size: int) -> list[list[_T]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
