"""The same list in each kind of document gives the same entries."""

import io

import docx
import openpyxl
import pytest

from workshops.roster import read_file
from workshops.roster.documents import UnreadableDocument

from .support import opendocument

ROWS = [
    ("Nom", "Prénom", "Fonction", "Organisme", "Présent"),
    ("MARCHANDISE", "Solveig", "Directrice", "Ville de Merlingues", "X"),
    ("OULMI", "Tancrède", "Chef de service", "DDT 63", "X"),
    ("QUILLARD", "Nadège", "Chargée d’accueil", "CAF", ""),
]
EXPECTED = [
    ("Solveig Marchandise", "Directrice", "Ville de Merlingues", "present"),
    ("Tancrède Oulmi", "Chef de service", "DDT 63", "present"),
    ("Nadège Quillard", "Chargée d’accueil", "CAF", "absent"),
]


def _docx_table() -> bytes:
    document = docx.Document()
    document.add_heading("Compte rendu", 1)
    document.add_paragraph("La réunion est ouverte à 9 h, et les participants sont remerciés.")
    table = document.add_table(rows=0, cols=5)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return _saved(document)


def _docx_list() -> bytes:
    document = docx.Document()
    document.add_paragraph("Présents :")
    document.add_paragraph("Solveig Marchandise, Directrice, Ville de Merlingues", style="List Bullet")
    document.add_paragraph("Tancrède Oulmi, Chef de service, DDT 63", style="List Bullet")
    document.add_paragraph("Absente :")
    document.add_paragraph("Nadège Quillard, Chargée d’accueil, CAF", style="List Bullet")
    return _saved(document)


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    return _saved(book)


def _odf_cell(text: str, tag: str = "table-cell", more: str = "") -> str:
    return f"<table:{tag} {more}><text:p>{text}</text:p></table:{tag}>"


def _odf_table(rows, name: str = "Tableau1") -> str:
    lines = "".join(f"<table:table-row>{''.join(map(_odf_cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}">{lines}</table:table>'


def _odt() -> bytes:
    return opendocument(f"<office:text><text:h>Participants</text:h>{_odf_table(ROWS)}</office:text>")


def _ods() -> bytes:
    """A sheet, whose empty cells are told once and counted."""
    table = _odf_table([row for row in ROWS if row[-1]])
    rest = '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
    absent = _odf_table([ROWS[-1][:-1]], "Absents")
    sheets = table.replace("</table:table-row>", rest) + absent
    return opendocument(f"<office:spreadsheet>{sheets}</office:spreadsheet>")


def _csv() -> bytes:
    return "\r\n".join(";".join(row) for row in ROWS).encode("cp1252")


def _pdf() -> bytes:
    """The smallest PDF with a text layer: bullets, and a line cut by the margin."""
    lines = [
        "Présents :",
        "- Solveig Marchandise, Directrice, Ville de",
        "Merlingues",
        "- Tancrède Oulmi, Chef de service, DDT 63",
        "Absente :",
        "- Nadège Quillard, Chargée d'accueil, CAF",
    ]
    text = "BT /F1 11 Tf 14 TL 50 780 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    stream = text.encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << "
        b"/F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        content
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(content)
    )


def _saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("liste.docx", _docx_table),
        ("liste.DOCX", _docx_list),
        ("liste.xlsx", _xlsx),
        ("liste.odt", _odt),
        ("liste.ods", _ods),
        ("liste.csv", _csv),
        ("liste.pdf", _pdf),
    ],
    ids=["docx table", "docx list", "xlsx", "odt", "ods", "csv", "pdf"],
)
def test_each_kind_of_document(name, build):
    entries = read_file(name, build())
    found = [
        (entry.person_name, entry.role.replace("'", "’"), entry.organisation, entry.status)
        for entry in entries
    ]
    assert found == EXPECTED


def test_a_text_of_libreoffice_says_what_is_seen_of_it():
    tracked = "<text:tracked-changes><text:p>Paul Retiré, CAF</text:p></text:tracked-changes>"
    note = "<office:annotation><text:p>à vérifier avec Zoé Noire</text:p></office:annotation>"
    box = "<draw:frame><draw:text-box><text:p>Nadège Quillard, CAF</text:p></draw:text-box></draw:frame>"
    lines = ("Présents :", f"Tancrède Oulmi{note}, DDT 63", f"Ana Roux, CISCA{box}")
    body = tracked + "".join(f"<text:p>{line}</text:p>" for line in lines)
    entries = read_file("liste.odt", opendocument(f"<office:text>{body}</office:text>"))
    assert [(entry.person_name, entry.organisation) for entry in entries] == [
        ("Tancrède Oulmi", "DDT 63"),
        ("Ana Roux", "CISCA"),
        ("Nadège Quillard", "CAF"),
    ]


def test_cells_merged_with_the_one_above():
    rows = [
        "".join(map(_odf_cell, ("Nom", "Organisme", "Fonction"))),
        _odf_cell("Solveig Marchandise")
        + _odf_cell("Ville de Riom", more='table:number-rows-spanned="2"')
        + _odf_cell("directrice"),
        _odf_cell("Tancrède Oulmi") + _odf_cell("", "covered-table-cell") + _odf_cell("agent"),
        _odf_cell("Nadège Quillard") + _odf_cell("CAF") + _odf_cell("agente"),
    ]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    entries = read_file(
        "l.odt", opendocument(f"<office:text><table:table>{table}</table:table></office:text>")
    )
    assert [entry.organisation for entry in entries] == ["Ville de Riom", "Ville de Riom", "CAF"]
    assert entries[1].role == "agent"


def test_a_title_above_a_table_of_quoted_cells():
    rows = [
        '"MARCHANDISE Solveig";"Directrice, adjointe";"Ville de Merlingues"',
        '"OULMI Tancrède";"Agent";"CAF"',
    ]
    content = "\n".join(["Réunion du 4 juillet", "", *rows]).encode()
    assert [(entry.person_name, entry.organisation) for entry in read_file("liste.csv", content)] == [
        ("Solveig Marchandise", "Ville de Merlingues"),
        ("Tancrède Oulmi", "CAF"),
    ]


def test_sheet_named_after_a_status():
    book = openpyxl.Workbook()
    book.active.title = "Excusés"
    book.active.append(("Nom", "Prénom", "Structure"))
    book.active.append(("QUILLARD", "Nadège", "CAF"))
    assert [(entry.person_name, entry.status) for entry in read_file("liste.xlsx", _saved(book))] == [
        ("Nadège Quillard", "excused")
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [("liste.docx", b"not a zip"), ("liste.pdf", b"%PDF-"), ("liste.exe", b""), ("liste.odt", b"PK")],
)
def test_what_cannot_be_read_says_so_in_french(name, content):
    with pytest.raises(UnreadableDocument, match="Ce document|Ce PDF|Format"):
        read_file(name, content)


def test_plain_text_in_the_encodings_of_windows():
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        assert (
            read_file("liste.txt", "Nadège Quillard, CAF".encode(encoding))[0].person_name
            == "Nadège Quillard"
        )
