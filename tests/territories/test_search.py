"""Finding a place: what comes first, in which words, and what the addresses answer."""

import pytest

from territories.models import Territory, TerritoryName
from territories.search import search_places
from territories.search_words import Query, read_query
from tests.factories.territories import TerritoryFactory


def first(text: str) -> str:
    found = search_places(text)
    return found[0].territory.label if found else ""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("St Eloy", Query(words=("saint", "eloy"))),
        ("Ste-Marie 63", Query(words=("sainte", "marie"), area="63")),
        ("63270", Query(postal="63270")),
        ("63270 Vic-le-Comte", Query(words=("vic", "le", "comte"), postal="63270")),
        ("2a004", Query(postal="2A004")),
        ("246300701", Query(code="246300701")),
        ("PNR Volcans", Query(words=("parc", "naturel", "regional", "volcans"))),
        ("  -- ", Query()),
        ("\x00", Query()),
    ],
)
def test_reading_what_was_typed(typed, expected):
    assert read_query(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("clerm", "Clermont-Ferrand"),
        ("63270", "Vic-le-Comte"),
        ("vic le comte", "Vic-le-Comte"),
        ("VIC-LE-COMTE", "Vic-le-Comte"),
        ("vic comte", "Vic-le-Comte"),
        ("grand clermont", "PETR du Grand Clermont"),
        ("sancy", "CC du Massif du Sancy"),
        ("63", "Puy-de-Dôme"),
        ("pnr volcans", "Parc naturel régional des Volcans d’Auvergne"),
        ("clermon ferand", "Clermont-Ferrand"),
        ("63457", "Vic-le-Comte"),
        ("clermont 63", "Clermont-Ferrand"),
        ("zzzzzz", ""),
        ("%", ""),
        ("", ""),
    ],
)
def test_the_right_place_comes_first(around_clermont, typed, expected):
    assert first(typed) == expected


@pytest.mark.django_db
def test_a_former_name_leads_to_the_present_place():
    place = TerritoryFactory(name="Les Deux-Rives")
    TerritoryName.objects.create(
        territory=place, kind="delegated", name="Saint-Cirgues-sur-Couze", code="63330"
    )
    (found,) = search_places("st cirgues")
    assert (found.territory, found.via) == (place, "Saint-Cirgues-sur-Couze")
    assert search_places("63330")[0].territory == place


@pytest.mark.django_db
def test_obsolete_places_are_not_proposed():
    TerritoryFactory(name="Disparue", is_obsolete=True)
    assert search_places("disparue") == []


@pytest.mark.django_db
def test_search_is_chainable():
    small = TerritoryFactory(name="Vic", population=10)
    large = TerritoryFactory(name="Vic-le-Grand", population=10_000)
    park = TerritoryFactory(name="Parc de Vic", kind="other", population=5)
    assert list(Territory.objects.search("vic")) == [large, small, park]
    assert list(Territory.objects.of_kind("other").search("vic")) == [park]
    assert list(Territory.objects.search("rien")) == []


@pytest.mark.parametrize("text", ["vic", "63270", "zzzz", "_", "\\", "l'", "a" * 500, "63 63 63", "((", "1"])
def test_two_queries_at_most_three_and_no_error(around_clermont, django_assert_max_num_queries, text):
    with django_assert_max_num_queries(3):
        search_places(text)


def test_suggestions(around_clermont, client):
    response = client.get("/territoires/recherche.json", {"q": "vic le"})
    assert response["Cache-Control"] == "public, max-age=3600"
    (result,) = response.json()["results"]
    assert (result["label"], result["value"], result["code"]) == ("Vic-le-Comte", "vic-le-comte", "63457")
    assert result["detail"].startswith("commune, Puy-de-Dôme, 5")
    assert result["url"] == "/territoires/vic-le-comte/"
    assert client.get("/territoires/recherche.json").json() == {"query": "", "results": []}


def test_page_asks_which_one_and_goes_when_there_is_no_doubt(around_clermont, client):
    assert client.get("/territoires/recherche/", {"q": "vic le comte"}).url == "/territoires/vic-le-comte/"
    assert (
        client.get("/territoires/recherche/", {"q": "clermont-ferrand"}).url
        == "/territoires/clermont-ferrand/"
    )
    page = client.get("/territoires/recherche/", {"q": "clermont"}).content.decode()
    assert "Lequel" in page
    assert "/territoires/clermont-auvergne-metropole/" in page
    nothing = client.get("/territoires/recherche/", {"q": "zzzzzz"}).content.decode()
    assert "Aucun territoire ne porte ce nom" in nothing
    assert client.get("/territoires/recherche/").status_code == 200


@pytest.mark.django_db
def test_page_takes_as_many_queries_with_three_places(assert_constant_queries):
    TerritoryFactory(name="Vic")
    assert_constant_queries("/territoires/recherche/?q=vic", lambda: TerritoryFactory(name="Vic"))
