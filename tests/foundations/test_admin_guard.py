"""Nobody overwrites anyone: three states of a row are compared, and what is typed is never lost."""

import pytest
from django.urls import reverse

from actors.models import Organisation
from tests.factories import accounts
from tests.factories.actors import CompetenceFactory, OrganisationFactory, SourceFactory
from tests.factories.workshops import AttendanceFactory, FindingFactory, ThemeFactory, WorkshopFactory
from workshops.models import Attendance, Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return accounts.client_of(accounts.administrator())


def url_of(finding) -> str:
    return reverse("admin:workshops_finding_change", args=[finding.pk])


def test_a_save_over_someone_elses_change_is_refused_and_loses_nothing(client):
    finding = FindingFactory(statement="Premier énoncé")
    shown = client.get(url_of(finding))
    Finding.objects.filter(pk=finding.pk).update(statement="Énoncé d’une autre")

    response = client.post(url_of(finding), accounts.form_data(shown, statement="Mon énoncé"))

    assert response.status_code == 200
    page = response.content.decode()
    assert "Quelqu’un d’autre a modifié cette fiche" in page
    told = accounts.errors_of(response)
    assert "Mon énoncé" in told
    assert "Énoncé d’une autre" in told, "side by side"
    assert ">\nMon énoncé</textarea>" in page
    finding.refresh_from_db()
    assert finding.statement == "Énoncé d’une autre"


def test_it_stays_refused_until_one_agrees_to_replace(client):
    finding = FindingFactory(statement="Premier énoncé")
    shown = client.get(url_of(finding))
    Finding.objects.filter(pk=finding.pk).update(statement="Énoncé d’une autre")
    refused = client.post(url_of(finding), accounts.form_data(shown, statement="Mon énoncé"))

    again = client.post(url_of(finding), accounts.form_data(refused))
    assert again.status_code == 200, "sending the same page again is not agreeing"

    agreed = accounts.form_data(refused)
    assert agreed["replace"] == [refused.context["adminform"].form.stored]
    assert client.post(url_of(finding), {**agreed, "choose-statement": "mine"}).status_code == 302
    finding.refresh_from_db()
    assert finding.statement == "Mon énoncé"


def test_agreeing_holds_for_the_values_that_were_read_only(client):
    finding = FindingFactory(statement="Premier énoncé")
    shown = client.get(url_of(finding))
    Finding.objects.filter(pk=finding.pk).update(statement="Énoncé d’une autre")
    refused = client.post(url_of(finding), accounts.form_data(shown, statement="Mon énoncé"))
    agreed = accounts.form_data(refused)
    agreed["choose-statement"] = "mine"
    Finding.objects.filter(pk=finding.pk).update(statement="Énoncé d’un troisième")

    assert client.post(url_of(finding), agreed).status_code == 200
    finding.refresh_from_db()
    assert finding.statement == "Énoncé d’un troisième"


def test_the_other_version_may_be_chosen(client):
    finding = FindingFactory(statement="Premier énoncé", note="")
    shown = client.get(url_of(finding))
    Finding.objects.filter(pk=finding.pk).update(statement="Énoncé d’une autre")
    refused = client.post(
        url_of(finding), accounts.form_data(shown, statement="Mon énoncé", note="Ma précision")
    )
    chosen = accounts.form_data(refused, **{"choose-statement": "theirs"})
    assert client.post(url_of(finding), chosen).status_code == 302
    finding.refresh_from_db()
    assert (finding.statement, finding.note) == ("Énoncé d’une autre", "Ma précision")


def test_what_only_one_side_changed_is_chosen_beforehand(client):
    finding = FindingFactory(statement="Premier énoncé", note="")
    mine, theirs = ThemeFactory(name="Le mien"), ThemeFactory(name="Le sien")
    shown = client.get(url_of(finding))
    Finding.objects.filter(pk=finding.pk).update(statement="Énoncé d’une autre")
    finding.themes.add(theirs)
    refused = client.post(
        url_of(finding), accounts.form_data(shown, note="Ma précision", themes=[str(mine.pk)])
    )
    sent = accounts.form_data(refused)
    assert (sent["choose-statement"], sent["choose-note"]) == (["theirs"], ["mine"])
    assert "choose-themes" not in sent, "both wrote there"
    assert client.post(url_of(finding), {**sent, "choose-themes": "theirs"}).status_code == 302
    finding.refresh_from_db()
    assert (finding.statement, finding.note) == ("Énoncé d’une autre", "Ma précision")
    assert list(finding.themes.all()) == [theirs]


def test_it_says_who_wrote_the_other_version(client):
    finding = FindingFactory(statement="Premier énoncé")
    shown = client.get(url_of(finding))
    other = accounts.administrator()
    theirs = accounts.client_of(other)
    theirs.post(url_of(finding), accounts.form_data(theirs.get(url_of(finding)), statement="Le sien"))
    refused = client.post(url_of(finding), accounts.form_data(shown, statement="Le mien"))
    assert f"Celui de {other.username}" in accounts.errors_of(refused)


def test_what_i_did_not_touch_stays_as_someone_else_left_it(client):
    finding = FindingFactory(statement="Premier énoncé")
    theme = ThemeFactory()
    shown = client.get(url_of(finding))
    Finding.objects.filter(pk=finding.pk).update(statement="Énoncé d’une autre")
    finding.themes.add(theme)

    assert client.post(url_of(finding), accounts.form_data(shown)).status_code == 302
    finding.refresh_from_db()
    assert finding.statement == "Énoncé d’une autre"
    assert list(finding.themes.all()) == [theme]


def test_a_theme_added_meanwhile_is_a_change_too(client):
    finding, theme, mine = FindingFactory(), ThemeFactory(name="Légitimité"), ThemeFactory()
    shown = client.get(url_of(finding))
    finding.themes.add(theme)

    response = client.post(url_of(finding), accounts.form_data(shown, themes=[str(mine.pk)]))
    assert response.status_code == 200
    assert "Légitimité" in accounts.errors_of(response)
    assert list(finding.themes.all()) == [theme]


def test_two_who_made_the_same_change_agree(client):
    finding = FindingFactory(statement="Premier énoncé")
    shown = client.get(url_of(finding))
    Finding.objects.filter(pk=finding.pk).update(statement="Mieux dit")
    assert client.post(url_of(finding), accounts.form_data(shown, statement="Mieux dit")).status_code == 302


def test_a_save_without_a_change_is_no_new_version(client):
    finding = FindingFactory()
    before = Finding.objects.get(pk=finding.pk)
    client.post(url_of(finding), accounts.form_data(client.get(url_of(finding))))
    after = Finding.objects.get(pk=finding.pk)
    assert after.version == before.version
    assert after.pgh_event_model.objects.filter(pgh_obj=finding).count() == 1


def test_two_animators_add_findings_to_the_same_workshop_at_once(client):
    workshop = WorkshopFactory()
    url = f"{reverse('admin:workshops_workshop_change', args=[workshop.pk])}?etape=constats"
    one, two = client.get(url), client.get(url)
    for page, statement in ((one, "Le premier"), (two, "Le second")):
        data = {"findings-0-kind": "frein", "findings-0-statement": statement}
        assert client.post(url, accounts.form_data(page, "_continue", **data)).status_code == 302
    assert [(row.code, row.statement) for row in workshop.findings.all()] == [
        ("F01", "Le premier"),
        ("F02", "Le second"),
    ]


class TestInlineRows:
    def url(self, workshop) -> str:
        return f"{reverse('admin:workshops_workshop_change', args=[workshop.pk])}?etape=presences"

    def test_a_row_that_both_changed_is_refused(self, client):
        row = AttendanceFactory(status="invited")
        shown = client.get(self.url(row.workshop))
        Attendance.objects.filter(pk=row.pk).update(status="excused")
        data = accounts.form_data(shown, "_continue", **{"attendances-0-status": "present"})
        response = client.post(self.url(row.workshop), data)
        assert "excusé" in accounts.errors_of(response)
        row.refresh_from_db()
        assert row.status == "excused"
        chosen = {"attendances-0-choose-status": "mine"}
        again = client.post(self.url(row.workshop), accounts.form_data(response, "_continue", **chosen))
        assert again.status_code == 302, accounts.errors_of(again)
        row.refresh_from_db()
        assert row.status == "present"

    def test_a_row_that_only_the_other_changed_does_not_stop_me(self, client):
        workshop = WorkshopFactory()
        theirs = AttendanceFactory(workshop=workshop, status="invited")
        mine = AttendanceFactory(workshop=workshop, status="invited")
        shown = client.get(self.url(workshop))
        Attendance.objects.filter(pk=theirs.pk).update(status="excused")
        data = accounts.form_data(shown, "_continue", **{"attendances-1-status": "present"})
        response = client.post(self.url(workshop), data)
        assert response.status_code == 302, accounts.errors_of(response)
        theirs.refresh_from_db()
        mine.refresh_from_db()
        assert (theirs.status, mine.status) == ("excused", "present")

    def test_a_row_deleted_meanwhile_gives_back_what_was_typed(self, client):
        row = AttendanceFactory()
        shown = client.get(self.url(row.workshop))
        row.delete()
        data = accounts.form_data(shown, "_continue", **{"attendances-0-session_role": "raconte"})
        response = client.post(self.url(row.workshop), data)
        assert response.status_code == 200
        assert "Vous y aviez écrit\u202f: present, raconte." in accounts.errors_of(response)
        assert (
            client.post(self.url(row.workshop), accounts.form_data(response, "_continue")).status_code == 302
        )
        assert not Attendance.objects.exists()

    def test_a_row_deleted_meanwhile_that_i_left_alone_stays_deleted(self, client):
        row = AttendanceFactory()
        shown = client.get(self.url(row.workshop))
        row.delete()
        assert client.post(self.url(row.workshop), accounts.form_data(shown, "_continue")).status_code == 302
        assert not Attendance.objects.exists()


def test_what_only_the_database_checks_comes_back_with_everything_typed(client):
    source = SourceFactory(page_count=5)
    FindingFactory(source=source, pages=[5])
    url = reverse("admin:actors_source_change", args=[source.pk])
    response = client.post(url, accounts.form_data(client.get(url), page_count="3", title="Titre retouché"))
    assert response.status_code == 200
    assert "Des faits citent une page au-delà" in accounts.errors_of(response)
    assert "Titre retouché" in response.content.decode()
    source.refresh_from_db()
    assert source.page_count == 5


def test_an_unknown_refusal_of_the_database_is_a_page_too(client, monkeypatch):
    from django.db import IntegrityError

    competence = CompetenceFactory()
    url = reverse("admin:actors_competence_change", args=[competence.pk])
    shown = client.get(url)

    def refuse(self, *args, **kwargs):
        raise IntegrityError("no")

    monkeypatch.setattr("actors.models.Competence.save", refuse)
    response = client.post(url, accounts.form_data(shown, name="Autre nom"))
    assert response.status_code == 200
    assert "La base de données refuse cet enregistrement (contrainte)" in accounts.errors_of(response)
    assert "Autre nom" in response.content.decode()


def test_a_name_is_required(client):
    organisation = OrganisationFactory()
    url = reverse("admin:actors_organisation_change", args=[organisation.pk])
    response = client.post(url, accounts.form_data(client.get(url), name=""))
    assert response.status_code == 200
    assert Organisation.objects.get().name == organisation.name
