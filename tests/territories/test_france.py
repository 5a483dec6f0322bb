"""All of France, once: the counts of the official geography, the straddling groupings, and the sizes of layers."""

import json

import pytest
from django.db.models import Count

from territories import layers
from territories.loading import load
from territories.loading.run import FIXTURES
from territories.models import Kind, Territory, TerritoryContour, TerritoryRelation
from territories.search import search_places

WITHOUT_CONTOUR = {"15031", "15035", "15047", "15171"}


@pytest.mark.django_db
def test_france():
    """One test, since the load takes the time of all the others together."""
    load()
    counts_are_those_of_the_official_geography()
    straddling_groupings_are_found()
    gaps_are_the_known_ones()
    layers_fit_in_a_page()
    the_right_place_comes_first()


def counts_are_those_of_the_official_geography():
    counts = dict(Territory.objects.values_list("kind").annotate(Count("pk")))
    expected = {"commune": 34_969, "epci": 1_255, "ept": 11, "departement": 101, "region": 18, "com": 8}
    assert {kind: counts[kind] for kind in expected} == expected
    assert Territory.objects.filter(kind="commune", population=0).count() == 6
    assert Territory.objects.filter(kind="commune", population=None).count() == 6


def pairs(kind: str, first: str, second: str):
    found = TerritoryRelation.objects.filter(kind=kind, from_territory__kind=first, to_territory__kind=second)
    return found.values("from_territory").distinct()


def straddling_groupings_are_found():
    assert pairs("overlaps", "epci", "departement").count() == 89
    assert pairs("overlaps", "epci", "region").count() == 26
    # Five overseas départements are a région; the eight overseas collectivities, which the source lists as both, are
    # one territory here.
    assert pairs("same", "departement", "region").count() == 5
    assert pairs("same", "commune", "departement").count() == 1  # Paris
    assert TerritoryRelation.objects.filter(population_share__gt=1).count() == 0


def gaps_are_the_known_ones():
    communes = Territory.objects.of_kind("commune")
    missing = communes.filter(contour=None).exclude(groupings__kind=Kind.COM)
    assert set(missing.values_list("code", flat=True)) == WITHOUT_CONTOUR
    assert communes.filter(contour=None, groupings__kind=Kind.COM).count() == 94
    for kind in ("epci", "ept", "departement", "region"):
        assert not Territory.objects.of_kind(kind).filter(contour=None).exists()
    assert TerritoryContour.objects.filter(territory__code="petr-grand-clermont").exists()
    total = sum(path.stat().st_size for path in FIXTURES.rglob("*") if path.is_file())
    assert total < 15_000_000


def layers_fit_in_a_page():
    for region in Territory.objects.of_kind("region"):
        layer = layers.collection(layers.inside(region, Kind.EPCI))
        assert len(layer.encode()) < 300_000, region
    names = [one["properties"]["name"] for one in json.loads(layer)["features"]]
    assert names


def the_right_place_comes_first():
    firsts = {
        "clerm": "Clermont-Ferrand",
        "63270": "Vic-le-Comte",
        "vic le comte": "Vic-le-Comte",
        "grand clermont": "PETR du Grand Clermont",
        "sancy": "CC du Massif du Sancy",
        "st eloy": "Saint-Éloy-les-Mines",
        "rhone": "Rhône",
        "lyon": "Lyon",
        "y": "Y",
    }
    for text, expected in firsts.items():
        assert search_places(text)[0].territory.label == expected
