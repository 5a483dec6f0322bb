"""The look of the site in Word: its fonts and colours as styles, a table of contents, page numbers.

Fonts are named, never embedded: a machine without them takes the nearest. Colours are those of static/css/tokens.css.
"""

import re
from collections.abc import Iterable

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Row
from docx.text.paragraph import Paragraph

from foundations.text import sort_key

from . import marks

SERIF, SANS = "Source Serif 4", "Atkinson Hyperlegible Next"
INK, MUTED, LAKE, LAVA, LEAF, LINE = "1C2326", "59636A", "0B5A66", "B8400F", "47720F", "868B88"
# The rule on the left of a finding; the heading above says its kind in words.
RULES = {
    "frein": LAVA,
    "tension": LAVA,
    "moteur": LEAF,
    "ingredient": LEAF,
    "condition": LEAF,
    "besoin": LAKE,
}
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def dress(document: Document) -> None:
    """Gives an empty document of python-docx its page, its fonts and its styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    _font(document.styles["Normal"], SANS, 11, INK)
    _language(document.styles["Normal"])
    _spaced(document.styles["Normal"], after=6)
    for name, size, colour in (("Title", 26, INK), ("Heading 1", 18, LAKE), ("Heading 2", 14, INK)):
        _font(document.styles[name], SERIF, size, colour, bold=name != "Title")
        _spaced(document.styles[name], before=18 if name == "Heading 1" else 10, after=4)
    _no_rule_under(document.styles["Title"])
    _font(document.styles["Subtitle"], SANS, 12, MUTED)
    for level in (1, 2):
        style = _new(document, f"toc {level}", is_words_own=True)
        _spaced(style, after=2)
        style.paragraph_format.left_indent = Cm(0.7 * (level - 1))
    _own_styles(document)
    _table_style(document)


def _own_styles(document: Document) -> None:
    _font(_new(document, marks.NOTE), SANS, 10, MUTED)
    _spaced(_new(document, marks.FACT), after=2)
    for name, marker in ((marks.PART_OF, "List Bullet"), (marks.POINT, "List Bullet")):
        _new(document, name).base_style = document.styles[marker]
    document.styles[marks.POINT].paragraph_format.left_indent = Cm(1.1)
    ruled = {marks.statement_style(kind): RULES.get(kind, LINE) for kind in marks.KINDS}
    for name, colour in (ruled | {marks.TENSION: LAVA}).items():
        style = _new(document, name)
        _spaced(style, before=6, after=2)
        _ruled(style, colour)
    _font(_new(document, marks.TITLE), SANS, 11, INK, bold=True)
    document.styles[marks.TITLE].paragraph_format.keep_with_next = True
    _font(_new(document, marks.QUOTATION), SERIF, 11, INK).italic = True
    document.styles[marks.QUOTATION].paragraph_format.left_indent = Cm(0.6)
    _font(_new(document, marks.DETAILS), SANS, 9, MUTED)
    document.styles[marks.DETAILS].paragraph_format.left_indent = Cm(0.3)


def _new(
    document: Document,
    name: str,
    kind: WD_STYLE_TYPE = WD_STYLE_TYPE.PARAGRAPH,
    *,
    is_words_own: bool = False,
):
    """A style of that name. Its identifier, which nobody sees, is in plain letters: some readers take no other."""
    style = document.styles.add_style(name, kind, builtin=is_words_own)
    style.element.styleId = sort_key(name).title().replace(" ", "")
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = document.styles["Normal"]
    return style


def _font(style: ParagraphStyle, name: str, size: int, colour: str, bold: bool | None = None):
    """The font of `style`, in every script: Word otherwise keeps the theme's for headings."""
    font = style.font
    font.name, font.size, font.color.rgb, font.bold = name, Pt(size), RGBColor.from_string(colour), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
    return font


def _spaced(style: ParagraphStyle, *, before: int = 0, after: int) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _element(tag: str, **attributes: str):
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _language(style: ParagraphStyle) -> None:
    """So that the spelling checker and a screen reader speak French."""
    properties = style.element.get_or_add_rPr()
    for known in properties.findall(qn("w:lang")):
        properties.remove(known)
    properties.append(_element("w:lang", val="fr-FR"))


def _ruled(style: ParagraphStyle, colour: str) -> None:
    borders = _element("w:pBdr")
    borders.append(_element("w:left", val="single", sz="18", space="8", color=colour))
    style.paragraph_format.left_indent = Cm(0.3)
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _no_rule_under(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for rule in properties.findall(qn("w:pBdr")):
        properties.remove(rule)


def _table_style(document: Document) -> None:
    """Hairlines between the rows, no box: the table of the site."""
    style = _new(document, marks.TABLE, WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    properties = _element("w:tblPr")
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="80", type="dxa"))
    properties.extend([borders, margins])
    head = _element("w:tblStylePr", type="firstRow")
    bold = _element("w:rPr")
    bold.extend([_element("w:b"), _element("w:color", val=LAKE)])
    head.append(bold)
    style.element.extend([properties, head])


def repeat_head(row: _Row) -> None:
    """Says that `row` is the head of its table, again on each page, also for whoever listens to it."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def bookmark(heading: Paragraph) -> None:
    """Names a heading, so that the table of contents leads to it."""
    number = len(heading.part.element.findall(f".//{qn('w:bookmarkStart')}")) + 1
    start = _element("w:bookmarkStart", id=str(number), name=f"_Toc{number:04}")
    heading._p.insert(1 if heading._p.pPr is not None else 0, start)
    heading._p.append(_element("w:bookmarkEnd", id=str(number)))


def add_link(paragraph: Paragraph, address: str, words: str) -> None:
    """A link to an address of the web."""
    link = _element("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, _RELATIONSHIP, is_external=True))
    run = paragraph.add_run(words)
    run.font.color.rgb, run.font.underline = RGBColor.from_string(LAKE), True
    link.append(run._r)
    paragraph._p.append(link)


def add_contents(document: Document, headings: Iterable[tuple[int, str]]) -> None:
    """A table of contents as Word makes it: a field it brings up to date, already filled with links."""
    entries = list(headings)
    block, content = _element("w:sdt"), _element("w:sdtContent")
    properties, gallery = _element("w:sdtPr"), _element("w:docPartObj")
    gallery.extend([_element("w:docPartGallery", val="Table of Contents"), _element("w:docPartUnique")])
    properties.append(gallery)
    block.extend([properties, content])
    for number, (level, words) in enumerate(entries, 1):
        paragraph = document.add_paragraph(style=f"toc {level}")
        if number == 1:
            _field(paragraph, "begin", ' TOC \\o "1-2" \\h \\z \\u ')
        link = _element("w:hyperlink", anchor=f"_Toc{number:04}")
        link.append(paragraph.add_run(re.sub(r"\s*\n\s*", " ", words))._r)
        paragraph._p.append(link)
        if number == len(entries):
            _field(paragraph, "end")
        content.append(paragraph._p)
    document.element.body.insert_element_before(block, "w:sectPr")


def _field(paragraph: Paragraph, end: str, instruction: str = "") -> None:
    """One end of a field; its beginning carries the instruction."""
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType=end))
    if instruction:
        text = _element("w:instrText")
        text.set(qn("xml:space"), "preserve")
        text.text = instruction
        paragraph.add_run()._r.append(text)
        paragraph.add_run()._r.append(_element("w:fldChar", fldCharType="separate"))


def add_footer(document: Document, title: str) -> None:
    """The title of the workshop and the number of the page, under each page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles[marks.NOTE]
    paragraph.add_run(f"{title} – page\u00a0")
    _field(paragraph, "begin", " PAGE ")
    paragraph.add_run("1")
    _field(paragraph, "end")
