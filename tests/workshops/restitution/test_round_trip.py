"""What the .docx says, read back by the two readers of the house: the same people, the same findings."""

import io
from datetime import date

import docx
import pytest

from actors.models import Basis
from foundations.typography import typeset
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory, SourceFactory
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FollowUpFactory,
    RecommendationFactory,
    SessionFactory,
    WorkshopFactory,
    WorkshopHostFactory,
)
from workshops.models import AttendanceStatus, FindingKind, RecommendationAnswer, Workshop
from workshops.notes import read_notes_file
from workshops.restitution.content import restitution_of
from workshops.restitution.word import as_docx
from workshops.roster import read_file

pytestmark = pytest.mark.django_db

PEOPLE = (
    ("Camille Exemple", "Directrice", "Ville de Riom", AttendanceStatus.PRESENT),
    ("Dominique Essai", "Chargée de mission", "PETR du Grand Clermont", AttendanceStatus.PRESENT),
    ("Claude Modèle", "Président", "Association Les Passeurs", AttendanceStatus.EXCUSED),
)


def present(name: str, role: str, organisation: str, status: str, workshop: Workshop, position: int):
    person = PersonFactory(name=name, family_name=name.split()[1])
    membership = MembershipFactory(
        member=person, organisation=OrganisationFactory(name=organisation), role=role
    )
    line = AttendanceFactory(workshop=workshop, person=person, status=status, position=position)
    line.capacities.add(membership)
    return line


@pytest.fixture
def workshop():
    report = SourceFactory(title="Compte rendu de Riom", page_count=9)
    workshop = WorkshopFactory(slug="riom", title="Atelier de Riom", date=date(2022, 7, 4), source=report)
    WorkshopHostFactory(workshop=workshop, actor=OrganisationFactory(name="Ville de Vichy"), source=report)
    for position, person in enumerate(PEOPLE):
        present(*person, workshop, position)
    delegate = OrganisationFactory(name="Département du Puy-de-Dôme")
    AttendanceFactory(workshop=workshop, person=None, delegate_of=delegate, position=9)
    first = SessionFactory(workshop=workshop, title="Atelier 1 – Les écosystèmes", order=1)
    common = {"workshop": workshop, "source": report}
    frein = FindingFactory(
        **common,
        session=first,
        statement="Le temps manque : on repart de zéro",
        title="Le temps",
        quotation="On n’a pas le temps !",
        points=["aux agents", "aux élus"],
        pages=[2, 3],
        position=1,
    )
    FindingFactory(
        **common, session=first, kind=FindingKind.MOTEUR, statement="Se visiter", pages=[4], position=2
    )
    FindingFactory(
        **common,
        kind=FindingKind.QUESTION,
        statement="Qui commence ?",
        pages=[],
        kind_basis=Basis.DEDUCED,
        position=3,
    )
    advice = RecommendationFactory(workshop=workshop, title="Se réunir chaque trimestre", source=report)
    RecommendationAnswer.objects.create(recommendation=advice, finding=frein)
    FollowUpFactory(recommendation=advice, note="Une réunion a eu lieu")
    return workshop


def document_of(workshop: Workshop) -> bytes:
    told = restitution_of(Workshop.objects.told().get(pk=workshop.pk))
    return as_docx(told, "https://passerelles.example/ateliers/riom/")


def test_the_same_people_come_back(workshop):
    read = read_file("riom.docx", document_of(workshop))
    assert [
        (one.person_name, one.role, one.organisation, one.status) for one in read if one.person_name
    ] == list(PEOPLE)
    assert [one.organisation for one in read if not one.person_name] == ["Département du Puy-de-Dôme"]
    assert not any(one.needs_review for one in read if one.person_name)


def test_the_same_findings_come_back(workshop):
    notes = read_notes_file("riom.docx", document_of(workshop))
    written = [
        (
            each.kind,
            typeset(each.statement),
            typeset(each.title),
            typeset(each.quotation),
            tuple(map(typeset, each.points)),
            tuple(each.pages),
            typeset(each.session.title) if each.session else "",
        )
        for each in workshop.findings.order_by("position")
    ]
    read = [
        (each.kind, each.statement, each.title, each.quotation, each.points, each.pages, each.session)
        for each in notes.proposals
    ]
    assert read == written
    assert all(each.kind_is_sure for each in notes.proposals)


def test_styles_are_real_and_the_contents_is_a_field(workshop):
    document = docx.Document(io.BytesIO(document_of(workshop)))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == [
        "Participants",
        "Atelier 1 – Les écosystèmes",
        "Hors séance",
        "Recommandations",
        "Sources",
    ]
    assert document.styles["Normal"].font.name == "Atkinson Hyperlegible Next"
    assert document.styles["Heading 1"].font.name == "Source Serif 4"
    xml = document.element.body.xml
    assert 'TOC \\o "1-2"' in xml
    assert xml.count("w:bookmarkStart") == xml.count('w:hyperlink w:anchor="_Toc')
    assert document.core_properties.title == "Atelier de Riom"


def test_follow_ups_and_sources_are_told(workshop):
    document = docx.Document(io.BytesIO(document_of(workshop)))
    text = "\n".join(each.text for each in document.paragraphs)
    assert "Répond à\u00a0: Le temps" in text
    assert "10 janvier 2023\u00a0: Une réunion a eu lieu" in text
    assert "Compte rendu de Riom – compte rendu, 4 juillet 2022, p.\u00a01 à 4" in text
    assert "À l’invitation de\u00a0: Ville de Vichy" in text
