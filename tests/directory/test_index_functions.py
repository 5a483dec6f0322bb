"""An organisation is found by the functions held there, but only by those of people who are published."""

import pytest

from actors.models import Actor, Kind
from directory.models import SearchEntry
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def found(word: str) -> set[int]:
    return set(SearchEntry.objects.filter(document=word, kind=Kind.ORGANISATION).values_list("pk", flat=True))


def test_the_function_of_someone_unpublished_leaves_the_entry_of_the_organisation():
    person, organisation = PersonFactory(), OrganisationFactory()
    MembershipFactory(member=person, organisation=organisation, role="Cartographe")
    assert found("cartographe") == {organisation.pk}
    person.state = "draft"
    person.save()
    assert found("cartographe") == set()
    Actor.objects.filter(pk=person.pk).update(state="published")
    assert found("cartographe") == {organisation.pk}
