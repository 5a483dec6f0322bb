"""`manage.py parse_roster`: text in, JSON lines out, no database."""

import io
import json
import sys

from django.core.management import call_command

KEYS = {
    "person_name",
    "role",
    "unit",
    "organisation",
    "territory",
    "status",
    "session_role",
    "needs_review",
    "alternatives",
    "source_line",
}


def _run(monkeypatch, content: bytes, *args: str) -> list[dict]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    out = io.StringIO()
    call_command("parse_roster", *args, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_prints_one_object_per_entry(monkeypatch):
    rows = _run(
        monkeypatch, "Excusée : Mme Solveig Marchandise, maire de Brumeval, s@merlingues.example".encode()
    )
    assert len(rows) == 1
    assert set(rows[0]) == KEYS
    assert rows[0]["person_name"] == "Solveig Marchandise"
    assert rows[0]["status"] == "excused"
    assert "@" not in json.dumps(rows)


def test_accepts_known_organisations_and_damaged_text(monkeypatch):
    rows = _run(monkeypatch, b"- Solveig Marchandise, Lumibois\n- \xff\xfe", "--organisation", "Lumibois")
    assert rows[0]["organisation"] == "Lumibois"
    assert rows[0]["needs_review"] is False


def test_prints_nothing_for_nothing(monkeypatch):
    assert _run(monkeypatch, b"") == []
