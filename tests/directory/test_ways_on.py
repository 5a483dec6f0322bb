"""When nobody answers: wider places, everywhere, near competences, and who may know. No way on leads to nobody."""

import pytest

from directory.search import ways_on
from tests.factories.actors import CompetenceFactory, ExpertiseFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory, make_set
from tests.factories.workshops import WorkshopFactory, WorkshopHostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    """Bourgnoir and Grandbourg in one département, Loinville in another."""
    near = TerritoryFactory(name="Bourgnoir", slug="bourgnoir", lon=3.0, lat=45.0)
    other = TerritoryFactory(name="Grandbourg", slug="grandbourg", lon=4.0, lat=46.5)
    far = TerritoryFactory(name="Loinville", slug="loinville", lon=6.0, lat=48.0)
    make_set(near, other, kind="departement", code="97", name="Amont", slug="amont")
    return {"near": near, "other": other, "far": far}


def seated(name: str, place, **more):
    return OrganisationFactory(name=name, seat=place, seat_basis="stated", **more)


def test_a_place_named_among_the_words_leads_to_a_wider_one(visitor, country):
    seated("Atelier zinzolin", country["other"])
    page = visitor.asks(q="zinzolin à Bourgnoir")
    assert page.count == 0
    wider = visitor.follows(page.links["1 acteur – Amont"])
    assert wider.count == 1
    everywhere = visitor.follows(page.links["1 acteur"])
    assert everywhere.count == 1
    assert "territoire" not in page.links["1 acteur"]


@pytest.mark.parametrize(
    "near", ["près de", "à côté de", "aux environs de", "autour de", "dans le secteur de"]
)
def test_what_leads_to_a_place_is_not_looked_for(visitor, country, near):
    seated("Atelier zinzolin", country["near"], slug="atelier")
    page = visitor.asks(q=f"zinzolin {near} Bourgnoir")
    assert page.slugs == ["atelier"]
    assert "Personne ne répond à tous ces mots" not in page.text


def test_a_place_alone_leads_to_a_wider_one(visitor, country):
    seated("Régie", country["other"])
    page = visitor.asks(territoire="bourgnoir")
    assert page.count == 0
    assert visitor.follows(page.links["1 acteur – Amont"]).count == 1


def test_what_nobody_does_anywhere_promises_nobody(visitor, country):
    seated("Régie", country["other"])
    page = visitor.asks(q="zinzolin", territoire="bourgnoir")
    assert page.count == 0
    assert not [label for label in page.links if label.startswith(("1 acteur", "0 acteur"))]


def test_words_of_a_definition_lead_to_the_competence(visitor):
    term = CompetenceFactory(name="Médiation", slug="mediation", definition="Rapprocher des parties fâchées.")
    CompetenceFactory(name="Arbitrage", definition="Trancher entre parties fâchées.")
    ExpertiseFactory(competence=term)
    page = visitor.asks(q="fâchées")
    assert page.links["Médiation"] == "/competences/mediation/"
    assert "Arbitrage" not in page.links  # nobody is known for it


@pytest.mark.parametrize("weighed", [300, 2])
def test_who_brings_others_together_may_know(visitor, country, monkeypatch, weighed):
    """`weighed`: all are sorted, or they are too many and the best known are taken."""
    monkeypatch.setattr(ways_on, "WEIGHED", weighed)
    reseau = CompetenceFactory(name="Animation de réseau")
    host = seated("Chaire", country["near"], slug="chaire")
    WorkshopHostFactory(actor=host)
    seated("Le Réseau", country["near"], nature="network")
    ExpertiseFactory(competence=reseau, actor=seated("La Régie", country["near"]))
    seated("Une entreprise", country["near"])
    WorkshopHostFactory(actor=seated("Chaire d’ailleurs", country["far"]))
    WorkshopHostFactory(
        actor=seated("Hôte d’un brouillon", country["near"]), workshop=WorkshopFactory(state="draft")
    )
    page = visitor.asks(q="zinzolin", territoire="bourgnoir")
    text = page.text.split("Qui pourrait connaître la bonne personne")[1]
    for name, why in (
        ("Chaire", "a réuni un atelier"),
        ("Le Réseau", "réseau ou communauté"),
        ("La Régie", "anime des réseaux"),
    ):
        assert f"{name} {why} – demander une mise en relation avec {name}" in text
    for absent in ("Une entreprise", "Chaire d’ailleurs", "Hôte d’un brouillon"):
        assert absent not in text
    assert page.links["demander une mise en relation avec Chaire"] == "/acteurs/chaire/contact/"


def test_one_may_be_told_later_and_look_elsewhere(visitor):
    page = visitor.asks(q="zinzolin", tri="nom")
    assert page.links["Être prévenu quand quelqu’un répondra"] == "/recherche/suivre/?q=zinzolin"
    assert page.links["Chercher « zinzolin » partout"] == "/recherche/?q=zinzolin"
