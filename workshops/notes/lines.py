"""Notes as lines: what is a heading, a bullet and how deep, a quotation, and on which page of the notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workshops.restitution import marks
from workshops.roster import opendocument, word

MAX_LINES = 20_000
_BREAKS = ".//w:lastRenderedPageBreak | .//w:br[@w:type='page']"
_BULLET = re.compile(r"^([ \t]*)(?:[-–—•·*▪◦○●‣➢→✓]|\d{1,2}[.)]|[a-z]\))[ \t\u00a0]+(?=\S)")
_MARKDOWN = re.compile(r"^(#{1,6})\s+(?=\S)")
_ENDS_LIKE_A_SENTENCE = (".", "!", "?", ";", ",", "…", "»")
_LONGEST_HEADING = 80


class UnreadableNotes(ValueError):
    """The document cannot be read; the message says why, in French."""


@dataclass(frozen=True)
class Line:
    """A line of notes. `level`: of a heading, 0 for none; `depth`: of a bullet, None for plain text.

    `kind`: the kind of finding that the style says (a document of ours); `part`: what the style says the line is of it
    (title, point, quotation, details); `page`: 1 and more, None where the notes show no pages.
    """

    text: str
    level: int = 0
    depth: int | None = None
    page: int | None = None
    kind: str | None = None
    part: str | None = None


def lines_of_text(text: str) -> list[Line]:
    """The lines of a pasted text; a form feed turns the page."""
    sheets = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    return [
        line
        for number, sheet in enumerate(sheets, 1)
        for raw in sheet.split("\n")
        if raw.strip()
        for line in (_line_of_text(raw, number if len(sheets) > 1 else None),)
    ][:MAX_LINES]


def _line_of_text(raw: str, page: int | None) -> Line:
    bullet = _BULLET.match(raw)
    if bullet:
        return Line(raw[bullet.end() :].strip(), depth=_depth(bullet.group(1)), page=page)
    marked = _MARKDOWN.match(raw)
    if marked:
        return Line(raw[marked.end() :].strip(), level=len(marked.group(1)), page=page)
    text = raw.strip()
    # Without a style, a heading is a short line that does not end as a sentence does, and begins at the margin.
    alone = len(text) <= _LONGEST_HEADING and not text.endswith(_ENDS_LIKE_A_SENTENCE) and text[:1].isupper()
    return Line(text, level=9 if alone and raw[:1] not in " \t" else 0, page=page)


def _depth(indent: str) -> int:
    return min(len(indent.replace("\t", "    ")) // 2, 4)


def lines_of_document(name: str, content: bytes) -> list[Line]:
    """The lines of a .docx or .odt document. Its pages are those that were laid out when it was last saved.

    Raises `UnreadableNotes`.
    """
    try:
        if name.lower().endswith(".odt"):
            return list(_lines_of_odt(opendocument.opened(content)))[:MAX_LINES]
        return list(_lines_of_docx(word.opened(content)))[:MAX_LINES]
    except OverflowError:
        raise UnreadableNotes("Ce document est trop lourd (20\u00a0Mo au plus).") from None
    except Exception as error:  # a damaged file raises whatever its first wrong byte leads to
        raise UnreadableNotes("Ce document est abîmé ou protégé\u00a0: il n’a pas pu être lu.") from error


def _lines_of_odt(document: opendocument.Opened) -> Iterator[Line]:
    for block in document.blocks():
        page = block.page if document.is_paged else None
        if isinstance(block, opendocument.Table):
            for row in block.rows:
                yield _line_of_row(row, page)
            continue
        text = " ".join(block.text.split("\n")).strip()
        if not text:
            continue
        if block.level or block.depth is not None:
            yield Line(text, level=block.level, depth=block.depth, page=page)
        else:
            yield _line_of_text(text, page)


def _line_of_row(cells: list[str], page: int | None) -> Line:
    said = dict.fromkeys(" ".join(cell.split()) for cell in cells)
    return Line("\t".join(cell for cell in said if cell), page=page)


def _lines_of_docx(document) -> Iterator[Line]:  # type: ignore[no-untyped-def]  # python-docx ships partial types
    paged = bool(document.element.body.xpath(_BREAKS))
    page = 1
    for block in word.blocks_of(document):
        if isinstance(block, list):
            for row in block:
                yield _line_of_row(row, page if paged else None)
            continue
        breaks = len(block._p.xpath(_BREAKS))
        text = word.text_of(block)
        starts_after = bool(breaks) and not text.split("\n")[0].strip()
        if text.strip():
            yield _line_of_paragraph(block, text, (page + (breaks if starts_after else 0)) if paged else None)
        page += breaks


def _line_of_paragraph(paragraph, said: str, page: int | None) -> Line:  # type: ignore[no-untyped-def]
    style = (paragraph.style.name or "") if paragraph.style else ""
    text = " ".join(said.split("\n")).strip()
    heading = re.match(r"(?:Heading|Titre) (\d)", style)
    if heading:
        return Line(text, level=int(heading.group(1)), page=page)
    if style in ("Title", "Subtitle", "Titre", "Sous-titre"):
        return Line(text, page=page, part="aside")
    part = _PARTS.get(style)
    if part or marks.kind_of_style(style):
        return Line(text, page=page, kind=marks.kind_of_style(style), part=part)
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    if numbered or style.startswith(("List", "Liste")):
        return Line(text, depth=_word_depth(paragraph, style), page=page)
    bold = [run.bold for run in paragraph.runs if run.text.strip()]
    if bold and all(bold) and len(text) <= _LONGEST_HEADING:
        return Line(text, level=8, page=page)
    return _line_of_text(text, page)


def _word_depth(paragraph, style: str) -> int:  # type: ignore[no-untyped-def]
    numbering = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
    if numbering is not None and numbering.ilvl is not None:
        return int(numbering.ilvl.val)
    last = style[-1:]
    return int(last) - 1 if last.isdigit() else 0


_PARTS = {
    marks.TITLE: "title",
    marks.POINT: "point",
    marks.QUOTATION: "quotation",
    marks.DETAILS: "details",
    **dict.fromkeys((marks.TENSION, marks.NOTE, marks.FACT, marks.PART_OF), "aside"),
}
