"""« Par qui y arriver ? »: known ties only, each with its proof, and whose role it is where none is known."""

import pytest

from actors.models import Basis
from ecosystems.ends import goal, origin
from tests.directory.pages import assert_sound
from tests.factories.actors import (
    CompetenceFactory,
    ExpertiseFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    TieFactory,
)
from tests.factories.territories import TerritoryFactory
from tests.factories.workshops import AttendanceFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def way():
    """Mairie – Le pont – L’atelier, who knows the debate."""
    town = OrganisationFactory(name="Mairie", slug="mairie")
    bridge = PersonFactory(name="Le Pont", slug="pont")
    MembershipFactory(member=bridge, organisation=town, role="Élue", pages=[2])
    lab = OrganisationFactory(name="Atelier du débat", slug="atelier")
    TieFactory(from_actor=bridge, to_actor=lab, subject="les réunions", pages=[3])
    term = CompetenceFactory(name="Débat public", slug="debat-public")
    ExpertiseFactory(actor=lab, competence=term)
    return {"town": town, "bridge": bridge, "lab": lab, "term": term}


@pytest.mark.parametrize("vers", ["atelier", "debat-public", "Débat public", "atelier du debat"])
def test_a_chain_names_who_opens_the_door_and_proves_each_step(client, way, vers):
    html = client.get("/chemin/", {"de": "mairie", "vers": vers}).content.decode()
    assert "Une chaîne connue" in html
    assert "Demandez d’abord à Le Pont" in html
    assert "les réunions" in html
    for page in (2, 3):
        assert f"#page-{page}" in html
    assert_sound(html)


def test_from_a_commune_one_starts_by_those_who_are_there(client, way):
    commune = TerritoryFactory(name="Vic", slug="vic")
    way["town"].seat, way["town"].seat_basis = commune, Basis.STATED
    way["town"].save()
    assert origin("vic").nodes == {f"a:{way['town'].pk}"}
    assert "Demandez d’abord à Le Pont" in client.get("/chemin/?de=vic&vers=atelier").content.decode()


def test_without_a_chain_one_is_told_whose_role_it_is(client, way):
    alone = OrganisationFactory(slug="seule", name="Seule")
    bringing = CompetenceFactory(slug="mediation", name="Médiation")
    ExpertiseFactory(actor=OrganisationFactory(name="Maison des liens"), competence=bringing, pages=[4])
    html = client.get("/chemin/?de=seule&vers=debat-public").content.decode()
    assert "Aucune chaîne connue" in html
    assert "Qui a cette compétence" in html
    assert "/acteurs/atelier/contact/" in html
    assert "Maison des liens" in html
    assert "#page-4" in html
    assert f"entre {alone.name} et Débat public" in html
    assert_sound(html)


def test_being_in_the_same_room_is_no_way_unless_asked_for(client):
    workshop = WorkshopFactory()
    first, second = (AttendanceFactory(workshop=workshop).person for _ in range(2))
    address = f"/chemin/?de={first.slug}&vers={second.slug}"
    assert "Aucune chaîne connue" in client.get(address).content.decode()
    assert "Lien direct" in client.get(f"{address}&couches=presence").content.decode()


def test_who_is_not_published_is_neither_an_end_nor_a_step(client, way):
    hidden = OrganisationFactory(slug="cachee", state="draft")
    far = TieFactory(from_actor=hidden, to_actor=OrganisationFactory(slug="loin")).to_actor
    TieFactory(from_actor=way["town"], to_actor=hidden)
    assert not origin("cachee").is_found
    assert "Aucune chaîne connue" in client.get(f"/chemin/?de=mairie&vers={far.slug}").content.decode()


def test_already_there(client, way):
    html = client.get("/chemin/?de=atelier&vers=debat-public").content.decode()
    assert "Vous y êtes déjà" in html


def test_several_meanings_are_proposed_as_links_that_keep_the_other_end(client, way):
    OrganisationFactory(name="Atelier du bois", slug="bois")
    html = client.get("/chemin/?de=mairie&vers=atelier+du").content.decode()
    assert "peut vouloir" in html
    assert "/chemin/?de=mairie&amp;vers=bois" in html
    nothing = client.get("/chemin/?de=mairie&vers=xyzzy").content.decode()
    assert "Nous ne connaissons rien qui s’appelle" in nothing


@pytest.mark.parametrize("address", ["", "?de=", "?de=" + "a" * 500, "?vers=mairie", "?couches=x"])
def test_any_address_gives_a_page(client, way, address):
    assert client.get(f"/chemin/{address}").status_code == 200


def test_suggestions_by_any_name(client, way):
    TerritoryFactory(name="Mairieux", slug="mairieux")
    said = client.get("/chemin/de.json?q=mairi").json()["results"]
    assert [(one["group"], one["value"]) for one in said] == [("Acteurs", "mairie"), ("Lieux", "mairieux")]
    said = client.get("/chemin/vers.json?q=debat").json()["results"]
    assert [(one["group"], one["value"]) for one in said] == [
        ("Acteurs", "atelier"),
        ("Compétences", "debat-public"),
    ]
    assert goal("").label == ""


def test_the_same_number_of_queries_with_one_and_three(assert_constant_queries, way):
    def add():
        member = MembershipFactory(organisation=way["town"]).member
        TieFactory(from_actor=member, to_actor=OrganisationFactory())
        ExpertiseFactory(actor=member, competence=way["term"])

    assert_constant_queries("/chemin/?de=mairie&vers=debat-public", add)


def test_the_same_number_of_queries_where_no_chain_is_known(assert_constant_queries, way):
    OrganisationFactory(slug="seule")
    bringing = CompetenceFactory(slug="mediation")
    assert_constant_queries(
        "/chemin/?de=seule&vers=debat-public", lambda: ExpertiseFactory(competence=bringing)
    )


def test_the_page_of_an_actor_leads_here(client, way):
    assert "/chemin/?vers=atelier" in client.get("/acteurs/atelier/").content.decode()
    assert "/chemin/?vers=atelier" in client.get("/acteurs/atelier/systeme/").content.decode()


def test_the_same_programme_is_no_way_unless_asked_for(client):
    programme = InitiativeFactory(kind="programme")
    first, second = (MembershipFactory(programme=programme).organisation for _ in range(2))
    address = f"/chemin/?de={first.slug}&vers={second.slug}"
    assert "Aucune chaîne connue" in client.get(address).content.decode()
    assert "Lien direct" in client.get(f"{address}&couches=programmes").content.decode()
