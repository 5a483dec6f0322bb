"""Reading the packed outlines of fixtures/territories/contours/ (written by scripts/build_contours.py)."""

import gzip
import json
from itertools import accumulate, chain
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


def unpack_ring(flat: list[int], digits: int) -> list[tuple[float, float]]:
    scale = (
        10**digits
    )  # dividing whole numbers gives the closest float, which prints as « 3.087 » and no more
    lons = [x / scale for x in accumulate(flat[::2])]
    lats = [y / scale for y in accumulate(flat[1::2])]
    ring = list(zip(lons, lats, strict=True))  # the collector need not follow tuples of floats
    return [*ring, ring[0]]


def bounds(geometry: dict) -> tuple[float, float, float, float]:
    """West, south, east, north of a GeoJSON polygon or multipolygon."""
    outer = chain.from_iterable(polygon[0] for polygon in polygons_of(geometry))
    lons, lats = zip(*outer, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def polygons_of(geometry: dict) -> list[list[list[list[float]]]]:
    """The polygons of a GeoJSON polygon or multipolygon."""
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
