"""The report's own list, read out of the whole report: 23 people, all exact or flagged, three flags at most.

Comparison: case, accents, hyphens and a final point do not matter; a role is compared with `role` or
`role_corrected`, an
organisation with `organisation` or `organisation_canonical` (the truth keeps both spellings).
"""

import json
from pathlib import Path

import pytest

from tests.workshops.roster.support import same
from workshops.roster import read_roster

REPORT = Path(__file__).resolve().parents[4] / "shared" / "report"
pytestmark = pytest.mark.skipif(
    not REPORT.is_dir(), reason="the report is kept beside the repository, not in it"
)


@pytest.fixture(scope="module")
def report_text():
    return next(REPORT.glob("*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def truth():
    return [
        json.loads(line) for line in (REPORT / "participants.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def _exact(entry, row) -> bool:
    return (
        same(entry.person_name, row["person_name"])
        and any(same(entry.role, row.get(key)) for key in ("role", "role_corrected") if key in row)
        and any(same(entry.organisation, row.get(key)) for key in ("organisation", "organisation_canonical"))
        and same(entry.unit, row.get("unit"))
        and entry.status == row["status"]
    )


def test_the_whole_report_gives_its_23_and_nothing_else(report_text, truth):
    entries = read_roster(report_text)
    assert [entry.person_name for entry in entries] == [row["person_name"] for row in truth]


def test_all_are_exact_or_flagged_and_few_are_flagged(report_text, truth):
    entries = read_roster(report_text)
    wrong = [
        row["id"]
        for entry, row in zip(entries, truth, strict=True)
        if not entry.needs_review and not _exact(entry, row)
    ]
    assert wrong == []
    assert sum(entry.needs_review for entry in entries) <= 3


def test_the_list_alone_is_read_the_same(truth):
    text = "Ont été présents à cet atelier :\n\n" + "\n".join(row["raw_line"] for row in truth)
    assert all(
        entry.needs_review or _exact(entry, row) for entry, row in zip(read_roster(text), truth, strict=True)
    )


def test_the_second_affiliation_is_kept(report_text):
    posada = next(entry for entry in read_roster(report_text) if entry.person_name == "Clément Posada")
    assert posada.affiliations[1].organisation == "User First"
    assert posada.affiliations[1].role == "Fondateur"
