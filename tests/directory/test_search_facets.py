"""Every figure beside a choice is what one gets by choosing it, whatever else is chosen; no search is a wall."""

import random

import pytest

from actors.models import CompetenceSynonym, Nature
from tests.factories.actors import (
    ActorAreaFactory,
    CompetenceFactory,
    ExpertiseFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.territories import TerritoryFactory, make_set
from tests.factories.workshops import AttendanceFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
FACETS = ("lien", "genre", "nature", "competence", "atelier")


@pytest.fixture
def country():
    """Sixty actors thrown at random (always the same) over natures, competences, workshops and places."""
    dice = random.Random(20220704)  # noqa: S311 — a repeatable world, not a secret
    communes = [
        TerritoryFactory(name=f"Bourg{n}", slug=f"bourg{n}", lon=3 + n / 10, lat=45.5) for n in range(6)
    ]
    make_set(*communes[:3], kind="epci", name="Vallée", slug="vallee")
    plateau = make_set(*communes[2:5], kind="petr", name="Plateau", slug="plateau")
    roots = [CompetenceFactory(name=f"Domaine {n}", slug=f"domaine-{n}") for n in range(3)]
    terms = [
        CompetenceFactory(name=f"Métier {root.slug} {n}", slug=f"metier-{root.slug}-{n}", parent=root)
        for root in roots
        for n in range(2)
    ]
    workshops = [WorkshopFactory(slug=f"atelier-{n}") for n in range(3)]
    for number in range(40):
        actor = OrganisationFactory(
            nature=dice.choice(list(Nature)[:5]), summary=dice.choice(["forêt", "rivière", "forêt rivière"])
        )
        if dice.random() < 0.6:
            actor.seat, actor.seat_basis = dice.choice(communes), "stated"
            actor.save()
        if dice.random() < 0.3:
            ActorAreaFactory(actor=actor, territory=dice.choice([*communes, plateau]))
        for term in dice.sample([*roots, *terms], dice.randint(0, 3)):
            ExpertiseFactory(actor=actor, competence=term)
        if number % 2:
            held = MembershipFactory(organisation=actor, member=PersonFactory(summary="forêt"))
            attended = AttendanceFactory(workshop=dice.choice(workshops), person=held.member)
            attended.capacities.add(held)
    return dice


def choices(facets) -> list[tuple[str, str]]:
    return [(name, value) for name, options in facets.items() for value in options]


@pytest.mark.parametrize(
    "base", [{}, {"q": "forêt"}, {"territoire": "bourg1"}, {"q": "rivière", "territoire": "vallee"}]
)
def test_each_count_is_the_number_of_rows_one_gets_by_following_it(visitor, country, base):
    """From the bare search, then from searches narrowed by two and more choices drawn at random among those shown."""
    for narrowed in range(3):
        query = {key: [value] for key, value in base.items()}
        for _ in range(narrowed):
            name, value = country.choice(choices(visitor.asks(**query).facets))
            if value not in query.get(name, []):
                query[name] = [*query.get(name, []), value]
        page = visitor.asks(**query)
        assert set(page.facets) <= set(FACETS)
        assert len(choices(page.facets)) > 3
        for name, value in country.sample(choices(page.facets), 8):
            option = page.facets[name][value]
            alone = visitor.asks(**{**query, name: [value]})
            assert alone.count == option.count, (query, name, value)
            assert option.count > 0 or option.checked
            assert option.checked == (value in query.get(name, []))


def test_choices_of_one_facet_add_up_and_those_of_two_narrow(visitor):
    for slug, nature, kind in (
        ("a", "association", "forêt"),
        ("b", "company", "forêt"),
        ("c", "company", "eau"),
    ):
        OrganisationFactory(slug=slug, nature=nature, summary=kind)
    assert visitor.finds(nature=["association", "company"]) == {"a", "b", "c"}
    assert visitor.finds(nature="company", q="forêt") == {"b"}
    assert visitor.finds(nature="company", genre="person") == set()
    page = visitor.asks(nature="company")
    assert {value: option.count for value, option in page.facets["nature"].items()} == {
        "association": 1, "company": 2,
    }  # fmt: skip
    assert {value: option.count for value, option in page.facets["genre"].items()} == {"organisation": 2}


def test_a_first_level_competence_counts_each_actor_once_and_opens_on_its_terms(visitor):
    root = CompetenceFactory(name="Participation", slug="participation")
    below = [CompetenceFactory(name=f"Terme {n}", slug=f"terme-{n}", parent=root) for n in range(2)]
    both = OrganisationFactory(slug="les-deux")
    for term in below:
        ExpertiseFactory(actor=both, competence=term)
    ExpertiseFactory(actor__slug="large", competence=root)
    shown = visitor.asks().facets["competence"]
    assert {value: option.count for value, option in shown.items()} == {"participation": 2}
    opened = visitor.asks(competence="participation").facets["competence"]
    assert {value: option.count for value, option in opened.items()} == {
        "participation": 2, "terme-0": 1, "terme-1": 1,
    }  # fmt: skip
    assert visitor.finds(competence="terme-0") == {"les-deux"}


def test_a_choice_that_leaves_nobody_is_not_offered_unless_it_is_on(visitor):
    OrganisationFactory(nature="association")
    assert set(visitor.asks().facets["nature"]) == {"association"}
    on = visitor.asks(nature="company")
    assert on.count == 0
    assert on.facets["nature"]["company"].checked
    assert on.facets["nature"]["company"].count in (0, None)
    assert "Personne de connu" in on.text


def test_a_draft_workshop_is_no_choice(visitor):
    AttendanceFactory(workshop__slug="publie")
    AttendanceFactory(workshop__slug="brouillon", workshop__state="draft")
    assert set(visitor.asks().facets["atelier"]) == {"publie"}
    assert visitor.asks(atelier="brouillon").count == 0


def test_each_removable_filter_leads_to_the_search_without_it(visitor):
    place = TerritoryFactory(name="Bourg", slug="bourg")
    root = CompetenceFactory(name="Participation", slug="participation")
    CompetenceSynonym.objects.create(competence=root, name="concertation")
    for slug, nature in (("a", "association"), ("b", "company")):
        actor = OrganisationFactory(
            slug=slug, nature=nature, seat=place, seat_basis="stated", summary="forêt"
        )
        ExpertiseFactory(actor=actor, competence=root)
    query = {
        "q": "concertation forêt", "territoire": "bourg", "nature": ["association", "company"],
        "competence": "participation", "lien": "ici", "genre": "organisation", "tri": "nom", "page": "1",
    }  # fmt: skip
    page = visitor.asks(**query)
    assert page.slugs == ["a", "b"]
    assert set(page.chips) == {
        "concertation ≈ Participation", "Bourg", "Association", "Entreprise", "Participation",
        "Implanté ici", "Organisations",
    }  # fmt: skip
    for label, url in page.chips.items():
        after = visitor.follows(url)
        assert label not in after.chips
        kept = set(page.chips) - {label}
        if label == "Bourg":
            kept -= {"Implanté ici"}  # a bond to no place
        assert set(after.chips) == kept
        assert "tri=nom" in url
        assert "page=" not in url
    assert set(visitor.follows(page.chips["Entreprise"]).slugs) == {"a"}


def test_zero_results_are_never_a_wall(visitor):
    term = CompetenceFactory(name="Débat public", slug="debat-public")
    near, empty = CompetenceFactory(name="Médiation", slug="mediation"), CompetenceFactory(name="Arbitrage")
    term.related.add(near, empty)
    ExpertiseFactory(competence=near, actor__nature="association")
    ExpertiseFactory(competence=term, actor__slug="scop", actor__nature="association")
    page = visitor.asks(q="débat public", nature="company")
    assert page.count == 0
    assert page.links["Médiation"] == "/competences/mediation/"
    assert "Arbitrage" not in page.links  # nobody is known for it either
    for way in ("Parcourir les compétences", "Partir d’un obstacle", "Vous connaissez quelqu’un ? Dites-le"):
        assert way in page.links
    everywhere = visitor.follows(page.links["1 acteur"])
    assert everywhere.slugs == ["scop"]
    assert list(everywhere.chips) == ["Débat public"]


def test_when_nobody_answers_every_word_those_who_answer_one_are_shown_and_it_is_said(visitor):
    OrganisationFactory(slug="foret", summary="forêt")
    OrganisationFactory(slug="riviere", summary="rivière")
    page = visitor.asks(q="forêt rivière")
    assert page.slugs in (["foret", "riviere"], ["riviere", "foret"])
    assert "Personne ne répond à tous ces mots à la fois" in page.text
