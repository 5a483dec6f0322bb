"""The page of one actor: what every floor says of it, with its proof; what is not public; its empty states."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission, User

from actors.models import ActorName, FormerSlug
from tests.factories.actors import (
    ActorAreaFactory,
    AttachmentFactory,
    CompetenceFactory,
    ExpertiseFactory,
    InitiativeBearerFactory,
    InitiativeFactory,
    LineageFactory,
    MembershipFactory,
    MentionFactory,
    OrganisationFactory,
    PersonFactory,
    PublishedContactFactory,
    SourceFactory,
    TieFactory,
)
from tests.factories.territories import TerritoryFactory
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FollowUpFactory,
    RecommendationFactory,
    WorkshopFactory,
    WorkshopHostFactory,
)

pytestmark = pytest.mark.django_db
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def city():
    return OrganisationFactory(
        name="Ville de Thiers",
        slug="thiers",
        nature="local",
        website="https://thiers.example",
        founded="1790",
    )


def section(page, name: str):
    (node,) = page.tree.xpath(f'//section[@aria-labelledby="{name}"]')
    return " ".join(node.text_content().replace("\xa0", " ").replace("\u202f", " ").split())


def test_an_organisation_of_which_nothing_is_known(visitor):
    OrganisationFactory(name="Inconnue", slug="inconnue", nature="unknown")
    page = visitor.follows("/acteurs/inconnue/")
    for said in (
        "La source ne dit pas quelle est sa nature.",
        "Aucune source ne dit encore ce que cet acteur sait faire.",
        "Aucune source ne nomme quelqu’un à ce titre.",
        "Aucun constat ne parle de cet acteur.",
        "Aucune coordonnée publiée connue.",
        "Aucun lien attesté avec un autre acteur",
        "Aucune source ne dit où cet acteur est implanté ni où il intervient.",
    ):
        assert said in page.text
    assert not page.tree.xpath('//section[@aria-labelledby="temps" or @aria-labelledby="initiatives"]')
    assert page.links["Demander une mise en relation"] == "/acteurs/inconnue/contact/"
    assert page.links["Proposer une correction"] == "/correction/?page=/acteurs/inconnue/"
    assert NOINDEX not in page.html


def test_a_person_of_whom_nothing_is_known(visitor):
    PersonFactory(slug="lou", name="Lou Datte")
    page = visitor.follows("/acteurs/lou/")
    assert "Aucune fonction connue." in page.text
    assert "Aucune parole ne lui est attribuée" in page.text
    assert "Coordonnées" not in page.text
    assert not page.tree.xpath('//section[@aria-labelledby="territoires" or @aria-labelledby="personnes"]')


def test_everything_known_of_an_organisation(visitor, city):
    place = TerritoryFactory(name="Thiers", slug="commune-thiers")
    source = SourceFactory(slug="retour", date=date(2022, 7, 4), page_count=9)
    proof = {"source": source, "pages": [4]}
    city.seat, city.seat_basis = place, "deduced"
    city.save()
    ActorName.objects.create(actor=city, name="Mairie de Thiers")
    ExpertiseFactory(actor=city, competence__name="Débat public", evidence="Elle anime un débat.", **proof)
    MembershipFactory(organisation=city, member__name="Lou Datte", role="Adjointe", unit="Culture", **proof)
    ActorAreaFactory(actor=city, territory=TerritoryFactory(name="Escoutoux"), **proof)
    AttachmentFactory(organisation=city, parent__name="Métropole", **proof)
    AttachmentFactory(parent=city, organisation__name="Régie de quartier", **proof)
    LineageFactory(successor=city, predecessor__name="Bourg ancien", **proof)
    LineageFactory(predecessor=city, successor__name="Ville nouvelle", **proof)
    TieFactory(from_actor=city, to_actor=None, to_category="les citoyens", label="échange avec", **proof)
    TieFactory(to_actor=city, from_actor__name="Le Parc", kind="funds", **proof)
    InitiativeBearerFactory(actor=city, initiative__name="Budget participatif", **proof)
    finding = FindingFactory(statement="La ville avance", **proof)
    finding.actors.add(city)
    PublishedContactFactory(actor=city, value="04 73 00 00 00", **proof)
    MentionFactory(actor=city, note="Citée deux fois", **proof)
    WorkshopHostFactory(actor=city, workshop__title="Atelier de juin", **proof)
    page = visitor.follows("/acteurs/thiers/")
    assert "Aussi écrit : Mairie de Thiers" in page.text
    assert "Elle anime un débat." in section(page, "competences")
    assert "Lou Datte" in section(page, "personnes")
    assert "Adjointe, Culture" in section(page, "personnes")
    places = section(page, "territoires")
    assert "Thiers (déduit)" in places
    assert "Escoutoux" in places
    ties = section(page, "liens")
    for said in (
        "Rattaché à Métropole", "Comprend Régie de quartier", "Issue de la fusion de Bourg ancien",
        "A donné : Ville nouvelle", "Échange avec : les citoyens", "Le Parc finance Ville de Thiers",
    ):  # fmt: skip
        assert said in ties
    assert "Aucun lien attesté" not in ties
    assert "Porte Budget participatif" in section(page, "initiatives")
    assert "La ville avance" in section(page, "dit")
    assert "04 73 00 00 00" in page.text
    assert "Citée deux fois" in section(page, "sources")
    assert "Atelier de juin" in section(page, "temps")
    assert page.tree.xpath('count(//main//a[@href="/sources/retour/#page-4"])') == 13
    assert "constaté en juillet 2022, à confirmer" in ties or "à confirmer" in ties


def test_a_tie_to_a_category_is_no_tie_to_an_actor(visitor, city):
    TieFactory(from_actor=city, to_actor=None, to_category="les citoyens")
    assert "Aucun lien attesté avec un autre acteur" in visitor.follows("/acteurs/thiers/").text


def test_drafts_are_not_told_on_the_pages_of_others(visitor, city):
    hidden = {"state": "draft", "name": "Zinzolin"}
    person = PersonFactory(**hidden)
    other = OrganisationFactory(**hidden)
    MembershipFactory(organisation=city, member=person)
    AttachmentFactory(organisation=city, parent=other)
    AttachmentFactory(parent=city, organisation=other)
    LineageFactory(successor=city, predecessor=other)
    LineageFactory(predecessor=city, successor=other)
    TieFactory(from_actor=city, to_actor=other)
    TieFactory(to_actor=city, from_actor=other)
    InitiativeBearerFactory(actor=city, initiative=InitiativeFactory(**hidden))
    FindingFactory(workshop__state="draft", statement="Zinzolin").actors.add(city)
    WorkshopHostFactory(actor=city, workshop=WorkshopFactory(state="draft", title="Zinzolin"))
    draft = RecommendationFactory(workshop__state="draft", title="Zinzolin")
    FollowUpFactory(recommendation=draft, bearing="accepted", bearer=city)
    page = visitor.follows("/acteurs/thiers/")
    assert "Zinzolin" not in page.html
    assert "Aucun lien attesté" in page.text


def test_being_present_makes_nobody_say_anything(visitor):
    finding = FindingFactory(statement="Le temps manque")
    seen = AttendanceFactory(workshop=finding.workshop, person__slug="lou")
    page = visitor.follows("/acteurs/lou/")
    assert "Le temps manque" not in page.text
    assert f"Présent à l’atelier : {finding.workshop.title}" in section(page, "temps")
    finding.voice, finding.voice_person = "person", seen.person
    finding.save()
    assert "Le temps manque" in section(visitor.follows("/acteurs/lou/"), "dit")


def test_an_organisation_someone_was_listed_for_neither_hosts_nor_speaks(visitor, city):
    attendance = AttendanceFactory(workshop__title="Atelier de juin")
    attendance.capacities.add(MembershipFactory(member=attendance.person, organisation=city))
    page = visitor.follows("/acteurs/thiers/")
    assert "Au moins une personne est listée à son titre : Atelier de juin" in section(page, "temps")
    attendance.status = "excused"
    attendance.save()
    assert "Atelier de juin" not in visitor.follows("/acteurs/thiers/").text


def test_what_it_was_said_to_bear(visitor, city):
    recommendation = RecommendationFactory(title="Ouvrir un lieu")
    FollowUpFactory(recommendation=recommendation, bearing="accepted", bearer=city, said_on=date(2023, 1, 10))
    page = visitor.follows("/acteurs/thiers/")
    assert page.links["Ouvrir un lieu"] == recommendation.get_absolute_url()


@pytest.mark.parametrize("factory", [OrganisationFactory, PersonFactory])
def test_a_draft_is_seen_by_those_who_may_only(client, factory):
    factory(slug="brouillon", state="draft", name="Brouillonne")
    assert client.get("/acteurs/brouillon/").status_code == 404
    user = User.objects.create_user("lea")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/acteurs/brouillon/").status_code == 404
    user.user_permissions.add(Permission.objects.get(codename="view_actor"))
    response = client.get("/acteurs/brouillon/")
    assert response.status_code == 200
    assert "Brouillon : cette page n’est visible que des animateurs." in response.content.decode().replace(
        "\xa0", " "
    )


def test_someone_who_objected_has_no_page(client):
    PersonFactory(slug="opposee", state="draft", publication_basis="objection")
    FormerSlug.objects.create(
        slug="ancienne", actor=PersonFactory(state="draft", publication_basis="objection")
    )
    assert client.get("/acteurs/opposee/").status_code == 404
    assert client.get("/acteurs/ancienne/").status_code == 404


def test_an_old_address_redirects_for_good(client, city):
    FormerSlug.objects.create(slug="thiers-ville", actor=city)
    response = client.get("/acteurs/thiers-ville/")
    assert (response.status_code, response["Location"]) == (301, "/acteurs/thiers/")
    assert client.get("/acteurs/jamais/").status_code == 404


def test_search_engines_list_people_only_with_their_consent(visitor):
    PersonFactory(slug="nommee")
    PersonFactory(slug="accord", publication_basis="consent")
    assert NOINDEX in visitor.follows("/acteurs/nommee/").html
    assert NOINDEX not in visitor.follows("/acteurs/accord/").html


def test_an_actor_told_as_an_initiative(visitor, city):
    InitiativeFactory(same_as=city, name="Laboratoire vivant", summary="Un lieu ouvert.")
    text = section(visitor.follows("/acteurs/thiers/"), "initiatives")
    assert "Aussi racontée comme une initiative : Laboratoire vivant" in text
    assert "Un lieu ouvert." in text


def test_as_many_queries_whatever_is_known(assert_constant_queries, city):
    term = CompetenceFactory()

    def add():
        ExpertiseFactory(actor=city, competence=term)
        ExpertiseFactory(actor=city)
        MembershipFactory(organisation=city)
        MembershipFactory(member=city, programme=InitiativeFactory())
        ActorAreaFactory(actor=city, territory=TerritoryFactory())
        AttachmentFactory(organisation=city)
        AttachmentFactory(parent=city)
        LineageFactory(successor=city)
        LineageFactory(predecessor=city)
        TieFactory(from_actor=city)
        TieFactory(to_actor=city)
        InitiativeBearerFactory(actor=city)
        FindingFactory().actors.add(city)
        PublishedContactFactory(actor=city, value=f"04 73 00 00 {city.published_contacts.count():02}")
        MentionFactory(actor=city)
        WorkshopHostFactory(actor=city)
        attendance = AttendanceFactory()
        attendance.capacities.add(MembershipFactory(member=attendance.person, organisation=city))
        FollowUpFactory(bearing="accepted", bearer=city)

    last = assert_constant_queries("/acteurs/thiers/", add)
    assert len(last.context["page"].people) == 6


def test_as_many_queries_whatever_is_known_of_a_person(assert_constant_queries):
    person = PersonFactory(slug="lou")

    def add():
        held = MembershipFactory(member=person, programme=InitiativeFactory())
        ExpertiseFactory(actor=person)
        AttendanceFactory(person=person).capacities.add(held)
        FindingFactory(voice="person", voice_person=person)

    last = assert_constant_queries("/acteurs/lou/", add)
    assert len(last.context["page"].attendances) == 3
