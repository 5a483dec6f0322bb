"""The page by which staff withdraw a person."""

import pytest

from actors.models import Actor, Withdrawal
from tests.directory.pages import assert_sound
from tests.factories import accounts
from tests.factories.actors import PersonFactory

pytestmark = pytest.mark.django_db
URL = "/acteurs/camille-exemple/retirer/"


@pytest.fixture
def person():
    return PersonFactory(name="Camille Exemple", family_name="Exemple", slug="camille-exemple")


@pytest.mark.parametrize("word", ["retirer", " RETIRER "])
def test_the_word_withdraws_for_good(person, word):
    client = accounts.client_of(accounts.administrator())
    response = client.post(URL, {"mot": word})
    assert response.status_code == 200
    assert "une personne" in response.content.decode()
    assert not Actor.objects.filter(name__contains="Exemple").exists()
    assert Withdrawal.objects.count() >= 1
    assert client.get("/acteurs/camille-exemple/").status_code == 404


def test_without_the_word_nothing_happens_and_the_page_says_so(person):
    client = accounts.client_of(accounts.administrator())
    response = client.post(URL, {"mot": "oui"})
    assert response.status_code == 400
    assert "Rien n’a été fait" in response.content.decode()
    assert Actor.objects.filter(pk=person.pk, name="Camille Exemple").exists()


def test_looking_changes_nothing_and_warns(person):
    response = accounts.client_of(accounts.administrator()).get(URL)
    html = response.content.decode()
    assert_sound(html)
    assert "Il n’y a pas de retour possible" in html
    assert Actor.objects.filter(pk=person.pk, name="Camille Exemple").exists()


def test_who_may_withdraw(person, client):
    where = accounts.ecosystem("Ici")
    where.actors.add(person)
    elsewhere = accounts.ecosystem("Ailleurs")
    assert client.get(URL).status_code == 403
    assert accounts.client_of(accounts.reviewer(where)).get(URL).status_code == 403
    assert accounts.client_of(accounts.animator(elsewhere)).post(URL, {"mot": "retirer"}).status_code == 403
    assert accounts.client_of(accounts.animator(where)).get(URL).status_code == 200
    assert Actor.objects.filter(pk=person.pk, name="Camille Exemple").exists()
