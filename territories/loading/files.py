"""Reads fixtures/territories/ into rows for the staging tables. Knows the files, not the database."""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..packing import bounds, read_contours

ORIGIN = "INSEE, code officiel géographique 2026 ; DGCL ; La Poste (Licence Ouverte 2.0)"


@dataclass
class Geography:
    """What to load: rows of staging tables, restricted to some régions or not."""

    territories: list[tuple] = field(
        default_factory=list
    )  # kind, code, name, slug, nature, population, lon, lat, place
    members: list[tuple] = field(default_factory=list)  # kind, code, commune code
    names: list[tuple] = field(default_factory=list)  # commune code, kind, name, former code
    successors: list[tuple] = field(default_factory=list)  # former code, present code
    known_codes: list[tuple] = field(default_factory=list)  # kind, code: all of France, to tell what vanished
    contour_files: list[tuple[str, Path]] = field(default_factory=list)  # kind, file


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_geography(root: Path, regions: Iterable[str] | None = None) -> Geography:
    """All of France, or what some régions need: their communes, and whole the EPCI that have a commune there.

    Communes beyond the border of a région come with the EPCI that straddles it, so that its set is exact; their own
    département and région do not, since they would be incomplete.
    """
    communes, groupings = read_rows(root / "communes.csv.gz"), read_rows(root / "groupements.csv")
    areas, former = read_rows(root / "circonscriptions.csv"), read_rows(root / "anciennes-communes.csv.gz")
    geography = Geography()
    geography.known_codes = [("commune", row["code"]) for row in communes]
    geography.known_codes += [(row["nature"], row["code"]) for row in [*groupings, *areas]]
    geography.successors = list(read_successors(communes, former))
    wanted = select(communes, set(regions) if regions else None)
    kept = {("commune", row["code"]) for row in wanted}
    for row in wanted:
        kept |= groups_of(row, regions)
    places = {row["code"]: row["nom"] for row in areas if row["nature"] != "region"}
    geography.territories = [commune_row(row, places) for row in wanted]
    geography.territories += [
        group_row(row) for row in [*areas, *groupings] if (row["nature"], row["code"]) in kept
    ]
    geography.members = [
        (*group, row["code"])
        for row in wanted
        for group in {("commune", row["code"]), *groups_of(row, None)} & kept
    ]
    geography.names = list(read_names(wanted, former))
    geography.contour_files = contour_files(root / "contours", {row["region"] for row in wanted})
    return geography


def select(communes: list[dict], regions: set[str] | None) -> list[dict]:
    if regions is None:
        return communes
    inside = [row for row in communes if row["region"] in regions]
    groupings = {row[kind] for row in inside for kind in ("epci", "ept")} - {""}
    return [row for row in communes if row["region"] in regions or {row["epci"], row["ept"]} & groupings]


def groups_of(row: dict, regions: Iterable[str] | None) -> set[tuple[str, str]]:
    """(kind, code) of what contains a commune; without the areas of a région that is not asked for."""
    groups = {(kind, row[kind]) for kind in ("epci", "ept") if row[kind]}
    if regions is not None and row["region"] not in regions:
        return groups
    if not row["departement"]:
        return groups | {("com", row["region"])}
    return groups | {("departement", row["departement"]), ("region", row["region"])}


def commune_row(row: dict, places: dict[str, str]) -> tuple:
    numbers = [row[column] or None for column in ("population", "lon", "lat")]
    return (
        "commune",
        row["code"],
        row["nom"],
        row["slug"],
        "",
        *numbers,
        places[row["departement"] or row["region"]],
    )


def group_row(row: dict) -> tuple:
    return (row["nature"], row["code"], row["nom"], row["slug"], row.get("forme", ""), None, None, None, "")


def read_names(communes: list[dict], former: list[dict]) -> Iterator[tuple]:
    """Postal codes, and former names other than the present one."""
    present = {row["code"]: row["nom"] for row in communes}
    for row in communes:
        for postal in row["codes_postaux"].split():
            yield row["code"], "postal", postal, ""
    for row in former:
        if row["commune"] in present and row["nom"] != present[row["commune"]]:
            yield row["commune"], row["nature"], row["nom"], row["code"]


def read_successors(communes: list[dict], former: list[dict]) -> Iterator[tuple[str, str]]:
    """Former INSEE code → present one, for codes that are no longer those of a commune."""
    present = {row["code"] for row in communes}
    found = {code: row["code"] for row in communes for code in row["anciens_codes"].split()}
    found |= {row["code"]: row["commune"] for row in former}
    return ((old, new) for old, new in found.items() if old not in present)


def contour_files(folder: Path, regions: set[str]) -> list[tuple[str, Path]]:
    files = [("commune", folder / f"communes-{region}.json.gz") for region in sorted(regions)]
    files += [(kind, folder / f"{kind}.json.gz") for kind in ("epci", "ept", "departement", "region")]
    return [(kind, path) for kind, path in files if path.exists()]


def read_outlines(geography: Geography) -> Iterator[tuple]:
    """(kind, code, GeoJSON text, west, south, east, north) of the territories to load."""
    wanted = {(row[0], row[1]) for row in geography.territories}
    for kind, path in geography.contour_files:
        for code, geometry in read_contours(path).items():
            if (kind, code) in wanted:
                yield kind, code, json.dumps(geometry, separators=(",", ":")), *bounds(geometry)
