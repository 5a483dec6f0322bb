"""Reads of actors chain, in the words of the design."""

import pytest

from actors.models import Actor
from territories.models import TerritoryRelation
from tests.factories.actors import (
    ActorAreaFactory,
    CompetenceFactory,
    ExpertiseFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def village_and_department():
    village, department = TerritoryFactory(kind="commune"), TerritoryFactory(kind="departement")
    shares = {"shared_communes": 1, "commune_share": 1.0, "commune_share_back": 0.5}
    TerritoryRelation.objects.create(from_territory=village, to_territory=department, kind="within", **shares)
    back = {"shared_communes": 1, "commune_share": 0.5, "commune_share_back": 1.0}
    TerritoryRelation.objects.create(from_territory=department, to_territory=village, kind="covers", **back)
    return village, department


def test_acting_in_a_village_finds_those_who_govern_or_act_at_a_wider_scale(village_and_department):
    village, department = village_and_department
    governing = OrganisationFactory(governs=department)
    acting = ActorAreaFactory(territory=village).actor
    OrganisationFactory(seat=village, seat_basis="stated")  # based here is not acting here
    found = Actor.objects.acting_in(village).values_list("pk", flat=True)
    assert set(found) == {governing.pk, acting.pk}


def test_acting_in_a_department_leaves_out_who_acts_in_one_of_its_villages(village_and_department):
    village, department = village_and_department
    ActorAreaFactory(territory=village)
    governing = OrganisationFactory(governs=department)
    assert list(Actor.objects.acting_in(department).values_list("pk", flat=True)) == [governing.pk]


def test_knowing_widens_to_what_lies_under_a_term():
    broad = CompetenceFactory()
    narrow = CompetenceFactory(parent=broad)
    of_narrow = ExpertiseFactory(competence=narrow).actor
    of_broad = ExpertiseFactory(competence=broad).actor
    assert set(Actor.objects.knowing(broad).values_list("pk", flat=True)) == {of_narrow.pk, of_broad.pk}
    assert list(Actor.objects.knowing(narrow).values_list("pk", flat=True)) == [of_narrow.pk]


def test_reads_chain(village_and_department):
    village, department = village_and_department
    competence = CompetenceFactory()
    wanted = OrganisationFactory(governs=department)
    draft = OrganisationFactory(governs=department, state="draft")
    for actor in (wanted, draft, OrganisationFactory()):
        ExpertiseFactory(actor=actor, competence=competence)
    found = Actor.objects.published().acting_in(village).knowing(competence)
    assert list(found.values_list("pk", flat=True)) == [wanted.pk]


def test_persons_and_organisations_are_told_apart():
    person, organisation = PersonFactory(), OrganisationFactory()
    assert list(Actor.objects.persons().values_list("pk", flat=True)) == [person.pk]
    assert list(Actor.objects.organisations().values_list("pk", flat=True)) == [organisation.pk]
