"""What search engines are told: published pages, and no person who did not agree."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from actors.models import Actor
from territories.models import Territory
from tests.factories.actors import (
    ActorAreaFactory,
    CompetenceFactory,
    InitiativeFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.workshops import RecommendationFactory, ThemeFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(client) -> list[str]:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314 — our own answer
    addresses = [node.text for node in root.iter(f"{NAMESPACE}loc")]
    assert all(address.startswith("http://testserver/") for address in addresses)
    return [address.removeprefix("http://testserver") for address in addresses]


def test_a_person_is_listed_only_with_consent(client):
    PersonFactory(slug="nommee")
    PersonFactory(slug="accord", publication_basis="consent")
    PersonFactory(slug="brouillon", publication_basis="consent", state="draft")
    PersonFactory(slug="refus", publication_basis="objection", state="draft")
    OrganisationFactory(slug="organisme")
    OrganisationFactory(slug="organisme-brouillon", state="draft")
    actors = [path for path in listed(client) if path.startswith("/acteurs/") and path != "/acteurs/"]
    assert actors == ["/acteurs/accord/", "/acteurs/organisme/"]
    by_rule = {actor.slug for actor in Actor.objects.all() if actor.may_be_indexed}
    assert by_rule == {"accord", "organisme"} == set(Actor.objects.indexable().values_list("slug", flat=True))


def test_every_kind_of_published_page_is_listed(client):
    WorkshopFactory(slug="atelier")
    WorkshopFactory(slug="atelier-brouillon", state="draft")
    whole = RecommendationFactory(slug="reco", workshop__slug="a1")
    RecommendationFactory(slug="partie", workshop=whole.workshop, parent=whole)
    RecommendationFactory(slug="reco-brouillon", workshop__state="draft")
    ThemeFactory(slug="theme")
    CompetenceFactory(slug="competence")
    InitiativeFactory(slug="initiative")
    InitiativeFactory(slug="initiative-brouillon", state="draft")
    paths = listed(client)
    for path in ("ateliers/atelier", "recommandations/reco", "constats/theme", "competences/competence"):
        assert f"/{path}/" in paths
    assert "/initiatives/initiative/" in paths
    assert not [path for path in paths if "brouillon" in path or "partie" in path]
    assert len(paths) == len(set(paths))


def test_only_territories_of_which_something_is_known(client):
    known = Territory.objects.create(kind="commune", code="63300", name="Thiers", slug="thiers")
    Territory.objects.create(kind="commune", code="63001", name="Aigueperse", slug="aigueperse")
    ActorAreaFactory(territory=known)
    assert [path for path in listed(client) if path.startswith("/territoires/t")] == ["/territoires/thiers/"]
    assert "/territoires/aigueperse/" not in listed(client)


def test_as_many_queries_whatever_the_rows(assert_constant_queries):
    def add():
        OrganisationFactory()
        WorkshopFactory()
        ThemeFactory()

    assert_constant_queries("/sitemap.xml", add)


def test_robots_are_told_where_not_to_go(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert not any("demande" in line for line in lines)
    assert not any(line == f"Disallow: {reverse('actor_list')}" for line in lines)
    assert client.post("/robots.txt").status_code == 405
