"""The restitution as a Word document: real styles, headings that make the table of contents, a table of people."""

import io
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.table import Table, _Cell

from foundations.typography import pages_in_words, typeset

from . import marks
from .content import Advice, Group, Kind, Reference, Restitution, SessionText, Statement
from .dress import (
    add_contents,
    add_footer,
    add_link,
    bookmark,
    dress,
    repeat_head,
)

NOBODY_SPEAKS = (
    "Avoir été là n’engage ni une personne ni son organisation : ce qui est dit collectivement n’est attribué "
    "à personne."
)
# Widths of the columns of the list of people, in centimetres of a page of 17.
COLUMNS = (
    (marks.NAME, 4.0),
    (marks.FUNCTION, 5.2),
    (marks.ORGANISATION, 4.0),
    (marks.PRESENCE, 2.2),
    (marks.PAGE, 1.6),
)


def as_docx(told: Restitution, address: str) -> bytes:
    """`told` as the content of a .docx file; `address` is that of the workshop's page."""
    document = docx.Document()
    dress(document)
    _properties(document, told)
    _head(document, told, address)
    add_contents(document, list(_headings(told)))
    _people(document, told)
    for session in told.sessions:
        _session(document, session)
    if told.recommendations:
        _heading(document, marks.RECOMMENDATIONS, 1)
        for number, advice in enumerate(told.recommendations, 1):
            _advice(document, number, advice)
    _sources(document, told.sources)
    add_footer(document, typeset(told.title))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _headings(told: Restitution) -> Iterable[tuple[int, str]]:
    """What the table of contents lists, as (level, words), in the order of the document."""
    yield 1, marks.PEOPLE
    for group in told.groups:
        yield 2, group.title
    for session in told.sessions:
        yield 1, typeset(session.title)
        for kind in session.kinds:
            yield 2, kind.heading
        if session.tensions:
            yield 2, marks.TENSIONS
    if told.recommendations:
        yield 1, marks.RECOMMENDATIONS
        for number, advice in enumerate(told.recommendations, 1):
            yield 2, typeset(f"{number}. {advice.title}")
    yield 1, marks.SOURCES


def _properties(document: Document, told: Restitution) -> None:
    core = document.core_properties
    core.title, core.subject, core.language = typeset(told.title), "Restitution d’un atelier", "fr-FR"
    core.author, core.comments = "Passerelles", ""
    core.created = core.modified = told.workshop.updated_at


def _heading(document: Document, text: str, level: int) -> None:
    bookmark(document.add_heading(typeset(text), level))


def _say(document: Document, text: str, style: str) -> None:
    document.add_paragraph(typeset(text), style)


def _head(document: Document, told: Restitution, address: str) -> None:
    _say(document, told.title, "Title")
    _say(document, ", ".join(part for part in (told.when, told.place) if part), "Subtitle")
    if not told.workshop.is_published:
        _say(document, "Brouillon : cette restitution n’est pas encore publiée.", marks.NOTE)
    if told.workshop.summary:
        _say(document, told.workshop.summary, "Normal")
    for label, value in told.facts:
        paragraph = document.add_paragraph(style=marks.FACT)
        paragraph.add_run(typeset(f"{label} : ")).bold = True
        paragraph.add_run(typeset(value))
    paragraph = document.add_paragraph(style=marks.NOTE)
    paragraph.add_run(typeset("Page de l’atelier : "))
    add_link(paragraph, address, address)


# --- Who was there


def _people(document: Document, told: Restitution) -> None:
    _heading(document, marks.PEOPLE, 1)
    if not told.listed:
        _say(document, "La liste des présents n’est pas connue.", "Normal")
        return
    for group in told.groups:
        _heading(document, group.title, 2)
        _table(document, group)
    if told.unnamed:
        several = told.unnamed > 1
        words = "personnes dont les noms ne sont" if several else "personne dont le nom n’est"
        _say(document, f"Et {told.unnamed} {words} pas publié{'s' if several else ''}.", marks.NOTE)
    _say(document, NOBODY_SPEAKS, marks.NOTE)


def _table(document: Document, group: Group) -> None:
    with_part = any(one.part for one in group.people)
    columns = [*COLUMNS[:3], *([(marks.PART, 2.6)] if with_part else []), *COLUMNS[3:]]
    table = document.add_table(rows=1, cols=len(columns), style=marks.TABLE)
    for cell, (head, _) in zip(table.rows[0].cells, columns, strict=True):
        cell.text = head
    repeat_head(table.rows[0])
    for one in group.people:
        is_delegate = one.name.startswith(marks.SOMEONE)
        values = {
            marks.NAME: "" if is_delegate else one.name,
            marks.FUNCTION: "un délégué, non nommé" if is_delegate and not one.function else one.function,
            marks.ORGANISATION: one.organisation,
            marks.PART: one.part,
            marks.PRESENCE: one.status_label,
            marks.PAGE: pages_in_words(list(one.pages)),
        }
        _fill(table.add_row().cells, [values[head] for head, _ in columns])
    _widths(table, [width for _, width in columns])


def _fill(cells: Iterable[_Cell], values: list[str]) -> None:
    for cell, value in zip(cells, values, strict=True):
        cell.text = typeset(value)


def _widths(table: Table, widths: list[float]) -> None:
    """`widths` in proportion, of the whole width of the text. Word reads them on each cell."""
    whole = docx.shared.Cm(17)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = int(whole * width / sum(widths))


# --- What was said


def _session(document: Document, session: SessionText) -> None:
    _heading(document, session.title, 1)
    if session.form:
        _say(document, f"{session.form[:1].upper()}{session.form[1:]}", marks.NOTE)
    for kind in session.kinds:
        _kind(document, kind)
    if session.tensions:
        _heading(document, marks.TENSIONS, 2)
        for tension in session.tensions:
            _statement(document, tension, marks.TENSION)
    if not session.kinds and not session.tensions:
        _say(document, "Aucun constat n’est rapporté de cette séance.", "Normal")


def _kind(document: Document, kind: Kind) -> None:
    _heading(document, kind.heading, 2)
    for statement in kind.statements:
        _statement(document, statement, marks.statement_style(kind.kind))


def _statement(document: Document, said: Statement, style: str) -> None:
    if said.title:
        _say(document, said.title, marks.TITLE)
    _say(document, said.statement, style)
    for point in said.points:
        _say(document, point, marks.POINT)
    if said.quotation:
        _say(document, f"«\u00a0{said.quotation}\u00a0»", marks.QUOTATION)
    details = [*said.details, *([f"{marks.REPORT}, {pages_in_words(said.pages)}"] if said.pages else [])]
    if details:
        _say(document, " · ".join(details), marks.DETAILS)


# --- What was recommended


def _advice(document: Document, number: int, advice: Advice) -> None:
    _heading(document, f"{number}. {advice.title}", 2)
    if advice.statement:
        _say(document, advice.statement, "Normal")
    for part in advice.parts:
        _say(document, part, marks.PART_OF)
    for answer in advice.answers:
        _say(document, f"Répond à : {answer}", marks.NOTE)
    paragraph = document.add_paragraph(style="Normal")
    paragraph.add_run(typeset("Où elle en est : ")).bold = True
    paragraph.add_run(typeset(advice.state))
    for when, what in advice.follow_ups:
        _say(document, f"{when} : {what}", marks.PART_OF)
    if not advice.follow_ups:
        _say(document, "Aucune suite connue à ce jour.", marks.NOTE)
    if advice.pages:
        _say(document, f"{marks.REPORT}, {pages_in_words(advice.pages)}", marks.DETAILS)


def _sources(document: Document, sources: Iterable[Reference]) -> None:
    _heading(document, marks.SOURCES, 1)
    for source in sources:
        paragraph = document.add_paragraph(style=marks.PART_OF)
        paragraph.add_run(typeset(source.title)).bold = True
        paragraph.add_run(typeset(f" – {source.details}"))
        if source.address:
            paragraph.add_run(typeset(" – "))
            add_link(paragraph, source.address, source.address)
