"""Who opens doors, against cases worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystems.graph.doors import SMALL_BASE, doors, line
from ecosystems.graph.measures import articulation_points, components
from ecosystems.graph.model import Edge, Graph, Node

from .test_measures import PAIRS, graph_of


def found(graph):
    return {
        door.node.id: (door.ties, pytest.approx(door.betweenness), door.cut_off)
        for door in doors(graph).doors
    }


def test_the_middle_of_three_opens_the_only_door():
    assert found(graph_of("ab", "bc")) == {"b": (2, 1.0, 1)}


def test_two_triangles_joined_by_one_actor():
    # a b c – c d e: of the 6 pairs of others, c is between 4 (a or b with d or e); without it, 2 of 4 are cut off.
    assert found(graph_of("ab", "bc", "ca", "cd", "de", "ec")) == {"c": (4, 4 / 6, 2)}


def test_a_chain_of_four_has_two_doors_that_each_cut_off_one_end():
    # a–b–c–d: of the 3 pairs without b, two pass through it (a–c, a–d).
    assert found(graph_of("ab", "bc", "cd")) == {"b": (2, 2 / 3, 1), "c": (2, 2 / 3, 1)}


def test_a_ring_has_many_passages_and_no_door_that_alone_cuts_off():
    assert {cut_off for _, _, cut_off in found(graph_of("ab", "bc", "cd", "da")).values()} == {0}


def test_who_has_no_tie_is_isolated_and_parts_are_counted_without_them():
    measured = doors(graph_of("ab", "bc", "xy", alone="z"))
    assert [node.id for node in measured.isolated] == ["z"]
    assert (measured.actors, measured.ties, measured.parts) == (6, 3, 2)


def test_a_category_opens_no_door_and_ties_nobody_to_anybody():
    nodes = [
        Node("a", "A", "local"),
        Node("b", "B", "local"),
        Node("c:x", "les citoyens", "category", is_category=True),
    ]
    edges = [Edge("a", "c:x", "liens", "traduit"), Edge("b", "c:x", "liens", "traduit")]
    measured = doors(Graph.of(nodes, edges))
    assert (measured.actors, measured.ties, measured.doors) == (2, 0, ())
    assert [node.id for node in measured.isolated] == ["a", "b"]


def test_only_what_a_source_states_as_a_tie_counts_as_stated():
    nodes = [Node(name, name.upper(), "local") for name in "abc"]
    edges = [Edge("a", "b", "liens", "travaille avec"), Edge("b", "c", "appartenances", "membre")]
    measured = doors(Graph.of(nodes, edges))
    assert (measured.ties, measured.stated) == (2, 1)


def test_several_statements_of_one_tie_are_one_tie():
    measured = doors(graph_of("ab", "ba", "ab", "bc"))
    assert (measured.ties, measured.statements) == (2, 4)


def test_steady_counts_the_ties_that_one_could_take_away_without_changing_the_first():
    # A star of three: without any one tie, its heart is still alone between the two others.
    assert doors(graph_of("xa", "xb", "xc")).steady == 3
    # Three in a row: without either tie, nobody is between anybody.
    assert doors(graph_of("ab", "bc")).steady == 0
    assert doors(graph_of("ab")).steady is None


def test_the_base_is_small_under_thirty_ties():
    star = [f"x{chr(97 + i)}" for i in range(20)]
    assert doors(graph_of(*star)).is_small
    many = {f"{a}{b}" for a in "abcdefgh" for b in "ijkl"}
    assert len(many) >= SMALL_BASE
    assert not doors(graph_of(*many)).is_small
    # As many ties in parts that nothing links: paths are compared within a part, whose base is small.
    apart = [f"{a}{a.upper()}" for a in "abcdefghijklmnopqrstuvwxyzéèàùç"]
    assert (doors(graph_of(*apart)).ties, doors(graph_of(*apart)).is_small) == (31, True)


CITY = {"a": "ville", "b": "ville", "c": "campagne"}


def test_a_line_counts_ties_that_cross_among_those_whose_ends_are_known():
    # a–b stays in the city, a–c crosses, c–x has an end of unknown side.
    measured = line(graph_of("ab", "ac", "cx"), CITY, ("ville", "campagne"))
    assert (measured.crossing, measured.known, measured.total, measured.percent) == (1, 2, 3, 50)
    assert measured.is_small


def test_who_links_two_sides_has_ties_across_or_on_both():
    # p has no side and knows b and c; a and c know each other across; b knows nobody of the countryside.
    measured = line(graph_of("ac", "pb", "pc"), CITY, ("ville", "campagne"))
    assert {(door.node.id, door.first, door.second) for door in measured.doors} == {
        ("p", 1, 1),
        ("a", 0, 1),
        ("c", 1, 0),
    }


def test_no_known_side_gives_no_share():
    assert line(graph_of("ab"), {}, ("ville", "campagne")).percent is None


@given(PAIRS, st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["ville", "campagne"])))
def test_what_must_always_hold(pairs, side):
    graph = graph_of(*pairs, alone="abc")
    measured = doors(graph)
    assert all(0 < door.betweenness <= 1 and door.ties >= 2 for door in measured.doors)
    assert all(door.cut_off < measured.actors for door in measured.doors)
    across = line(graph, side, ("ville", "campagne"))
    assert 0 <= across.crossing <= across.known <= across.total == measured.ties
    assert bool(across.crossing) <= bool(across.doors)


@given(PAIRS)
def test_who_alone_ties_others_in_is_whom_rustworkx_says(pairs):
    graph = graph_of(*pairs, alone="abc")
    alone = {door.node.id for door in doors(graph).doors if door.cut_off}
    assert alone == articulation_points(graph)
    for node in alone:
        (cut_off,) = (door.cut_off for door in doors(graph).doors if door.node.id == node)
        (part,) = (part for part in components(graph) if node in part)
        without = Graph.of((graph.nodes[other] for other in part if other != node), graph.edges)
        assert cut_off == len(part) - 1 - len(components(without)[0])
