"""The network drawn: marks with their names, ties, and groups named by what they share. Pure geometry."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nsmallest

from .labels import Label, mark_box, place_label
from .layout import on_grid, places
from .model import Edge, Graph, Node

WIDTH = 680
CELL = 40  # one mark a cell
ROOM = 4  # cells a mark, at least
LEAST_ROWS = 20
SCREEN_ROWS = 8
MARK, LARGEST = 9.0, 14.0  # of no shape does the largest leave its cell
DRAWN = 300  # nodes; beyond, a canvas draws them


@dataclass(frozen=True)
class Mark:
    """`number` also stands in the list of its group; `label` is None where no place was free for it."""

    node: Node
    number: int
    x: float
    y: float
    radius: float
    label: Label | None


@dataclass(frozen=True)
class Tie:
    """Two marks, and all that is said of them: one line."""

    edges: tuple[Edge, ...]
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def layer(self) -> str:
        return self.edges[0].layer


@dataclass(frozen=True)
class Group:
    """Those gathered around one who has more ties than its neighbours; `layer` is what they say most,

    `subject` what is said of several, in the layer `subject_layer`; empty where nothing is.
    """

    hub: Node
    nodes: tuple[Node, ...]
    layer: str
    subject_layer: str
    subject: str


@dataclass(frozen=True)
class Network:
    marks: tuple[Mark, ...]
    ties: tuple[Tie, ...]
    width: int
    height: int


def network(graph: Graph) -> Network:
    """The same graph always gives the same drawing. At most `DRAWN` nodes."""
    rows = max(LEAST_ROWS, -(-ROOM * len(graph.nodes) * CELL // WIDTH))
    return _drawn(graph, WIDTH, rows * CELL)


def best_tied(graph: Graph, count: int) -> Graph:
    """The `count` actors tied to most others (by name where equal), and what ties them to one another."""
    kept = graph.actors_only
    ties = Counter(node for pair in kept.together for node in pair)
    best = nsmallest(count, kept.nodes.values(), key=lambda node: (-ties[node.id], node.label, node.id))
    return Graph.of(best, kept.edges)


def wide_network(graph: Graph) -> Network:
    """The same for a screen: twice as wide as high, and no larger than it must be, so that names are read from afar."""
    rows = max(SCREEN_ROWS, math.ceil(math.sqrt(ROOM * len(graph.nodes) / 2)))
    return _drawn(graph, 2 * rows * CELL, rows * CELL)


def _drawn(graph: Graph, width: int, height: int) -> Network:
    spots = on_grid(places(graph), width, height, CELL)
    degrees = Counter(node for pair in graph.together for node in pair)
    ties = tuple(
        Tie(tuple(edges), *spots[start], *spots[end])
        for (start, end), edges in sorted(graph.together.items())
    )
    return Network(_marks(graph, spots, degrees, (width, height)), ties, width, height)


def _marks(graph: Graph, spots, degrees: Counter, size: tuple[int, int]) -> tuple[Mark, ...]:
    radius = {node: min(LARGEST, MARK + degrees[node]) for node in spots}
    marks = {node: mark_box(graph.nodes[node], *spot, radius[node]) for node, spot in spots.items()}
    taken = list(marks.values())
    labels = {}
    # Those with most ties are named first.
    for node in sorted(spots, key=lambda node: (-degrees[node], graph.nodes[node].label, node)):
        label = place_label(graph.nodes[node].label, spots[node], marks[node], taken, size)
        if label:
            taken.append(label.box)
        labels[node] = label
    ordered = [node for group in groups(graph) for node in group.nodes]
    return tuple(
        Mark(node, number, *spots[node.id], radius[node.id], labels[node.id])
        for number, node in enumerate(ordered, start=1)
    )


def groups(graph: Graph) -> tuple[Group, ...]:
    """Every node in one group: each climbs from neighbour to better tied neighbour, up to a hub. The largest first.

    Who has no tie is a group of its own. One new tie changes the group of few.
    """
    neighbours = graph.neighbours

    def rank(node: str) -> tuple[int, str]:
        return len(neighbours[node]), node

    upward = {node: max([node, *near], key=rank) for node, near in neighbours.items()}
    gathered = defaultdict(list)
    for node in upward:
        hub = node
        while upward[hub] != hub:
            hub = upward[hub]
        gathered[hub].append(graph.nodes[node])
    group_of = {node.id: hub for hub, nodes in gathered.items() for node in nodes}
    said = defaultdict(Counter)
    for edge in graph.edges:
        if group_of[edge.start] == group_of[edge.end]:
            said[group_of[edge.start]][(edge.layer, edge.subject)] += 1
    found = [_group(graph.nodes[hub], nodes, said[hub]) for hub, nodes in gathered.items()]
    return tuple(sorted(found, key=lambda group: (-len(group.nodes), group.hub.label, group.hub.id)))


def _group(hub: Node, nodes: list[Node], said: Counter) -> Group:
    others = sorted((node for node in nodes if node != hub), key=lambda node: (node.label, node.id))
    layers = Counter()
    for (layer, _), count in said.items():
        layers[layer] += count
    layer = max(layers, key=lambda name: (layers[name], name), default="")
    subjects = {(subject, layer): count for (layer, subject), count in said.items() if subject and count > 1}
    subject, subject_layer = max(subjects, key=lambda key: (subjects[key], key), default=("", ""))
    return Group(hub, (hub, *others), layer, subject_layer, subject)
