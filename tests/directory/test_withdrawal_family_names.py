"""A family name is also a word, a place, someone else's: what is masked, and what a person has to read again."""

import re

import pytest

from actors.models import Actor, ActorName
from directory.actions.withdrawal import withdraw_person
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.workshops import FindingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def petit():
    return PersonFactory(name="Ada Petit", family_name="Petit", slug="ada-petit")


def test_a_word_of_the_language_stays_and_is_to_be_reread(petit):
    FindingFactory(statement="On avance petit à petit, sans moyens.", concerns="Petit dit non")
    masked = FindingFactory(statement="Ada Petit et Mme Petit le disent.")
    done = withdraw_person(person=petit)
    masked.refresh_from_db()
    assert masked.statement == "Une personne et une personne le disent."
    kept = masked.__class__.objects.exclude(pk=masked.pk).get()
    assert (kept.statement, kept.concerns) == ("On avance petit à petit, sans moyens.", "Petit dit non")
    assert done.to_reread == [f"constat {kept.pk}"]


def test_an_organisation_of_that_name_stays(petit):
    body = OrganisationFactory(name="Imprimerie Petit")
    withdraw_person(person=petit)
    assert Actor.objects.get(pk=body.pk).name == "Imprimerie Petit"


def test_another_of_that_family_stays(petit):
    PersonFactory(name="Jean Petit", family_name="Petit")
    said = FindingFactory(statement="M. Petit le dit ; Ada Petit aussi.")
    done = withdraw_person(person=petit)
    said.refresh_from_db()
    assert said.statement == "M. Petit le dit ; une personne aussi."
    assert f"constat {said.pk}" in done.to_reread
    assert Actor.objects.filter(name="Jean Petit").exists()


def test_a_namesake_is_left_alone_but_for_what_is_tied_to_the_one_who_leaves(petit):
    namesake = PersonFactory(name="Ada Petit", family_name="Petit", slug="ada-petit-2", summary="Ada Petit.")
    tied = FindingFactory(statement="Ada Petit le dit.", voice="person", voice_person=petit)
    other = FindingFactory(statement="Ada Petit dit autre chose.")
    done = withdraw_person(person=petit)
    for row in (namesake, tied, other):
        row.refresh_from_db()
    assert namesake.name == "Ada Petit"
    assert tied.statement == "Une personne le dit."
    assert other.statement == "Ada Petit dit autre chose."
    assert f"constat {other.pk}" in done.to_reread


def test_two_texts_that_become_alike_are_told_apart(petit):
    body = OrganisationFactory()
    for spelling in ("Atelier Ada Petit", "Atelier PETIT Ada", "L’atelier d’Ada"):
        ActorName.objects.create(actor=body, name=spelling)
    withdraw_person(person=petit)
    names = sorted(body.other_names.values_list("name", flat=True))
    assert names[0] == "Atelier une personne"
    assert re.fullmatch(r"Atelier une personne \([0-9a-f]{4}\)", names[1])
    assert names[2] == "L’atelier d’Ada"


def test_a_text_that_gets_too_long_is_cut(petit):
    body = OrganisationFactory(name="Ville de " + "Z" * 150)
    MembershipFactory(organisation=body)
    MembershipFactory(organisation=body, member=petit)
    said = FindingFactory(title="Ada Petit et Ada Petit", voice="person", voice_person=petit)
    withdraw_person(person=petit)
    said.refresh_from_db()
    assert len(said.title) == 250
    assert said.title.startswith("Une personne de la Ville de ZZ")


def test_an_organisation_whose_name_fits_nowhere_is_not_said(petit):
    body = OrganisationFactory(name="Z" * 250)
    MembershipFactory(organisation=body)
    MembershipFactory(organisation=body, member=petit)
    assert withdraw_person(person=petit).called == "une personne"
