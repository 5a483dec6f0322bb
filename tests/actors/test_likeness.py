"""Who may be whom: hard cases of French public life, by hand; what holds of any two names, by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.likeness import (
    Described,
    Verdict,
    compare_organisations,
    compare_persons,
    proper,
    sort_of,
)
from foundations.text import sort_key


def organisation(name, *others):
    return Described(tuple(map(sort_key, (name, *others))))


def person(name, organisation="", role=""):
    return Described(
        (sort_key(name),),
        frozenset({sort_key(organisation)} - {""}),
        frozenset({sort_key(role)} - {""}),
    )


@pytest.mark.parametrize(
    ("written", "known", "verdict"),
    [
        ("Mairie de Riom", "Ville de Riom", Verdict.SAME),
        ("Commune de Vic-le-Comte", "Mairie de Vic le Comte", Verdict.SAME),
        ("Conseil départemental du Puy-de-Dôme", "Département du Puy-de-Dôme", Verdict.SAME),
        ("CC du Massif du Sancy", "Communauté de communes du Massif du Sancy", Verdict.SAME),
        ("PNR des Volcans d’Auvergne", "Parc naturel régional des Volcans d’Auvergne", Verdict.SAME),
        ("VILLE DE CLERMONT FERRAND", "Ville de Clermont-Ferrand", Verdict.SAME),
        # Same place, other body: shown perhaps, proposed never.
        ("Ville de Clermont-Ferrand", "CCAS de Clermont-Ferrand", Verdict.UNLIKELY),
        ("DDT du Puy-de-Dôme", "Département du Puy-de-Dôme", Verdict.UNLIKELY),
        ("Préfecture du Puy-de-Dôme", "Département du Puy-de-Dôme", Verdict.UNLIKELY),
        ("Sous-préfecture de Riom", "Préfecture de Riom", Verdict.UNLIKELY),
        ("PETR du Grand Clermont", "Clermont Auvergne Métropole", Verdict.DISTINCT),
        ("DREAL Auvergne-Rhône-Alpes", "DRAC Auvergne-Rhône-Alpes", Verdict.UNLIKELY),
        ("Association Ville et Campagne", "Ville de Campagne", Verdict.DISTINCT),
        # Two communes are two communes.
        ("Commune de Saint-Saturnin", "Commune de Saint-Sandoux", Verdict.DECIDE),
    ],
)
def test_organisations(written, known, verdict):
    """`similarity` is what the worst neighbour would have."""
    assert compare_organisations(organisation(written), organisation(known), 0.6).verdict == verdict


def test_an_acronym_alone_is_never_sure():
    known = organisation("Direction départementale des territoires du Puy-de-Dôme", "DDT")
    assert compare_organisations(organisation("DDT"), known, 1).verdict == Verdict.PROBABLE
    spelt = organisation(
        "Chaire transformations de l’action publique", "Chaire transformation action publique"
    )
    assert (
        compare_organisations(organisation("Chaire transformation action publique"), spelt, 1).verdict
        == Verdict.SAME
    )


@pytest.mark.parametrize(
    ("written", "known", "verdict"),
    [
        (person("Ana Roux", "Ville de Riom"), person("Ana Roux", "Ville de Riom"), Verdict.SAME),
        (person("ROUX Ana", "Ville de Riom"), person("Ana Roux", "Ville de Riom"), Verdict.SAME),
        (person("Ana Roux"), person("Ana Roux", "Ville de Riom"), Verdict.PROBABLE),
        (person("Ana Roux", role="maire"), person("Ana Roux", role="Maire"), Verdict.SAME),
        # The same name elsewhere: someone who moved, or a namesake. Nobody but a person can tell.
        (person("Ana Roux", "Ville de Thiers"), person("Ana Roux", "Ville de Riom"), Verdict.DECIDE),
        (person("A. Roux", "Ville de Riom"), person("Ana Roux", "Ville de Riom"), Verdict.PROBABLE),
        (person("A. Roux"), person("Ana Roux"), Verdict.DECIDE),
        (person("B. Roux", "Ville de Riom"), person("Ana Roux", "Ville de Riom"), Verdict.DISTINCT),
    ],
)
def test_persons(written, known, verdict):
    similarity = 1 if written.names == known.names else 0.3
    assert compare_persons(written, known, similarity).verdict == verdict


def test_a_misspelt_name_is_proposed_only_beside_the_same_function():
    near = compare_persons(person("Anna Rouxel", "Riom"), person("Ana Rouxel", "Riom"), 0.7)
    assert near.verdict == Verdict.PROBABLE and near.reasons == ("nom proche", "même organisation")
    assert compare_persons(person("Anna Rouxel"), person("Ana Rouxel"), 0.7).verdict == Verdict.DECIDE


def test_sorts_and_proper_names():
    assert sort_of("centre communal d action sociale de riom") == "ccas"
    assert sort_of("cisca") == ""
    assert proper("mairie de riom") == frozenset({"riom"})


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).map(sort_key).filter(bool)


@given(names, names, st.floats(0, 1))
def test_any_two_names_are_compared_the_same_both_ways_for_people(one, other, similarity):
    first, second = Described((one,)), Described((other,))
    assert (
        compare_persons(first, second, similarity).verdict
        == compare_persons(second, first, similarity).verdict
    )
    assert compare_organisations(first, first, 1).verdict == Verdict.SAME
    assert compare_organisations(first, second, similarity).verdict in Verdict
