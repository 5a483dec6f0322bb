"""By whom one gets there: the shortest chains of known ties from some nodes to others, and who opens each.

A chain never passes through a category in a source's own words: two actors tied to « les citoyens » are not tied.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .model import Edge, Graph, Node

LONGEST = 6  # steps; farther, nobody introduces anybody
SPARE = 1  # an alternative may be that much longer than the shortest
TRIED = 3_000  # steps looked at before giving up looking for more alternatives
COMPARED = 60  # chains among which those that begin by different people are chosen


@dataclass(frozen=True)
class Step:
    """From one node to the next, with all that sources say of the two."""

    start: Node
    end: Node
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Chain:
    steps: tuple[Step, ...]

    @property
    def opener(self) -> Node | None:
        """Whom to ask first; None when the tie is direct."""
        return self.steps[0].end if len(self.steps) > 1 else None

    @property
    def start(self) -> Node:
        return self.steps[0].start

    @property
    def end(self) -> Node:
        return self.steps[-1].end


def chains(graph: Graph, starts: Collection[str], goals: Collection[str], limit: int = 3) -> list[Chain]:
    """At most `limit` chains, the shortest first, and among equals those that begin by somebody else first.

    Empty when no path of at most `LONGEST` steps leads from `starts` to `goals`, or when they have a node in common.
    """
    near = _near(graph)
    starts, goals = {node for node in starts if node in near}, {node for node in goals if node in near}
    left = _distances(near, goals)
    shortest = min((left[node] for node in starts if node in left), default=0)
    if not shortest or shortest > LONGEST:
        return []
    found: list[list[str]] = []
    tried = [0]
    for length in range(shortest, min(shortest + SPARE, LONGEST) + 1):
        for start in _ordered(graph, starts):
            walk = _walks(graph, near, left, [start], length, starts, goals, tried)
            found += [path for _, path in zip(range(COMPARED - len(found)), walk, strict=False)]
    edges = _edges(graph)
    return [_chain(graph, edges, path) for path in _various(found, limit)]


def _near(graph: Graph) -> dict[str, set[str]]:
    people = {node.id for node in graph.nodes.values() if not node.is_category}
    return {node: near & people for node, near in graph.neighbours.items() if node in people}


def _distances(near: dict[str, set[str]], goals: set[str]) -> dict[str, int]:
    found = dict.fromkeys(goals, 0)
    queue = deque(goals)
    while queue:
        node = queue.popleft()
        for other in near[node]:
            if other not in found:
                found[other] = found[node] + 1
                queue.append(other)
    return found


def _ordered(graph: Graph, nodes: Collection[str]) -> list[str]:
    return sorted(nodes, key=lambda node: (graph.nodes[node].label, node))


def _walks(
    graph, near, left, path: list[str], length: int, starts, goals, tried: list[int]
) -> Iterator[list[str]]:
    """Paths of exactly `length` steps to a goal, through neither a start nor a goal."""
    for other in _ordered(graph, near[path[-1]]):
        tried[0] += 1
        if tried[0] > TRIED:
            return
        if other in path or other in starts or left.get(other, length) > length - 1:
            continue
        if other in goals:
            if length == 1:
                yield [*path, other]
        else:
            yield from _walks(graph, near, left, [*path, other], length - 1, starts, goals, tried)


def _various(paths: list[list[str]], limit: int) -> list[list[str]]:
    """The first of each opener, then the others, always the shorter before the longer."""
    opened: set[tuple[int, str]] = set()
    first, more = [], []
    for path in paths:
        way = (len(path), path[1])
        (more if way in opened else first).append(path)
        opened.add(way)
    chosen = (first + more)[:limit]
    return sorted(chosen, key=lambda path: (len(path), paths.index(path)))


def _edges(graph: Graph) -> dict[frozenset[str], list[Edge]]:
    found = defaultdict(list)
    for edge in graph.edges:
        found[frozenset((edge.start, edge.end))].append(edge)
    return found


def _chain(graph: Graph, edges: dict[frozenset[str], list[Edge]], path: list[str]) -> Chain:
    return Chain(
        tuple(
            Step(graph.nodes[start], graph.nodes[end], tuple(edges[frozenset((start, end))]))
            for start, end in pairwise(path)
        )
    )
