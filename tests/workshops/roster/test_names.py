"""Names: which part is the given name, and what is not a name."""

import pytest

from workshops.roster import read_roster
from workshops.roster.names import read_name


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Marie Fontorbe", "Marie Fontorbe"),
        ("FONTORBE Marie", "Marie Fontorbe"),
        ("Marie FONTORBE", "Marie Fontorbe"),
        ("Fontorbe Marie", "Marie Fontorbe"),
        ("DE LA RONCHE Anne", "Anne de La Ronche"),
        ("Jean-Pierre D'ORMES", "Jean-Pierre d'Ormes"),
        ("Mme Marie Le Tressol", "Marie Le Tressol"),
        ("Caroline Di Quillo", "Caroline Di Quillo"),
        ("J. Fontorbe", "J. Fontorbe"),
        ("FONTORBE J.", "J. Fontorbe"),
        ("marie fontorbe", "Marie Fontorbe"),
    ],
)
def test_given_name_first(written, read):
    assert read_name(written).text == read


@pytest.mark.parametrize(
    "text",
    [
        "Ville de Riom",
        "Directeur Lumibois",
        "CCAS Riom",
        "Saint Denis",
        "M. le Maire",
        "Paysage & Transition",
        "AMAP de Billom",
        "CISCA",
    ],
)
def test_not_a_name(text):
    assert read_name(text) is None


def test_two_given_names_follow_the_rest_of_the_list():
    given_first = read_roster("Présents :\n- Marie Fontorbe\n- Basile Quillard\n- Victor Hugues")
    assert (given_first[2].person_name, given_first[2].needs_review) == ("Victor Hugues", False)
    family_first = read_roster("Présents :\n- Fontorbe Marie\n- Quillard Basile\n- Victor Hugues")
    assert (family_first[2].person_name, family_first[2].needs_review) == ("Hugues Victor", False)


def test_two_given_names_alone_are_doubted():
    entry = read_roster("Présents :\n- Victor Hugues")[0]
    assert entry.needs_review
    assert dict(entry.alternatives[0].changes) == {"person_name": "Hugues Victor"}


def test_the_same_person_twice_is_said():
    twice = read_roster("Présents :\n- Marie Fontorbe\nExcusés :\n- Marie Fontorbe")
    assert [entry.needs_review for entry in twice] == [False, True]
    assert dict(twice[1].alternatives[0].changes) == {"status": "present"}
