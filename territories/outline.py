"""Union of outlines that meet exactly, in pure Python: what is common to two neighbours goes, the rest is joined up.

Right only for outlines of one coverage (neighbours share every vertex of their border), which those of
fixtures/territories/contours/ are, kind by kind. Geometries are GeoJSON polygons and multipolygons.
"""

from collections import defaultdict
from collections.abc import Iterable

from .packing import polygons_of

Point = tuple[float, float]


def union(geometries: Iterable[dict]) -> dict | None:
    """The outline of all `geometries` together; None when there is none."""
    rings = join(free_edges(geometries))
    outer = [ring for ring in rings if signed_area(ring) > 0]
    polygons = [[ring] for ring in outer]
    for hole in rings:
        if signed_area(hole) < 0 and (around := smallest_around(hole, outer)) is not None:
            polygons[around].append(hole)
    coordinates = [[[list(point) for point in [*ring, ring[0]]] for ring in polygon] for polygon in polygons]
    if not coordinates:
        return None
    if len(coordinates) == 1:
        return {"type": "Polygon", "coordinates": coordinates[0]}
    return {"type": "MultiPolygon", "coordinates": coordinates}


def free_edges(geometries: Iterable[dict]) -> set[tuple[Point, Point]]:
    """Edges that no neighbour runs along the other way; the inside is on their left."""
    edges: set[tuple[Point, Point]] = set()
    for geometry in geometries:
        for polygon in polygons_of(geometry):
            for index, ring in enumerate(polygon):
                points: list[Point] = [(lon, lat) for lon, lat in ring[:-1]]
                if (signed_area(points) > 0) is (index > 0):
                    points.reverse()
                for edge in zip(points, [*points[1:], points[0]], strict=True):
                    if edge[::-1] in edges:
                        edges.remove(edge[::-1])
                    else:
                        edges.add(edge)
    return edges


def join(edges: set[tuple[Point, Point]]) -> list[list[Point]]:
    """Closed rings made of `edges`, each written without its closing point."""
    following = defaultdict(list)
    for start, end in sorted(edges):
        following[start].append(end)
    rings = []
    for first in sorted(following):
        while following[first]:
            ring, point = [], first
            while following[point]:
                ring.append(point)
                point = following[point].pop()
            if len(ring) > 2:
                rings.append(ring)
    return rings


def signed_area(ring: list[Point]) -> float:
    """Area in square degrees, positive when the ring turns left (anticlockwise)."""
    nexts = [*ring[1:], ring[0]]
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, nexts, strict=True)) / 2


def smallest_around(hole: list[Point], outer: list[list[Point]]) -> int | None:
    """Index of the smallest outer ring that has `hole` inside."""
    found = [
        (signed_area(ring), index)
        for index, ring in enumerate(outer)
        if any(contains(ring, point) for point in hole[:3])
    ]
    return min(found)[1] if found else None


def contains(ring: list[Point], point: Point) -> bool:
    """Whether `point` is inside `ring` (even–odd rule)."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) is not (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside
