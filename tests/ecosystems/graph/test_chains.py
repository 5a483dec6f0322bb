"""The shortest chains of known ties, against cases worked out by hand and what must always hold."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ecosystems.graph.chains import COMPARED, LONGEST, chains
from ecosystems.graph.measures import distances
from ecosystems.graph.model import Edge, Graph, Node

from .test_measures import PAIRS, graph_of


def ways(graph, starts, goals, **more):
    found = chains(graph, set(starts), set(goals), **more)
    return ["".join([chain.start.id, *(step.end.id for step in chain.steps)]) for chain in found]


def test_the_shortest_comes_first_then_what_is_one_step_longer():
    assert ways(graph_of("ab", "bz", "ac", "cd", "dz"), "a", "z") == ["abz", "acdz"]


def test_what_is_two_steps_longer_is_no_alternative():
    assert ways(graph_of("ab", "bz", "ac", "cd", "de", "ez"), "a", "z") == ["abz"]


def test_alternatives_begin_by_different_people_first():
    graph = graph_of("ab", "bp", "bq", "br", "pz", "qz", "rz", "ac", "cp")
    assert ways(graph, "a", "z") == ["abpz", "abqz", "acpz"]
    assert ways(graph, "a", "z", limit=2) == ["abpz", "acpz"]


def test_the_opener_is_whom_to_ask_first_and_nobody_where_the_tie_is_direct():
    graph = graph_of("ab", "bz")
    assert chains(graph, {"a"}, {"z"})[0].opener.id == "b"
    assert chains(graph, {"a"}, {"b"})[0].opener is None


def test_each_step_carries_all_that_is_said_of_the_two():
    nodes = [Node(name, name.upper(), "local") for name in "ab"]
    edges = [Edge("a", "b", "liens", "finance"), Edge("b", "a", "liens", "conseille")]
    (chain,) = chains(Graph.of(nodes, edges), {"a"}, {"b"})
    assert [edge.kind for edge in chain.steps[0].edges] == ["finance", "conseille"]


def test_a_category_is_nobody_to_pass_through():
    nodes = [Node(name, name, "local") for name in "ab"] + [Node("c:x", "x", "category", is_category=True)]
    edges = [Edge("a", "c:x", "liens", "traduit"), Edge("b", "c:x", "liens", "traduit")]
    assert chains(Graph.of(nodes, edges), {"a"}, {"b"}) == []


def test_none_without_a_path_too_far_or_already_there():
    graph = graph_of("ab", "xy")
    assert ways(graph, "a", "y") == []
    assert ways(graph, "a", "a") == []
    assert ways(graph, "a", "?") == []
    row = "abcdefghij"
    line = graph_of(*(row[i : i + 2] for i in range(9)))
    assert ways(line, "a", row[LONGEST]) == [row[: LONGEST + 1]]
    assert ways(line, "a", row[LONGEST + 1]) == []


def test_several_starts_and_goals_take_the_nearest_pair():
    assert ways(graph_of("ab", "bc", "cd", "xd"), "ax", "cd") == ["xd", "abc"]


def test_a_crowd_between_two_ends_is_no_labour():
    middle = [f"m{i}" for i in range(300)]
    nodes = [Node(name, name, "local") for name in ["a", "z", *middle]]
    edges = [Edge(one, other, "liens", "x") for one in middle for other in ("a", "z")]
    edges += [Edge(one, other, "liens", "x") for one, other in zip(middle, middle[7:], strict=False)]
    assert len(chains(Graph.of(nodes, edges), {"a"}, {"z"}, limit=COMPARED + 5)) <= COMPARED


@given(
    PAIRS, st.sets(st.sampled_from("abcdefgh"), min_size=1), st.sets(st.sampled_from("abcdefgh"), min_size=1)
)
def test_what_must_always_hold(pairs, starts, goals):
    graph = graph_of(*pairs, alone="abcdefgh")
    found = chains(graph, starts, goals)
    tied = graph.neighbours
    for chain in found:
        path = [chain.start.id, *(step.end.id for step in chain.steps)]
        assert path[0] in starts
        assert path[-1] in goals
        assert len(path) == len(set(path))
        assert all(second in tied[first] for first, second in pairwise(path))
    nearest = min(
        (steps for start in starts for node, steps in distances(graph, start).items() if node in goals),
        default=0,
    )
    if 0 < nearest <= LONGEST:
        assert len(found[0].steps) == nearest
    else:
        assert found == []
