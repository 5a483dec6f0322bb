"""The list of workshops and a workshop's page: what is told, of whom, and what is not shown."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from actors.models import Basis, Modality
from tests.factories.actors import (
    AttachmentFactory,
    InitiativeBearerFactory,
    InitiativeFactory,
    MembershipFactory,
    MentionFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FindingLinkFactory,
    FollowUpFactory,
    RecommendationFactory,
    SessionFactory,
    ThemeFactory,
    WorkshopFactory,
    WorkshopHostFactory,
)
from workshops.models import (
    AttendanceStatus,
    FindingKind,
    LinkKind,
    Progress,
    RecommendationAnswer,
    Voice,
)

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.fixture
def workshop():
    return WorkshopFactory(slug="riom", title="Atelier de Riom", date=date(2022, 7, 4), half_day="morning")


@pytest.fixture
def editor(django_user_model):
    user = django_user_model.objects.create_user("camille", password="x" * 20, is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_workshop"))
    return user


def test_list_is_by_year_and_hides_drafts(client, workshop):
    WorkshopFactory(title="Atelier de Thiers", date=date(2024, 3, 1))
    WorkshopFactory(title="Pas encore", state="draft")
    FindingFactory(workshop=workshop)
    page = text(client.get(reverse("workshop_list")))
    assert page.index(">2024</h2>") < page.index("Atelier de Thiers") < page.index(">2022</h2>")
    assert "4 juillet 2022, matinée" in page
    assert "1 constat<" in page
    assert "Pas encore" not in page
    assert page.count("<h1") == 1


def test_list_without_a_workshop_says_so(client):
    assert "Aucun atelier n’est publié pour l’instant." in text(client.get(reverse("workshop_list")))


@pytest.mark.parametrize("page", ["abc", "-3", "999999999999"])
def test_list_takes_absurd_pages(client, workshop, page):
    assert client.get(f"{reverse('workshop_list')}?page={page}").status_code == 200


def test_list_queries(assert_constant_queries):
    def add():
        workshop = WorkshopFactory()
        FindingFactory(workshop=workshop)
        AttendanceFactory(workshop=workshop)

    assert_constant_queries(reverse("workshop_list"), add)


def test_page_queries(assert_constant_queries, workshop):
    def add():
        session = SessionFactory(workshop=workshop)
        theme = ThemeFactory()
        finding = FindingFactory(workshop=workshop, session=session)
        helping = FindingFactory(workshop=workshop, session=session, kind=FindingKind.MOTEUR)
        for each in (finding, helping):
            each.themes.add(theme)
            each.actors.add(OrganisationFactory())
            each.initiatives.add(InitiativeBearerFactory().initiative)
        FindingFactory(workshop=workshop, part_of=finding)
        FindingLinkFactory(from_finding=helping, to_finding=finding, kind=LinkKind.ANSWERS)
        FindingLinkFactory(from_finding=finding, to_finding=helping)
        recommendation = RecommendationFactory(workshop=workshop, session=session)
        RecommendationAnswer.objects.create(recommendation=recommendation, finding=finding)
        attendance = AttendanceFactory(workshop=workshop)
        membership = MembershipFactory(member=attendance.person)
        attendance.capacities.add(membership)
        AttachmentFactory(organisation=membership.organisation)
        WorkshopHostFactory(workshop=workshop)
        MentionFactory(source=workshop.source)

    last = assert_constant_queries(workshop.get_absolute_url(), add)
    assert text(last).count('class="chain"') == 3


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace"])
def test_page_is_only_read(client, workshop, method):
    assert getattr(client, method)(workshop.get_absolute_url()).status_code == 405


def test_draft_is_for_staff_who_may_see_workshops(client, editor, django_user_model, workshop):
    draft = WorkshopFactory(slug="brouillon", state="draft")
    url = draft.get_absolute_url()
    assert client.get(url).status_code == 404
    client.force_login(django_user_model.objects.create_user("autre", is_staff=True))
    assert client.get(url).status_code == 404
    client.force_login(editor)
    page = text(client.get(url))
    assert "Brouillon" in page
    assert 'content="noindex"' in page
    assert "Brouillon" not in text(client.get(workshop.get_absolute_url()))


def test_finding_is_told_with_its_anchor_its_page_and_its_doubts(client, workshop):
    finding = FindingFactory(
        workshop=workshop,
        source=workshop.source,
        statement="Les services sont cloisonnés",
        quotation="chacun chez soi",
        pages=[2],
        level="within",
        level_basis=Basis.DEDUCED,
        kind_basis=Basis.DEDUCED,
        modality=Modality.EXAMPLE,
        voice=Voice.SOME,
    )
    page = text(client.get(workshop.get_absolute_url()))
    assert f'id="constat-{finding.pk}"' in page
    assert "« chacun chez soi »" in page
    assert f'href="{workshop.source.get_absolute_url()}#page-2"' in page
    assert "Dans l’organisation (niveau déduit)" in page
    assert "donné en exemple · classement déduit" in page
    assert "selon certains participants" in page
    assert "Obstacles <small>freins</small>" in page


def test_theme_says_in_how_many_sessions_it_comes_back(client, workshop):
    theme = ThemeFactory(name="Langage commun")
    for session in SessionFactory.create_batch(3, workshop=workshop):
        FindingFactory(workshop=workshop, session=session).themes.add(theme)
    assert "Langage commun, revient dans 3 séances" in text(client.get(workshop.get_absolute_url()))


def test_masked_voice_is_nobody(client, workshop):
    person = PersonFactory(name="Prénom Masqué", state="draft")
    FindingFactory(workshop=workshop, voice=Voice.PERSON, voice_person=person, voice_note="maire de Riom")
    page = text(client.get(workshop.get_absolute_url()))
    assert "dit par une personne" in page
    assert "Masqué" not in page
    assert "maire de Riom" not in page


def test_chain_is_read_from_links(client, workshop):
    found = FindingFactory(workshop=workshop, statement="On se connaît mal", pages=[1])
    FindingLinkFactory(
        from_finding=FindingFactory(workshop=workshop, kind=FindingKind.MOTEUR, statement="Se rendre visite"),
        to_finding=found,
        kind=LinkKind.ANSWERS,
    )
    recommendation = RecommendationFactory(workshop=workshop, title="Ouvrir des passerelles")
    RecommendationAnswer.objects.create(recommendation=recommendation, finding=found, basis=Basis.DEDUCED)
    page = text(client.get(workshop.get_absolute_url()))
    story = page[page.index('id="histoire"') : page.index('id="recommandations"')]
    steps = [
        "On se connaît mal",
        "Se rendre visite",
        "Ouvrir des passerelles",
        "Inconnue depuis juillet 2022",
    ]
    assert [story.index(step) for step in steps] == sorted(story.index(step) for step in steps)
    assert "Obstacle, lien déduit · p. 1" in story
    assert "page=%2Frecommandations%2F" in story


def test_chain_helps_by_a_shared_theme_and_says_so(client, workshop):
    theme = ThemeFactory()
    found, helping = (
        FindingFactory(workshop=workshop),
        FindingFactory(workshop=workshop, kind=FindingKind.CONDITION),
    )
    found.themes.add(theme)
    helping.themes.add(theme)
    recommendation = RecommendationFactory(workshop=workshop)
    RecommendationAnswer.objects.create(recommendation=recommendation, finding=found)
    FollowUpFactory(recommendation=recommendation, progress=Progress.UNDER_WAY, said_on=date(2023, 1, 10))
    page = text(client.get(workshop.get_absolute_url()))
    assert "Condition, même thème" in page
    assert "Suite, janvier 2023</small>En cours" in page


def test_chain_without_links_invents_nothing(client, workshop):
    RecommendationFactory(workshop=workshop)
    page = text(client.get(workshop.get_absolute_url()))
    assert "Aucun constat n’est dit à son origine" in page
    assert "Rien n’a été relevé ici qui y aide" in page


def test_present_excused_organiser_and_cited_are_four_things(client, workshop):
    AttendanceFactory(
        workshop=workshop,
        person__name="Prénom Organisatrice",
        is_organiser=True,
        organiser_basis=Basis.DEDUCED,
    )
    AttendanceFactory(workshop=workshop, person__name="Prénom Excusée", status=AttendanceStatus.EXCUSED)
    AttendanceFactory(workshop=workshop, person=None, delegate_of=OrganisationFactory(name="La Métropole"))
    MentionFactory(source=workshop.source, actor__name="Citée Seulement", pages=[3])
    WorkshopHostFactory(workshop=workshop, actor__name="La Chaire")
    page = text(client.get(workshop.get_absolute_url()))
    there = page[page.index('id="presents"') :]
    present, rest = there.split("Excusés")
    excused, cited = rest.split("Cités, sans être présents")
    assert "Prénom Organisatrice" in present
    assert "organise (déduit)" in present
    assert "Une personne de" in present
    assert "La Chaire" in present
    assert "Prénom Excusée" in excused
    assert "Citée Seulement" in cited
    assert "#page-3" in cited
    assert cited.count('<li class="person-line">') == 1


def test_a_part_beside_its_whole_is_only_named_by_a_function(client, workshop):
    school, chair = OrganisationFactory(name="L’École"), OrganisationFactory(name="La Chaire de l’École")
    AttachmentFactory(organisation=chair, parent=school)
    attendance = AttendanceFactory(workshop=workshop)
    for organisation in (school, chair):
        membership = MembershipFactory(member=attendance.person, organisation=organisation)
        attendance.capacities.add(membership)
        MentionFactory(source=workshop.source, actor=organisation)
    page = text(client.get(workshop.get_absolute_url()))
    cited = page[page.index("Cités, sans être présents") :]
    assert "La Chaire de l’École" in cited
    assert ">L’École<" not in cited
    assert "1 personne listée, 1 organisation" in page


def test_person_who_is_not_published_is_counted_and_not_named(client, workshop):
    AttendanceFactory(
        workshop=workshop,
        person=PersonFactory(name="Prénom Retiré", state="draft"),
        listed_line="Prénom Retiré, maire",
        listed_role="maire de Riom",
    )
    page = text(client.get(workshop.get_absolute_url()))
    assert "Et 1 personne dont le nom n’est pas publié." in page
    assert "Retiré" not in page
    assert "maire de Riom" not in page


def test_announced_attendance_stands_beside_the_count(client):
    workshop = WorkshopFactory(
        announced_attendance="une vingtaine", attendance_note="Deux comptes possibles."
    )
    AttendanceFactory(workshop=workshop)
    page = text(client.get(workshop.get_absolute_url()))
    assert "Participation annoncée : « une vingtaine ». 1 personne est listée." in page
    assert "Deux comptes possibles." in page


def test_being_there_and_inviting_lead_to_their_page(client, workshop):
    AttendanceFactory(workshop=workshop, pages=[4], source=workshop.source)
    WorkshopHostFactory(workshop=workshop, pages=[1], source=workshop.source)
    page = text(client.get(workshop.get_absolute_url()))
    there = page[page.index('id="presents"') :]
    assert f'href="{workshop.source.get_absolute_url()}#page-4"' in there
    assert f'href="{workshop.source.get_absolute_url()}#page-1"' in there


def test_tension_between_sessions_is_told_apart(client, workshop):
    one, two = SessionFactory.create_batch(2, workshop=workshop)
    FindingLinkFactory(
        from_finding=FindingFactory(workshop=workshop, session=one),
        to_finding=FindingFactory(workshop=workshop, session=two),
        statement="Souplesse et définition",
    )
    page = text(client.get(workshop.get_absolute_url()))
    assert "Souplesse et définition" in page[page.index('id="hors-seance"') : page.index('id="presents"')]


def test_draft_initiative_and_actor_are_not_shown(client, workshop):
    finding = FindingFactory(workshop=workshop)
    finding.initiatives.add(InitiativeFactory(name="Initiative tue", state="draft"))
    finding.actors.add(OrganisationFactory(name="Acteur tu", state="draft"))
    page = text(client.get(workshop.get_absolute_url()))
    assert "Initiative tue" not in page
    assert "Acteur tu" not in page


def test_calendar(client, workshop):
    response = client.get(reverse("workshop_calendar", args=["riom"]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.decode().split("\r\n")
    assert "DTSTART;VALUE=DATE:20220704" in lines
    assert "DTEND;VALUE=DATE:20220705" in lines
    assert "SUMMARY:Atelier de Riom" in lines
    assert "URL:http://testserver/ateliers/riom/" in lines
