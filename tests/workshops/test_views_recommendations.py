"""What was recommended, the forgotten first, and what became of it."""

from datetime import date

import pytest
from django.urls import reverse

from actors.models import Basis
from tests.factories.actors import InitiativeFactory, OrganisationFactory, PersonFactory
from tests.factories.workshops import (
    FindingFactory,
    FollowUpFactory,
    RecommendationFactory,
    ThemeFactory,
    WorkshopFactory,
)
from workshops.models import Bearing, FindingKind, Progress, RecommendationAnswer

from .test_views_workshops import editor, text

__all__ = ["editor"]
pytestmark = pytest.mark.django_db
LIST = "/recommandations/"


def titles(response) -> list[str]:
    return [card.recommendation.title for card in response.context["cards"]]


def test_the_forgotten_come_first_and_what_is_done_last(client):
    old = WorkshopFactory(date=date(2020, 1, 1))
    done = RecommendationFactory(title="Faite", workshop=old)
    FollowUpFactory(recommendation=done, progress=Progress.DONE, said_on=date(2020, 2, 1))
    heard = RecommendationFactory(title="Racontée", workshop=old)
    FollowUpFactory(recommendation=heard, said_on=date(2024, 1, 1))
    RecommendationFactory(title="Oubliée", workshop=WorkshopFactory(date=date(2022, 7, 4)))
    RecommendationFactory(title="Partie", parent=heard, workshop=old)
    RecommendationFactory(title="Brouillon", workshop__state="draft")
    response = client.get(LIST)
    assert titles(response) == ["Oubliée", "Racontée", "Faite"]
    assert "rien depuis juillet 2022" in text(response)
    assert "dernières nouvelles : janvier 2024" in text(response)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("etat=under_way", {"Portée"}),
        ("etat=unknown", {"Oubliée"}),
        ("portage=accepted", {"Portée"}),
        ("atelier=riom", {"Oubliée"}),
        ("theme=portee", {"Portée"}),
        ("theme=par-constat", {"Oubliée"}),
        ("etat=unknown&portage=accepted", set()),
        ("", {"Portée", "Oubliée"}),
    ],
)
def test_filters(client, query, expected):
    borne = RecommendationFactory(title="Portée")
    borne.themes.add(ThemeFactory(slug="portee"))
    FollowUpFactory(
        recommendation=borne,
        progress=Progress.UNDER_WAY,
        bearing=Bearing.ACCEPTED,
        bearer=OrganisationFactory(),
    )
    forgotten = RecommendationFactory(title="Oubliée", workshop=WorkshopFactory(slug="riom"))
    finding = FindingFactory()
    finding.themes.add(ThemeFactory(slug="par-constat"))
    RecommendationAnswer.objects.create(recommendation=forgotten, finding=finding)
    response = client.get(f"{LIST}?{query}")
    assert set(titles(response)) == expected
    if not expected:
        assert "Aucune recommandation ne répond à ces filtres." in text(response)


def test_counts_honour_the_other_filters_and_a_filter_can_be_removed(client):
    workshop = WorkshopFactory(slug="riom", title="Atelier de Riom")
    RecommendationFactory(workshop=workshop)
    FollowUpFactory(recommendation=RecommendationFactory(), progress=Progress.DONE)
    response = client.get(f"{LIST}?atelier=riom")
    facets = {facet["name"]: facet for facet in response.context["facets"]}
    counts = {option["value"]: option["count"] for option in facets["etat"]["options"]}
    assert counts[Progress.UNKNOWN] == 1
    assert counts[Progress.DONE] == 0
    assert response.context["active"] == [{"label": "Atelier : Atelier de Riom", "url": "?"}]


@pytest.mark.parametrize(
    "query", ["etat=zzz", "theme=%00", "atelier=%27", "page=-1", "page=9e99", "etat=" + "a" * 2000]
)
def test_what_makes_no_sense_gives_a_page(client, query):
    RecommendationFactory()
    assert client.get(f"{LIST}?{query}").status_code in {200, 400}


def test_list_queries(assert_constant_queries):
    def add():
        recommendation = RecommendationFactory()
        recommendation.themes.add(ThemeFactory())
        FollowUpFactory(recommendation=recommendation)

    assert_constant_queries(LIST, add)


def test_page_queries(assert_constant_queries):
    recommendation = RecommendationFactory()

    def add():
        finding = FindingFactory()
        RecommendationAnswer.objects.create(recommendation=recommendation, finding=finding)
        recommendation.questions.add(FindingFactory(kind=FindingKind.QUESTION))
        recommendation.initiatives.add(InitiativeFactory())
        recommendation.themes.add(ThemeFactory())
        RecommendationFactory(parent=recommendation, workshop=recommendation.workshop)
        FollowUpFactory(recommendation=recommendation, said_by=OrganisationFactory())

    assert_constant_queries(recommendation.get_absolute_url(), add)


def test_without_news_the_page_says_so_and_offers_to_tell(client):
    recommendation = RecommendationFactory(
        slug="passerelles", workshop__date=date(2022, 7, 4), inspirations=["les réseaux"]
    )
    page = text(client.get(recommendation.get_absolute_url()))
    assert "Pas de suite connue depuis juillet 2022." in page
    assert f'href="{reverse("correction_request")}?page=%2Frecommandations%2Fpasserelles%2F"' in page
    assert "Personne, à notre connaissance" in page
    assert "Suite inconnue" in page
    assert "Les réseaux" in page
    assert page.count("<h1") == 1


def test_timeline_tells_who_said_what_and_strikes_what_was_corrected(client):
    recommendation = RecommendationFactory()
    bearer = OrganisationFactory(name="Le Collectif")
    first = FollowUpFactory(
        recommendation=recommendation,
        said_on=date(2023, 1, 10),
        progress=Progress.DONE,
        note="Tout est fini.",
        said_by=PersonFactory(name="Prénom Témoin"),
    )
    FollowUpFactory(
        recommendation=recommendation,
        said_on=date(2023, 2, 1),
        progress=Progress.UNDER_WAY,
        bearing=Bearing.ACCEPTED,
        bearer=bearer,
        note="Ce n’était que le début.",
        said_by=PersonFactory(name="Prénom Caché", state="draft"),
        corrects=first,
    )
    page = text(client.get(recommendation.get_absolute_url()))
    assert "Corrigé le 1er février 2023 : <s>Faite. Tout est fini. Dit par Prénom Témoin.</s>" in page
    assert "En cours, portée par Le Collectif. Ce n’était que le début. Dit par une personne." in page
    assert page.index("10 janvier 2023") < page.index("En cours, portée par")
    assert bearer.get_absolute_url() in page
    assert "Caché" not in page
    assert "Pas de suite connue" not in page


def test_answers_say_when_we_make_the_link(client):
    recommendation = RecommendationFactory()
    finding = FindingFactory(workshop=recommendation.workshop, statement="On se connaît mal")
    RecommendationAnswer.objects.create(recommendation=recommendation, finding=finding, basis=Basis.DEDUCED)
    page = text(client.get(recommendation.get_absolute_url()))
    assert "Lien déduit : le compte rendu ne relie pas lui-même ce constat" in page
    assert "On se connaît mal" in page
    assert "Une recommandation y répond" not in page


def test_part_leads_to_its_whole(client):
    whole = RecommendationFactory()
    part = RecommendationFactory(parent=whole, workshop=whole.workshop, title="D’abord se voir")
    response = client.get(reverse("recommendation", args=[part.slug]))
    assert response.status_code == 301
    assert response["Location"] == f"{whole.get_absolute_url()}#partie-{part.pk}"
    assert f'id="partie-{part.pk}">D’abord se voir' in text(client.get(whole.get_absolute_url()))


def test_draft_is_for_staff_who_may_see_workshops(client, editor):
    url = RecommendationFactory(workshop__state="draft").get_absolute_url()
    assert client.get(url).status_code == 404
    client.force_login(editor)
    assert "Brouillon" in text(client.get(url))
