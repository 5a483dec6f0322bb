"""The geometry of the solar system: always the same, never one name over another."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystems.graph.labels import mark_box, overlaps
from ecosystems.graph.model import Edge, Graph, Node
from ecosystems.graph.solar import CAPACITY, CENTRE, ORBITS, SIZE, solar_system

LOOKS = ("local", "state", "research", "assoc", "private", "unknown", "person")


def star(count: int, label: str = "Organisation") -> Graph:
    nodes = [Node("s", "Soleil", "local")]
    nodes += [Node(f"n{i:03}", f"{label} {i}", LOOKS[i % 7], size=i) for i in range(count)]
    return Graph.of(nodes, [Edge("s", node.id, "liens", "travaille avec") for node in nodes[1:]])


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 40))
    names = st.text("abcdefghijklmnopqrstuvwxyzéèà -", min_size=1, max_size=60)
    nodes = [Node(f"n{i}", draw(names), draw(st.sampled_from(LOOKS))) for i in range(count)]
    ends = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=60))
    return Graph.of(nodes, [Edge(f"n{a}", f"n{b}", "liens", "x") for a, b in pairs])


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_no_label_is_over_another_nor_over_a_planet_nor_outside(graph):
    system = solar_system(graph, "n0")
    labels = [planet.label.box for planet in system.planets if planet.label]
    assert not any(overlaps(first, second) for first, second in combinations(labels, 2))
    for box in labels:
        assert box[0] >= 0
        assert box[2] <= SIZE
        assert box[1] >= 0
        assert box[3] <= SIZE
        for planet in system.planets:
            mark = mark_box(planet.node, planet.x, planet.y, planet.radius)
            assert not overlaps(box, mark)


@settings(max_examples=30, deadline=None)
@given(graphs())
def test_every_node_is_the_sun_a_planet_hidden_or_unreached_once(graph):
    system = solar_system(graph, "n0")
    told = [system.sun, *(planet.node for planet in system.planets), *system.hidden, *system.unreached]
    assert sorted(node.id for node in told) == sorted(graph.nodes)
    assert solar_system(graph, "n0") == system


def test_orbits_tell_the_length_of_the_shortest_path():
    nodes = [Node(name, name, "local") for name in "abcde"]
    graph = Graph.of(nodes, [Edge(a, b, "liens", "x") for a, b in ("ab", "bc", "cd", "de")])
    system = solar_system(graph, "a")
    assert {planet.node.id: planet.orbit for planet in system.planets} == {"b": 1, "c": 2, "d": 3, "e": 3}
    for planet in system.planets:
        distance = ((planet.x - CENTRE) ** 2 + (planet.y - CENTRE) ** 2) ** 0.5
        assert abs(distance - ORBITS[planet.orbit - 1]) < 0.2


def test_an_orbit_that_is_full_says_who_it_could_not_show():
    system = solar_system(star(CAPACITY[0] + 3), "s")
    assert len(system.planets) == CAPACITY[0]
    assert [node.label for node in system.hidden] == ["Organisation 7", "Organisation 8", "Organisation 9"]


def test_a_larger_organisation_makes_a_larger_planet_and_an_unknown_size_a_middling_one():
    nodes = [
        Node("s", "Soleil", "local"),
        Node("a", "A", "local", size=1),
        Node("b", "B", "local", size=1000),
        Node("c", "C", "local"),
    ]
    graph = Graph.of(nodes, [Edge("s", name, "liens", "x") for name in "abc"])
    radius = {planet.node.id: planet.radius for planet in solar_system(graph, "s").planets}
    assert radius["a"] < radius["b"]
    assert radius["c"] == 8.0


def test_a_label_says_its_planet_number_even_when_its_name_has_no_room():
    system = solar_system(star(CAPACITY[0], label="Un nom vraiment très long qui prend toute la place"), "s")
    assert [planet.number for planet in system.planets] == list(range(1, CAPACITY[0] + 1))
    assert all(len(planet.label.text) <= 26 for planet in system.planets if planet.label)
