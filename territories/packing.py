"""Reading the packed outlines of fixtures/territories/contours/ (written by scripts/build_contours.py)."""

import gzip
import json
from pathlib import Path


def read_contours(path: Path) -> dict[str, dict]:
    """GeoJSON geometries (degrees, WGS 84) by territory code."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        packed = json.load(file)
    digits = len(f"{packed['step']:.10f}".rstrip("0").split(".")[1])
    return {code: unpack(polygons, digits) for code, polygons in packed["contours"].items()}


def unpack(polygons: list, digits: int) -> dict:
    """A GeoJSON geometry from polygons of rings of relative whole numbers, in units of 10⁻ᵈⁱᵍⁱᵗˢ degrees."""
    coordinates = [[unpack_ring(ring, digits) for ring in rings] for rings in polygons]
    if len(coordinates) == 1:
        return {"type": "Polygon", "coordinates": coordinates[0]}
    return {"type": "MultiPolygon", "coordinates": coordinates}


def unpack_ring(flat: list[int], digits: int) -> list[list[float]]:
    scale, x, y = 10**digits, 0, 0
    ring = []
    for step_x, step_y in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + step_x, y + step_y
        ring.append(
            [x / scale, y / scale]
        )  # division of whole numbers: the closest float, so « 3.087 » and no more
    return [*ring, ring[0]]


def bounds(geometry: dict) -> tuple[float, float, float, float]:
    """West, south, east, north of a GeoJSON polygon or multipolygon."""
    outer = [polygon[0] for polygon in polygons_of(geometry)]
    lons = [point[0] for ring in outer for point in ring]
    lats = [point[1] for ring in outer for point in ring]
    return min(lons), min(lats), max(lons), max(lats)


def polygons_of(geometry: dict) -> list[list[list[list[float]]]]:
    """The polygons of a GeoJSON polygon or multipolygon."""
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
