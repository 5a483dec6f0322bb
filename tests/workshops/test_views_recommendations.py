"""What was recommended, the forgotten first, and what became of it."""

from datetime import date

import pytest
from django.urls import reverse
from time_machine import travel

from actors.models import Basis
from territories.models import Kind
from tests.factories.actors import InitiativeFactory, OrganisationFactory, PersonFactory
from tests.factories.territories import TerritoryFactory, make_set
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


@pytest.fixture
def somewhere():
    """A workshop in Riom, within a département; another of a commune elsewhere; one about the whole département."""
    riom, far = TerritoryFactory(name="Riom", slug="riom"), TerritoryFactory(name="Brest", slug="brest")
    around = make_set(riom, TerritoryFactory(), kind=Kind.DEPARTEMENT, name="Puy-de-Dôme", slug="puy-de-dome")
    RecommendationFactory(title="De Riom", workshop__place=riom)
    about = RecommendationFactory(title="Du département").workshop
    about.territories.add(around)
    RecommendationFactory(title="De Brest", workshop__place=far)
    RecommendationFactory(title="De nulle part")


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("riom", {"De Riom"}),
        ("puy-de-dome", {"De Riom", "Du département"}),
        ("brest", {"De Brest"}),
        ("inconnu", set()),
    ],
)
def test_a_territory_holds_what_lies_in_it(client, somewhere, slug, expected):
    response = client.get(f"{LIST}?territoire={slug}")
    assert set(titles(response)) == expected
    [facet] = [facet for facet in response.context["facets"] if facet["name"] == "territoire"]
    counts = {option["value"]: option["count"] for option in facet["options"]}
    assert counts == {"": None, "puy-de-dome": 2, "riom": 1, "brest": 1}
    labels = [option["label"] for option in facet["options"]]
    assert labels == ["Tous", "Puy-de-Dôme (département)", "Brest", "Riom"]  # the widest first


@travel("2026-03-02T12:00:00Z", tick=False)
def test_how_old_the_news_are(client):
    days = {
        "moins-d-un-an": [date(2026, 3, 2), date(2025, 3, 3)],
        "un-a-deux-ans": [date(2025, 3, 2), date(2024, 3, 3)],
        "deux-a-cinq-ans": [date(2024, 3, 2), date(2021, 3, 3)],
        "plus-de-cinq-ans": [date(2021, 3, 2), date(1999, 1, 1)],
    }
    for key, both in days.items():
        for day in both:
            told = RecommendationFactory(title=f"{key} {day}", workshop__date=date(1998, 1, 1))
            FollowUpFactory(recommendation=told, said_on=day)
    RecommendationFactory(title="plus-de-cinq-ans, sans nouvelles", workshop__date=date(2020, 1, 1))
    for key in days:
        response = client.get(f"{LIST}?nouvelles={key}")
        assert {title.split(" ")[0].rstrip(",") for title in titles(response)} == {key}
        [facet] = [facet for facet in response.context["facets"] if facet["name"] == "nouvelles"]
        counts = {option["value"]: option["count"] for option in facet["options"]}
        assert counts[key] == len(titles(response))
    assert response.context["active"][0]["label"] == "Dernières nouvelles il y a : plus de cinq ans"


def test_a_due_date_goes_into_a_calendar(client, editor):
    whole = RecommendationFactory(title="Tenir un forum", due_on=date(2027, 3, 1))
    part = RecommendationFactory(parent=whole, workshop=whole.workshop, due_on=date(2027, 1, 15))
    page = text(client.get(whole.get_absolute_url()))
    assert f"/recommandations/{whole.slug}.ics" in page
    assert "pour le 15 janvier 2027" in page
    event = client.get(f"/recommandations/{whole.slug}.ics")
    assert event["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20270301" in event.content.decode()
    assert "SUMMARY:Échéance : Tenir un forum" in event.content.decode()
    assert "20270115" in client.get(f"/recommandations/{part.slug}.ics").content.decode()
    without = RecommendationFactory()
    draft = RecommendationFactory(due_on=date(2027, 3, 1), workshop__state="draft")
    for each in (without, draft):
        assert client.get(f"/recommandations/{each.slug}.ics").status_code == 404
    assert "agenda" not in text(client.get(without.get_absolute_url()))
    client.force_login(editor)
    assert client.get(f"/recommandations/{draft.slug}.ics").status_code == 200


@travel("2026-03-02T12:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("due_on", "progress", "told"),
    [
        (date(2027, 3, 1), "", "pour le 1er mars 2027"),
        (date(2026, 3, 1), "", "échéance passée : le 1er mars 2026"),
        (date(2026, 3, 1), Progress.DONE, ""),
        (None, "", ""),
    ],
)
def test_a_line_says_by_when(client, due_on, progress, told):
    FollowUpFactory(recommendation=RecommendationFactory(due_on=due_on), progress=progress)
    response = client.get(LIST)
    assert [card.due_text for card in response.context["cards"]] == [told]
    assert told in text(response).replace("\u00a0", " ")


def test_filters_are_asked_in_the_order_of_the_question(client):
    RecommendationFactory()
    names = [facet["name"] for facet in client.get(LIST).context["facets"]]
    assert names == ["etat", "portage", "nouvelles", "territoire", "atelier", "theme"]


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
    "query",
    [
        "etat=zzz",
        "theme=%00",
        "atelier=%27",
        "territoire=%27",
        "nouvelles=x",
        "page=-1",
        "page=9e99",
        "etat=" + "a" * 2000,
    ],
)
def test_what_makes_no_sense_gives_a_page(client, query):
    RecommendationFactory()
    assert client.get(f"{LIST}?{query}").status_code in {200, 400}


def test_list_queries(assert_constant_queries):
    def add():
        recommendation = RecommendationFactory(workshop__place=TerritoryFactory())
        make_set(recommendation.workshop.place, TerritoryFactory(), kind=Kind.DEPARTEMENT)
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
