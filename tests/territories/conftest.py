"""Real communes around Clermont-Ferrand, loaded by the command's own code from a cut of the real files."""

import csv
import gzip
from pathlib import Path

import pytest

from territories.loading import load
from territories.loading.files import read_rows
from territories.loading.run import FIXTURES

# The four EPCI of the PETR du Grand Clermont, a neighbour of the Sancy, and one that straddles two départements.
AROUND_CLERMONT = {"246300701", "200070753", "200067627", "200069177", "246300966", "200069169"}


def write_rows(path: Path, rows: list[dict]) -> None:
    """Writes back what `read_rows` reads."""
    opener = gzip.open if path.suffix == ".gz" else Path.open
    with opener(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def cut(root: Path) -> Path:
    """The files of fixtures/territories/ cut down to the EPCI above; contours stay whole, they are only read."""
    communes = [row for row in read_rows(FIXTURES / "communes.csv.gz") if row["epci"] in AROUND_CLERMONT]
    kept = {row[column] for row in communes for column in ("epci", "departement", "region")}
    former = [row for row in read_rows(FIXTURES / "anciennes-communes.csv.gz") if row["commune"][:2] == "63"]
    write_rows(root / "communes.csv.gz", communes)
    write_rows(root / "anciennes-communes.csv.gz", former)
    for name in ("groupements.csv", "circonscriptions.csv"):
        rows = [row for row in read_rows(FIXTURES / name) if row["code"] in kept]
        write_rows(root / name, rows)
    (root / "ensembles.csv").write_bytes((FIXTURES / "ensembles.csv").read_bytes())
    (root / "contours").symlink_to(FIXTURES / "contours")
    return root


@pytest.fixture(scope="session")
def small_files(tmp_path_factory) -> Path:
    """A folder in the format of fixtures/territories/, with the communes around Clermont-Ferrand."""
    return cut(tmp_path_factory.mktemp("territories"))


@pytest.fixture
def around_clermont(db, small_files):
    """Those communes, loaded; returns the report."""
    return load(root=small_files)


@pytest.fixture
def own_files(small_files, tmp_path) -> Path:
    """A copy of the small files that a test may change."""
    for path in small_files.iterdir():
        if path.is_dir():
            (tmp_path / path.name).symlink_to(path)
        else:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path
