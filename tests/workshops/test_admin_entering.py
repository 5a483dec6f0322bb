"""An animator enters the next workshop, from nothing to the published page, as a browser would."""

from datetime import date

import pytest
from django.urls import reverse

from actors.models import Source
from tests.factories import accounts
from tests.factories.actors import OrganisationFactory, PersonFactory
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FollowUpFactory,
    RecommendationFactory,
    SessionFactory,
    WorkshopFactory,
)
from workshops.entering import ensure_source, next_mark
from workshops.models import Attendance, FollowUp, Recommendation, Workshop

pytestmark = pytest.mark.django_db
ADD = "/admin/workshops/workshop/add/"


@pytest.fixture
def where():
    return accounts.ecosystem("Clermont")


@pytest.fixture
def animator(where):
    return accounts.client_of(accounts.animator(where))


def step(workshop: Workshop, key: str) -> str:
    return f"{reverse('admin:workshops_workshop_change', args=[workshop.pk])}?etape={key}"


def send(client, url: str, button: str = "_continue", **changes):
    """Opens `url`, changes what is said and presses `button`."""
    return client.post(url, accounts.form_data(client.get(url), button, **changes))


def test_the_next_workshop_from_nothing_to_its_page(animator, where):
    person, host = PersonFactory(name="Camille Exemple"), OrganisationFactory(name="Ville d’Issoire")

    response = send(animator, ADD, "_save", title="Atelier d’Issoire", date="12/03/2027")
    workshop = Workshop.objects.get()
    assert response.url == step(workshop, "deroule") + "#etape"
    assert (workshop.slug, workshop.state, workshop.date) == (
        "atelier-d-issoire-2027",
        "draft",
        date(2027, 3, 12),
    )
    assert list(where.workshops.all()) == [workshop]
    assert (workshop.source.kind, workshop.source.date) == ("workshop", date(2027, 3, 12))

    response = send(
        animator,
        step(workshop, "deroule"),
        "_next",
        **{"sessions-0-title": "Ouverture", "hosts-0-part": "hosts", "hosts-0-actor": str(host.pk)},
    )
    assert response.url == step(workshop, "presences") + "#etape", accounts.errors_of(response)
    session = workshop.sessions.get()
    assert (session.title, session.order, session.source) == ("Ouverture", 1, workshop.source)
    assert workshop.hosts.get().actor_id == host.pk

    response = send(
        animator,
        step(workshop, "presences"),
        "_next",
        **{
            "attendances-2-0-person": str(person.pk),
            "attendances-2-0-is_organiser": "on",
            "attendances-2-1-delegate_of": str(host.pk),
        },
    )
    assert response.url == step(workshop, "constats") + "#etape", accounts.errors_of(response)
    assert [(str(row), row.organiser_basis, row.position) for row in workshop.attendances.all()] == [
        ("Camille Exemple", "stated", 1),
        ("un délégué de Ville d’Issoire", "", 2),
    ]

    response = send(
        animator,
        step(workshop, "constats"),
        "_next",
        **{
            "findings-0-kind": "frein",
            "findings-0-statement": "Les acteurs se connaissent mal",
            "findings-1-kind": "frein",
            "findings-1-statement": "Chacun a ses mots",
            "findings-1-session": str(session.pk),
            "findings-2-kind": "moteur",
            "findings-2-statement": "Se visiter",
        },
    )
    assert response.url == step(workshop, "recommandations") + "#etape", accounts.errors_of(response)
    assert [
        (row.code, row.statement, row.session, row.level, row.voice) for row in workshop.findings.all()
    ] == [
        ("F01", "Les acteurs se connaissent mal", None, "unspecified", "participants"),
        ("F02", "Chacun a ses mots", session, "unspecified", "participants"),
        ("M01", "Se visiter", None, "unspecified", "participants"),
    ]
    assert {row.source for row in workshop.findings.all()} == {workshop.source}

    response = send(
        animator, step(workshop, "recommandations"), **{"recommendations-0-title": "Créer des passerelles"}
    )
    assert response.url == step(workshop, "recommandations") + "#etape", accounts.errors_of(response)
    assert workshop.recommendations.get().slug == "creer-des-passerelles"

    page = animator.get(step(workshop, "atelier")).content.decode()
    assert f'href="{workshop.get_absolute_url()}"' in page
    assert "Aperçu" in page
    send(animator, step(workshop, "atelier"), "_publish")
    workshop.refresh_from_db()
    assert workshop.state == "published"
    assert "Enregistrer et retirer du site" in animator.get(step(workshop, "atelier")).content.decode()
    send(animator, step(workshop, "atelier"), "_unpublish")
    workshop.refresh_from_db()
    assert workshop.state == "draft"


def test_a_finding_without_its_statement_keeps_the_others_typed(animator):
    workshop = WorkshopFactory()
    response = send(
        animator,
        step(workshop, "constats"),
        **{"findings-0-kind": "frein", "findings-1-kind": "moteur", "findings-1-statement": "Se visiter"},
    )
    assert response.status_code == 200
    assert "Ce champ est obligatoire." in accounts.errors_of(response)
    assert "Se visiter" in response.content.decode()
    assert not workshop.findings.exists()


def test_pages_lie_within_the_report(animator):
    workshop = WorkshopFactory(source__page_count=5)
    finding = {"findings-0-kind": "frein", "findings-0-statement": "Un obstacle"}
    response = send(animator, step(workshop, "constats"), **finding, **{"findings-0-pages": "3,6"})
    assert "La source a 5 pages." in accounts.errors_of(response)
    response = send(animator, step(workshop, "constats"), **finding, **{"findings-0-pages": "3,5"})
    assert response.status_code == 302
    assert workshop.findings.get().pages == [3, 5]


def test_a_workshop_without_a_report_has_no_pages_to_cite(animator):
    workshop = WorkshopFactory(source=None)
    finding = {"findings-0-kind": "frein", "findings-0-statement": "Un obstacle", "findings-0-pages": "1"}
    response = send(animator, step(workshop, "constats"), **finding)
    assert "La source n’a pas de nombre de pages" in accounts.errors_of(response)


def test_someone_is_listed_once(animator):
    row = AttendanceFactory()
    response = send(
        animator, step(row.workshop, "presences"), **{"attendances-2-0-person": str(row.person.pk)}
    )
    assert response.status_code == 200
    assert row.workshop.attendances.count() == 1


def test_a_line_is_a_person_or_a_delegate(animator):
    workshop = WorkshopFactory()
    both = {
        "attendances-2-0-person": str(PersonFactory().pk),
        "attendances-2-0-delegate_of": str(OrganisationFactory().pk),
    }
    response = send(animator, step(workshop, "presences"), **both)
    assert "Choisissez une personne, ou l’organisation" in accounts.errors_of(response)


def test_an_organisation_is_not_a_person(animator):
    workshop = WorkshopFactory()
    response = send(
        animator,
        step(workshop, "presences"),
        **{"attendances-2-0-person": str(OrganisationFactory().pk)},
    )
    assert response.status_code == 200
    assert not workshop.attendances.exists()


def test_who_was_invited_is_ticked_present_on_the_spot(animator):
    row = AttendanceFactory(status="invited", session_role="anime")
    url = step(row.workshop, "presences")
    send(animator, url, **{"attendances-0-status": "present"})
    row.refresh_from_db()
    assert (row.status, row.session_role) == ("present", "anime")


def test_a_session_of_another_workshop_is_not_proposed(animator):
    mine, other = SessionFactory(), SessionFactory()
    page = animator.get(step(mine.workshop, "constats")).content.decode()
    assert mine.title in page
    assert other.title not in page


def test_a_session_left_without_number_comes_last(animator):
    session = SessionFactory(order=3)
    send(animator, step(session.workshop, "deroule"), **{"sessions-1-title": "Clôture"})
    assert session.workshop.sessions.get(title="Clôture").order == 4


def test_marks_follow_one_another_by_kind():
    workshop = WorkshopFactory()
    for code in ("F01", "F09", "FX", "M04"):
        FindingFactory(workshop=workshop, code=code)
    assert next_mark(workshop, "frein") == "F10"
    assert next_mark(workshop, "moteur") == "M05"
    assert next_mark(workshop, "condition") == "CO01"
    assert next_mark(workshop, "constat") == "C01"


def test_the_source_is_made_once():
    workshop = WorkshopFactory(source=None)
    first = ensure_source(workshop)
    assert ensure_source(Workshop.objects.get(pk=workshop.pk)) == first
    assert Source.objects.filter(kind="workshop").count() == 1


class TestOwnPages:
    def test_a_finding_is_edited_and_sends_back_to_its_step(self, animator):
        finding = FindingFactory(source=(workshop := WorkshopFactory()).source, workshop=workshop)
        url = reverse("admin:workshops_finding_change", args=[finding.pk])
        response = send(animator, url, "_save", statement="Mieux dit")
        assert response.url == step(workshop, "constats")
        finding.refresh_from_db()
        assert (finding.statement, finding.workshop) == ("Mieux dit", workshop)

    def test_a_voice_needs_the_kind_of_voice(self, animator):
        finding = FindingFactory()
        person = PersonFactory()
        url = reverse("admin:workshops_finding_change", args=[finding.pk])
        response = send(animator, url, "_save", voice_person=str(person.pk))
        assert "« Dit par » va avec la voix" in accounts.errors_of(response)
        assert send(animator, url, "_save", voice_person=str(person.pk), voice="person").status_code == 302

    def test_a_finding_added_apart_gets_its_mark_and_its_source(self, animator):
        workshop = WorkshopFactory()
        url = reverse("admin:workshops_finding_add")
        response = send(
            animator, url, "_save", workshop=str(workshop.pk), kind="besoin", statement="Des relais"
        )
        assert response.status_code == 302, accounts.errors_of(response)
        finding = workshop.findings.get()
        assert (finding.code, finding.source) == ("B01", workshop.source)

    def test_attendance_capacities_are_those_of_the_person(self, animator):
        from tests.factories.actors import MembershipFactory

        row, other = AttendanceFactory(), MembershipFactory()
        mine = MembershipFactory(member=row.person)
        url = reverse("admin:workshops_attendance_change", args=[row.pk])
        page = animator.get(url).content.decode()
        assert mine.organisation.name in page
        assert other.organisation.name not in page
        assert send(animator, url, "_save", capacities=[str(mine.pk)]).status_code == 302
        assert list(Attendance.objects.get(pk=row.pk).capacities.all()) == [mine]


class TestFollowUps:
    def url(self, recommendation):
        return reverse("admin:workshops_recommendation_change", args=[recommendation.pk])

    def test_what_someone_says_is_added_with_its_source(self, animator):
        recommendation, teller = RecommendationFactory(), OrganisationFactory(name="Métropole")
        changes = {
            "follow_ups-TOTAL_FORMS": "1",
            "follow_ups-0-said_on": "10/01/2027",
            "follow_ups-0-progress": "under_way",
            "follow_ups-0-said_by": str(teller.pk),
        }
        response = send(animator, self.url(recommendation), "_save", **changes)
        assert response.status_code == 302, accounts.errors_of(response)
        told = recommendation.follow_ups.get()
        assert (told.progress, told.source.kind, told.source.publisher) == ("under_way", "self", "Métropole")
        assert Recommendation.objects.with_state().get(pk=recommendation.pk).progress == "under_way"

    def test_nothing_is_said_by_nobody(self, animator):
        recommendation = RecommendationFactory()
        changes = {"follow_ups-TOTAL_FORMS": "1", "follow_ups-0-progress": "done"}
        response = send(animator, self.url(recommendation), "_save", **changes)
        assert "D’où vient cette information" in accounts.errors_of(response)
        assert not FollowUp.objects.exists()

    def test_a_bearer_goes_with_a_bearing(self, animator):
        recommendation, who = RecommendationFactory(), OrganisationFactory()
        changes = {
            "follow_ups-TOTAL_FORMS": "1",
            "follow_ups-0-bearer": str(who.pk),
            "follow_ups-0-said_by": str(who.pk),
        }
        response = send(animator, self.url(recommendation), "_save", **changes)
        assert "Un porteur va avec" in accounts.errors_of(response)

    def test_what_was_said_is_corrected_never_rewritten(self, animator):
        told = FollowUpFactory(progress="done", note="Fini, dit-on.")
        page = animator.get(self.url(told.recommendation))
        assert b'name="follow_ups-0-progress"' not in page.content
        assert "Fini, dit-on." in page.content.decode()
        changes = {
            "follow_ups-TOTAL_FORMS": "2",
            "follow_ups-1-said_on": "10/01/2027",
            "follow_ups-1-progress": "under_way",
            "follow_ups-1-source": str(told.source.pk),
            "follow_ups-1-corrects": str(told.pk),
            "follow_ups-0-note": "Réécrit en douce",
        }
        response = send(animator, self.url(told.recommendation), "_save", **changes)
        assert response.status_code == 302, accounts.errors_of(response)
        told.refresh_from_db()
        assert told.note == "Fini, dit-on."
        assert FollowUp.objects.standing().get().progress == "under_way"
