"""A source page by page: every published statement, and none that is not."""

import pytest
from django.urls import reverse

from actors.models import Basis
from tests.factories.actors import (
    ActorAreaFactory,
    AttachmentFactory,
    ExpertiseFactory,
    InitiativeBearerFactory,
    InitiativeFactory,
    LineageFactory,
    MembershipFactory,
    MentionFactory,
    OrganisationFactory,
    PersonFactory,
    PublishedContactFactory,
    SourceFactory,
    TieFactory,
    TriggerFactory,
)
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FindingLinkFactory,
    RecommendationFactory,
    SessionFactory,
    WorkshopFactory,
    WorkshopHostFactory,
)
from workshops.reading.pages import SHELVES

from .test_views_workshops import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return SourceFactory(slug="rapport", page_count=3)


def on_page(response, number: int) -> str:
    page = text(response)
    return page[page.index(f'id="page-{number}"') :].split("<section")[0]


def test_each_statement_is_on_its_page(client, source):
    FindingFactory(source=source, pages=[2], statement="On se connaît mal")
    RecommendationFactory(source=source, pages=[2, 3], title="Ouvrir des passerelles")
    response = client.get(reverse("source", args=["rapport"]))
    assert "On se connaît mal" in on_page(response, 2)
    assert "On se connaît mal" not in on_page(response, 3)
    assert "Ouvrir des passerelles" in on_page(response, 2)
    assert "Ouvrir des passerelles" in on_page(response, 3)
    assert "L’annuaire n’a rien tiré de cette page." in on_page(response, 1)
    assert text(response).count("<h1") == 1


def test_source_says_what_it_does_not_know(client, source):
    page = text(client.get(source.get_absolute_url()))
    assert "<dt>Licence</dt><dd>non précisée</dd>" in page
    assert "3 pages" in page


def test_statement_without_a_page_says_so_and_tells_its_basis(client, source):
    MentionFactory(
        source=source, pages=[], basis=Basis.EXTERNAL, basis_note="Vu ailleurs", actor__name="Le CNFPT"
    )
    page = text(client.get(source.get_absolute_url()))
    last = page[page.index("Sans page précisée") :]
    assert "Le CNFPT" in last
    assert "(connaissance extérieure, à vérifier : Vu ailleurs)" in last


def every_sort(source) -> None:
    """One published statement of each sort."""
    here = {"source": source, "pages": [1]}
    workshop = WorkshopFactory(source=source)
    WorkshopHostFactory(workshop=workshop, **here)
    SessionFactory(workshop=workshop, **here)
    finding = FindingFactory(workshop=workshop, **here)
    FindingLinkFactory(from_finding=finding, to_finding=FindingFactory(workshop=workshop, **here), **here)
    RecommendationFactory(workshop=workshop, **here)
    AttendanceFactory(workshop=workshop, **here)
    AttendanceFactory(workshop=workshop, person=None, delegate_of=OrganisationFactory(), **here)
    initiative = InitiativeFactory(**here)
    InitiativeBearerFactory(initiative=initiative, **here)
    InitiativeBearerFactory(initiative=initiative, actor=None, unnamed="certaines collectivités", **here)
    initiative.led_to.create(later=InitiativeFactory(**here), **here)
    for factory in (TriggerFactory, MembershipFactory, AttachmentFactory, LineageFactory, TieFactory):
        factory(**here)
    TieFactory(to_actor=None, to_category="les citoyens", **here)
    for factory in (ExpertiseFactory, PublishedContactFactory, MentionFactory):
        factory(**here)


def test_every_sort_has_a_line_and_queries_are_constant(assert_constant_queries, source):
    response = assert_constant_queries(source.get_absolute_url(), lambda: every_sort(source))
    first = on_page(response, 1)
    for key, title in SHELVES.items():
        assert key == "area" or f"<h3>{title}" in first, key
    assert "certaines collectivités" in first
    assert "« les citoyens »" in first


def test_area_is_told(client, source):
    from territories.models import Territory

    territory = Territory.objects.create(kind="commune", code="63300", name="Riom", slug="riom")
    ActorAreaFactory(source=source, pages=[1], territory=territory, actor__name="Le Collectif")
    assert "Le Collectif</a> agit sur" in on_page(client.get(source.get_absolute_url()), 1)


def test_nothing_of_drafts_nor_of_the_withdrawn(client, source):
    hidden = PersonFactory(name="Prénom Retiré", state="draft")
    here = {"source": source, "pages": [1]}
    MembershipFactory(member=hidden, role="maire de Riom", **here)
    AttendanceFactory(person=hidden, listed_role="maire de Riom", **here)
    ExpertiseFactory(actor=hidden, evidence="maire de Riom", **here)
    MentionFactory(actor=hidden, note="maire de Riom", **here)
    TieFactory(from_actor=hidden, label="maire de Riom", **here)
    FindingFactory(workshop__state="draft", statement="maire de Riom", **here)
    InitiativeFactory(state="draft", name="maire de Riom", **here)
    page = text(client.get(source.get_absolute_url()))
    assert "Retiré" not in page
    assert "maire de Riom" not in page
    assert "0 énoncé tiré" in page
