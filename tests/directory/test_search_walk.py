"""A set too large to be sorted whole is shown in the order of an index: each row once, whoever is rare or common."""

import pytest

from directory.search import probe, query, walk
from tests.factories.actors import CompetenceFactory, ExpertiseFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
EVERYBODY = 31  # more than a page, in both orders


@pytest.fixture
def crowd(monkeypatch):
    """More than are sorted; the best known first, and the others by their number."""
    monkeypatch.setattr(probe, "CAP", EVERYBODY - 1)
    monkeypatch.setattr(query, "CAP", EVERYBODY - 1)
    place = TerritoryFactory(name="Bourgnoir", slug="bourgnoir")
    term = CompetenceFactory(name="Zinzolin")
    made = [
        OrganisationFactory(name=f"Atelier {n:02}", slug=f"a-{n:02}", seat=place, seat_basis="stated")
        for n in range(EVERYBODY)
    ]
    ExpertiseFactory(actor=made[-1], competence=term)
    return [made[-1].slug, *(actor.slug for actor in made[:-1])]


@pytest.mark.parametrize("walked", [20_000, 25, 1])
@pytest.mark.parametrize("place", ["", "bourgnoir"])
def test_each_row_once_in_the_same_order_however_few_are_walked(visitor, crowd, monkeypatch, walked, place):
    monkeypatch.setattr(walk, "WALKED", walked)
    asked = {"territoire": place} if place else {}
    assert visitor.lists(q="atelier", **asked) == crowd[: EVERYBODY - 1]
    assert visitor.lists(q="atelier", tri="nom", **asked) == sorted(crowd)[: EVERYBODY - 1]


def test_nobody_is_walked_past_the_filters(visitor, crowd, monkeypatch):
    """A choice that leaves a full set still narrows it."""
    OrganisationFactory(name="Atelier de passage", slug="de-passage", nature="company")
    for walked in (20_000, 1):
        monkeypatch.setattr(walk, "WALKED", walked)
        assert "de-passage" not in visitor.lists(q="atelier", nature="association", territoire="bourgnoir")
