"""Layers: the outline of a place, what it contains, what surrounds it."""

import pytest

from territories.models import Territory, TerritoryContour
from tests.factories.territories import TerritoryFactory


def names(response) -> list[str]:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/geo+json"
    return sorted(feature["properties"]["name"] for feature in response.json()["features"])


def test_outline_of_a_commune(around_clermont, client):
    response = client.get("/territoires/vic-le-comte.geojson")
    assert names(response) == ["Vic-le-Comte"]
    assert response["Cache-Control"] == "public, max-age=86400"
    again = client.get("/territoires/vic-le-comte.geojson", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.get("/territoires/nulle-part.geojson").status_code == 404


def test_contents(around_clermont, client):
    url = "/territoires/petr-du-grand-clermont/contenu.geojson"
    assert len(names(client.get(url))) == 104
    inside = client.get(url, {"nature": "epci"})
    assert len(names(inside)) == 4
    assert {feature["properties"]["relation"] for feature in inside.json()["features"]} == {"within"}
    assert client.get(url, {"nature": "region"}).status_code == 404
    assert client.get("/territoires/vic-le-comte/contenu.geojson").status_code == 404


def test_what_straddles_the_border_is_in_the_layer_and_says_so(around_clermont, client):
    straddling = Territory.objects.get(code="246300966")  # CC du Massif du Sancy: Puy-de-Dôme and Cantal
    response = client.get("/territoires/puy-de-dome/contenu.geojson")
    told = {one["properties"]["name"]: one["properties"]["relation"] for one in response.json()["features"]}
    assert told[straddling.label] == "overlaps"


def test_neighbours_touch(around_clermont, client):
    found = names(client.get("/territoires/vic-le-comte/voisins.geojson"))
    assert "Authezat" in found
    assert "Clermont-Ferrand" not in found
    assert "Vic-le-Comte" not in found


def test_country(around_clermont, client):
    assert names(client.get("/territoires/france.geojson")) == ["Auvergne-Rhône-Alpes"]
    assert "Puy-de-Dôme" in names(client.get("/territoires/france.geojson", {"nature": "departement"}))
    assert client.get("/territoires/france.geojson", {"nature": "commune"}).status_code == 404


@pytest.mark.django_db
def test_a_missing_outline_is_a_gap_that_is_told(client):
    place = TerritoryFactory(name="Sans contour")
    answer = client.get(f"/territoires/{place.slug}.geojson").json()
    assert (answer["features"], answer["missing"]) == ([], ["Sans contour"])
    assert client.get(f"/territoires/{place.slug}/voisins.geojson").json()["features"] == []


@pytest.mark.django_db
def test_a_layer_takes_as_many_queries_with_three_places(assert_constant_queries):
    def add():
        square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
        region = TerritoryFactory(kind="region")
        TerritoryContour.objects.create(territory=region, geometry=square, west=0, south=0, east=1, north=1)

    assert len(assert_constant_queries("/territoires/france.geojson", add).json()["features"]) == 3
