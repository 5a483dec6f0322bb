"""What is shown before a workshop is published, and what is not made a fault of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import accounts
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory, SourceFactory
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    RecommendationFactory,
    WorkshopFactory,
    WorkshopHostFactory,
)
from workshops.models import RecommendationAnswer, Workshop
from workshops.reading.checklist import checklist

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return WorkshopFactory(slug="riom", state="draft", source=SourceFactory(page_count=5))


def found(workshop) -> dict[str, list[tuple[str, str]]]:
    return {
        check.title: [(row.text, row.detail) for row in check.rows]
        for check in checklist(workshop)
        if check.rows
    }


def with_function(workshop, person):
    line = AttendanceFactory(workshop=workshop, person=person)
    line.capacities.add(MembershipFactory(member=person))
    return line


def test_nothing_to_see(workshop):
    with_function(workshop, PersonFactory())
    finding = FindingFactory(workshop=workshop, source=workshop.source, pages=[1])
    advice = RecommendationFactory(workshop=workshop)
    RecommendationAnswer.objects.create(recommendation=advice, finding=finding)
    assert found(workshop) == {}


def test_what_is_missing_is_named(workshop):
    AttendanceFactory(workshop=workshop, person=PersonFactory(name="Camille Seule"), listed_role="habitante")
    unnamed = PersonFactory(
        name="Dominique Muette", state="draft", publication_basis="", publication_basis_on=None
    )
    with_function(workshop, unnamed)
    FindingFactory(workshop=workshop, statement="Le temps manque", pages=[])
    whole = RecommendationFactory(workshop=workshop, title="Se réunir")
    RecommendationFactory(workshop=workshop, title="Chaque mois", parent=whole)
    assert found(workshop) == {
        "Participants sans organisation": [("Camille Seule", "habitante")],
        "Personnes que rien ne permet encore de nommer": [("Dominique Muette", "")],
        "Constats sans page": [("Le temps manque", "obstacle")],
        "Recommandations qui ne répondent à rien": [("Se réunir", "")],
    }


def test_without_a_paged_report_no_page_is_asked(workshop):
    workshop.source = SourceFactory(page_count=None)
    FindingFactory(workshop=workshop, pages=[])
    assert found(workshop) == {}


def test_new_actors_that_resemble_old_ones(workshop):
    Workshop.objects.filter(pk=workshop.pk).update(created_at=timezone.now() - timedelta(days=1))
    workshop.refresh_from_db()
    old = OrganisationFactory(name="PETR du Grand Clermont", created_at=timezone.now() - timedelta(days=400))
    new = OrganisationFactory(name="PETR Grand Clermont", state="draft")
    OrganisationFactory(name="Académie de Clermont-Ferrand")
    WorkshopHostFactory(workshop=workshop, actor=old)
    WorkshopHostFactory(workshop=workshop, actor=new)
    assert found(workshop) == {
        "Nouvelles fiches qui ressemblent à d’autres": [
            ("PETR Grand Clermont", "ressemble à « PETR du Grand Clermont » (association)")
        ]
    }


def test_the_list_is_on_the_page_and_the_workshop_is_published_from_there(workshop):
    FindingFactory(workshop=workshop, statement="Le temps manque", pages=[])
    client = accounts.client_of(accounts.administrator())
    page = client.get("/saisie/riom/constats/").content.decode()
    assert "Constats sans page" in page
    assert "Personne n’est encore dans la liste." in page
    answer = client.post("/saisie/riom/publier/", follow=True)
    workshop.refresh_from_db()
    assert workshop.is_published
    assert answer.redirect_chain[-1][0] == "/saisie/riom/constats/#verifier"
    assert f'href="{workshop.get_absolute_url()}"' in answer.content.decode()


def test_queries_do_not_grow(workshop, assert_constant_queries):
    client = accounts.client_of(accounts.administrator())

    def add_row():
        with_function(workshop, PersonFactory(state="draft"))
        AttendanceFactory(workshop=workshop)
        FindingFactory(workshop=workshop, pages=[])
        RecommendationFactory(workshop=workshop)

    assert_constant_queries("/saisie/riom/constats/", add_row, client)
