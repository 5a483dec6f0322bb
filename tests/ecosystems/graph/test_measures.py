"""Measures against cases worked out by hand, and against what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystems.graph import measures
from ecosystems.graph.model import Edge, Graph, Node


def graph_of(*pairs: str, alone: str = "") -> Graph:
    """`graph_of("ab", "bc")`: nodes a, b, c; edges a–b, b–c; `alone`: further nodes without edges."""
    names = sorted({letter for pair in pairs for letter in pair} | set(alone))
    nodes = [Node(name, name.upper(), "local") for name in names]
    return Graph.of(nodes, [Edge(pair[0], pair[1], "liens", "travaille avec") for pair in pairs])


def test_distances_go_by_the_shortest_way_and_leave_out_what_no_path_reaches():
    graph = graph_of("ab", "bc", "cd", "ad", alone="z")
    assert measures.distances(graph, "a") == {"a": 0, "b": 1, "d": 1, "c": 2}


def test_a_category_is_reached_but_leads_nowhere():
    nodes = [Node(name, name, "local") for name in "ab"] + [Node("c:x", "x", "category", is_category=True)]
    graph = Graph.of(nodes, [Edge("a", "c:x", "liens", "x"), Edge("b", "c:x", "liens", "x")])
    assert measures.distances(graph, "a") == {"a": 0, "c:x": 1}


def test_a_path_between_two_ends_passes_wholly_through_the_middle():
    # Three in a row: the only pair that is not neighbours passes through b.
    assert measures.betweenness(graph_of("ab", "bc")) == {"a": 0.0, "b": 1.0, "c": 0.0}


def test_betweenness_of_a_star_of_four_is_all_in_its_heart():
    assert measures.betweenness(graph_of("xa", "xb", "xc"))["x"] == pytest.approx(1.0)


def test_betweenness_is_shared_between_two_equal_ways():
    # A square: between a and c, half of the shortest paths pass through b, half through d; one pair of three each.
    assert measures.betweenness(graph_of("ab", "bc", "cd", "da")) == pytest.approx(
        dict.fromkeys("abcd", 1 / 6)
    )


def test_the_doors_are_those_without_whom_a_part_is_cut_off():
    assert measures.articulation_points(graph_of("ab", "bc", "ca", "cd", "de")) == {"c", "d"}
    assert measures.articulation_points(graph_of("ab", "bc", "ca")) == set()


def test_parts_come_largest_first_and_the_isolated_are_parts():
    assert measures.components(graph_of("ab", "bc", "xy", alone="z")) == [{"a", "b", "c"}, {"x", "y"}, {"z"}]


def test_several_statements_between_two_nodes_are_one_way():
    assert measures.betweenness(graph_of("ab", "ab", "ba", "bc")) == {"a": 0.0, "b": 1.0, "c": 0.0}


def test_shortest_chains_with_their_alternatives():
    graph = graph_of("ab", "bd", "ac", "cd", "de", alone="z")
    assert measures.shortest_paths(graph, "a", "e") == [["a", "b", "d", "e"], ["a", "c", "d", "e"]]
    assert measures.shortest_paths(graph, "a", "z") == []
    assert measures.shortest_paths(graph, "a", "a") == []
    assert measures.shortest_paths(graph, "a", "e", limit=1) == [["a", "b", "d", "e"]]


PAIRS = st.lists(
    st.text("abcdefgh", min_size=2, max_size=2).filter(lambda pair: pair[0] != pair[1]), max_size=20
)


@given(PAIRS)
def test_distance_is_symmetric_and_obeys_the_triangle(pairs):
    graph = graph_of(*pairs, alone="abc")
    from_each = {node: measures.distances(graph, node) for node in graph.nodes}
    for start in graph.nodes:
        for end, steps in from_each[start].items():
            assert from_each[end][start] == steps
            for middle, first in from_each[start].items():
                if end in from_each[middle]:
                    assert steps <= first + from_each[middle][end]


@given(PAIRS)
def test_parts_cover_every_node_once_and_agree_with_distances(pairs):
    graph = graph_of(*pairs, alone="abc")
    parts = measures.components(graph)
    assert sorted(node for part in parts for node in part) == sorted(graph.nodes)
    for part in parts:
        assert set(measures.distances(graph, min(part))) == part


def test_an_edge_to_an_unknown_node_or_to_itself_is_left_out():
    nodes = [Node("a", "A", "local")]
    graph = Graph.of(nodes, [Edge("a", "b", "liens", "x"), Edge("a", "a", "liens", "x")])
    assert graph.edges == ()
    assert graph.neighbours == {"a": set()}
