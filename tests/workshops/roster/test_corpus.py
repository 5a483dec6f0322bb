"""Each roster of the corpus is read as written beside it; what is doubted stays doubted."""

import json
from pathlib import Path

import pytest

from workshops.roster import read_roster

CORPUS = Path(__file__).parent / "corpus"
SOURCES = sorted(CORPUS.glob("*.txt"))


def _expected(source: Path) -> list[dict]:
    return [
        json.loads(line) for line in source.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_the_corpus_is_large_enough():
    assert len(SOURCES) >= 15


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_roster_is_read_as_expected(source):
    expected = _expected(source)
    read = [entry.as_dict() for entry in read_roster(source.read_text(encoding="utf-8"))]
    assert [{key: row[key] for key in expected[0]} for row in read] == expected


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_doubt_has_alternatives_and_certainty_has_a_source(source):
    for entry in read_roster(source.read_text(encoding="utf-8")):
        assert bool(entry.alternatives) == entry.needs_review
        assert entry.source_line


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_private_data_in_what_is_printed(source):
    text = source.read_text(encoding="utf-8")
    printed = json.dumps([entry.as_dict() for entry in read_roster(text)], ensure_ascii=False)
    assert "@" not in printed
    assert "04 73" not in printed
    assert "06" not in printed or "06" not in text


def test_private_data_are_set_apart():
    entries = read_roster((CORPUS / "08-csv-coordonnees.txt").read_text(encoding="utf-8"))
    assert entries[0].private.emails == ("s.marchandise@merlingues.example",)
    assert entries[1].private.phones == ("06.12.34.56.78",)
    assert not entries[2].private


def test_ambiguous_readings_offer_the_other_one():
    entries = read_roster((CORPUS / "26-ambigus.txt").read_text(encoding="utf-8"))
    two = next(entry for entry in entries if entry.person_name == "Basile Fontorbe")
    assert {"organisation": "Ville de Merlingues", "unit": "CCAS"}.items() <= two.alternatives[
        -1
    ].as_dict().items()
    chosen = two.with_alternative(two.alternatives[-1])
    assert (chosen.organisation, chosen.unit, chosen.needs_review) == ("Ville de Merlingues", "CCAS", False)


def test_known_organisations_settle_a_doubt():
    text = "Participants :\n- Solveig Marchandise, Lumibois"
    assert read_roster(text)[0].needs_review
    known = read_roster(text, known_organisations=["Lumibois"])[0]
    assert (known.organisation, known.needs_review) == ("Lumibois", False)
