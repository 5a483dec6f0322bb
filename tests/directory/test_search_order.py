"""The order of the results, from the best down, total and stable; and who never appears."""

from datetime import date

import pytest

from actors.models import Actor
from tests.factories.actors import (
    CompetenceFactory,
    ExpertiseFactory,
    MembershipFactory,
    MentionFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
)
from tests.factories.workshops import AttendanceFactory, FindingFactory

pytestmark = pytest.mark.django_db


def test_a_name_comes_before_a_function_before_a_presentation_before_what_is_said(visitor):
    said = OrganisationFactory(slug="d-on-en-dit", name="Aaa")
    FindingFactory(statement="Le zinzolin manque").actors.add(said)
    OrganisationFactory(slug="c-presentation", name="Aab", summary="Le zinzolin")
    MembershipFactory(
        member__slug="b-fonction", member__name="Aac Aac", organisation__slug="org", role="Zinzolin"
    )
    OrganisationFactory(slug="a-nom", name="Zinzolin")
    Actor.objects.filter(slug="org").update(state="draft")
    MembershipFactory(member=Actor.objects.get(slug="b-fonction"), role="Zinzolin")
    order = visitor.lists(q="zinzolin")
    assert order[:2] == ["a-nom", "b-fonction"]
    assert order[-1] == "d-on-en-dit"
    assert set(order[2:-1]) == {
        "c-presentation",
        Actor.objects.get(members__isnull=False, state="published").slug,
    }


def test_an_attested_competence_comes_before_a_deduced_one_before_a_passage(visitor):
    term = CompetenceFactory(name="Débat public")
    passage = OrganisationFactory(slug="passage", name="Aaa", summary="On y parle du débat public.")
    ExpertiseFactory(actor__slug="deduite", actor__name="Aab", competence=term, basis="deduced")
    ExpertiseFactory(actor__slug="attestee", actor__name="Zzz", competence=term, basis="stated")
    assert visitor.lists(q="débat public") == ["attestee", "deduite", passage.slug]


def test_being_at_a_workshop_about_it_makes_nobody_an_expert(visitor):
    term = CompetenceFactory(name="Débat public")
    ExpertiseFactory(actor__slug="scop", competence=term)
    finding = FindingFactory(statement="Le débat public manque.")
    AttendanceFactory.create_batch(3, workshop=finding.workshop)
    assert visitor.lists(q="débat public") == ["scop"]


def test_the_order_is_total_and_no_one_is_lost_or_told_twice_between_pages(visitor):
    """Fifty-three actors that nothing tells apart: the same name, the same words."""
    for number in range(53):
        OrganisationFactory(name="Atelier commun", slug=f"a{number}", summary="zinzolin")
    for query in ({}, {"q": "zinzolin"}, {"tri": "nom"}, {"tri": "recent", "q": "commun"}):
        first = visitor.lists(**query)
        assert len(first) == 53
        assert len(set(first)) == 53
        assert visitor.lists(**query) == first
        assert [len(visitor.asks(**query, page=page).slugs) for page in (1, 2, 3)] == [20, 20, 13]


def test_by_name_people_stand_by_their_family_name(visitor):
    PersonFactory(slug="zoe", name="Zoé Abel", family_name="Abel")
    PersonFactory(slug="alix", name="Alix Zola", family_name="Zola")
    OrganisationFactory(slug="mairie", name="Mairie")
    assert visitor.lists(tri="nom") == ["zoe", "mairie", "alix"]


def test_the_latest_confirmed_first(visitor):
    old = OrganisationFactory(slug="vieux")
    MentionFactory(actor=old, source=SourceFactory(date=date(2019, 1, 1)))
    new = OrganisationFactory(slug="neuf", last_confirmed_on=date(2024, 1, 1))
    MentionFactory(actor=new, source=SourceFactory(date=date(2019, 1, 1)))
    middle = OrganisationFactory(slug="milieu")
    MentionFactory(actor=middle, source=SourceFactory(date=date(2022, 7, 4)))
    page = visitor.asks(tri="recent")
    assert page.slugs == ["neuf", "milieu", "vieux"]
    for year in ("vu en 2024", "vu en 2022", "vu en 2019"):
        assert year in page.text


def test_whoever_was_never_dated_does_not_come_first_as_the_latest_confirmed(visitor):
    MentionFactory(actor=OrganisationFactory(slug="date"))
    OrganisationFactory(slug="sans-date", name="Aaa")
    assert visitor.lists(tri="recent") == ["date", "sans-date"]


def test_drafts_and_people_who_objected_appear_nowhere(visitor, client):
    term = CompetenceFactory(name="Débat public", slug="debat-public")
    ExpertiseFactory(actor=OrganisationFactory(slug="connue", name="Connue"), competence=term)
    draft = OrganisationFactory(slug="brouillon", name="Brouillonne", state="draft")
    gone = PersonFactory(slug="opposee", name="Opposée Refus", state="draft", publication_basis="objection")
    for hidden in (draft, gone):
        ExpertiseFactory(actor=hidden, competence=term)
        MembershipFactory(member=hidden, organisation=OrganisationFactory())
    for query in ({}, {"q": "débat public"}, {"q": "brouillonne"}, {"q": "refus"}, {"tri": "nom"}):
        page = visitor.asks(**query)
        assert not {"brouillon", "opposee"} & set(page.slugs)
        assert "Brouillonne" not in page.text.replace("brouillonne", "")
        assert "Opposée" not in page.text
    assert visitor.asks(q="débat public").slugs == ["connue"]
    sheet = b"".join(client.get("/acteurs.csv").streaming_content).decode()
    assert "Brouillonne" not in sheet
    assert "Refus" not in sheet


def test_a_list_takes_as_many_queries_whatever_the_rows(assert_constant_queries):
    term = CompetenceFactory(name="Débat public")

    def add():
        ExpertiseFactory(competence=term, actor=OrganisationFactory())
        held = MembershipFactory(member=PersonFactory())
        ExpertiseFactory(competence=term, actor=held.member)
        finding = FindingFactory()
        finding.actors.add(held.organisation)
        AttendanceFactory(workshop=finding.workshop, person=held.member)

    last = assert_constant_queries("/acteurs/", add)
    assert len(last.context["search"].results) == 9
    assert_constant_queries("/acteurs/?q=d%C3%A9bat+public", add)
    assert_constant_queries("/acteurs/?q=d%C3%A9bat+public&tri=nom&genre=organisation", add)
