"""The page of a list of participants: who may open it, what it asks, and that nothing typed is lost."""

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import accounts
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory, SourceFactory
from tests.factories.workshops import WorkshopFactory
from workshops.models import Roster, RosterLine

pytestmark = pytest.mark.django_db

LIST = "- Ana Roux, maire, Commune de Riom\n- Paul Durand, directeur, CISCA ; élu, PETR du Grand Clermont"
PAGES = [
    ("get", "attending"),
    ("post", "attending_read"),
    ("post", "attending_save"),
    ("post", "attending_drop"),
    ("post", "attending_undo"),
]


@pytest.fixture
def workshop():
    return WorkshopFactory(slug="riom", source=SourceFactory(page_count=5))


@pytest.fixture
def client():
    return accounts.client_of(accounts.administrator())


def url(name: str = "attending") -> str:
    return reverse(name, args=["riom"])


def paste(client, text=LIST):
    return client.post(url("attending_read"), {"text": text}, follow=True)


def sent(response, button="confirm", **changes) -> dict:
    """What a browser would send of the list's form, with `changes` by the end of the name of a field."""
    document = lxml.html.fromstring(response.content.decode())
    form = next(form for form in document.forms if (form.get("class") or "") == "roster")
    data = dict(form.form_values())
    for name, value in changes.items():
        (key,) = [key for key in form.inputs.keys() if key.endswith(name.replace("__", "-"))]  # noqa: SIM118
        data[key] = value
    return {**data, button: "1"}


@pytest.mark.parametrize(("method", "name"), PAGES)
def test_only_those_who_may_change_the_workshop_come_in(workshop, method, name):
    where = accounts.ecosystem()
    where.workshops.add(workshop)
    outsider, reviewer = accounts.animator(accounts.ecosystem()), accounts.reviewer(where)
    for stranger in (outsider, reviewer):
        assert getattr(accounts.client_of(stranger), method)(url(name)).status_code == 403
    assert getattr(accounts.client_of(accounts.animator(where)), method)(url(name)).status_code != 403


@pytest.mark.parametrize(("method", "name"), PAGES)
def test_a_visitor_is_asked_to_log_in(client, workshop, method, name):
    client.logout()
    assert reverse("admin:login") in getattr(client, method)(url(name))["Location"]


def test_from_the_pasted_text_to_the_attendances(client, workshop):
    page = paste(client)
    assert "1 ligne et 0 organisation à décider" in page.content.decode()
    refused = client.post(url("attending_save"), sent(page))
    assert refused.status_code == 422 and "choisissez une lecture" in refused.content.decode()
    assert not workshop.attendances.exists()
    # « Telle quelle »: both functions stand.
    done = client.post(
        url("attending_save"), sent(refused, reading="lue", publication="everyone"), follow=True
    )
    assert (
        "2 présences enregistrées, 2 nouvelles personnes, 3 nouvelles organisations" in done.content.decode()
    )
    paul = workshop.attendances.get(person__name="Paul Durand")
    assert sorted(held.organisation.name for held in paul.capacities.all()) == [
        "CISCA",
        "PETR du Grand Clermont",
    ]
    undone = client.post(url("attending_undo"), follow=True)
    assert "C’est annulé" in undone.content.decode() and not workshop.attendances.exists()


def test_another_reading_is_one_click(client, workshop):
    page = paste(client)
    client.post(url("attending_save"), sent(page, button="keep", reading="0"))
    (paul,) = RosterLine.objects.filter(person_name="Paul Durand")
    assert paul.is_sure and paul.capacities[0]["organisation"] == "PETR du Grand Clermont"
    assert len(paul.capacities) == 1  # the second function became the first: it is not there twice


def test_a_correction_by_hand_settles_the_line_and_asks_again_who_it_is(client, workshop):
    known = PersonFactory(name="Ana Roux", family_name="Roux")
    MembershipFactory(member=known, organisation=OrganisationFactory(name="Ville de Riom"))
    page = paste(client, "- Ana Roux, maire, Ville de Riom")
    line = RosterLine.objects.get()
    client.post(url("attending_save"), sent(page, button="keep", person_name="Ana Rougier"))
    line.refresh_from_db()
    assert (line.person_name, line.choice) == ("Ana Rougier", "")


def test_nothing_typed_is_lost_when_someone_else_was_quicker(client, workshop):
    page = paste(client, "- Ana Roux, maire, Ville de Riom")
    other = accounts.client_of(accounts.administrator())
    other.post(url("attending_save"), sent(page, button="keep", session_role="rapporteuse"))
    late = client.post(url("attending_save"), sent(page, button="keep", session_role="animatrice"))
    assert late.status_code == 409 and "Quelqu’un d’autre" in late.content.decode()
    assert RosterLine.objects.get().session_role == "rapporteuse"
    client.post(url("attending_save"), sent(late, button="keep"))
    assert RosterLine.objects.get().session_role == "animatrice"


def test_a_document_is_read_and_a_bad_one_explained(client, workshop):
    good = SimpleUploadedFile("liste.csv", "Nom;Prénom;Organisme\nRoux;Ana;Ville de Riom\n".encode())
    page = client.post(url("attending_read"), {"document": good}, follow=True)
    assert RosterLine.objects.get().person_name == "Ana Roux" and page.status_code == 200
    for name, content, why in (
        ("liste.exe", b"MZ", "Format non reconnu"),
        ("liste.docx", b"not a zip", "abîmé ou protégé"),
    ):
        bad = client.post(url("attending_read"), {"document": SimpleUploadedFile(name, content)})
        assert bad.status_code == 422 and why in bad.content.decode()
    empty = client.post(url("attending_read"), {"text": "  "})
    assert empty.status_code == 422 and "Collez la liste" in empty.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "roi"},
        {"person_name": "x" * 400},
        {"version": "abc"},
        {"publication": "tout"},
    ],
)
def test_what_no_page_sends_is_refused_and_writes_nothing(client, workshop, changes):
    page = paste(client, "- Ana Roux, maire, Ville de Riom")
    data = sent(page)
    for name, value in changes.items():
        data |= {key: value for key in data if key.endswith(name)}
    answer = client.post(url("attending_save"), data)
    assert answer.status_code in (422, 409) and not workshop.attendances.exists()


@pytest.mark.parametrize("choice", ["99999999", "'; DROP TABLE", "-1"])
def test_a_card_that_the_page_did_not_propose_is_not_taken(client, workshop, choice):
    PersonFactory(name="Someone Else")
    page = paste(client, "- Ana Roux, maire, Ville de Riom")
    data = sent(page)
    data |= {key: choice for key in data if key.endswith("choice")}
    client.post(url("attending_save"), data)
    assert str(workshop.attendances.get()) == "Ana Roux"


def test_names_of_the_list_are_words_and_not_html(client, workshop):
    page = paste(client, "- <b>Ana</b> Roux, maire, Ville de <script>alert(1)</script>Riom")
    assert "<script>alert" not in page.content.decode() and "<b>Ana" not in page.content.decode()


def test_as_many_queries_for_three_lines_as_for_one(client, workshop, assert_constant_queries):
    roster = Roster.objects.create(workshop=workshop)

    def add():
        number = roster.lines.count() + 1
        known = PersonFactory(name=f"Ana Roux{number}")
        held = MembershipFactory(member=known)
        RosterLine.objects.create(
            roster=roster,
            position=number,
            person_name=known.name,
            capacities=[{"role": "maire", "unit": "", "organisation": held.organisation.name}],
        )

    page = assert_constant_queries(url(), add, client)
    assert "3 lignes lues" in page.content.decode()


def test_a_list_already_confirmed_or_dropped_is_said(client, workshop):
    page = paste(client)
    client.post(url("attending_drop"))
    late = client.post(url("attending_save"), sent(page), follow=True)
    assert "confirmée ou abandonnée" in late.content.decode()
    again = client.post(url("attending_undo"), follow=True)
    assert "plus de liste à annuler" in again.content.decode()
