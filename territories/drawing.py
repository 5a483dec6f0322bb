"""An outline as an SVG path, for pages that draw without JavaScript. Pure."""

import math
from dataclasses import dataclass

from .packing import bounds, polygons_of

SIZE = 400  # units of the longer side


@dataclass(frozen=True)
class Drawing:
    """`path` for the attribute d of an SVG path, in a viewBox of `width` by `height`."""

    path: str
    width: int
    height: int


def draw(geometry: dict) -> Drawing:
    """The outline of a GeoJSON polygon or multipolygon, north up, with its true proportions at its own latitude."""
    west, south, east, north = bounds(geometry)
    narrowing = math.cos(math.radians((south + north) / 2))
    scale = SIZE / max((east - west) * narrowing, north - south, 1e-9)

    def place(point) -> str:
        return f"{(point[0] - west) * narrowing * scale:.1f} {(north - point[1]) * scale:.1f}"

    rings = [ring for polygon in polygons_of(geometry) for ring in polygon]
    path = "".join("M" + "L".join(place(point) for point in ring[:-1]) + "Z" for ring in rings)
    width, height = (east - west) * narrowing * scale, (north - south) * scale
    return Drawing(path, max(1, math.ceil(width)), max(1, math.ceil(height)))
