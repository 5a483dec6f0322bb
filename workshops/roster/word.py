"""A Word document as it reads on screen: its paragraphs and the rows of its tables, in order.

python-docx gives what lies straight under the body. What a template keeps in a content control, what a colleague
inserted with tracked changes and what stands in a text box lie deeper, and would be lost in silence; what was deleted
or moved away under tracked changes does not read any more.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024

Row = list[str]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What holds paragraphs, rows or cells without being one of them.
_HOLDERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_SIGNS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
# Not what was moved away, nor a text box (a paragraph of its own), nor the tab stops of a style.
_TEXT = (
    ".//w:t[{seen}] | .//w:tab[{seen}][not(ancestor::w:tabs)] | .//w:br[{seen}][not(@w:type='page')]"
    " | .//w:cr[{seen}] | .//w:noBreakHyphen[{seen}]"
).format(seen="not(ancestor::w:moveFrom) and not(ancestor::w:del)")
# Word writes each text box twice, the second time for old programs.
_BOXES = ".//w:txbxContent[not(ancestor::*[local-name() = 'Fallback'])]"
_DROPPED = "./w:trPr/w:del"
# It says again what the headings say.
_CONTENTS = f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery[@{_W}val='Table of Contents']"


def opened(content: bytes) -> "Document":
    """The document. Raises OverflowError where it is too large, and whatever its first wrong byte leads to."""
    import docx

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
    if len(content) > MAX_BYTES or unpacked > MAX_UNPACKED:
        raise OverflowError(unpacked)
    return docx.Document(io.BytesIO(content))


def blocks_of(document: "Document") -> Iterator["Paragraph | list[Row]"]:
    """Paragraphs (their style is python-docx's, their text `text_of`), and tables as rows of texts, one a cell.

    A text box comes after the paragraph that it hangs on. A cell merged with the one above says what that one says.
    """
    from docx.text.paragraph import Paragraph

    for element in _flat(document.element.body, f"{_W}p", f"{_W}tbl"):
        if element.tag == f"{_W}tbl":
            yield _rows(element)
        else:
            yield Paragraph(element, document._body)  # type: ignore[arg-type]


def text_of(paragraph: "Paragraph") -> str:
    """The text of a paragraph as it reads; a line break is a new line."""
    return _text(paragraph._p)


def _text(element: "BaseOxmlElement") -> str:
    return "".join(
        _SIGNS.get(part.tag) or part.text or "" for part in element.xpath(_TEXT) if _is_of(part, element)
    )


def _is_of(part: "BaseOxmlElement", paragraph: "BaseOxmlElement") -> bool:
    return next(part.iterancestors(f"{_W}p"), None) is paragraph


def _flat(parent: "BaseOxmlElement", *tags: str) -> Iterator["BaseOxmlElement"]:
    """The elements of `tags` under `parent`, however they are held, with those of the text boxes of paragraphs."""
    for child in parent.iterchildren():
        if child.tag in _HOLDERS and child.find(_CONTENTS) is None:
            yield from _flat(child, *tags)
        elif child.tag in tags:
            yield child
            if child.tag == f"{_W}p":
                for box in child.xpath(_BOXES):
                    yield from _flat(box, *tags)


def _rows(table: "BaseOxmlElement") -> list[Row]:
    rows, above = [], {}
    for row in _flat(table, f"{_W}tr"):
        if row.xpath(_DROPPED):
            continue
        cells, column, below = [], 0, {}
        for cell in _flat(row, f"{_W}tc"):
            goes_on = cell.xpath("./w:tcPr/w:vMerge[not(@w:val) or @w:val='continue']")
            said = above.get(column, "") if goes_on else _cell(cell)
            cells.append(said)
            below[column] = said
            column += int(next(iter(cell.xpath("./w:tcPr/w:gridSpan/@w:val")), 1))
        rows.append(cells)
        above = below
    return rows


def _cell(cell: "BaseOxmlElement") -> str:
    """Its paragraphs, those of a table inside it too, each on a line."""
    return "\n".join(filter(None, (_text(paragraph).strip() for paragraph in cell.iter(f"{_W}p"))))
