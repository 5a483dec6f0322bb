"""The network: same data, same place; one new tie moves little; marks never touch; groups named by what they share."""

import random
from itertools import combinations
from statistics import mean

import pytest
from hypothesis import given, settings

from ecosystems.graph.labels import mark_box, overlaps
from ecosystems.graph.layout import on_grid, places
from ecosystems.graph.model import Edge, Graph, Node
from ecosystems.graph.network import CELL, DRAWN, MARK, best_tied, groups, network, wide_network

from .test_measures import graph_of
from .test_solar import LOOKS, graphs


def town(count: int = 60, seed: int = 1) -> tuple[list[Node], list[Edge]]:
    """A made-up graph of `count` nodes, three ties each."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    nodes = [Node(f"a:{i}", f"Acteur {i}", LOOKS[i % 7]) for i in range(count)]
    ids = [node.id for node in nodes]
    return nodes, [
        Edge(node, other, "liens", "x")
        for node in ids
        for other in chance.sample([one for one in ids if one != node], 3)
    ]


def moves(before: dict, after: dict, but: set[str]) -> list[float]:
    return [
        ((before[node][0] - after[node][0]) ** 2 + (before[node][1] - after[node][1]) ** 2) ** 0.5
        for node in before
        if node not in but
    ]


def test_the_order_in_which_data_come_changes_nothing():
    nodes, edges = town()
    shuffled = Graph.of(
        reversed(nodes), [Edge(edge.end, edge.start, "liens", "y") for edge in reversed(edges)]
    )
    assert places(shuffled) == places(Graph.of(nodes, edges))


@pytest.mark.parametrize("seed", range(5))
def test_one_new_tie_moves_little_and_brings_its_two_ends_nearer(seed):
    nodes, edges = town(seed=seed)
    before = places(Graph.of(nodes, edges))
    first, second = max(
        combinations(before, 2),
        key=lambda pair: sum((before[pair[0]][i] - before[pair[1]][i]) ** 2 for i in (0, 1)),
    )
    after = places(Graph.of(nodes, [*edges, Edge(first, second, "liens", "x")]))
    others = moves(before, after, {first, second})
    assert mean(others) < 0.02  # of the side of the sheet
    assert max(others) < 0.12
    apart = [sum((spots[first][i] - spots[second][i]) ** 2 for i in (0, 1)) for spots in (before, after)]
    assert apart[1] < apart[0]


def test_one_new_actor_moves_little():
    nodes, edges = town()
    before = places(Graph.of(nodes, edges))
    after = places(
        Graph.of([*nodes, Node("a:999", "Nouveau", "local")], [*edges, Edge("a:999", "a:3", "liens", "x")])
    )
    assert mean(moves(before, after, set())) < 0.03  # a sixtieth more to make room for, and its tie


def test_most_marks_do_not_move_at_all_for_one_new_tie():
    nodes, edges = town()
    before = {mark.node.id: (mark.x, mark.y) for mark in network(Graph.of(nodes, edges)).marks}
    graph = Graph.of(nodes, [*edges, Edge("a:0", "a:41", "liens", "x")])
    after = {mark.node.id: (mark.x, mark.y) for mark in network(graph).marks}
    stayed = [node for node in before if before[node] == after[node]]
    assert len(stayed) > len(before) / 2


def test_ties_bring_near():
    nodes = [Node(f"a:{i}", str(i), LOOKS[i % 7]) for i in range(40)]
    edges = [Edge(f"a:{i}", f"a:{i + 1}", "liens", "x") for i in range(0, 40, 2)]
    spots = places(Graph.of(nodes, edges))

    def apart(one, other):
        return sum((spots[one][i] - spots[other][i]) ** 2 for i in (0, 1)) ** 0.5

    tied = mean(apart(edge.start, edge.end) for edge in edges)
    every = mean(apart(one, other) for one, other in combinations(spots, 2))
    assert tied < every / 2


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_marks_and_names_never_touch_and_everyone_is_drawn_once(graph):
    drawn = network(graph)
    assert sorted(mark.node.id for mark in drawn.marks) == sorted(graph.nodes)
    assert [mark.number for mark in drawn.marks] == list(range(1, len(graph.nodes) + 1))
    marks = [mark_box(mark.node, mark.x, mark.y, mark.radius) for mark in drawn.marks]
    names = [mark.label.box for mark in drawn.marks if mark.label]
    assert not any(overlaps(one, other) for one, other in combinations(marks, 2))
    assert not any(overlaps(one, other) for one, other in combinations(names, 2))
    assert not any(overlaps(name, mark) for name in names for mark in marks)
    for left, top, right, bottom in [*marks, *names]:
        assert min(left, top) >= 0
        assert right <= drawn.width
        assert bottom <= drawn.height
    assert network(graph) == drawn


def test_the_largest_drawing_has_a_cell_for_each():
    nodes, edges = town(DRAWN)
    drawn = network(Graph.of(nodes, edges))
    assert len({(mark.x, mark.y) for mark in drawn.marks}) == DRAWN
    assert all(mark.radius >= MARK for mark in drawn.marks)
    with pytest.raises(ValueError, match="more places than cells"):
        on_grid({"a": (0.5, 0.5), "b": (0.5, 0.5)}, CELL, CELL, CELL)


def test_a_group_gathers_around_whom_has_most_ties():
    graph = graph_of("ab", "ac", "ad", "xy", "yz", "dx", alone="q")
    assert [(group.hub.id, "".join(node.id for node in group.nodes)) for group in groups(graph)] == [
        ("a", "abcd"),
        ("y", "yxz"),
        ("q", "q"),
    ]


def test_a_group_is_named_by_what_it_shares():
    nodes = [Node(name, name, "local") for name in "abc"]
    edges = [
        Edge("a", "b", "programmes", "même programme", "Petites Villes"),
        Edge("a", "c", "programmes", "même programme", "Petites Villes"),
        Edge("b", "a", "liens", "conseille", "le budget"),
    ]
    (group,) = groups(Graph.of(nodes, edges))
    assert (group.layer, group.subject_layer, group.subject) == ("programmes", "programmes", "Petites Villes")


def test_nothing_to_draw():
    assert network(Graph()).marks == ()
    assert groups(Graph()) == ()


@pytest.mark.parametrize("count", [1, 20, 120, 300])
def test_on_a_screen_it_is_twice_as_wide_as_high_and_as_small_as_it_may_be(count):
    drawing = wide_network(Graph.of([Node(f"a:{n}", f"Acteur {n}", "local") for n in range(count)], []))
    assert drawing.width == 2 * drawing.height
    assert len({(mark.x, mark.y) for mark in drawing.marks}) == count
    assert drawing.height == 320 if count < 30 else drawing.height > 320


def test_the_best_tied_are_those_tied_to_most_others_however_often_it_is_said():
    graph = graph_of("ab", "ac", "ad", "bc", "dx", "dx", "xd", alone="q")
    best = best_tied(graph, 3)
    assert (sorted(best.nodes), best.together.keys()) == (list("abc"), {("a", "b"), ("a", "c"), ("b", "c")})
    assert best_tied(graph, 99).nodes == graph.nodes


def test_a_category_is_not_among_the_best_tied():
    nodes = [Node("a", "A", "local"), Node("c:x", "les citoyens", "category", is_category=True)]
    assert list(best_tied(Graph.of(nodes, [Edge("a", "c:x", "liens", "x")]), 2).nodes) == ["a"]
