"""A text or a sheet of LibreOffice as it reads on screen: its paragraphs and its tables, in order.

Left out: what was deleted under tracked changes, the table of contents, which says the headings again, and what stands
in the margin or at the foot of the page.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from .word import MAX_BYTES, MAX_UNPACKED

Row = list[str]

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE, _STYLE = (f"{_NAMES}{name}:1.0}}" for name in ("text", "table", "office", "style"))
_BREAK = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}break-before"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_BOX = f"{_NAMES}drawing:1.0}}text-box"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_TURNED = f"{_TEXT}soft-page-break"  # written by LibreOffice where its pages ended when it saved
_UNSEEN = {
    *(f"{_TEXT}{name}" for name in ("tracked-changes", "table-of-content", "note")),
    f"{_OFFICE}annotation",
}
_WIDEST = (
    64  # columns, and spaces in a row: a row of a sheet ends with the thousands of empty cells that remain
)


@dataclass(frozen=True)
class Paragraph:
    """`level`: of a heading, 0 for none; `depth`: of an item of a list, from 0, None elsewhere; `page`: from 1."""

    text: str
    level: int = 0
    depth: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Table:
    """`rows` of texts, one a cell; a cell merged with the one above says what that one says."""

    name: str
    rows: list[Row]
    page: int = 1


@dataclass
class Opened:
    """A document. `is_paged`: where its pages end is known."""

    root: object
    is_paged: bool
    _turning: frozenset[str] = field(default_factory=frozenset)
    _page: int = 1

    def blocks(self) -> Iterator[Paragraph | Table]:
        """Its paragraphs and tables, once."""
        return self._blocks(self.root, None)

    def _blocks(self, element, depth: int | None) -> Iterator[Paragraph | Table]:
        for child in element:
            if child.tag in _UNSEEN:
                continue
            if child.tag == f"{_TABLE}table":
                yield Table(child.get(f"{_TABLE}name", ""), list(self._rows(child)), self._page)
            elif child.tag in _PARAGRAPHS:
                yield from self._paragraph(child, depth)
            elif child.tag == _TURNED:
                self._page += 1
            elif child.tag == f"{_TEXT}list":
                yield from self._blocks(child, 0 if depth is None else depth + 1)
            else:
                yield from self._blocks(child, depth)

    def _paragraph(self, element, depth: int | None) -> Iterator[Paragraph | Table]:
        self._page += element.get(f"{_TEXT}style-name") in self._turning
        level = int(element.get(f"{_TEXT}outline-level", 1)) if element.tag == f"{_TEXT}h" else 0
        yield Paragraph(_text(element), level, depth, self._page)
        self._page += sum(1 for _ in element.iter(_TURNED))
        for box in element.iter(_BOX):
            yield from self._blocks(box, None)

    def _rows(self, table) -> Iterator[Row]:
        spanned: dict[int, tuple[str, int]] = {}  # column: what its cell says, for how many rows more
        for row in table.iter(f"{_TABLE}table-row"):
            cells: Row = []
            for cell in row:
                if cell.tag not in _CELLS:
                    continue
                column = len(cells)
                text, more = spanned.get(column, ("", 0))
                if cell.tag == _CELLS[0] or not more:
                    text = "\n".join(filter(None, (block.text.strip() for block in self._flat(cell))))
                    more = int(cell.get(f"{_TABLE}number-rows-spanned", 1))
                spanned[column] = (text, more - 1)
                repeated = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
                cells.extend([text] * min(repeated, _WIDEST - column))
            while cells and not cells[-1]:
                cells.pop()
            yield cells

    def _flat(self, cell) -> Iterator[Paragraph]:
        return (block for block in self._blocks(cell, None) if isinstance(block, Paragraph))


def opened(content: bytes) -> Opened:
    """The document. Raises OverflowError where it is too large, and whatever its first wrong byte leads to."""
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
        if len(content) > MAX_BYTES or unpacked > MAX_UNPACKED:
            raise OverflowError(unpacked)
        root = fromstring(archive.read("content.xml"))
    turning = frozenset(
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}paragraph-properties")
        if properties.get(_BREAK) == "page"
    )
    is_paged = bool(turning) or next(root.iter(_TURNED), None) is not None
    return Opened(root, is_paged, turning)


def _text(element) -> str:
    text = element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            text += " " * min(int(child.get(f"{_TEXT}c", 1)), _WIDEST)
        elif child.tag not in _UNSEEN and child.tag != _BOX:
            text += _SIGNS.get(child.tag, "") + _text(child)
        text += child.tail or ""
    return text
