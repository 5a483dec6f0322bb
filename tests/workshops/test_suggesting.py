"""Themes that a wording brings to mind: never chosen, never by chance, the likeliest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.suggesting import MOST, lexicon, suggest

THEMES = lexicon(
    [
        (1, "Dégager du temps", "Les agents n’ont pas le temps de faire autrement."),
        (2, "Se comprendre langage commun", "Les mots n’ont pas le même sens pour tous."),
        (3, "Ville et campagne", "Les équilibres entre l’urbain et le rural."),
        (4, "Animer dans la durée animation", "Sans animation, les communautés s’éteignent."),
    ]
)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Le temps manque aux agents", [1]),
        ("Trouver un langage que chacun comprend", [2]),
        ("Animer les réseaux", [4]),
        ("RURAL, URBAIN : des campagnes loin des villes", [3]),
        ("La pluie tombe", []),
        ("", []),
    ],
)
def test_a_wording_brings_its_theme_to_mind(statement, expected):
    assert suggest(statement, THEMES) == expected


def test_no_theme_no_suggestion():
    assert suggest("Le temps manque", lexicon([])) == []


@given(st.text())
def test_few_are_proposed_and_each_once(text):
    found = suggest(text, THEMES)
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
