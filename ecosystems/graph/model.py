"""What a graph is made of. Nodes and edges are tuples, which are quick to make by the thousand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Node(NamedTuple):
    """An actor, or (`is_category`) what a source calls « les citoyens ». `look` names its marker; `size`: people."""

    id: str
    label: str
    look: str
    url: str = ""
    size: int | None = None
    is_category: bool = False


class Edge(NamedTuple):
    """A statement that ties two nodes: `kind` in words, `source_url` at its page, the `year` it was seen to hold.

    `since` and `until`: the years between which it held, where the source says so.
    """

    start: str
    end: str
    layer: str
    kind: str
    subject: str = ""
    source: str = ""
    source_url: str = ""
    pages: tuple[int, ...] = ()
    year: int | None = None
    basis: str = ""
    since: int | None = None
    until: int | None = None


def pair(first: str, second: str) -> tuple[str, str]:
    """The two ends of a tie, whichever is said first."""
    return (first, second) if first < second else (second, first)


def once(ends: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Each two ends once, whichever is said first."""
    return {(start, end) if start < end else (end, start) for start, end in ends}


@dataclass(frozen=True)
class Graph:
    """Nodes by id, and the edges between them; an edge to an unknown node is left out."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> "Graph":
        known = {node.id: node for node in nodes}
        kept = tuple(
            edge for edge in edges if edge.start in known and edge.end in known and edge.start != edge.end
        )
        return cls(known, kept)

    @cached_property
    def actors_only(self) -> "Graph":
        """The same graph without the categories, and the ties to them."""
        if not any(node.is_category for node in self.nodes.values()):
            return self
        return Graph.of((node for node in self.nodes.values() if not node.is_category), self.edges)

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the nodes, in order."""
        return sorted(self.nodes)

    @cached_property
    def ends(self) -> list[tuple[int, int]]:
        """The places in `ids` of the two ends of each edge."""
        place = {node: i for i, node in enumerate(self.ids)}
        return [(place[edge.start], place[edge.end]) for edge in self.edges]

    @cached_property
    def links(self) -> list[tuple[int, int]]:
        """Each tie once, however many edges it has, in order: as `ends`, the lower first."""
        return sorted(once(self.ends))

    @cached_property
    def together(self) -> dict[tuple[str, str], list[Edge]]:
        """What is said of each tie, by its two ends in the order of their ids."""
        found = defaultdict(list)
        for edge in self.edges:
            found[pair(edge.start, edge.end)].append(edge)
        return found

    @cached_property
    def neighbours(self) -> dict[str, set[str]]:
        """For each node, those that an edge ties to it, whatever the direction. Read many times, made once."""
        found: dict[str, set[str]] = {node: set() for node in self.nodes}
        for edge in self.edges:
            found[edge.start].add(edge.end)
            found[edge.end].add(edge.start)
        return found
