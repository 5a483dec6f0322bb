"""« Qui ouvre les portes ? »: each figure with its base, no share where the base is too small, no side guessed."""

import xml.etree.ElementTree as ET

import pytest

from actors.models import Actor, Basis, Nature
from ecosystems import sides
from territories import algebra
from territories.models import Kind
from tests.directory.pages import assert_sound
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory, TieFactory
from tests.factories.ecosystems import EcosystemFactory
from tests.factories.territories import TerritoryFactory, make_set

pytestmark = pytest.mark.django_db


def seated(place, **more):
    return OrganisationFactory(seat=place, seat_basis=Basis.STATED, **more)


@pytest.fixture
def places():
    """A town in a métropole, a village in a communauté de communes, and a village of no grouping."""
    town, village, far = (TerritoryFactory(kind=Kind.COMMUNE) for _ in range(3))
    city = make_set(town, kind=Kind.EPCI, nature="métropole")
    country = make_set(village, kind=Kind.EPCI, nature="communauté de communes")
    algebra.rebuild_relations()
    return {"town": town, "village": village, "far": far, "city": city, "country": country}


def test_sides_come_from_places_and_nature_and_are_never_guessed(places):
    city, country = seated(places["town"]), seated(places["village"], nature=Nature.STATE)
    far, nowhere = seated(places["far"], nature=Nature.LAB), OrganisationFactory(nature=Nature.NETWORK)
    body = OrganisationFactory(governs=places["city"], nature=Nature.INTERMUNICIPAL)
    person = PersonFactory()
    actors = [city, country, far, nowhere, body, person]
    ecosystem = EcosystemFactory(territories=[places["city"]])
    node = {actor: f"a:{actor.pk}" for actor in actors}
    actors = sides.read_places(Actor.objects.all())
    assert sides.town_of(actors) == {
        node[city]: sides.CITY,
        node[country]: sides.COUNTRY,
        node[body]: sides.CITY,
    }
    assert sides.law_of(actors) == {
        node[city]: sides.PRIVATE,
        node[country]: sides.PUBLIC,
        node[body]: sides.PUBLIC,
    }
    assert sides.territory_of(actors, ecosystem) == {
        node[city]: sides.INSIDE,
        node[country]: sides.OUTSIDE,
        node[far]: sides.OUTSIDE,
        node[body]: sides.INSIDE,
    }


def test_what_straddles_the_territory_is_of_no_side(places):
    both = make_set(places["town"], places["village"], kind=Kind.PETR)
    algebra.rebuild_relations()
    straddling = OrganisationFactory(governs=both)
    placed = sides.read_places(Actor.objects.all())
    inside = sides.territory_of(placed, EcosystemFactory(territories=[places["city"]]))
    assert inside == {f"a:{straddling.pk}": ""}
    assert sides.territory_of(placed, EcosystemFactory()) == {}


def test_ties_that_leave_are_counted_with_those_whom_the_ecosystem_does_not_gather(client, places):
    inside, outside = seated(places["town"]), seated(places["village"], name="Voisine")
    TieFactory(from_actor=inside, to_actor=outside)
    TieFactory(from_actor=outside, to_actor=seated(places["far"], name="Plus loin"))
    ecosystem = EcosystemFactory(actors=[inside], territories=[places["city"]])
    html = client.get(f"/ecosystemes/{ecosystem.slug}/passeurs/").content.decode()
    assert "2 acteurs et <strong>1 lien</strong>" in html
    assert "dont 1 lien attesté d’acteur à acteur" in html
    assert "<strong>1</strong> lien va de l’un à l’autre, sur 1 dont" in html
    assert "Plus loin" not in html
    assert "Base trop petite pour conclure" in html
    assert "Pas de pourcentage" in html
    assert_sound(html)


def test_memberships_are_never_called_attested_ties(client):
    membership = MembershipFactory()
    ecosystem = EcosystemFactory(actors=[membership.member, membership.organisation])
    html = client.get(f"/ecosystemes/{ecosystem.slug}/passeurs/").content.decode()
    assert "aucun lien attesté d’acteur à acteur" in html


def test_the_isolated_and_the_doors_are_named_and_layers_change_them(client):
    membership = MembershipFactory(organisation=OrganisationFactory(name="Le pont"))
    other = MembershipFactory(organisation=membership.organisation)
    ecosystem = EcosystemFactory(actors=[membership.member, other.member, membership.organisation])
    address = f"/ecosystemes/{ecosystem.slug}/passeurs/"
    shown = client.get(address).content.decode()
    assert "Personne\N{NO-BREAK SPACE}: chacun a au moins un lien" in shown
    assert "100\N{NO-BREAK SPACE}%" in shown.replace(" %", "\N{NO-BREAK SPACE}%")
    hidden = client.get(f"{address}?couches=liens").content.decode()
    assert '<b class="count">3</b> acteurs sur 3' in hidden
    assert 'content="noindex"' in hidden


def test_who_is_not_published_is_not_counted(client):
    draft = OrganisationFactory(state="draft", name="Secret")
    ecosystem = EcosystemFactory(actors=[draft, OrganisationFactory()])
    html = client.get(f"/ecosystemes/{ecosystem.slug}/passeurs/").content.decode()
    assert "1 acteur et <strong>0 lien</strong>" in html
    assert "Secret" not in html


def test_a_draft_ecosystem_has_no_page(client):
    EcosystemFactory(slug="brouillon", state="draft")
    assert client.get("/ecosystemes/brouillon/passeurs/").status_code == 404
    assert client.get("/ecosystemes/brouillon/passeurs.csv").status_code == 404


def test_the_same_number_of_queries_with_one_and_three(assert_constant_queries, places):
    ecosystem = EcosystemFactory(territories=[places["city"]])

    def add():
        first, second = seated(places["town"]), seated(places["village"])
        TieFactory(from_actor=first, to_actor=second)
        ecosystem.actors.add(first, MembershipFactory(organisation=first).member)

    assert_constant_queries(f"/ecosystemes/{ecosystem.slug}/passeurs/", add)


def test_files_say_the_same_edges(client):
    tie = TieFactory()
    ecosystem = EcosystemFactory(actors=[tie.from_actor])
    sheet = client.get(f"/ecosystemes/{ecosystem.slug}/passeurs.csv").content.decode()
    assert sheet.splitlines()[1].startswith(f"{tie.from_actor.name};{tie.to_actor.name};liens;")
    tree = ET.fromstring(client.get(f"/ecosystemes/{ecosystem.slug}/passeurs.gexf").content)  # noqa: S314  (our own file)
    assert len([node for node in tree.iter() if node.tag.endswith("}edge")]) == 1
    assert client.get(f"/ecosystemes/{ecosystem.slug}/passeurs.exe").status_code == 404
    assert client.get(f"/ecosystemes/{ecosystem.slug}/autre.csv").status_code == 404


def test_a_new_tie_is_measured_at_once(client):
    first, second, third = (OrganisationFactory() for _ in range(3))
    ecosystem = EcosystemFactory(actors=[first, second, third])
    TieFactory(from_actor=first, to_actor=second)
    address = f"/ecosystemes/{ecosystem.slug}/passeurs/"
    assert "Personne n’est sur le chemin de deux autres" in client.get(address).content.decode()
    TieFactory(from_actor=second, to_actor=third)
    assert '<td class="num">100 %</td>' in client.get(address).content.decode()
