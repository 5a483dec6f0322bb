"""The pages of territories: who is there by which bond, what overlaps, what is missing; and the ways in."""

import pytest

from foundations.text import sort_key
from tests.factories.actors import (
    ActorAreaFactory,
    CompetenceFactory,
    ExpertiseFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.territories import SetFactory, TerritoryFactory, make_set
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FollowUpFactory,
    RecommendationFactory,
    ThemeFactory,
    WorkshopFactory,
)

from .test_pages_actor import section

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    """Amont = {Bas (6 000), Haut (4 000)}; the EPCI Rivière = {Bas, Gué (2 000)} straddles it."""

    def commune(name, population, lon):
        return TerritoryFactory(name=name, slug=sort_key(name), population=population, lon=lon, lat=45.7)

    bas, haut, gue = commune("Bas", 6000, 3.0), commune("Haut", 4000, 3.1), commune("Gué", 2000, 3.2)
    return {
        "bas": bas,
        "haut": haut,
        "gue": gue,
        "amont": make_set(bas, haut, kind="departement", code="97", name="Amont", slug="amont"),
        "riviere": make_set(bas, gue, kind="epci", name="Rivière", slug="riviere"),
    }


def test_a_place_where_nothing_is_known(visitor, land):
    page = visitor.follows("/territoires/haut/")
    assert "Personne de connu ici pour l’instant." in section(page, "acteurs")
    assert "Aucun atelier connu ici." in section(page, "ateliers")
    assert not page.tree.xpath('//section[@aria-labelledby="manques"]')
    assert "4 000 habitants" in page.text
    assert page.links["Chercher un acteur ici"] == "/acteurs/?territoire=haut"
    assert page.links["Amont"] == "/territoires/amont/"


def test_what_contains_what_and_what_straddles(visitor, land):
    commune = visitor.follows("/territoires/bas/")
    assert "Amont" in section(commune, "dans")
    assert "Rivière" in section(commune, "dans")
    assert not commune.tree.xpath('//section[@aria-labelledby="chevauche"]')
    epci = visitor.follows("/territoires/riviere/")
    assert "Bas" in section(epci, "contient")
    assert "Amont" not in section(epci, "contient")
    assert "75 % des habitants d’ici y vivent, soit 60 % des habitants de là-bas" in section(
        epci, "chevauche"
    )
    assert not epci.tree.xpath('//section[@aria-labelledby="dans"]')


def test_the_actors_of_a_place_by_bond(visitor, land):
    OrganisationFactory(name="Assise", seat=land["bas"], seat_basis="stated")
    ActorAreaFactory(actor__name="Départementale", territory=land["amont"])
    OrganisationFactory(name="Voisine", seat=land["haut"], seat_basis="stated")
    MembershipFactory(
        member__name="Lou Datte", organisation__seat=land["bas"], organisation__seat_basis="stated"
    )
    OrganisationFactory(name="Sans lieu")
    OrganisationFactory(name="Cachée", seat=land["bas"], seat_basis="stated", state="draft")
    text = section(visitor.follows("/territoires/bas/"), "acteurs")
    assert text.index("Implanté ici") < text.index("Assise") < text.index("Intervient ici")
    assert (
        text.index("Intervient ici")
        < text.index("Départementale")
        < text.index("À côté")
        < text.index("Voisine")
    )
    assert "à l’échelle du département" in text
    assert "Haut, à 8 km" in text
    assert "Lou Datte par sa fonction" in text
    assert "Sans lieu" not in text
    assert "Cachée" not in text


def test_more_actors_than_are_shown_lead_to_the_search(visitor, land):
    OrganisationFactory.create_batch(41, seat=land["bas"], seat_basis="stated")
    page = visitor.follows("/territoires/bas/")
    assert len(page.tree.xpath('//section[@aria-labelledby="acteurs"]//li')) == 40
    assert page.links["Tous les acteurs d’ici"] == "/acteurs/?territoire=bas"


def test_what_happened_here_and_what_someone_from_here_attended(visitor, land):
    here = WorkshopFactory(title="Atelier d’ici", place=land["bas"])
    about = WorkshopFactory(title="Atelier du département")
    about.territories.add(land["amont"])
    away = WorkshopFactory(title="Atelier d’ailleurs")
    came = AttendanceFactory(workshop=away)
    held = MembershipFactory(
        member=came.person, organisation__seat=land["bas"], organisation__seat_basis="stated"
    )
    came.capacities.add(held)
    WorkshopFactory(title="Atelier caché", place=land["bas"], state="draft")
    RecommendationFactory(workshop=here, title="Ouvrir un lieu")
    FollowUpFactory(recommendation=RecommendationFactory(workshop=away, title="Former les élus"))
    InitiativeFactory(name="Budget participatif", place=land["bas"])
    text = section(visitor.follows("/territoires/bas/"), "ateliers")
    assert "Atelier d’ici" in text
    assert "Atelier du département" in text
    assert text.index("Quelqu’un d’ici était à :") < text.index("Atelier d’ailleurs")
    assert "Atelier caché" not in text
    assert "Ouvrir un lieu pas de suite connue" in text
    assert "Former les élus" in text
    assert "Former les élus pas de suite connue" not in text
    assert "Budget participatif" in text


def test_what_is_missing_here_and_who_has_it_nearest(visitor, land):
    workshop = WorkshopFactory(place=land["bas"])
    theme = ThemeFactory()
    FindingFactory(workshop=workshop).themes.add(theme)
    wanted = {name: CompetenceFactory(name=name) for name in ("Médiation", "Urbanisme", "Design")}
    theme.competences.add(*wanted.values())
    far = TerritoryFactory(name="Loin", lon=6.0, lat=44.0)
    for name, place in (("Médiateurs proches", land["haut"]), ("Médiateurs lointains", far)):
        actor = OrganisationFactory(name=name, seat=place, seat_basis="stated")
        if place is land["haut"]:
            actor.seat = TerritoryFactory(name="Plus loin", lon=3.9, lat=45.7)
            actor.save()
        ExpertiseFactory(actor=actor, competence=wanted["Médiation"])
    ExpertiseFactory(
        actor=OrganisationFactory(seat=land["bas"], seat_basis="stated"), competence=wanted["Design"]
    )
    text = section(visitor.follows("/territoires/bas/"), "manques")
    assert "Médiation – le plus proche : Médiateurs proches (Plus loin)" in text
    assert "Médiateurs lointains" not in text
    assert text.index("Personne de connu nulle part") < text.index("Urbanisme")
    assert "Design" not in text


def test_a_place_that_exists_no_more(visitor, land):
    TerritoryFactory(name="Ancien", slug="ancien", is_obsolete=True, replaced_by=land["bas"])
    page = visitor.follows("/territoires/ancien/")
    assert "Ce territoire n’existe plus. Il est aujourd’hui dans : Bas." in page.text


def test_a_place_whose_communes_are_not_known(visitor, land):
    park = SetFactory(
        kind="pnr", name="Parc", slug="parc", composition="unknown", declared="184 communes de l’Amont"
    )
    park.declared_touching.add(land["amont"])
    page = visitor.follows("/territoires/parc/")
    assert "Aucune liste de ses communes n’a été trouvée" in page.text
    assert "184 communes de l’Amont" in page.text
    assert "Parc" in section(visitor.follows("/territoires/amont/"), "declare")
    assert "%" not in section(visitor.follows("/territoires/amont/"), "declare")


def test_an_unknown_place(client):
    assert client.get("/territoires/nulle-part/").status_code == 404


def test_the_ways_in(visitor, land):
    empty = visitor.follows("/territoires/")
    assert "Aucun acteur n’est encore rattaché à un territoire." in empty.text
    OrganisationFactory(seat=land["bas"], seat_basis="stated", governs=land["bas"])
    ActorAreaFactory(territory=land["bas"])
    ActorAreaFactory(territory=land["amont"], actor__state="draft")
    make_set(land["bas"], kind="region", code="99", name="Grande région", slug="grande-region")
    SetFactory(kind="pnr", name="Parc", slug="parc")
    page = visitor.follows("/territoires/")
    assert "Bas" in section(page, "connus")
    assert "2 acteurs" in section(page, "connus")
    assert "Amont" not in section(page, "connus")
    assert "Grande région" in section(page, "regions")
    assert "Parc" in section(page, "autres")


def test_as_many_queries_whatever_is_there(assert_constant_queries, land):
    theme = ThemeFactory()

    def add():
        seat = {"seat": land["bas"], "seat_basis": "stated"}
        OrganisationFactory(**seat)
        OrganisationFactory(seat=land["haut"], seat_basis="stated")
        ActorAreaFactory(territory=land["amont"])
        workshop = WorkshopFactory(place=land["bas"])
        workshop.territories.add(land["amont"])
        FindingFactory(workshop=workshop).themes.add(theme)
        theme.competences.add(CompetenceFactory())
        ExpertiseFactory(competence=CompetenceFactory())
        RecommendationFactory(workshop=workshop)
        InitiativeFactory(place=land["bas"])
        came = AttendanceFactory()
        came.capacities.add(MembershipFactory(member=came.person, organisation=OrganisationFactory(**seat)))

    last = assert_constant_queries("/territoires/bas/", add)
    assert len(last.context["page"].workshops) == 3
    assert_constant_queries("/territoires/amont/", add)
    assert_constant_queries("/territoires/", lambda: ActorAreaFactory(territory=TerritoryFactory()))
