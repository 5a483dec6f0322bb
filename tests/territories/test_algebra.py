"""Same, within, covers, overlaps: the SQL against the plain definition, and the laws they obey."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territories import algebra
from territories.models import Territory, TerritoryCommune, TerritoryRelation
from tests.factories.territories import SetFactory, TerritoryFactory, make_set
from tests.territories import naive

pytestmark = pytest.mark.django_db

POPULATIONS = st.lists(st.one_of(st.none(), st.just(0), st.integers(1, 5000)), min_size=1, max_size=6)
SETS = st.lists(st.frozensets(st.integers(0, 5), min_size=1), min_size=1, max_size=5)


@pytest.fixture
def communes() -> list[Territory]:
    return TerritoryFactory.create_batch(6)


@pytest.fixture
def groupings() -> list[Territory]:
    return SetFactory.create_batch(5)


def stored() -> dict[tuple[int, int], tuple]:
    rows = TerritoryRelation.objects.values_list(
        "from_territory", "to_territory", "kind", "shared_communes", "commune_share", "population_share",
        "commune_share_back", "population_share_back",
    )  # fmt: skip
    return {(row[0], row[1]): row[2:] for row in rows}


def write_sets(communes, groupings, populations, indexes) -> tuple[dict, dict]:
    """Puts this world in the database; returns it as plain sets and numbers."""
    people = {}
    for commune, population in zip(communes, [*populations, *[7] * 6], strict=False):
        Territory.objects.filter(pk=commune.pk).update(population=population)
        people[commune.pk] = population
    TerritoryCommune.objects.filter(territory__in=groupings).delete()
    sets = {commune.pk: frozenset([commune.pk]) for commune in communes}
    for grouping, members in zip(groupings, indexes, strict=False):
        sets[grouping.pk] = frozenset(communes[index].pk for index in members)
    TerritoryCommune.objects.bulk_create(
        TerritoryCommune(territory_id=grouping.pk, commune_id=pk)
        for grouping in groupings for pk in sets.get(grouping.pk, ())
    )  # fmt: skip
    return sets, people


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(populations=POPULATIONS, indexes=SETS)
def test_relations_are_those_of_the_sets(communes, groupings, populations, indexes):
    sets, people = write_sets(communes, groupings, populations, indexes)
    algebra.rebuild_relations()
    rows, expected = stored(), naive.relations(sets, people)
    assert rows.keys() == expected.keys()
    for (a, b), (kind, count, part, people_part) in expected.items():
        assert rows[a, b][:2] == (kind, count)
        assert rows[a, b][2] == pytest.approx(part)
        assert rows[a, b][3] == (None if people_part is None else pytest.approx(people_part))
        assert rows[a, b][4:] == rows[b, a][2:4]  # the share « back » is the other row's own
    assert algebra.rebuild_relations() == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(populations=POPULATIONS, indexes=SETS)
def test_laws_of_the_relations(communes, groupings, populations, indexes):
    write_sets(communes, groupings, populations, indexes)
    algebra.rebuild_relations()
    rows = stored()
    opposite = {"within": "covers", "covers": "within", "same": "same", "overlaps": "overlaps"}
    within = {pair for pair, row in rows.items() if row[0] in ("within", "same")}
    for (a, b), row in rows.items():
        assert rows[b, a][0] == opposite[row[0]]  # antisymmetry
    for a, b in within:
        for c in {other for first, other in within if first == b} - {a}:
            assert (a, c) in within  # transitivity
    ids = [commune.pk for commune in communes]
    for grouping in groupings:
        parts = [rows[grouping.pk, pk] for pk in ids if (grouping.pk, pk) in rows]
        if parts:
            assert sum(part[2] for part in parts) == pytest.approx(1)  # its communes make it up
            if all(part[3] is not None for part in parts):
                assert sum(part[3] for part in parts) == pytest.approx(1)


def test_a_partial_rebuild_gives_what_a_whole_one_gives():
    communes = TerritoryFactory.create_batch(4)
    algebra.rebuild_relations()
    make_set(*communes[:3])
    make_set(*communes[1:])
    after_parts = stored()
    assert algebra.rebuild_relations() == 0
    assert stored() == after_parts
    assert len(after_parts) == 2 * (3 + 3 + 1)


def test_a_change_of_population_changes_shares_only():
    one, two, three = TerritoryFactory.create_batch(3, population=100)
    first = make_set(one, two)
    second = make_set(two, three)
    Territory.objects.filter(pk=two.pk).update(population=300)
    ids = set(TerritoryRelation.objects.values_list("pk", flat=True))
    assert algebra.rebuild_relations() > 0
    assert set(TerritoryRelation.objects.values_list("pk", flat=True)) == ids
    row = TerritoryRelation.objects.get(from_territory=first, to_territory=second)
    assert (row.kind, row.commune_share, row.population_share) == ("overlaps", 0.5, 0.75)


def test_nobody_living_there_is_no_share():
    ruined, lived_in = TerritoryFactory(population=0), TerritoryFactory(population=10)
    both = make_set(ruined, lived_in)
    rows = {(row.from_territory_id, row.to_territory_id): row for row in TerritoryRelation.objects.all()}
    assert rows[ruined.pk, both.pk].population_share is None
    assert rows[both.pk, ruined.pk].population_share == 0
    assert rows[both.pk, lived_in.pk].population_share == 1


def test_unknown_composition_has_no_relation_whatever_its_rows():
    commune = TerritoryFactory()
    park = make_set(commune, kind="pnr", composition="unknown")
    assert not TerritoryRelation.objects.exists()
    park.declared_touching.add(commune)
    assert list(Territory.objects.declared_in(commune)) == [park]


def test_totals_follow_the_set():
    one = TerritoryFactory(population=100, lon=2.0, lat=45.0)
    two = TerritoryFactory(population=None, lon=4.0, lat=46.0)
    both = make_set(one, two)
    assert (both.population, both.commune_count, both.lon, both.lat) == (100, 2, 3.0, 45.5)
