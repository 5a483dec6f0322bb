"""Who opens doors: who links what would otherwise be apart, who is isolated, what share of ties crosses a line.

A tie here is a pair of actors that at least one source ties, however many statements say so. A category in a source's
own words (« les citoyens ») is nobody: two actors tied to it are not tied to each other, so it never carries a path.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import rustworkx as rx

from .measures import simple_graph
from .model import Graph, Node, once

# Under 30 ties, one tie more or less moves a share by more than three points (1/30): it is not to be read as one.
SMALL_BASE = 30
STATED = "liens"  # the layer of ties that a source states as such
TRIED_ONE_BY_ONE = 100  # ties; beyond, taking each away in turn would take too long for a page


class Door(NamedTuple):
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


class Crossing(NamedTuple):
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
    simple, nodes = simple_graph(kept), [kept.nodes[node] for node in kept.ids]
    passing = passages(simple) if known is None else [known.get(node, 0.0) for node in kept.ids]
    parts = rx.connected_components(simple)
    cut_off = _cut_off(simple, parts)
    ties = [simple.degree(i) for i in simple.node_indices()]
    through = [
        Door(node, ties[i], passing[i], cut_off[i])
        for i, node in enumerate(nodes)
        if passing[i] > 0 or cut_off[i]
    ]
    through.sort(key=lambda door: (-door.betweenness, -door.cut_off, door.node.label, door.node.id))
    isolated = [node for node, count in zip(nodes, ties, strict=True) if not count]
    stated = once(ends for ends, edge in zip(kept.ends, kept.edges, strict=True) if edge.layer == STATED)
    return Doors(
        actors=len(nodes),
        ties=simple.num_edges(),
        statements=len(kept.edges),
        stated=len(stated),
        parts=len(parts) - len(isolated),
        largest=max((sum(map(ties.__getitem__, part)) // 2 for part in parts), default=0),
        doors=tuple(through),
        isolated=tuple(sorted(isolated, key=lambda node: (node.label, node.id))),
        steady=_steady(simple, passing) if try_each else None,
    )


def _cut_off(simple: rx.PyGraph, parts: list[set[int]]) -> list[int]:
    """For each node, how many others of its part are not in the largest piece that is left without it.

    A part is a tree of blocks held together by cut nodes: without one of these, each branch from it is a piece.
    """
    found = [0] * len(simple)
    cuts = rx.articulation_points(simple)
    blocks = _blocks(simple) if cuts else {}
    held = {block: nodes & cuts for block, nodes in blocks.items()}
    below = {block: len(nodes) - 1 for block, nodes in blocks.items()}  # without the cut node above it
    holding = defaultdict(list)  # the blocks that each cut node is in
    for block in held:
        for cut in held[block]:
            holding[cut].append(block)
    for part in parts if cuts else ():
        for cut, above in reversed(_walk(part & cuts, held, holding)):
            pieces = [below[block] for block in holding[cut] if block != above]
            if above is not None:
                below[above] += sum(pieces)
            found[cut] = len(part) - 1 - max(len(part) - 1 - sum(pieces), *pieces)
    return found


def _blocks(simple: rx.PyGraph) -> dict[int, set[int]]:
    """The nodes of each block: what no single node cuts apart (Hopcroft and Tarjan, 1973)."""
    blocks: dict[int, set[int]] = defaultdict(set)
    for ends, block in rx.biconnected_components(simple).items():
        blocks[block].update(ends)
    return blocks


def _walk(cuts: set[int], held: dict[int, set[int]], holding: dict[int, list[int]]) -> list[tuple]:
    """The cut nodes of a part, each after the one above it, with the block that leads to it; None for the first."""
    walk: list[tuple] = [(cut, None) for cut in list(cuts)[:1]]
    for cut, above in walk:  # which grows meanwhile
        for block in holding[cut]:
            if block != above:
                walk += [(other, block) for other in held[block] if other != cut]
    return walk


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
    rank = {name: place for place, name in enumerate(sides)}
    placed = [rank.get(side.get(node, "")) for node in kept.ids]
    near: dict[int, list[int]] = defaultdict(
        lambda: [0, 0]
    )  # neighbours of each on the one side, on the other
    crossing = known = 0
    for start, end in kept.links:
        first, second = placed[start], placed[end]
        if first is not None:
            near[end][first] += 1
        if second is not None:
            near[start][second] += 1
            if first is not None:
                known += 1
                crossing += first != second
    links = [
        Crossing(kept.nodes[kept.ids[place]], *counts)
        for place, counts in near.items()
        if _links(counts, placed[place])
    ]
    links.sort(key=lambda door: (-min(door.first, door.second), -door.first - door.second, door.node.label))
    return Line(crossing, known, len(kept.links), tuple(links))


def _links(counts: list[int], own: int | None) -> bool:
    """Whether who has so many neighbours on the one side and on the other, and is of its `own`, links the two."""
    return bool(counts[0] and counts[1]) if own is None else bool(counts[1 - own])
