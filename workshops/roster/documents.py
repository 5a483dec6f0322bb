"""The text of an uploaded document, tables as lines of cells separated by tabs."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import PurePath

from . import opendocument, word
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
    except OverflowError:
        raise UnreadableDocument(TOO_LARGE) from None
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
    lines: list[str] = []
    for block in word.blocks_of(word.opened(content)):
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


def _odf(content: bytes) -> str:
    """A text or a sheet of LibreOffice."""
    lines: list[str] = []
    for block in opendocument.opened(content).blocks():
        if isinstance(block, opendocument.Table):
            rows = [_row([", ".join(cell.split("\n")) for cell in row]) for row in block.rows]
            lines.extend(["", *_sheet_heading(block.name), *rows, ""])
        else:
            is_item = block.depth is not None and block.text.strip()
            lines.append(f"- {block.text}" if is_item else block.text)
    return "\n".join(lines)


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
