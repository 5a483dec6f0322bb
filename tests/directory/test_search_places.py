"""Bonds between an actor and a place, on a small hand-made country.

Haut (1 000 inhabitants), Milieu (3 000) and Bas (6 000) are communes of the département Amont; Gué (4 000) is in Aval.
The EPCI Rivière straddles both: Bas and Gué. Loin, in Aval, is far from all.
"""

import pytest

from foundations.text import sort_key
from tests.factories.actors import ActorAreaFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.territories import SetFactory, TerritoryFactory, make_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    def commune(name, population, lon, lat):
        return TerritoryFactory(name=name, slug=sort_key(name), population=population, lon=lon, lat=lat)

    haut, milieu = commune("Haut", 1000, 3.0, 45.5), commune("Milieu", 3000, 3.1, 45.6)
    bas, gue = commune("Bas", 6000, 3.2, 45.7), commune("Gué", 4000, 3.3, 45.7)
    loin = commune("Loin", 500, 5.0, 44.0)
    return {
        "haut": haut,
        "milieu": milieu,
        "bas": bas,
        "gue": gue,
        "loin": loin,
        "amont": make_set(haut, milieu, bas, kind="departement", code="97", name="Amont", slug="amont"),
        "aval": make_set(gue, loin, kind="departement", code="98", name="Aval", slug="aval"),
        "riviere": make_set(bas, gue, kind="epci", name="Rivière", slug="riviere"),
    }


def seated(slug: str, place, **more):
    return OrganisationFactory(slug=slug, name=slug, seat=place, seat_basis="stated", **more)


def acting(slug: str, *places, **more):
    actor = OrganisationFactory(slug=slug, name=slug, **more)
    for place in places:
        ActorAreaFactory(actor=actor, territory=place)
    return actor


def test_the_five_bonds_of_a_commune(visitor, land):
    seated("chez-elle", land["bas"])
    acting("elle-y-va", land["bas"])
    acting("par-son-departement", land["amont"])
    acting("par-la-riviere", land["riviere"])
    seated("voisine", land["milieu"])
    OrganisationFactory(slug="sans-lieu", name="sans-lieu")
    seated("au-loin", land["loin"])
    acting("ailleurs", land["aval"])
    page = visitor.asks(territoire="bas")
    assert page.bonds == {
        "chez-elle": "Implanté ici",
        "elle-y-va": "Intervient ici",
        "par-la-riviere": "Intervient ici | à l’échelle de l’intercommunalité",
        "par-son-departement": "Intervient ici | à l’échelle du département",
        "voisine": "À côté | Milieu, à 14 km",
        "sans-lieu": "Lieu non précisé",
    }
    assert page.slugs == list(page.bonds)


def test_a_part_of_a_departement_is_told_in_words(visitor, land):
    seated("chez-elle", land["haut"])
    acting("dans-une-commune", land["milieu"])
    acting("a-cheval", land["riviere"])
    acting("partout", land["amont"])
    acting("hors", land["gue"])
    page = visitor.asks(territoire="amont")
    assert page.bonds == {
        "chez-elle": "Implanté ici",
        "partout": "Intervient ici",
        "a-cheval": "Dans une partie | 60 % des habitants",
        "dans-une-commune": "Dans une partie | 30 % des habitants",
    }


def test_a_straddling_epci_belongs_to_both_departements_and_is_never_contained(visitor, land):
    acting("a-cheval", land["riviere"])
    assert visitor.asks(territoire="amont").bonds == {"a-cheval": "Dans une partie | 60 % des habitants"}
    assert visitor.asks(territoire="aval").bonds == {"a-cheval": "Dans une partie | 89 % des habitants"}
    assert visitor.asks(territoire="riviere").bonds == {"a-cheval": "Intervient ici"}
    acting("du-departement", land["amont"])
    assert (
        visitor.asks(territoire="riviere").bonds["du-departement"] == "Dans une partie | 60 % des habitants"
    )


def test_the_first_bond_that_holds_is_told(visitor, land):
    both = seated("les-deux", land["bas"])
    ActorAreaFactory(actor=both, territory=land["bas"])
    ActorAreaFactory(actor=both, territory=land["amont"])
    acting("son-aire-avant-la-part", land["amont"], land["milieu"])
    assert visitor.asks(territoire="bas").bonds["les-deux"] == "Implanté ici"
    assert visitor.asks(territoire="amont").bonds["son-aire-avant-la-part"] == "Intervient ici"


def test_an_authority_acts_in_what_it_governs(visitor, land):
    OrganisationFactory(slug="mairie", name="mairie", governs=land["bas"])
    OrganisationFactory(slug="conseil", name="conseil", governs=land["amont"])
    page = visitor.asks(territoire="bas")
    assert page.bonds == {
        "conseil": "Intervient ici | à l’échelle du département",
        "mairie": "Intervient ici",
    }


def test_a_person_is_found_by_the_function_they_hold_and_it_is_said(visitor, land):
    MembershipFactory(member__slug="lou", organisation=seated("ville", land["bas"]))
    former = MembershipFactory(member__slug="partie", organisation__slug="autre", until="2020")
    ActorAreaFactory(actor=former.organisation, territory=land["bas"])
    page = visitor.asks(territoire="bas", genre="person")
    assert page.bonds == {"lou": "Implanté ici | par sa fonction", "partie": "Lieu non précisé"}


def test_a_person_without_any_function_has_no_place(visitor, land):
    PersonFactory(slug="lou")
    assert visitor.asks(territoire="bas").bonds == {"lou": "Lieu non précisé"}


def test_the_nearest_are_the_near_ones_only(visitor, land):
    seated("a-cote", land["gue"])
    seated("au-loin", land["loin"])
    assert visitor.asks(territoire="bas").bonds == {"a-cote": "À côté | Gué, à 8 km"}


def test_by_nearness_the_bond_comes_before_the_words(visitor, land):
    acting("zinzolin", land["bas"])
    seated("ici", land["bas"], summary="un peu de zinzolin")
    assert visitor.asks(territoire="bas", q="zinzolin").slugs == ["zinzolin", "ici"]
    assert visitor.asks(territoire="bas", q="zinzolin", tri="proche").slugs == ["ici", "zinzolin"]


def test_the_bond_is_a_facet(visitor, land):
    seated("chez-elle", land["bas"])
    seated("voisine", land["milieu"])
    page = visitor.asks(territoire="bas")
    assert {value: option.count for value, option in page.facets["lien"].items()} == {"ici": 1, "proche": 1}
    assert visitor.asks(territoire="bas", lien="proche").slugs == ["voisine"]
    assert visitor.asks(territoire="bas", lien=["proche", "ici"]).slugs == ["chez-elle", "voisine"]
    assert "lien" not in visitor.asks().facets
    assert visitor.asks(lien="proche").count == 2  # no place: the choice means nothing, and hides nobody


def test_a_place_whose_communes_are_not_known(visitor, land):
    park = SetFactory(kind="pnr", name="Parc des Monts", slug="parc-des-monts", composition="unknown")
    park.declared_touching.add(land["amont"])
    acting("du-parc", park)
    assert visitor.asks(territoire="amont").bonds == {"du-parc": "Dans une partie | part non connue"}
    assert visitor.asks(territoire="parc-des-monts").bonds == {"du-parc": "Intervient ici"}
    assert visitor.asks(territoire="bas").slugs == []


def test_a_place_is_found_by_its_name_and_its_homonyms_are_offered(visitor, land):
    TerritoryFactory(name="Bas", slug="bas-aval", population=10, lon=5.0, lat=44.1)
    seated("chez-elle", land["bas"])
    page = visitor.asks(territoire="BAS")
    assert page.bonds == {"chez-elle": "Implanté ici"}
    named = visitor.asks(territoire="gué")
    assert named.bonds == {"chez-elle": "À côté | Bas, à 8 km"}
    assert named.tree.xpath('//input[@name="territoire"]/@value') == ["Gué"]


def test_an_unknown_place_is_said_and_hides_nobody(visitor, land):
    seated("chez-elle", land["bas"])
    page = visitor.asks(territoire="Trifouillis-les-Oies")
    assert "Aucun territoire ne s’appelle « Trifouillis-les-Oies »" in page.text
    assert page.slugs == ["chez-elle"]


def test_nobody_here_leads_to_wider_places_with_their_counts(visitor, land):
    acting("a-milieu", land["milieu"], summary="zinzolin")
    page = visitor.asks(territoire="haut", q="zinzolin", lien="ici")
    assert page.count == 0
    assert "Personne de connu pour cette recherche" in page.text
    loin = visitor.asks(territoire="loin", q="zinzolin")
    assert loin.count == 0
    seated("chez-gue", land["gue"], summary="zinzolin")
    wider = visitor.asks(territoire="loin", q="zinzolin")
    assert "1 acteur – Aval" in wider.links
    followed = visitor.follows(wider.links["1 acteur – Aval"])
    assert followed.slugs == ["chez-gue"]


def test_as_many_queries_whatever_the_rows(assert_constant_queries, land):
    def add():
        seated(f"s{len(land)}", land["bas"])
        acting(f"a{len(land)}", land["riviere"])
        MembershipFactory(organisation=seated(f"v{len(land)}", land["milieu"]))
        land[f"+{len(land)}"] = None

    last = assert_constant_queries("/acteurs/?territoire=amont", add)
    assert last.context["search"].count == 12
    assert_constant_queries("/acteurs/?territoire=bas&tri=proche&lien=proche", add)
