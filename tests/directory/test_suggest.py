"""What is proposed as one types: competences by all their names, published actors by each word of theirs, places."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorName, CompetenceSynonym
from directory.actions.withdrawal import withdraw_person
from directory.search import suggest as suggestions
from directory.search.suggest import PROBED, suggest
from tests.factories.actors import CompetenceFactory, OrganisationFactory, PersonFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def told(text: str) -> list[tuple[str, str]]:
    return [(one.group, one.label) for one in suggest(text)]


def labels(text: str) -> list[str]:
    return [one.label for one in suggest(text)]


def test_groups_come_in_order_and_say_what_choosing_does(client):
    wide = CompetenceFactory(name="Participation et débat public")
    term = CompetenceFactory(name="Débat public", parent=wide)
    CompetenceSynonym.objects.create(competence=term, name="clermont parle")
    place = TerritoryFactory(name="Clermont-Ferrand", slug="clermont-ferrand", population=146_351)
    OrganisationFactory(
        name="Ville de Clermont-Ferrand", slug="ville", nature="local", seat=place, seat_basis="stated"
    )
    response = client.get("/acteurs/suggestions.json", {"q": "Clermont"})
    assert response["Content-Type"] == "application/json"
    found = json.loads(response.content)
    assert found["query"] == "Clermont"
    assert [(one["group"], one["label"], one["detail"]) for one in found["results"]] == [
        ("Compétences", "clermont parle", "≈ Débat public"),
        ("Acteurs", "Ville de Clermont-Ferrand", "commune ou collectivité, Clermont-Ferrand"),
        ("Lieux", "Clermont-Ferrand", "commune, 146\u202f351\u00a0habitants"),
    ]
    competence, actor, place = found["results"]
    assert (competence["value"], competence["goes"], competence["box"]) == ("clermont parle", False, "")
    assert (actor["url"], actor["goes"]) == ("/acteurs/ville/", True)
    assert (place["value"], place["box"], place["goes"]) == ("clermont-ferrand", "territoire", False)


def test_a_competence_by_the_beginning_of_its_words_in_any_order():
    wide = CompetenceFactory(name="Participation et débat public")
    CompetenceFactory(name="Débat public", parent=wide)
    assert told("pub deb") == [
        ("Compétences", "Débat public"),
        ("Compétences", "Participation et débat public"),
    ]
    assert [one.detail for one in suggest("debat")] == ["Participation et débat public", ""]
    assert told("bat") == []


def test_a_competence_once_and_under_its_own_name_first():
    term = CompetenceFactory(name="Médiation")
    CompetenceSynonym.objects.create(competence=term, name="médiateur")
    CompetenceSynonym.objects.create(competence=term, name="médiations")
    assert [(one.label, one.detail) for one in suggest("média")] == [("Médiation", "")]


def test_an_actor_by_each_word_and_each_spelling_of_its_name():
    actor = OrganisationFactory(name="Chaire de recherche « Santé et territoires »", nature="lab")
    ActorName.objects.create(actor=actor, name="CReST", kind="acronym")
    for text in ("chaire de rech", "Santé", "sante et terr", "territoires chaire", "TERRITOIRES"):
        assert told(text) == [("Acteurs", actor.name)], text
    assert [one.detail for one in suggest("crest")] == ["« crest », chaire ou laboratoire"]
    assert told("et") == []  # not where a name begins to be typed
    assert told("herche") == []


def test_the_very_next_suggestion_sees_a_change_however_it_is_written():
    actor = OrganisationFactory(name="Assemblia")
    Actor.objects.filter(pk=actor.pk).update(name="Logidôme")
    assert (labels("assemb"), labels("logi")) == ([], ["Logidôme"])
    other = ActorName.objects.create(actor=actor, name="Ophis")
    assert labels("ophis") == ["Logidôme"]
    other.delete()
    assert labels("ophis") == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE actors_actor SET state = 'draft' WHERE id = %s", [actor.pk])
    assert labels("logi") == []


def test_who_withdrew_is_not_proposed():
    person = PersonFactory(name="Camille Retirée", family_name="Retirée")
    assert told("camille") == [("Acteurs", "Camille Retirée")]
    withdraw_person(person=person)
    assert told("camille") == []
    assert told("retiree") == []


@pytest.mark.parametrize("text", ["", "a", "  ", "%", "_", "\\", "% %", "'", '"-', "a" * 500])
def test_what_is_no_word_proposes_nothing(client, text):
    OrganisationFactory(name="Bureau")
    response = client.get("/acteurs/suggestions.json", {"q": text})
    assert response.status_code == 200
    assert json.loads(response.content)["results"] == []


def test_reads_a_bounded_number_of_names(monkeypatch):
    monkeypatch.setattr(suggestions, "PROBED", 3)
    assert PROBED <= 1000
    for number in range(6):
        OrganisationFactory(name=f"Maison {number}")
    assert labels("maison") == ["Maison 0", "Maison 1", "Maison 2"]


def test_reads_the_index_in_its_own_order():
    """Not every name that begins so, sorted: the first ones of the btree."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT actor_id, start FROM directory_namestart WHERE start ~>=~ 'ma' AND start ~<~ 'mb'"
            " ORDER BY start USING ~<~, actor_id LIMIT 200"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using name_start_once" in plan
    assert "Sort" not in plan


def test_takes_as_many_queries_with_one_answer_as_with_three():
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            suggest("maison")
        return len(queries)

    for name in ("Maison A", "Maison B"):
        OrganisationFactory(name=name)
    CompetenceFactory(name="Maison des services")
    TerritoryFactory(name="Maison")
    before = cost()
    for name in ("Maison C", "Maison D"):
        OrganisationFactory(name=name)
    TerritoryFactory(name="Maisons")
    assert cost() == before
    assert before <= 5


def test_the_boxes_know_where_to_ask(client):
    for url in ("/", "/acteurs/"):
        assert 'data-url="/acteurs/suggestions.json"' in client.get(url).content.decode()
