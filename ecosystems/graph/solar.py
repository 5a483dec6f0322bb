"""The solar system of an actor: orbits by length of the shortest path, sectors by nature, labels that never overlap.

Pure geometry, in the units of the drawing (`SIZE` × `SIZE`, the sun at the centre).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .labels import LINE, Label, disc, length, mark_box, place_label, shortened
from .measures import distances
from .model import Edge, Graph, Node

SIZE = 680
CENTRE = SIZE / 2
ORBITS = (120.0, 205.0, 285.0)  # radii: direct tie, through one other, farther
CAPACITY = (14, 24, 34)  # planets an orbit holds at ease; the table tells the others
SUN = 30.0
SECTORS = ("local", "state", "research", "assoc", "private", "unknown", "person", "category")


@dataclass(frozen=True)
class Planet:
    """`number` also stands in the list beside; `label` is None where no place was free for it."""

    node: Node
    number: int
    orbit: int
    x: float
    y: float
    radius: float
    label: Label | None


@dataclass(frozen=True)
class Ray:
    """An edge drawn between two planets, or a planet and the sun."""

    edge: Edge
    x1: float
    y1: float
    x2: float
    y2: float
    is_direct: bool


@dataclass(frozen=True)
class SolarSystem:
    """`hidden`: reached but not drawn, for lack of room; `unreached`: no path of the chosen layers leads there."""

    sun: Node
    planets: tuple[Planet, ...]
    rays: tuple[Ray, ...]
    hidden: tuple[Node, ...]
    unreached: tuple[Node, ...]

    sun_label_y = CENTRE + SUN + LINE + 2

    @property
    def sun_label(self) -> str:
        return shortened(self.sun.label)


def solar_system(graph: Graph, sun: str) -> SolarSystem:
    """The same graph always gives the same drawing."""
    return arranged(graph, sun, distances(graph, sun))


def arranged(graph: Graph, sun: str, steps: Mapping[str, int]) -> SolarSystem:
    """`steps`: on which orbit each node stands (1, 2, 3 and more), 0 for the sun; without one, it is not reached."""
    reached = sorted(
        (node for node in steps if node != sun), key=lambda pk: (steps[pk], graph.nodes[pk].label, pk)
    )
    drawn: dict[int, list[Node]] = {0: [], 1: [], 2: []}
    hidden = []
    for pk in reached:
        orbit = min(steps[pk], 3) - 1
        (drawn[orbit] if len(drawn[orbit]) < CAPACITY[orbit] else hidden).append(graph.nodes[pk])
    planets = _place(drawn, graph.nodes[sun])
    spots = {planet.node.id: (planet.x, planet.y) for planet in planets} | {sun: (CENTRE, CENTRE)}
    rays = tuple(
        Ray(edge, *spots[edge.start], *spots[edge.end], sun in (edge.start, edge.end))
        for edge in graph.edges
        if edge.start in spots and edge.end in spots
    )
    unreached = sorted(
        (graph.nodes[pk] for pk in graph.nodes if pk not in steps), key=lambda node: node.label
    )
    return SolarSystem(graph.nodes[sun], planets, rays, tuple(hidden), tuple(unreached))


def _sector(node: Node) -> int:
    return SECTORS.index("category" if node.is_category else node.look)


def _radius(node: Node) -> float:
    """By the organisation's size where it is known: a hundred people make a planet twice as wide as one."""
    return 8.0 if node.size is None else min(18.0, 7.0 + 3.5 * math.log10(1 + node.size))


def _place(drawn: dict[int, list[Node]], sun: Node) -> tuple[Planet, ...]:
    spots = []
    for orbit, nodes in drawn.items():
        ordered = sorted(nodes, key=lambda node: (_sector(node), node.label, node.id))
        for rank, node in enumerate(ordered):
            # Each orbit begins a little farther round, so that planets do not stand in a row.
            angle = 2 * math.pi * (rank + 0.5 * orbit) / len(ordered) - math.pi / 2
            x, y = CENTRE + ORBITS[orbit] * math.cos(angle), CENTRE + ORBITS[orbit] * math.sin(angle)
            spots.append((node, orbit, round(x, 1), round(y, 1), _radius(node)))
    half = length(shortened(sun.label)) / 2
    under = (CENTRE - half, CENTRE + SUN, CENTRE + half, CENTRE + SUN + LINE + 5)
    marks = [mark_box(node, x, y, radius) for node, _, x, y, radius in spots]
    taken = [disc(CENTRE, CENTRE, SUN), under, *marks]
    planets = []
    for number, (node, orbit, x, y, radius) in enumerate(spots, start=1):
        label = place_label(node.label, (x, y), marks[number - 1], taken, (SIZE, SIZE))
        if label:
            taken.append(label.box)
        planets.append(Planet(node, number, orbit + 1, x, y, radius, label))
    return tuple(planets)
