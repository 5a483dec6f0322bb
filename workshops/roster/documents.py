"""The text of an uploaded document, tables as lines of cells separated by tabs."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePath

from . import word
from .sections import read_heading

# A list of people is small; what goes beyond is no list (and what unpacks beyond may be a zip bomb).
MAX_ROWS = 20_000
TOO_LARGE = "Ce document est trop lourd une fois décompressé."


class UnreadableDocument(ValueError):
    """The document cannot be read; the message says why, in French."""


def text_of(name: str, content: bytes) -> str:
    """The text of `content`, by the extension of `name`."""
    extension = PurePath(name.lower()).suffix
    reader = _READERS.get(extension)
    if reader is None:
        raise UnreadableDocument(
            f"Format non reconnu\u00a0: «\u00a0{extension or name}\u00a0». "
            f"Formats lus\u00a0: {', '.join(sorted(_READERS))}."
        )
    if len(content) > word.MAX_BYTES:
        raise UnreadableDocument(
            "Ce document est trop lourd pour une liste de participants (20\u00a0Mo au plus)."
        )
    try:
        return reader(content)
    except UnreadableDocument:
        raise
    except (
        Exception
    ) as error:  # each library has its own errors for a damaged file; the animator needs one sentence
        raise UnreadableDocument("Ce document est abîmé ou protégé\u00a0: il n’a pas pu être lu.") from error


def _check_zip(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(info.file_size for info in archive.infolist()) > word.MAX_UNPACKED:
            raise UnreadableDocument(TOO_LARGE)


def _plain(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _cell(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _row(cells: list[str]) -> str:
    return "\t".join(cells) if any(cells) else ""


def _csv(content: bytes) -> str:
    text = _plain(content)
    # A title often stands above the table, without a separator in it: the lines decide together.
    lines = text.splitlines()[:100]
    delimiter = max(";\t,|", key=lambda sign: sum(sign in line for line in lines))
    if not any(delimiter in line for line in lines):
        return text
    return "\n".join(
        _row([_cell(cell) for cell in cells])
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    )


def _docx(content: bytes) -> str:
    try:
        document = word.opened(content)
    except OverflowError:
        raise UnreadableDocument(TOO_LARGE) from None
    lines: list[str] = []
    for block in word.blocks_of(document):
        if isinstance(block, list):
            lines.extend(["", *(_row([", ".join(cell.split("\n")) for cell in row]) for row in block), ""])
            continue
        text = word.text_of(block)
        style = (block.style.name or "") if block.style else ""
        listed = block._p.pPr is not None and block._p.pPr.numPr is not None
        heading = style.startswith(("Heading", "Titre"))
        is_item = (listed or style.startswith(("List", "Liste"))) and not heading and text.strip()
        lines.extend(([""] if heading else []) + [f"- {text}" if is_item else text])
    return "\n".join(lines)


_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
_ODF_TEXT, _ODF_TABLE, _ODF_OFFICE = f"{_NAMES}text:1.0}}", f"{_NAMES}table:1.0}}", f"{_NAMES}office:1.0}}"
_ODF_BOX = f"{_NAMES}drawing:1.0}}text-box"
_ODF_CELLS = (f"{_ODF_TABLE}table-cell", f"{_ODF_TABLE}covered-table-cell")
_ODF_SIGNS = {f"{_ODF_TEXT}tab": "\t", f"{_ODF_TEXT}line-break": "\n"}
# What was deleted under tracked changes, what says the headings again, what stands in the margin or at the foot.
_ODF_UNSEEN = {
    *(f"{_ODF_TEXT}{name}" for name in ("tracked-changes", "table-of-content", "note")),
    f"{_ODF_OFFICE}annotation",
}
_WIDEST = 64  # columns: a row of a sheet ends with the thousands of empty cells that remain


def _odf(content: bytes) -> str:
    """A text or a sheet of LibreOffice."""
    from defusedxml.ElementTree import fromstring

    _check_zip(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = fromstring(archive.read("content.xml"))
    return "\n".join(_odf_lines(root, ""))


def _odf_lines(element, bullet: str) -> Iterator[str]:  # type: ignore[no-untyped-def]
    for child in element:
        if child.tag in _ODF_UNSEEN:
            continue
        if child.tag == f"{_ODF_TABLE}table":
            name = child.get(f"{_ODF_TABLE}name", "")
            yield from ["", *_sheet_heading(name), *_odf_rows(child), ""]
        elif child.tag in (f"{_ODF_TEXT}p", f"{_ODF_TEXT}h"):
            text = _odf_text(child)
            yield (bullet if text.strip() else "") + text
            for box in child.iter(_ODF_BOX):
                yield from _odf_lines(box, "")
        else:
            yield from _odf_lines(child, "- " if child.tag == f"{_ODF_TEXT}list" else bullet)


def _odf_rows(table) -> Iterator[str]:  # type: ignore[no-untyped-def]
    """A cell merged with the one above says what that one says."""
    spanned: dict[int, tuple[str, int]] = {}  # column: what its cell says, for how many rows more
    for row in table.iter(f"{_ODF_TABLE}table-row"):
        cells: list[str] = []
        for cell in row:
            if cell.tag not in _ODF_CELLS:
                continue
            column = len(cells)
            text, more = spanned.get(column, ("", 0))
            if cell.tag == _ODF_CELLS[0] or not more:
                text = ", ".join(filter(None, map(str.strip, _odf_lines(cell, ""))))
                more = int(cell.get(f"{_ODF_TABLE}number-rows-spanned", 1))
            spanned[column] = (text, more - 1)
            repeated = int(cell.get(f"{_ODF_TABLE}number-columns-repeated", 1))
            cells.extend([text] * min(repeated, _WIDEST - column))
        while cells and not cells[-1]:
            cells.pop()
        yield _row(cells)


def _odf_text(element) -> str:  # type: ignore[no-untyped-def]
    text = element.text or ""
    for child in element:
        if child.tag == f"{_ODF_TEXT}s":
            text += " " * min(int(child.get(f"{_ODF_TEXT}c", 1)), _WIDEST)
        elif child.tag not in _ODF_UNSEEN and child.tag != _ODF_BOX:
            text += _ODF_SIGNS.get(child.tag, "") + _odf_text(child)
        text += child.tail or ""
    return text


def _sheet_heading(name: str) -> list[str]:
    """The name of a sheet, where it says what those listed there are (« Excusés »)."""
    heading = read_heading(name)
    return [f"{name} :", ""] if heading and heading.status else []


def _xlsx(content: bytes) -> str:
    import openpyxl

    _check_zip(content)
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    lines: list[str] = []
    for sheet in book.worksheets:
        lines.extend(["", *_sheet_heading(sheet.title)])
        merged = {
            (row, column): sheet.cell(area.min_row, area.min_col).value
            for area in sheet.merged_cells.ranges
            if area.min_col == area.max_col and area.size["rows"] <= MAX_ROWS
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        rows = sheet.iter_rows(max_row=min(sheet.max_row or 1, MAX_ROWS))
        lines.extend(_row([_xlsx_cell(cell, merged) for cell in cells]) for cells in rows)
    return "\n".join(lines)


def _xlsx_cell(cell, merged: dict[tuple[int, int], object]) -> str:  # type: ignore[no-untyped-def]
    return _cell(cell.value if cell.value is not None else merged.get((cell.row, cell.column)))


def _pdf(content: bytes) -> str:
    import pypdf

    pages = [page.extract_text() or "" for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    if not any(page.strip() for page in pages):
        raise UnreadableDocument(
            "Ce PDF n’a pas de texte (c’est une image)\u00a0: copiez la liste à la main."
        )
    return "\f".join(pages)


_READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": _plain,
    ".md": _plain,
    ".csv": _csv,
    ".tsv": _csv,
    ".docx": _docx,
    ".odt": _odf,
    ".ods": _odf,
    ".xlsx": _xlsx,
    ".pdf": _pdf,
}
