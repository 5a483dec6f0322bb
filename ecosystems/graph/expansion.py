"""An ecosystem through the years: what appears when, what ends, and what nobody has confirmed for long.

Only what a source dates. A statement without a beginning is known from the year it was seen, no earlier; an actor, from
the first year that something says of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .model import Edge, Graph, Node

FADES_AFTER = 2  # years without confirmation


class Span(NamedTuple):
    """From `first` on (None: no source dates it); last seen to hold in `last`; over in `over`, if a source says so."""

    first: int | None
    last: int | None
    over: int | None = None

    def is_there(self, year: int) -> bool:
        return self.first is not None and self.first <= year and (self.over is None or year <= self.over)

    def is_faded(self, year: int) -> bool:
        """Whether, in `year`, what was last seen is to be confirmed."""
        return self.last is not None and year - self.last > FADES_AFTER


@dataclass(frozen=True)
class Year:
    """What is first known in a year: actors, and ties with their statements."""

    year: int
    nodes: tuple[Node, ...]
    ties: tuple[tuple[Edge, ...], ...]
    ended: tuple[tuple[Edge, ...], ...]


@dataclass(frozen=True)
class Expansion:
    years: tuple[Year, ...]
    nodes: Mapping[str, Span]
    ties: Mapping[tuple[str, str], Span]
    undated: tuple[Node, ...]
    categories: frozenset[str] = frozenset()

    def at(self, year: int) -> tuple[int, int, int]:
        """Actors there, ties there, and how many of these ties have faded."""
        there = [span for span in self.ties.values() if span.is_there(year)]
        actors = sum(
            1 for node, span in self.nodes.items() if span.is_there(year) and node not in self.categories
        )
        return actors, len(there), sum(1 for span in there if span.is_faded(year))


def expansion(graph: Graph, lives: Mapping[str, tuple[int | None, int | None]] | None = None) -> Expansion:
    """`lives`: for a node, the years of its foundation and end, where known."""
    ties = {pair: _span(edges) for pair, edges in graph.together.items()}
    nodes = _nodes(graph, ties, lives or {})
    years = {span.first for span in [*ties.values(), *nodes.values()]} | {span.over for span in ties.values()}
    told = tuple(_year(year, graph, ties, nodes) for year in sorted(years - {None}))
    undated = [graph.nodes[node] for node, span in nodes.items() if span.first is None]
    categories = frozenset(node.id for node in graph.nodes.values() if node.is_category)
    return Expansion(
        told, nodes, ties, tuple(sorted(undated, key=lambda node: (node.label, node.id))), categories
    )


def _span(edges: list[Edge]) -> Span:
    """Of several statements, the earliest beginning and the latest sight; over only when all say that it is."""
    starts, seen, ends = [], [], []
    for edge in edges:
        starts += [edge.since] if edge.since else [edge.year, edge.until]
        seen += [edge.year, edge.since]
        ends.append(edge.until)
    over = None if None in ends else max(ends)
    return Span(min(filter(None, starts), default=None), max(filter(None, seen), default=None), over)


def _nodes(graph: Graph, ties: Mapping[tuple[str, str], Span], lives: Mapping) -> dict[str, Span]:
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    for pair, (first, last, _) in ties.items():
        for node in pair:
            if first and first < firsts.get(node, first + 1):
                firsts[node] = first
            if last and last > lasts.get(node, 0):
                lasts[node] = last
    found = {}
    for node in graph.nodes:
        born, gone = lives.get(node, (None, None))
        found[node] = Span(born or firsts.get(node), lasts.get(node, born), gone)
    return found


def _year(year: int, graph: Graph, ties: Mapping, nodes: Mapping) -> Year:
    def told(pairs) -> tuple[tuple[Edge, ...], ...]:
        found = [tuple(graph.together[pair]) for pair in pairs]
        return tuple(sorted(found, key=lambda edges: _words(graph, edges[0])))

    appeared = [graph.nodes[node] for node, span in nodes.items() if span.first == year]
    return Year(
        year,
        tuple(sorted(appeared, key=lambda node: (node.label, node.id))),
        told(pair for pair, span in ties.items() if span.first == year),
        told(pair for pair, span in ties.items() if span.over == year),
    )


def _words(graph: Graph, edge: Edge) -> tuple[str, str]:
    return graph.nodes[edge.start].label, graph.nodes[edge.end].label
