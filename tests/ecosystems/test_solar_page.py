"""The page of a solar system: only what sources say, each with its proof, in a fixed number of queries."""

import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ecosystems.edges import LAYERS, chosen_layers, read_graph
from tests.directory.pages import assert_sound
from tests.factories.actors import (
    AttachmentFactory,
    InitiativeBearerFactory,
    LineageFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    TieFactory,
)
from tests.factories.workshops import AttendanceFactory, WorkshopFactory, WorkshopHostFactory

pytestmark = pytest.mark.django_db
EVERY = frozenset(LAYERS)


def pairs(graph, layer):
    return {
        frozenset((graph.nodes[edge.start].label, graph.nodes[edge.end].label))
        for edge in graph.edges
        if edge.layer == layer
    }


def test_each_layer_reads_its_own_statements():
    tie = TieFactory()
    category = TieFactory(to_actor=None, to_category="les citoyens")
    membership = MembershipFactory()
    attachment = AttachmentFactory()
    lineage = LineageFactory()
    host = WorkshopHostFactory()
    other_host = WorkshopHostFactory(workshop=host.workshop)
    bearer = InitiativeBearerFactory()
    other_bearer = InitiativeBearerFactory(initiative=bearer.initiative)
    graph = read_graph(EVERY)
    assert pairs(graph, "liens") == {
        frozenset((tie.from_actor.name, tie.to_actor.name)),
        frozenset((category.from_actor.name, "les citoyens")),
    }
    assert pairs(graph, "appartenances") == {
        frozenset((membership.member.name, membership.organisation.name)),
        frozenset((attachment.organisation.name, attachment.parent.name)),
    }
    assert pairs(graph, "filiations") == {frozenset((lineage.successor.name, lineage.predecessor.name))}
    assert pairs(graph, "ateliers") == {frozenset((host.actor.name, other_host.actor.name))}
    assert pairs(graph, "initiatives") == {frozenset((bearer.actor.name, other_bearer.actor.name))}


def test_being_in_the_same_room_is_off_by_default_and_never_a_stated_tie():
    workshop = WorkshopFactory()
    first, second = AttendanceFactory(workshop=workshop), AttendanceFactory(workshop=workshop)
    together = {frozenset((first.person.name, second.person.name))}
    assert read_graph(chosen_layers([])).edges == ()
    assert pairs(read_graph({"presence"}), "presence") == together


def test_who_is_not_published_is_not_drawn():
    draft = OrganisationFactory(state="draft")
    TieFactory(to_actor=draft)
    MembershipFactory(organisation=draft)
    graph = read_graph(EVERY)
    assert draft.name not in {node.label for node in graph.nodes.values()}
    assert graph.edges == ()


def test_layers_are_chosen_in_the_address(client):
    organisation = OrganisationFactory(slug="centre")
    MembershipFactory(organisation=organisation, member=PersonFactory(name="Camille Exemple"))
    shown = client.get("/acteurs/centre/systeme/?couches=appartenances").content.decode()
    hidden = client.get("/acteurs/centre/systeme/?couches=liens").content.decode()
    assert '<g class="body person"' in shown
    assert '<g class="body person"' not in hidden
    assert "Aucun chemin connu par les couches choisies" in hidden


def test_no_stated_tie_is_said_and_asks_for_one(client):
    OrganisationFactory(slug="seule")
    html = client.get("/acteurs/seule/systeme/").content.decode()
    assert "Aucun lien attesté avec un autre acteur" in html
    assert "Racontez les vôtres" in html


def test_every_edge_of_the_table_opens_its_proof(client):
    tie = TieFactory(from_actor=OrganisationFactory(slug="centre"), pages=[3], subject="le débat public")
    html = client.get("/acteurs/centre/systeme/").content.decode()
    assert f'href="/sources/{tie.source.slug}/#page-3"' in html
    assert "le débat public" in html


def test_the_page_is_sound_and_prints_numbers_that_a_drawing_reads(client):
    tie = TieFactory(from_actor=OrganisationFactory(slug="centre"))
    html = client.get("/acteurs/centre/systeme/").content.decode()
    assert_sound(html)
    assert f'<a href="/acteurs/{tie.to_actor.slug}/systeme/?couches=' in html
    assert 'cx="340.0"' in html  # a French comma would be no number for SVG


@pytest.mark.parametrize("slug", ["inconnu", "brouillon"])
def test_who_is_not_published_has_no_system(client, slug):
    OrganisationFactory(slug="brouillon", state="draft")
    assert client.get(f"/acteurs/{slug}/systeme/").status_code == 404


@pytest.mark.parametrize(
    "address", ["?couches=%C3%A9trange", "?tri=nimporte", "?couches=aucune", "?couches=" + "a" * 500]
)
def test_strange_layers_give_a_page(client, address):
    OrganisationFactory(slug="centre")
    assert client.get(f"/acteurs/centre/systeme/{address}").status_code == 200


def test_the_same_number_of_queries_with_one_and_three_of_each(client):
    centre = OrganisationFactory(slug="centre")

    def add():
        TieFactory(from_actor=centre)
        MembershipFactory(organisation=centre)
        AttachmentFactory(parent=centre)
        WorkshopHostFactory(actor=centre)
        InitiativeBearerFactory(actor=centre)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/acteurs/centre/systeme/").status_code == 200
        return len(queries)

    add()
    count()  # warms what is read once
    one = count()
    add()
    add()
    assert count() == one


def test_twins_say_the_same_edges(client):
    tie = TieFactory(from_actor=OrganisationFactory(slug="centre", name="=Centre"), subject="le débat")
    sheet = client.get("/acteurs/centre/systeme.csv").content.decode()
    lines = sheet.removeprefix("\ufeff").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"'=Centre;{tie.to_actor.name};liens;travaille avec;le débat;")
    for kind, edge in (("graphml", "edge"), ("gexf", "edge")):
        response = client.get(f"/acteurs/centre/systeme.{kind}")
        tree = ET.fromstring(response.content)  # noqa: S314  (our own file)
        assert len([node for node in tree.iter() if node.tag.endswith(f"}}{edge}")]) == 1
    assert client.get("/acteurs/centre/systeme.exe").status_code == 404
