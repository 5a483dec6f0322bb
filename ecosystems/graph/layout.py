"""Where each node of a network stands: the same graph, the same place; one new tie moves little.

Each node has an anchor that depends on it alone: the direction says its nature, the rest comes from its id. Ties then
pull: the places x minimise  Σ |xᵢ - xⱼ|² over ties + PULL · Σ |xᵢ - anchorᵢ|². There is one minimum only, approached by
a fixed number of steps, so nothing depends on chance, order or an earlier drawing, and a tie that comes or goes
changes places near it alone. Places are spread over the sheet by their ranks: who is left of, or above, whom stays.
"""

import math
from hashlib import blake2b

import numpy

from .model import Graph, Node
from .solar import SECTORS

PULL = 0.3
STEPS = 30
Place = tuple[float, float]


def places(graph: Graph) -> dict[str, Place]:
    """Each node's place in a square of side 1."""
    ids = graph.ids
    if not ids:
        return {}
    anchors = numpy.array([_anchor(graph.nodes[node]) for node in ids])
    pulled = _pulled(anchors, numpy.array(graph.links, dtype=int).reshape(-1, 2))
    spread = numpy.column_stack([_spread(pulled[:, axis], anchors[:, axis]) for axis in (0, 1)])
    return dict(zip(ids, map(tuple, spread.tolist()), strict=True))


def _chances(text: str) -> Place:
    """Two numbers from 0 to 1 that depend on the text alone, on any machine."""
    digest = blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "big") / 2**32, int.from_bytes(digest[4:], "big") / 2**32


def _anchor(node: Node) -> Place:
    first, second = _chances(node.id)
    sector = SECTORS.index("category" if node.is_category else node.look)
    angle = 2 * math.pi * (sector + first) / len(SECTORS)
    distance = math.sqrt(0.1 + 0.9 * second)
    return distance * math.cos(angle), distance * math.sin(angle)


def _pulled(anchors: numpy.ndarray, pairs: numpy.ndarray) -> numpy.ndarray:
    count = len(anchors)
    start, end = numpy.concatenate([pairs[:, 0], pairs[:, 1]]), numpy.concatenate([pairs[:, 1], pairs[:, 0]])
    weight = (PULL + numpy.bincount(start, minlength=count))[:, None]
    at = anchors
    for _ in range(STEPS):
        sums = [numpy.bincount(start, weights=at[end, axis], minlength=count) for axis in (0, 1)]
        at = (PULL * anchors + numpy.column_stack(sums)) / weight
    return at


def _spread(values: numpy.ndarray, ties: numpy.ndarray) -> numpy.ndarray:
    """Half the rank, half the value: no crowd in the middle, and groups still stand apart."""
    ranks = numpy.empty(len(values))
    # What rounding could tell apart differently from one machine to another is told apart by the anchor.
    ranks[numpy.lexsort((ties, numpy.round(values, 9)))] = (numpy.arange(len(values)) + 0.5) / len(values)
    # Seen from the middle one, in mean distances to it: neither end of the row sets the scale.
    away = values - numpy.median(values)
    scale = numpy.mean(numpy.abs(away))
    soft = 0.5 + 0.5 * numpy.tanh(away / (1.5 * scale)) if scale > 0 else numpy.full(len(values), 0.5)
    return 0.6 * ranks + 0.4 * soft


def on_grid(spots: dict[str, Place], width: int, height: int, cell: int) -> dict[str, tuple[int, int]]:
    """Each place as the middle of a cell of its own, the nearest free one: marks never touch, small moves vanish.

    There must be more cells than places.
    """
    columns, rows = width // cell, height // cell
    taken: set[tuple[int, int]] = set()
    found = {}
    for node in sorted(spots, key=_chances):
        x, y = spots[node][0] * columns - 0.5, spots[node][1] * rows - 0.5
        column, row = _nearest_free(x, y, columns, rows, taken)
        taken.add((column, row))
        found[node] = (column * cell + cell // 2, row * cell + cell // 2)
    return found


def _nearest_free(
    x: float, y: float, columns: int, rows: int, taken: set[tuple[int, int]]
) -> tuple[int, int]:
    middle = round(x), round(y)
    for reach in range(max(columns, rows) + 1):
        ring = [
            (column, row)
            for column in range(max(0, middle[0] - reach), min(columns, middle[0] + reach + 1))
            for row in range(max(0, middle[1] - reach), min(rows, middle[1] + reach + 1))
            if max(abs(column - middle[0]), abs(row - middle[1])) == reach and (column, row) not in taken
        ]
        if ring:
            return min(ring, key=lambda spot: ((spot[0] - x) ** 2 + (spot[1] - y) ** 2, spot))
    raise ValueError("more places than cells")
