"""Whatever is pasted: no crash, no silent mistake, time in proportion."""

import json
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workshops.roster.support import FIELDS, same
from workshops.roster import STATUSES, read_roster

GIVEN = ("Solveig", "Basile", "Nadège", "Jean-Luc", "Ludivine", "Tancrède", "Maëlle")
FAMILY = ("Fontorbe", "Quillard", "Da Ronche", "Oulmi-Carrouget", "Tressol", "Le Perrache", "Marchandise")
ROLES = (
    "Directrice",
    "Chargé de mission transition écologique",
    "Adjointe au maire en charge de la culture",
    "Cheffe de projet",
    "Responsable vie associative",
    "Doctorante",
    "Président",
)
ORGANISATIONS = (
    "Ville de Merlingues",
    "Communauté de communes du Pays de Brumeval",
    "DREAL Auvergne-Rhône-Alpes",
    "Association Vivre Ici",
    "Université Clermont Auvergne",
    "CCAS de Brumeval",
    "Lycée Jean Monnet",
)

person = st.tuples(
    st.sampled_from(GIVEN), st.sampled_from(FAMILY), st.sampled_from(ROLES), st.sampled_from(ORGANISATIONS)
)
people = st.lists(person, min_size=3, max_size=8, unique_by=lambda one: one[:2])

SHAPES = {
    "commas": "{given} {family}, {role}, {organisation}",
    "brackets": "{given} {FAMILY} ({role}, {organisation})",
    "family first": "{FAMILY} {given}, {role}, {organisation}",
    "dashes": "{given} {family} – {role} – {organisation}",
    "hyphens": "{given} {FAMILY} - {role} - {organisation}",
    "semicolons": "{given} {family} ; {role} ; {organisation}",
    "tabs": "{given} {family}\t{role}\t{organisation}",
    "cells": "{FAMILY}\t{given}\t{role}\t{organisation}",
    "organisation first": "{organisation} : {given} {family}, {role}",
    "civility": "Mme {given} {family}, {role}, {organisation}",
    "role last": "{given} {family}, {organisation}, {role}",
}
BULLETS = ("", "- ", "• ", "* ", "– ", "{n}. ", "{n}) ", "☑ ")
CASES = {"as is": str, "capitals": str.upper, "small": str.lower}
PAGE = "\n\f\nCARNET DES PASSEURS\nPage 2/3\n\n"


def _write(listed, shape, bullet, case, spaces, page):
    lines = []
    for number, (given_name, family, role, organisation) in enumerate(listed, start=1):
        text = SHAPES[shape].format(
            given=given_name, family=family, FAMILY=family.upper(), role=role, organisation=organisation
        )
        lines.append(bullet.format(n=number) + CASES[case](text).replace(", ", "," + " " * spaces))
    middle = len(lines) // 2 if page else len(lines)
    start = "Étaient présents :\n\n" + (PAGE if page else "")
    return start + "\n".join(lines[:middle]) + (PAGE if page else "") + "\n".join(lines[middle:])


@given(
    people,
    st.sampled_from(sorted(SHAPES)),
    st.sampled_from(BULLETS),
    st.sampled_from(sorted(CASES)),
    st.integers(1, 2),
    st.booleans(),
)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_shape_is_read_exactly_or_flagged(listed, shape, bullet, case, spaces, page):
    text = _write(listed, shape, bullet, case, spaces, page)
    entries = read_roster(text)
    for entry in entries:
        if entry.needs_review:
            continue
        matches = [row for row in listed if same(entry.person_name, f"{row[0]} {row[1]}")]
        assert matches, (text, entry)
        _, _, role, organisation = matches[0]
        expected = (entry.person_name, role, None, organisation)
        assert all(same(getattr(entry, key), value) for key, value in zip(FIELDS, expected, strict=True)), (
            text,
            entry,
        )
        assert entry.status == "present"
    assert len(entries) >= len(listed), (text, entries)


@given(people, st.sampled_from(sorted(SHAPES)))
@settings(max_examples=60, deadline=None)
def test_the_usual_shapes_cost_few_clicks(listed, shape):
    entries = read_roster(_write(listed, shape, "- ", "as is", 1, page=False))
    assert sum(entry.needs_review for entry in entries) == 0, [e for e in entries if e.needs_review]


@given(st.text(max_size=600))
@settings(max_examples=300, deadline=None)
def test_no_text_is_refused(text):
    for entry in read_roster(text):
        assert entry.status in STATUSES
        assert bool(entry.alternatives) == entry.needs_review
        json.dumps(entry.as_dict())


SOUP = st.lists(
    st.sampled_from(
        [
            "Marie Fontorbe",
            "QUILLARD",
            "M.",
            "MM.",
            "et",
            "(",
            ")",
            ",",
            ";",
            " / ",
            " – ",
            "\t",
            "\n",
            "\n- ",
            ":",
            "maire de",
            "Directrice",
            "DDT 63",
            "Ville de Merlingues",
            "excusé",
            "Présents :",
            "représentée par",
            "de la",
            "du",
            "«",
            "»",
            "\f",
            "Page 2",
            "J.",
            "|",
            "X",
            "Nom\tPrénom\tPrésent",
            "a@b.example",
            "06 11 22 33 44",
            "1.",
            "☐",
            "en charge de",
            "–",
            "·e",
            "(e)",
            "'",
            "’",
            "à",
            "\u00a0",
            "\u200b",
        ]
    ),
    max_size=60,
).map(" ".join)


@given(SOUP)
@settings(max_examples=300, deadline=None)
def test_no_jumble_breaks_it_and_nothing_private_leaks(text):
    for entry in read_roster(text):
        printed = json.dumps(entry.as_dict(), ensure_ascii=False)
        assert "a@b.example" not in printed
        assert "06 11 22 33 44" not in printed
        assert bool(entry.alternatives) == entry.needs_review


def _seconds(text: str) -> float:
    start = time.process_time()
    read_roster(text)
    return time.process_time() - start


def test_time_is_in_proportion():
    """Eight times the text takes about eight times as long; a square law would take sixty-four."""
    for unit in (
        "- Marie Fontorbe{n}, directrice, Ville de Merlingues{n}\n",
        "Marie Fontorbe{n} (CAF), ",
        "a{n} ",
        "((({n} , – / ",
        "M. et ",
    ):
        small = _seconds("".join(unit.format(n=n) for n in range(500)))
        large = _seconds("".join(unit.format(n=n) for n in range(4000)))
        assert large < max(small, 0.02) * 8 * 3, unit
