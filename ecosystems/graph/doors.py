"""Who opens doors: who links what would otherwise be apart, who is isolated, what share of ties crosses a line.

A tie here is a pair of actors that at least one source ties, however many statements say so. A category in a source's
own words (« les citoyens ») is nobody: two actors tied to it are not tied to each other, so it never carries a path.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import rustworkx as rx

from .model import Graph, Node

# Under 30 ties, one tie more or less moves a share by more than three points (1/30): it is not to be read as one.
SMALL_BASE = 30
STATED = "liens"  # the layer of ties that a source states as such
TRIED_ONE_BY_ONE = 100  # ties; beyond, taking each away in turn would take too long for a page


@dataclass(frozen=True)
class Door:
    """An actor: its `ties`; the share (0 to 1) of shortest paths that pass through it; how many it alone ties in.

    `cut_off`: how many others of its part would lose their path to the rest of it, were this one not there.
    """

    node: Node
    ties: int
    betweenness: float
    cut_off: int

    @property
    def percent(self) -> float:
        return round(100 * self.betweenness, 1)


@dataclass(frozen=True)
class Crossing:
    """An actor who has ties on both sides of a line, its own side counting as one."""

    node: Node
    first: int
    second: int


@dataclass(frozen=True)
class Line:
    """What crosses a line between two sides: of `known` ties whose two ends have a side, `crossing` go across."""

    crossing: int
    known: int
    total: int
    doors: tuple[Crossing, ...]

    @property
    def is_small(self) -> bool:
        return self.known < SMALL_BASE

    @property
    def percent(self) -> int | None:
        return round(100 * self.crossing / self.known) if self.known else None


@dataclass(frozen=True)
class Doors:
    """`doors`: those through whom a path passes, first those most passed through. `isolated`: without a tie.

    `largest`: ties of the largest part, within which paths are compared. `stated`: ties that a statement of the layer
    « liens attestés » makes. `steady`: of the ties, how many could each be taken away without changing who is passed
    through most; None where there are too many to try, or nobody is passed through.
    """

    actors: int
    ties: int
    statements: int
    stated: int
    parts: int
    largest: int
    doors: tuple[Door, ...]
    isolated: tuple[Node, ...]
    steady: int | None

    @property
    def is_small(self) -> bool:
        return self.largest < SMALL_BASE


def simple_graph(graph: Graph) -> tuple[rx.PyGraph, list[str]]:
    """One edge a tie, and the id of each index of it."""
    ids = sorted(graph.nodes)
    index = {node: i for i, node in enumerate(ids)}
    simple = rx.PyGraph(multigraph=False)
    simple.add_nodes_from(range(len(ids)))
    simple.add_edges_from_no_data(sorted((index[start], index[end]) for start, end in graph.pairs))
    return simple, ids


def passages(simple: rx.PyGraph) -> list[float]:
    """Betweenness by index: Freeman's (1977), counted on pairs of other actors. Long in a large graph."""
    found = rx.betweenness_centrality(simple, normalized=True)
    return [found[i] for i in simple.node_indices()]


def doors(graph: Graph, *, known: Mapping[str, float] | None = None, try_each: bool = True) -> Doors:
    """Measures on the actors of `graph`.

    `known`: the passages of a graph too large to be measured here, by node, those without any left out (empty: not
    measured). `try_each`: whether to take each tie away in turn, where there are few (`steady`).
    """
    kept = graph.actors_only
    simple, ids = simple_graph(kept)
    passing = passages(simple) if known is None else [known.get(node, 0.0) for node in ids]
    cut_off = _cut_off(simple)
    parts = rx.connected_components(simple)
    found = [
        Door(kept.nodes[ids[i]], simple.degree(i), passing[i], cut_off[i]) for i in simple.node_indices()
    ]
    through = sorted(
        (door for door in found if door.betweenness > 0 or door.cut_off),
        key=lambda door: (-door.betweenness, -door.cut_off, door.node.label, door.node.id),
    )
    isolated = sorted((door.node for door in found if not door.ties), key=lambda node: (node.label, node.id))
    stated = {frozenset((edge.start, edge.end)) for edge in kept.edges if edge.layer == STATED}
    return Doors(
        actors=len(ids),
        ties=simple.num_edges(),
        statements=len(kept.edges),
        stated=len(stated),
        parts=sum(1 for part in parts if len(part) > 1),
        largest=max((simple.subgraph(list(part)).num_edges() for part in parts), default=0),
        doors=tuple(through),
        isolated=tuple(isolated),
        steady=_steady(simple, passing) if try_each else None,
    )


def _cut_off(simple: rx.PyGraph) -> dict[int, int]:
    """For each node, how many others of its part are not in the largest piece that is left without it.

    One walk through the whole (Tarjan, 1972): below a node, a branch from which nothing leads higher is a piece.
    """
    near = {i: list(simple.neighbors(i)) for i in simple.node_indices()}
    order: dict[int, int] = {}
    found = dict.fromkeys(near, 0)
    for root in near:
        if root in order:
            continue
        walk, parent = _walk(near, root, order)
        size, high = dict.fromkeys(walk, 1), {}
        pieces: dict[int, list[int]] = {node: [] for node in walk}
        for node in reversed(walk):
            below = [other for other in near[node] if parent[other] == node and other != root]
            back = [order[other] for other in near[node] if other != parent[node]]
            high[node] = min([order[node], *back, *(high[other] for other in below)])
            size[node] += sum(size[other] for other in below)
            pieces[node] = [size[other] for other in below if high[other] >= order[node]]
        for node in walk:
            rest = len(walk) - 1 - sum(pieces[node])
            found[node] = len(walk) - 1 - max([rest, *pieces[node]])
    return found


def _walk(near: dict[int, list[int]], root: int, order: dict[int, int]) -> tuple[list[int], dict[int, int]]:
    """The nodes of a part as a walk into its depth meets them, put in `order`, and from where each was reached."""
    walk, parent, trail = [root], {root: root}, [(root, iter(near[root]))]
    order[root] = len(order)
    while trail:
        node, others = trail[-1]
        other = next((other for other in others if other not in order), None)
        if other is None:
            trail.pop()
            continue
        order[other] = len(order)
        parent[other] = node
        walk.append(other)
        trail.append((other, iter(near[other])))
    return walk, parent


def _steady(simple: rx.PyGraph, passing: list[float]) -> int | None:
    if simple.num_edges() > TRIED_ONE_BY_ONE or not any(passing[i] > 0 for i in simple.node_indices()):
        return None
    first = max(simple.node_indices(), key=lambda i: (passing[i], -i))
    same = 0
    for start, end in simple.edge_list():
        without = simple.copy()
        without.remove_edge(start, end)
        again = rx.betweenness_centrality(without, normalized=True)
        same += again[first] > 0 and again[first] == max(again[i] for i in without.node_indices())
    return same


def line(graph: Graph, side: Mapping[str, str], sides: tuple[str, str]) -> Line:
    """Ties between the two `sides`, by the side of each node (absent: it has none), and who links them."""
    kept = graph.actors_only
    near: dict[str, list[int]] = defaultdict(
        lambda: [0, 0]
    )  # neighbours of each on the one side, on the other
    rank = {name: place for place, name in enumerate(sides)}
    placed = {node: rank[name] for node, name in side.items() if name in rank}
    crossing = known = 0
    for start, end in kept.pairs:
        first, second = placed.get(start), placed.get(end)
        if first is not None:
            near[end][first] += 1
        if second is not None:
            near[start][second] += 1
        if first is not None and second is not None:
            known += 1
            crossing += first != second
    links = [
        Crossing(kept.nodes[node], *counts)
        for node, counts in near.items()
        if _links(counts, placed.get(node))
    ]
    links.sort(key=lambda door: (-min(door.first, door.second), -door.first - door.second, door.node.label))
    return Line(crossing, known, len(kept.pairs), tuple(links))


def _links(counts: list[int], own: int | None) -> bool:
    """Whether who has so many neighbours on the one side and on the other, and is of its `own`, links the two."""
    return bool(counts[0] and counts[1]) if own is None else bool(counts[1 - own])
