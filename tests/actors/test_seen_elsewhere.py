"""Nobody enters twice the same without having been told."""

import pytest
from django.urls import reverse

from actors.models import Distinction, Organisation, Person
from tests.factories import accounts
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return accounts.client_of(accounts.administrator())


def entered(client, kind: str, name: str, button: str = "_save", **more):
    url = reverse(f"admin:actors_{kind}_add")
    return client.post(url, accounts.form_data(client.get(url), button, name=name, **more))


def test_a_look_alike_is_shown_with_why_and_nothing_is_saved(client):
    there = OrganisationFactory(name="Agence des territoires ruraux")
    response = entered(client, "organisation", "Agence des territoire ruraux")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Vue ailleurs" in page
    assert reverse("admin:actors_organisation_change", args=[there.pk]) in page
    assert 'value="Agence des territoire ruraux"' in page, "what was typed is still there"
    assert Organisation.objects.count() == 1


def test_saying_that_it_is_not_the_same_saves_and_is_remembered(client):
    there = OrganisationFactory(name="Agence des territoires ruraux")
    refused = entered(client, "organisation", "Agence des territoire ruraux", "_publish")
    url = reverse("admin:actors_organisation_add")
    sent = accounts.form_data(refused, "_distinct")
    sent["_distinct"] = f"{there.pk}:_publish"
    assert f'name="_distinct" value="{there.pk}:_publish"' in refused.content.decode()
    assert client.post(url, sent).status_code == 302
    new = Organisation.objects.exclude(pk=there.pk).get()
    assert new.state == "published", "as the button that was pressed first asked"
    assert Distinction.objects.filter(one=there, other=new).exists()


def test_another_look_alike_meanwhile_is_shown_too(client):
    there = OrganisationFactory(name="Agence des territoires ruraux")
    refused = entered(client, "organisation", "Agence des territoire ruraux")
    OrganisationFactory(name="Agence de territoires ruraux")
    sent = accounts.form_data(refused, "_distinct")
    sent["_distinct"] = f"{there.pk}:_save"
    assert client.post(reverse("admin:actors_organisation_add"), sent).status_code == 200
    assert Organisation.objects.count() == 2


def test_a_person_too(client):
    MembershipFactory(member=PersonFactory(name="Lou Roux"))
    response = entered(client, "person", "Lou Roux")
    assert "Directrice" in response.content.decode() or "même nom" in response.content.decode()
    assert Person.objects.count() == 1


def test_who_resembles_nobody_is_saved_at_once(client):
    OrganisationFactory(name="Agence des territoires ruraux")
    assert entered(client, "organisation", "Parc naturel du Livradois").status_code == 302
    assert Organisation.objects.count() == 2
