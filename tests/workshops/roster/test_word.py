"""Word documents as hosts leave them: content controls, tracked changes, text boxes, merged cells."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from workshops.notes.lines import UnreadableNotes, lines_of_document
from workshops.roster import read_file, word
from workshops.roster.documents import UnreadableDocument

W = nsdecls("w")


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def document_of(*inner: str) -> bytes:
    document = docx.Document()
    body = document.element.body
    for xml in inner:
        name, rest = xml[1:].split(">", 1)
        body.insert(len(body) - 1, parse_xml(f"<{name} {W}>{rest}"))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def people(content: bytes) -> list[tuple]:
    return [(entry.person_name, entry.organisation) for entry in read_file("liste.docx", content)]


def controlled(xml: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>"


CHANGED = (
    "<w:p><w:r><w:t xml:space='preserve'>Solveig Marchandise, directrice, </w:t></w:r>"
    "<w:del w:id='1' w:author='a'><w:r><w:delText>Ville de Riom</w:delText></w:r></w:del>"
    "<w:moveFrom w:id='2' w:author='a'><w:r><w:t>Ville de Thiers</w:t></w:r></w:moveFrom>"
    "<w:ins w:id='3' w:author='a'><w:r><w:t>Ville de Merlingues</w:t></w:r></w:ins></w:p>"
)
BOX = (
    "<w:p><w:r><w:t>Liste des présents</w:t></w:r><w:r><mc:AlternateContent"
    " xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:Choice Requires='wps'><w:drawing>"
    "<w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
).format(paragraph("Nadège Quillard, chargée d’accueil, CAF"))


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            controlled(paragraph("Tancrède Oulmi, chef de service, DDT 63")),
            [("Tancrède Oulmi", "DDT 63")],
        ),
        (CHANGED, [("Solveig Marchandise", "Ville de Merlingues")]),
        (BOX, [("Nadège Quillard", "CAF")]),
    ],
    ids=["content control", "tracked changes", "text box"],
)
def test_nobody_is_lost_on_the_way(inner, expected):
    assert people(document_of(paragraph("Présents :"), inner)) == expected


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_a_table_with_merged_deleted_and_controlled_rows():
    rows = [
        "".join(map(cell, ("Nom", "Fonction", "Organisme"))),
        cell("Solveig Marchandise")
        + cell("directrice")
        + cell("Ville de Riom", "<w:vMerge w:val='restart'/>"),
        cell("Tancrède Oulmi") + cell("chargé de mission") + cell("", "<w:vMerge/>"),
        cell("Paul Retiré") + cell("élu") + cell("CAF"),
        cell("Nadège Quillard") + controlled(cell("chargée d’accueil")) + cell("CAF"),
    ]
    dropped = "<w:trPr><w:del w:id='4' w:author='a'/></w:trPr>"
    lines = [f"<w:tr>{dropped if 'Retiré' in row else ''}{row}</w:tr>" for row in rows]
    lines[-1] = controlled(lines[-1])
    assert people(document_of(f"<w:tbl>{''.join(lines)}</w:tbl>")) == [
        ("Solveig Marchandise", "Ville de Riom"),
        ("Tancrède Oulmi", "Ville de Riom"),
        ("Nadège Quillard", "CAF"),
    ]


def test_notes_are_read_alike():
    texts = [
        line.text
        for line in lines_of_document(
            "n.docx", document_of(controlled(paragraph("Le temps manque.")), CHANGED)
        )
    ]
    assert texts == ["Le temps manque.", "Solveig Marchandise, directrice, Ville de Merlingues"]


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(word, "MAX_UNPACKED", 1_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "x" * 10_000)
    for read, error in (
        (lambda it: lines_of_document("n.docx", it), UnreadableNotes),
        (lambda it: read_file("liste.docx", it), UnreadableDocument),
    ):
        with pytest.raises(error, match="trop lourd"):
            read(buffer.getvalue())
