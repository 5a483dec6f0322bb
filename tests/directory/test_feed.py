"""`/acteurs.atom`: the same search as the page, the newest confirmed first."""

import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest

from tests.factories.actors import ExpertiseFactory, OrganisationFactory, PersonFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, query: str = ""):
    response = client.get(f"/acteurs.atom{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response["X-Robots-Tag"] == "noindex"
    return ElementTree.fromstring(response.content)  # noqa: S314 — our own answer


def titles(tree) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in tree.findall(f"{ATOM}entry")]


def test_an_entry_says_what_the_page_says(client):
    place = TerritoryFactory(name="Vic-le-Comte")
    OrganisationFactory(
        name="Ville de Vic", slug="vic", nature="local", seat=place, seat_basis="stated",
        summary="Une « ville » & ses villages.", last_confirmed_on=date(2024, 5, 2),
    )  # fmt: skip
    tree = feed(client)
    entry = tree.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Ville de Vic"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/acteurs/vic/"
    assert entry.findtext(f"{ATOM}updated") == "2024-05-02T00:00:00+00:00"
    assert entry.findtext(f"{ATOM}summary") == (
        "Commune ou collectivité, Vic-le-Comte. Une « ville » & ses villages."
    )
    assert tree.findtext(f"{ATOM}title") == "Passerelles\u00a0: acteurs"


def test_order_and_search(client):
    for name, day in (("Vieux", date(2020, 1, 1)), ("Neuf", date(2026, 1, 1)), ("Moyen", date(2023, 1, 1))):
        OrganisationFactory(name=f"Atelier {name}", last_confirmed_on=day)
    OrganisationFactory(name="Autre chose", last_confirmed_on=date(2026, 2, 1))
    PersonFactory(name="Brouillon Atelier", state="draft")
    tree = feed(client, "?q=atelier&tri=nom&page=7")
    assert titles(tree) == ["Atelier Neuf", "Atelier Moyen", "Atelier Vieux"]
    assert tree.findtext(f"{ATOM}title") == "Passerelles\u00a0: « atelier »"
    alternate = tree.find(f"{ATOM}link[@rel='alternate']").get("href")
    assert alternate == "http://testserver/acteurs/?q=atelier&tri=recent"


def test_facets_narrow_it_as_they_do_the_page(client):
    expertise = ExpertiseFactory(actor__name="La Fabrique", competence__slug="creativite")
    ExpertiseFactory(actor__name="Une autre")
    assert titles(feed(client, "?competence=creativite")) == [expertise.actor.name]


def test_the_page_leads_to_its_feed(client):
    html = client.get("/acteurs/?q=atelier&tri=nom").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert html.count('href="/acteurs.atom?q=atelier"') == 2


def test_takes_as_many_queries_with_one_as_with_three(assert_constant_queries):
    def add():
        place = TerritoryFactory()
        OrganisationFactory(seat=place, seat_basis="stated")

    assert_constant_queries("/acteurs.atom", add)
