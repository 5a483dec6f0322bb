"""What an animator is warned of."""

import pytest

from ecosystems.private_names import ADDRESS_WITHIN, LOOKS_LIKE_ONE, NAMED_WITHIN, PERSON, warnings


def told(name, *texts, is_person=False, is_known=False):
    return warnings(name=name, is_person=is_person, is_known=is_known, texts=list(texts))


def test_a_person_whom_the_directory_does_not_publish():
    assert told("Jean Roche", is_person=True) == [PERSON]
    assert told("Jean Roche", is_person=True, is_known=True) == []


@pytest.mark.parametrize(
    "name", ["Jean Roche", "Anne-Laure STANISLAS", "Mme Roche", "le cabinet du Dr Petit"]
)
def test_an_organisation_called_like_a_person(name):
    assert told(name) == [LOOKS_LIKE_ONE]
    assert told(name, is_known=True) == []


@pytest.mark.parametrize(
    "name", ["Préfecture", "Mairie de Vic", "PETR du Grand Clermont", "un tiers-lieu", "CNFPT"]
)
def test_an_organisation_called_like_one(name):
    assert told(name) == []


def test_what_other_words_tell():
    assert told("CNFPT", "avec Mme Roche") == [NAMED_WITHIN]
    assert told("CNFPT", "a.roche@example.org") == [ADDRESS_WITHIN]
    assert told("CNFPT", "06 12 34 56 78") == [ADDRESS_WITHIN]
    assert told("CNFPT", "formation de 2019 à 2022") == []
