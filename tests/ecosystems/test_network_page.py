"""The network of an ecosystem: drawn from what sources say, with an equal table; a canvas where there are too many."""

import re

import pytest

from actors.looks import SHAPES
from actors.models import Nature
from ecosystems import network_page
from tests.directory.pages import assert_sound
from tests.factories.actors import MembershipFactory, OrganisationFactory, TieFactory
from tests.factories.ecosystems import EcosystemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ecosystem():
    tie = TieFactory(
        from_actor=OrganisationFactory(name="Le phare", slug="phare"),
        to_actor=OrganisationFactory(name="Le port", slug="port"),
        subject="les marées",
        pages=[3],
    )
    alone = OrganisationFactory(name="L’île", slug="ile")
    return EcosystemFactory(slug="cote", actors=[tie.from_actor, tie.to_actor, alone])


def test_each_mark_and_tie_is_drawn_and_the_table_says_the_same(client, ecosystem):
    html = client.get("/ecosystemes/cote/reseau/").content.decode()
    assert html.count('class="planet"') == 3
    assert html.count('<line class="ray liens"') == 1
    assert "les marées" in html
    assert html.count("#page-3") == 2  # from the drawing and from the table
    assert "Autour de Le port" in html
    assert "Que rien ne relie ici" in html
    assert_sound(html)


def test_numbers_are_those_that_a_drawing_reads(client, ecosystem):
    html = client.get("/ecosystemes/cote/reseau/").content.decode()
    assert 'viewBox="0 0 680 800"' in html
    assert 'transform="scale(10.0)"' in html  # a French comma would be no number for SVG


@pytest.mark.parametrize("autour", ["phare", "Le Phare", "le pha"])
def test_the_neighbourhood_of_one_actor(client, ecosystem, autour):
    html = client.get("/ecosystemes/cote/reseau/", {"autour": autour}).content.decode()
    assert html.count('class="planet"') == 2
    assert "Revenir au réseau entier" in html
    assert 'content="noindex"' in html


def test_a_name_of_several_asks_which_and_one_of_nobody_says_so(client, ecosystem):
    several = client.get("/ecosystemes/cote/reseau/?autour=le").content.decode()
    assert "peut vouloir" in several
    assert "autour=phare" in several
    assert several.count('class="planet"') == 3
    assert "Personne ici ne s’appelle" in client.get("/ecosystemes/cote/reseau/?autour=zzz").content.decode()


def test_a_layer_alone(client, ecosystem):
    html = client.get("/ecosystemes/cote/reseau/?couches=appartenances").content.decode()
    assert "<line" not in html
    assert 'name="couches" value="appartenances"' in html


def test_too_many_for_a_drawing_are_left_to_a_canvas_that_reads_places(client, ecosystem, monkeypatch):
    monkeypatch.setattr(network_page, "DRAWN", 2)
    html = client.get("/ecosystemes/cote/reseau/").content.decode()
    assert "<canvas" in html
    assert "js/network" in html
    assert "data-zoomable" not in html.split("<main")[1].split("</main")[0]
    assert "/ecosystemes/cote/reseau.json?couches=" in html
    assert_sound(html)


def test_the_canvas_gets_names_places_and_ties(client, ecosystem):
    data = client.get("/ecosystemes/cote/reseau.json").json()
    assert sorted((name, slug) for name, _, _, _, slug in data["nodes"]) == [
        ("Le phare", "phare"),
        ("Le port", "port"),
        ("L’île", "ile"),
    ]
    assert all(0 <= place <= 1 for _, _, x, y, _ in data["nodes"] for place in (x, y))
    ((start, end, layer),) = data["ties"]
    assert {data["nodes"][start][0], data["nodes"][end][0]} == {"Le phare", "Le port"}
    assert data["layers"][layer] == "liens attestés"


def test_an_ecosystem_of_nobody_and_a_draft(client):
    EcosystemFactory(slug="vide")
    EcosystemFactory(slug="brouillon", state="draft")
    assert "Aucun acteur publié" in client.get("/ecosystemes/vide/reseau/").content.decode()
    assert client.get("/ecosystemes/vide/reseau.json").json()["nodes"] == []
    for address in ("reseau/", "reseau.json", "reseau.csv"):
        assert client.get(f"/ecosystemes/brouillon/{address}").status_code == 404


def test_the_same_number_of_queries_with_one_and_three(assert_constant_queries):
    ecosystem = EcosystemFactory()

    def add():
        tie = TieFactory()
        member = MembershipFactory(organisation=tie.to_actor).member
        ecosystem.actors.add(tie.from_actor, tie.to_actor, member)

    assert_constant_queries(f"/ecosystemes/{ecosystem.slug}/reseau/", add)


def test_files_say_the_same_edges(client, ecosystem):
    sheet = client.get("/ecosystemes/cote/reseau.csv").content.decode()
    assert "Le phare;Le port;liens;travaille avec;les marées;" in sheet
    near = client.get("/ecosystemes/cote/reseau.graphml?autour=ile").content.decode()
    assert "<edge" not in near


def test_natures_are_told_apart_by_shape_in_the_drawing_in_its_legend_and_in_the_list(client, ecosystem):
    ecosystem.actors.filter(slug="port").update(nature=Nature.LAB)
    ecosystem.actors.filter(slug="ile").update(nature=Nature.ASSOCIATION)
    html = client.get("/ecosystemes/cote/reseau/").content.decode()
    for look in ("research", "assoc"):
        shape = f' d="{SHAPES[look].path}"'
        assert html.count(f'data-look="{look}"{shape}') == 1
        assert re.search(
            rf'<g class="body {look}"><g [^>]*><path class="planet" [^>]*{re.escape(shape)}', html
        )
    assert html.count(SHAPES["research"].path) == 3  # and in the list of its group
