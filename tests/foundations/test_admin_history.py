"""History: who, when, what, field by field; any version comes back whole, a deleted row too."""

import pytest
from django.urls import reverse

from actors.models import Organisation, Person
from tests.factories import accounts
from tests.factories.actors import OrganisationFactory, PersonFactory
from tests.factories.workshops import FindingFactory, SessionFactory, WorkshopFactory
from workshops.models import Finding, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return accounts.administrator()


@pytest.fixture
def client(administrator):
    return accounts.client_of(administrator)


def url(row, page: str = "history", *more) -> str:
    return reverse(f"admin:workshops_{row._meta.model_name}_{page}", args=[row.pk, *more])


def save(client, row, **changes):
    page = client.get(url(row, "change"))
    response = client.post(url(row, "change"), accounts.form_data(page, **changes))
    assert response.status_code == 302, accounts.errors_of(response)


def first_event(row) -> int:
    return row.pgh_event_model.objects.filter(pgh_obj_id=row.pk).earliest("pgh_id").pgh_id


def test_it_says_who_changed_what(client, administrator):
    finding = FindingFactory(statement="Avant", level="unspecified")
    session = SessionFactory(workshop=finding.workshop, title="Ouverture")
    save(client, finding, statement="Après", level="within", session=str(session.pk))
    versions = client.get(url(finding)).context["versions"]
    assert [version["what"] for version in versions] == ["modification", "création"]
    assert versions[0]["who"] == administrator.username
    assert versions[1]["who"] == "programme ou administrateur du serveur"
    assert versions[0]["changes"] == [
        {"field": "séance", "old": "", "new": "Ouverture"},
        {"field": "énoncé", "old": "Avant", "new": "Après"},
        {"field": "niveau", "old": "non précisé", "new": "dans l’organisation"},
    ]


def test_the_whole_row_comes_back(client):
    finding = FindingFactory(statement="Avant", quotation="Mot", pages=[1])
    save(client, finding, statement="Après", quotation="", pages="2")
    response = client.post(url(finding, "revert", first_event(finding)))
    assert response.status_code == 302
    finding.refresh_from_db()
    assert (finding.statement, finding.quotation, finding.pages) == ("Avant", "Mot", [1])
    assert finding.version == 2, "the count goes on, so that an open form sees the change"


def test_a_get_reverts_nothing(client):
    finding = FindingFactory(statement="Avant")
    save(client, finding, statement="Après")
    assert client.get(url(finding, "revert", first_event(finding))).status_code == 405
    assert Finding.objects.get().statement == "Après"


def test_an_event_of_another_row_is_not_one_of_this_row(client):
    finding, other = FindingFactory(), FindingFactory()
    assert client.post(url(finding, "revert", first_event(other))).status_code == 404


def test_a_deleted_row_is_listed_and_comes_back_under_its_key(client):
    finding = FindingFactory(statement="Perdu")
    key, event = finding.pk, first_event(finding)
    client.post(url(finding, "delete"), {"post": "yes"})
    assert not Finding.objects.exists()

    rows = client.get(reverse("admin:workshops_finding_deleted")).context["rows"]
    assert [row["name"] for row in rows] == ["Perdu"]
    page = client.get(rows[0]["url"])
    assert "Cette fiche a été supprimée" in page.content.decode()
    assert "Rétablir cette version" in page.content.decode()

    response = client.post(reverse("admin:workshops_finding_revert", args=[key, event]))
    assert response.status_code == 302
    assert Finding.objects.get().pk == key
    assert Finding.objects.get().statement == "Perdu"
    assert client.get(reverse("admin:workshops_finding_deleted")).context["rows"] == []


def test_a_row_whose_workshop_is_gone_cannot_come_back_alone(client):
    finding = FindingFactory()
    key, event = finding.pk, first_event(finding)
    workshop = finding.workshop
    Finding.objects.all().delete()
    Workshop.objects.filter(pk=workshop.pk).delete()
    response = client.post(reverse("admin:workshops_finding_revert", args=[key, event]), follow=True)
    assert "Impossible de revenir à cette version" in response.content.decode()
    assert not Finding.objects.exists()


def test_a_key_that_never_was(client):
    response = client.get(reverse("admin:workshops_finding_history", args=[987654]))
    assert response.status_code == 302
    assert client.get("/admin/workshops/finding/abc/history/").status_code == 404


def test_a_long_history_is_paged_in_constant_queries(client, assert_constant_queries):
    finding = FindingFactory()
    numbers = iter(range(100))

    def change():
        Finding.objects.filter(pk=finding.pk).update(statement=f"Version {next(numbers)}")

    assert_constant_queries(url(finding), change, client=client)
    for _ in range(50):
        change()
    page = client.get(url(finding))
    assert len(page.context["versions"]) == 50
    assert "page 1 sur 2" in page.content.decode()
    last = client.get(f"{url(finding)}?p=2").context["versions"]
    assert last[-1]["what"] == "création"


def test_people_and_organisations_keep_apart(client):
    person, organisation = PersonFactory(), OrganisationFactory()
    Person.objects.all().delete()
    Organisation.objects.all().delete()
    rows = client.get(reverse("admin:actors_person_deleted")).context["rows"]
    assert [row["name"] for row in rows] == [person.name]
    event = first_event(organisation)
    wrong = reverse("admin:actors_person_revert", args=[organisation.pk or 0, event])
    assert client.post(wrong).status_code == 404


def test_a_workshop_published_by_mistake_goes_back_to_what_it_was(client):
    workshop = WorkshopFactory(state="draft")
    page = client.get(url(workshop, "change"))
    client.post(url(workshop, "change"), accounts.form_data(page, "_publish"))
    workshop.refresh_from_db()
    assert workshop.is_published
    client.post(url(workshop, "revert", first_event(workshop)))
    workshop.refresh_from_db()
    assert not workshop.is_published
