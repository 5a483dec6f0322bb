"""The solar system of an actor: orbits by length of the shortest path, sectors by nature, labels that never overlap.

Pure geometry, in the units of the drawing (`SIZE` × `SIZE`, the sun at the centre).
"""

import math
from dataclasses import dataclass

from .measures import distances
from .model import Edge, Graph, Node

SIZE = 680
CENTRE = SIZE / 2
ORBITS = (120.0, 205.0, 285.0)  # radii: direct tie, through one other, farther
CAPACITY = (14, 24, 34)  # planets an orbit holds at ease; the table tells the others
SUN = 30.0
SECTORS = ("local", "state", "research", "assoc", "private", "unknown", "person", "category")
LETTER, LINE = 7.0, 14.0  # mean width and height of a label's letters
LONGEST = 26  # letters of a label


@dataclass(frozen=True)
class Label:
    """Where a name is written: its middle `x`, base line `y`, and the box it takes (left, top, right, bottom)."""

    text: str
    x: float
    y: float
    box: tuple[float, float, float, float]


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
    steps = distances(graph, sun)
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
    half = len(shortened(sun.label)) * LETTER / 2
    under = (CENTRE - half, CENTRE + SUN, CENTRE + half, CENTRE + SUN + LINE + 5)
    taken = [_disc(CENTRE, CENTRE, SUN), under] + [_disc(x, y, radius) for _, _, x, y, radius in spots]
    planets = []
    for number, (node, orbit, x, y, radius) in enumerate(spots, start=1):
        label = _label(node.label, x, y, radius, taken)
        if label:
            taken.append(label.box)
        planets.append(Planet(node, number, orbit + 1, x, y, radius, label))
    return tuple(planets)


def shortened(text: str) -> str:
    """At most `LONGEST` letters; the list beside the drawing has the whole name."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _disc(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius, y - radius, x + radius, y + radius)


def _label(text: str, x: float, y: float, radius: float, taken: list) -> Label | None:
    """Below the planet, else above, else a little aside; None rather than over something."""
    short = shortened(text)
    half = len(short) * LETTER / 2
    aside = radius + half + 4
    offsets = [(0, radius + LINE), (0, -radius - 5), (aside, 4), (-aside, 4)]
    offsets += [(sign * half / 2, dy) for dy in (radius + LINE, -radius - 5) for sign in (1, -1)]
    for dx, dy in offsets:
        middle, base = x + dx, y + dy
        box = (middle - half, base - LINE + 3, middle + half, base + 3)
        inside = box[0] >= 0 and box[2] <= SIZE and box[1] >= 0 and box[3] <= SIZE
        if inside and not any(overlaps(box, other) for other in taken):
            return Label(short, round(middle, 1), round(base, 1), box)
    return None


def overlaps(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
