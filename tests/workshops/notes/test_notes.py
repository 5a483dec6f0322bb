"""Notes cut into proposed findings: what a heading says, what a line says, and what is left out aloud."""

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workshops.roster.support import opendocument
from workshops.notes import UnreadableNotes, read_notes, read_notes_file
from workshops.notes.cutting import split_pages
from workshops.notes.kinds import kind_announced, split_lead
from workshops.restitution import marks
from workshops.restitution.dress import dress

NOTES = """Atelier 1 – Les écosystèmes

Freins :
- Le temps manque aux agents (p. 2)
   - surtout dans les petites communes
- Les élus changent
« On repart de zéro »

Moteurs
• Se visiter entre pairs
besoin : Un lieu commun

Présents
- Camille Exemple, directrice
"""


def test_headings_say_kind_and_session():
    notes = read_notes(NOTES)
    told = [(each.kind, each.statement, each.session) for each in notes.proposals]
    where = "Atelier 1 – Les écosystèmes"
    assert told == [
        ("frein", "Le temps manque aux agents", where),
        ("frein", "Les élus changent", where),
        ("moteur", "Se visiter entre pairs", where),
        ("besoin", "Un lieu commun", where),
    ]
    first, second, *_ = notes.proposals
    assert (first.pages, first.points) == ((2,), ("surtout dans les petites communes",))
    assert second.quotation == "On repart de zéro"
    assert all(each.kind_is_sure for each in notes.proposals)


def test_what_is_no_finding_is_left_out_aloud():
    assert read_notes(NOTES).left_out == ["Camille Exemple, directrice"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Les freins identifiés", "frein"),
        ("Obstacles (freins)", "frein"),
        ("Ce qui aide", "moteur"),
        ("Ce qui manque (besoins)", "besoin"),
        ("Questions ouvertes", "question"),
        ("Freins et moteurs", None),
        ("Atelier 2", None),
    ],
)
def test_kind_announced(heading, kind):
    assert kind_announced(heading) == kind


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Frein : le temps manque", ("frein", "le temps manque")),
        ("m : se visiter", ("moteur", "se visiter")),
        ("Levier\u00a0: l’envie", ("moteur", "l’envie")),
        ("Trois leviers à la fois : élus, agents, citoyens", (None, None)),
        ("10:30 arrivée", (None, None)),
    ],
)
def test_a_line_may_say_its_kind(line, expected):
    kind, text = expected
    assert split_lead(line) == (kind, text or line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le temps manque (p. 2 et 3)", ("Le temps manque", (2, 3))),
        ("Le temps manque, p. 2 à 4", ("Le temps manque,", (2, 3, 4))),
        ("Compte rendu, p.\u00a05", ("Compte rendu,", (5,))),
        ("Le groupe 3", ("Le groupe 3", ())),
        ("Voir le plan 2020", ("Voir le plan 2020", ())),
    ],
)
def test_pages_at_the_end_of_a_line(text, expected):
    assert split_pages(text) == expected


def test_a_kind_that_nothing_says_is_guessed_and_told_so():
    proposals = read_notes(
        "Comment associer les habitants ?\nIl faudrait un lieu commun.\nLes agents sont là."
    ).proposals
    assert [(each.kind, each.kind_is_sure) for each in proposals] == [
        ("question", False),
        ("besoin", False),
        ("constat", False),
    ]


def test_a_long_paragraph_is_cut_at_its_sentences():
    sentence = (
        "Les agents disent que le temps leur manque pour ouvrir les projets aux habitants de la commune."
    )
    proposals = read_notes(" ".join([sentence] * 4)).proposals
    assert [each.statement for each in proposals] == [sentence] * 4


def word_notes() -> bytes:
    document = docx.Document()
    document.add_heading("Table ronde", 1)
    document.add_heading("Freins", 2)
    document.add_paragraph("Le temps manque", "List Bullet")
    document.add_paragraph("surtout l’été", "List Bullet 2")
    document.add_page_break()
    document.add_paragraph("Moteurs").runs[0].bold = True
    document.add_paragraph("Se visiter", "List Bullet")
    document.add_heading("Recommandations", 1)
    document.add_heading("Première", 2)
    document.add_paragraph("Se réunir")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_a_word_document_gives_kinds_points_and_pages():
    notes = read_notes_file("notes.docx", word_notes())
    assert [(each.kind, each.statement, each.points, each.pages) for each in notes.proposals] == [
        ("frein", "Le temps manque", ("surtout l’été",), (1,)),
        ("moteur", "Se visiter", (), (2,)),
    ]
    assert {each.session for each in notes.proposals} == {"Table ronde"}
    assert notes.left_out == ["Première", "Se réunir"]


def test_a_text_of_libreoffice_gives_kinds_points_and_pages():
    styles = (
        '<style:style style:name="P1" style:family="paragraph">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )

    def items(*texts: str) -> str:
        return (
            f"<text:list>{''.join(f'<text:list-item>{text}</text:list-item>' for text in texts)}</text:list>"
        )

    body = (
        '<text:h text:outline-level="1">Table ronde</text:h><text:h text:outline-level="2">Freins</text:h>'
        + items("<text:p>Le temps manque</text:p>" + items("<text:p>surtout l’été</text:p>"))
        + "<text:p>Il manque aussi<text:soft-page-break/> un lieu.</text:p>"
        + '<text:h text:outline-level="2" text:style-name="P1">Moteurs</text:h>'
        + items("<text:p>Se visiter</text:p>")
    )
    notes = read_notes_file("notes.odt", opendocument(f"<office:text>{body}</office:text>", styles))
    assert [(each.kind, each.statement, each.points, each.pages) for each in notes.proposals] == [
        ("frein", "Le temps manque", ("surtout l’été",), (1,)),
        ("frein", "Il manque aussi un lieu.", (), (1,)),
        ("moteur", "Se visiter", (), (3,)),
    ]
    assert {each.session for each in notes.proposals} == {"Table ronde"}


@pytest.mark.parametrize("name", ["notes.docx", "notes.odt", "notes.pdf"])
def test_what_cannot_be_read_says_so(name):
    with pytest.raises(UnreadableNotes, match="lu|collez"):
        read_notes_file(name, b"PK not a document")


LINES = st.lists(
    st.sampled_from(["Freins", "- a", "  - b", "« c »", "m : d", "p. 3", "", "\f", "Présents", "## e ?"])
)


@given(st.one_of(st.text(), LINES.map("\n".join)))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_no_proposal_is_empty(text):
    for each in read_notes(text).proposals:
        assert each.statement.strip()
        assert each.kind


def test_what_follows_an_aside_is_of_the_aside():
    document = docx.Document()
    dress(document)
    document.add_paragraph("Le temps manque", marks.statement_style("frein"))
    document.add_paragraph("Compte rendu, p. 2", marks.DETAILS)
    document.add_paragraph("Deux constats tirent en sens contraires", marks.TENSION)
    document.add_paragraph("Compte rendu, p. 4", marks.DETAILS)
    content = io.BytesIO()
    document.save(content)
    [only] = read_notes_file("restitution.docx", content.getvalue()).proposals
    assert (only.kind, only.pages) == ("frein", (2,))


def test_the_title_of_a_session_is_a_heading_whatever_it_looks_like():
    notes = read_notes("Ouverture\nLes agents sont là.", sessions=["Ouverture"])
    assert [(each.statement, each.session) for each in notes.proposals] == [
        ("Les agents sont là.", "Ouverture")
    ]
    assert len(read_notes("Ouverture\nLes agents sont là.").proposals) == 2


def test_a_line_that_opens_a_list_ends_what_was_announced_before():
    text = "Besoins :\n- former les agents\nÀ propos du bus :\n- il passe le mardi\nPropositions :\n- un annuaire"
    notes = read_notes(text)
    assert [(each.kind, each.statement, each.kind_is_sure) for each in notes.proposals] == [
        ("besoin", "former les agents", True),
        ("constat", "il passe le mardi", False),
    ]
    assert notes.left_out == ["À propos du bus :", "un annuaire"]


def test_a_question_at_the_end_does_not_make_a_paragraph_a_question():
    [proposal] = read_notes("Le bus passe le mardi. Qui le paie ?").proposals
    assert (proposal.kind, proposal.kind_is_sure) == ("constat", False)
