"""The restitution as it is asked for: the page, the document, the PDF; and what it must not tell."""

import pytest
from django.urls import reverse

from tests.factories.accounts import administrator
from tests.factories.actors import PersonFactory
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FollowUpFactory,
    RecommendationFactory,
    SessionFactory,
    WorkshopFactory,
)
from workshops.restitution import pdf
from workshops.roster.documents import text_of

pytestmark = pytest.mark.django_db
FORMATS = ("workshop_restitution", "workshop_docx", "workshop_pdf")


@pytest.fixture
def workshop():
    workshop = WorkshopFactory(slug="riom", title="Atelier de Riom")
    session = SessionFactory(workshop=workshop, title="Table ronde")
    FindingFactory(workshop=workshop, session=session, statement="Le temps manque")
    AttendanceFactory(workshop=workshop, person=PersonFactory(name="Camille Exemple", family_name="Exemple"))
    return workshop


def test_the_page_tells_people_findings_and_sources(client, workshop):
    page = client.get("/ateliers/riom/restitution/").content.decode()
    for said in ("Camille Exemple", "Table ronde", "Le temps manque", workshop.source.title):
        assert said in page


def test_the_workshop_leads_there(client, workshop):
    page = client.get(workshop.get_absolute_url()).content.decode()
    assert "/ateliers/riom/restitution/" in page
    assert "/ateliers/riom.docx" in page


def test_the_document_is_a_file_with_a_name(client, workshop):
    response = client.get("/ateliers/riom.docx")
    assert response["Content-Disposition"] == 'attachment; filename="riom.docx"'
    assert "Le temps manque" in text_of("riom.docx", response.content)


@pytest.mark.parametrize("name", FORMATS)
def test_a_draft_is_for_those_who_may_see_it(client, workshop, name):
    workshop.state = "draft"
    workshop.save()
    url = reverse(name, args=["riom"])
    assert client.get(url).status_code == 404
    if name != "workshop_pdf":
        client.force_login(administrator(), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(url).status_code == 200


def test_who_is_not_published_is_counted_and_not_named(client, workshop):
    AttendanceFactory(workshop=workshop, person=PersonFactory(name="Dominique Masquée", state="draft"))
    page = client.get("/ateliers/riom/restitution/").content.decode()
    document = text_of("riom.docx", client.get("/ateliers/riom.docx").content)
    assert "Masquée" not in page + document
    assert "Et 1 personne dont le nom n’est pas publié" in page
    assert "Et 1 personne dont le nom n’est pas publié" in document


def test_a_pdf_is_drawn_or_its_lack_is_told(client, workshop):
    response = client.get("/ateliers/riom.pdf")
    if pdf._weasyprint() is None:
        pytest.skip("WeasyPrint or Pango is not here")
    assert response.status_code == 200
    assert "Le temps manque" in " ".join(text_of("riom.pdf", response.content).split())


def test_without_pango_the_page_says_what_to_do(client, workshop, monkeypatch):
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    response = client.get("/ateliers/riom.pdf")
    assert response.status_code == 503
    assert "/ateliers/riom.docx" in response.content.decode()


def test_queries_do_not_grow(workshop, assert_constant_queries):
    def add_row():
        AttendanceFactory(workshop=workshop)
        FindingFactory(workshop=workshop, session=SessionFactory(workshop=workshop))
        advice = RecommendationFactory(workshop=workshop)
        FollowUpFactory(recommendation=advice)

    assert_constant_queries("/ateliers/riom/restitution/", add_row)
