"""What a territory says of itself, what the database refuses, and the reads of the QuerySet."""

import pytest
from django.db import IntegrityError, transaction

from territories.distance import distance_km
from territories.models import Territory
from tests.factories.territories import SetFactory, TerritoryFactory, make_set

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "columns",
    [
        {"replaced_by": "other"},
        {"lon": 3.0, "lat": None},
        {"lon": 3.0, "lat": 95.0},
        {"kind": "commune", "composition": "unknown"},
    ],
)
def test_the_database_refuses_half_truths(columns):
    other = TerritoryFactory()
    columns = {name: other if value == "other" else value for name, value in columns.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        TerritoryFactory(**columns)


def test_a_code_is_unique_within_its_kind_only():
    TerritoryFactory(kind="departement", code="84")
    TerritoryFactory(kind="region", code="84")
    with pytest.raises(IntegrityError), transaction.atomic():
        TerritoryFactory(kind="region", code="84")


@pytest.mark.parametrize(
    ("columns", "label"),
    [
        ({"name": "Vic-le-Comte"}, "Vic-le-Comte"),
        ({"name": "Clermont", "is_homonym": True, "located_in": "Oise"}, "Clermont (Oise)"),
        ({"name": "Paris", "is_homonym": True, "located_in": "Paris"}, "Paris (commune)"),
        ({"name": "Mayenne", "is_homonym": True, "kind": "departement"}, "Mayenne (département)"),
    ],
)
def test_label_tells_homonyms_apart(columns, label):
    assert str(TerritoryFactory.build(**columns)) == label


def test_address_and_natural_key():
    territory = TerritoryFactory(kind="commune", code="63457", slug="vic-le-comte")
    assert territory.get_absolute_url() == "/territoires/vic-le-comte/"
    assert Territory.objects.get_by_natural_key("commune", "63457") == territory
    assert territory.natural_key() == ("commune", "63457")


def test_sort_name_is_computed_by_the_database():
    territory = TerritoryFactory(name="Saint-Éloy-l’Œuvre")
    territory.refresh_from_db()
    assert territory.sort_name == "saint eloy l oeuvre"


@pytest.fixture
def world():
    """Communes a b c d; `wide` = abc, `twin` = abc, `part` = ab, `across` = cd."""
    a, b, c, d = (TerritoryFactory(name=name, population=100) for name in "abcd")
    sets = {"wide": (a, b, c), "twin": (a, b, c), "part": (a, b), "across": (c, d)}
    made = {name: make_set(*members, name=name) for name, members in sets.items()}
    return made | {"a": a, "b": b, "c": c, "d": d}


def names(queryset) -> list[str]:
    return sorted(queryset.values_list("name", flat=True))


def test_reads_by_relation(world):
    objects = Territory.objects
    assert names(objects.covering(world["a"])) == ["a", "part", "twin", "wide"]
    assert names(objects.covering(world["a"], strict=True)) == ["part", "twin", "wide"]
    assert names(objects.covering(world["wide"])) == ["twin", "wide"]
    assert names(objects.covering(world["wide"], strict=True)) == []
    assert names(objects.within(world["wide"])) == ["a", "b", "c", "part", "twin", "wide"]
    assert names(objects.within(world["wide"], strict=True)) == ["a", "b", "c", "part"]
    assert names(objects.same_as(world["wide"])) == ["twin"]
    assert names(objects.overlapping(world["across"])) == ["twin", "wide"]
    assert names(objects.touching(world["d"])) == ["across"]
    assert names(objects.current().of_kind("epci").within(world["wide"], strict=True)) == ["part"]


def test_shares_of_a_relation(world):
    found = Territory.objects.with_relation_to(world["across"]).get(name="wide")
    assert found.relation == "overlaps"
    assert found.own_commune_share == pytest.approx(1 / 3)
    assert found.commune_share == found.population_share == pytest.approx(1 / 2)


def test_distance_is_the_same_in_sql_and_in_python():
    clermont = TerritoryFactory(lon=3.087, lat=45.777)
    lyon = TerritoryFactory(lon=4.8357, lat=45.764)
    TerritoryFactory(name="sans point", lon=None, lat=None)
    found = Territory.objects.with_distance_to(clermont)
    assert found.get(pk=lyon.pk).distance_km == pytest.approx(
        distance_km(3.087, 45.777, 4.8357, 45.764), abs=1e-6
    )
    assert found.get(pk=lyon.pk).distance_km == pytest.approx(135.7, abs=0.2)
    assert found.get(pk=clermont.pk).distance_km == 0
    assert found.get(name="sans point").distance_km is None


def test_obsolete_territories_are_not_current():
    new = TerritoryFactory()
    old = SetFactory(is_obsolete=True, replaced_by=new)
    assert list(Territory.objects.current()) == [new]
    assert list(new.predecessors.all()) == [old]
