"""The expanding universe: only what sources date, with what set it off; it reads as a list without any script."""

from datetime import date

import pytest
import time_machine

from ecosystems import expansion_page
from tests.directory.pages import assert_sound
from tests.factories.actors import (
    InitiativeBearerFactory,
    OrganisationFactory,
    SourceFactory,
    TieFactory,
    TriggerFactory,
)
from tests.factories.ecosystems import EcosystemFactory
from tests.factories.workshops import FindingFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/ecosystemes/cote/expansion/"


@pytest.fixture(autouse=True)
def _in_2026():
    with time_machine.travel(date(2026, 11, 23), tick=False):
        yield


@pytest.fixture
def ecosystem():
    old = SourceFactory(date=date(2015, 3, 1))
    phare, port = OrganisationFactory(name="Le phare", founded="2001-04"), OrganisationFactory(name="Le port")
    TieFactory(from_actor=phare, to_actor=port, source=old, since="2012")
    TieFactory(from_actor=phare, to_actor=OrganisationFactory(name="La digue"), observed_on=date(2025, 1, 1))
    ecosystem = EcosystemFactory(slug="cote", actors=[phare, port, OrganisationFactory(name="L’île")])
    ecosystem.actors.add(phare.ties_out.last().to_actor)
    return ecosystem


def test_year_by_year_with_what_is_to_be_confirmed(client, ecosystem):
    html = client.get(ADDRESS).content.decode()
    told = html.split('id="annees"')[1]
    assert [told.index(f"<h3>{year}") for year in (2001, 2012, 2025, 2026)] == sorted(
        told.index(f"<h3>{year}") for year in (2001, 2012, 2025, 2026)
    )
    assert "<h3>2015" not in told
    assert "3 acteurs et 2 liens connus" in told
    assert "1 lien à confirmer" in told
    assert told.index("Sans date") < told.index("L’île", told.index("Sans date"))
    assert_sound(html)


@pytest.mark.parametrize(
    ("annee", "later", "faded"),
    [("2001", 2, 0), ("2012", 1, 0), ("2025", 0, 1), ("2026", 0, 1), ("étrange", 0, 1)],
)
def test_the_drawing_of_a_year_needs_no_script(client, ecosystem, annee, later, faded):
    html = client.get(ADDRESS, {"annee": annee}).content.decode()
    assert html.count('<line class="ray liens later"') == later
    assert html.count('<line class="ray liens faded"') == faded
    assert html.count("<line ") == 2
    assert 'data-first="2012" data-last="2015"' in html


def test_a_trigger_says_what_it_set_off_and_nothing_more(client, ecosystem):
    phare = ecosystem.actors.get(name="Le phare")
    trigger = TriggerFactory(name="La tempête", source=SourceFactory(date=date(2016, 1, 1)), pages=[2])
    bearer = InitiativeBearerFactory(actor=phare)
    bearer.initiative.triggers.add(trigger)
    silent = TriggerFactory(name="Le calme")
    workshop = WorkshopFactory(date=date(2022, 7, 4))
    ecosystem.workshops.add(workshop)
    FindingFactory(workshop=workshop, statement="Le vent tourne").triggers.add(silent)
    TriggerFactory(name="Ailleurs")
    html = client.get(ADDRESS).content.decode()
    year = html.split("<h3>2016")[1].split("<h3>")[0]
    assert "La tempête" in year
    assert bearer.initiative.name in year
    assert "#page-2" in year
    silence = html.split("Le calme</strong>")[1]
    assert "Aucune source ne dit ce qu’il a fait naître ici" in silence
    assert "Le vent tourne" in silence
    assert "Ailleurs" not in html
    assert_sound(html)


def test_who_is_not_published_is_not_told(client, ecosystem):
    draft = OrganisationFactory(name="Secret", state="draft", founded="1999")
    ecosystem.actors.add(draft)
    html = client.get(ADDRESS).content.decode()
    assert "Secret" not in html
    assert "1999" not in html


def test_nothing_known(client):
    EcosystemFactory(slug="cote")
    html = client.get(ADDRESS).content.decode()
    assert "<svg" not in html.split("<main")[1].split('class="foot"')[0]
    assert_sound(html)


def test_the_same_number_of_queries_with_one_and_three(assert_constant_queries):
    ecosystem = EcosystemFactory(slug="cote")
    workshop = WorkshopFactory()
    ecosystem.workshops.add(workshop)

    def add():
        trigger = TriggerFactory()
        tie = TieFactory(trigger=trigger)
        InitiativeBearerFactory(actor=tie.from_actor).initiative.triggers.add(trigger)
        FindingFactory(workshop=workshop).triggers.add(trigger)
        ecosystem.actors.add(tie.from_actor, tie.to_actor)

    assert_constant_queries(ADDRESS, add)


def test_too_many_for_a_drawing_shows_the_best_tied_and_says_of_how_many(client, ecosystem, monkeypatch):
    monkeypatch.setattr(expansion_page, "DRAWN", 2)
    html = client.get(ADDRESS).content.decode()
    drawing, lists = html.split('id="annees"')
    assert "les 2 acteurs les plus liés, sur 4, et les liens entre eux" in drawing
    assert (drawing.count('class="planet"'), drawing.count('<line class="ray')) == (2, 1)
    # Le phare has two ties, the two others one each, of which the first by name; L’île has none.
    assert "<title>Le phare</title>" in drawing
    assert "<title>La digue</title>" in drawing
    assert "Le port" in lists  # whom the lists do not leave out
    assert "L’île" in lists
    assert lists.count('scope="row"') == 2  # nor the table any tie
    assert_sound(html)


def test_few_enough_are_all_drawn_and_nothing_is_said_of_the_best_tied(client, ecosystem):
    assert "les plus liés" not in client.get(ADDRESS).content.decode()
