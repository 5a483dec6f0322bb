"""Lists, choices, the home page and the look of the administration, for all floors at once."""

import lxml.html
import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import CompetenceSynonym, Organisation, Person, PrivateNote
from territories.models import Territory
from tests.factories import accounts
from tests.factories.actors import (
    CompetenceFactory,
    ContactRequestFactory,
    InitiativeBearerFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
    TriggerFactory,
)
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FollowUpFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return accounts.client_of(accounts.administrator())


def place(name: str, **more) -> Territory:
    return Territory.objects.create(
        **{"kind": "commune", "code": name[:5], "name": name, "slug": name.lower()} | more
    )


def note():
    return PrivateNote.objects.create(
        actor=OrganisationFactory(),
        text="Rappeler",
        call_back_on=timezone.localdate(),
        author=accounts.administrator(),
    )


def person():
    return MembershipFactory(member=PersonFactory(seat=None)).member


ROWS = {
    "workshops_workshop": lambda: FindingFactory(workshop__state="draft"),
    "workshops_finding": FindingFactory,
    "workshops_recommendation": FollowUpFactory,
    "workshops_theme": lambda: FindingFactory().themes.add(ThemeFactory()),
    "actors_person": person,
    "actors_organisation": OrganisationFactory,
    "actors_initiative": InitiativeBearerFactory,
    "actors_competence": lambda: CompetenceFactory(parent=CompetenceFactory()),
    "actors_trigger": TriggerFactory,
    "actors_source": SourceFactory,
    "actors_contactrequest": ContactRequestFactory,
    "actors_privatenote": note,
    "ecosystems_ecosystem": accounts.ecosystem,
}


@pytest.mark.parametrize("name", ROWS)
def test_a_list_takes_as_many_queries_with_three_rows(name, client, assert_constant_queries):
    assert_constant_queries(reverse(f"admin:{name}_changelist"), ROWS[name], client=client)


def test_the_home_page_too(client, assert_constant_queries):
    def add():
        note()
        ContactRequestFactory()
        WorkshopFactory(state="draft")

    assert_constant_queries(reverse("admin:index"), add, client=client)


def test_the_steps_of_a_workshop_too(client, assert_constant_queries):
    workshop = WorkshopFactory()
    base = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    assert_constant_queries(
        f"{base}?etape=constats", lambda: FindingFactory(workshop=workshop), client=client
    )
    assert_constant_queries(
        f"{base}?etape=presences", lambda: AttendanceFactory(workshop=workshop), client=client
    )


class TestChoices:
    """What one chooses by typing is told apart from its homonyms, and found however it is typed."""

    def choices(self, client, model: str, field: str, term: str, **only) -> list[str]:
        app, name = model.split(".")
        query = {"app_label": app, "model_name": name, "field_name": field, "term": term, **only}
        response = client.get(reverse("admin:autocomplete"), query)
        assert response.status_code == 200
        return [result["text"] for result in response.json()["results"]]

    def test_an_organisation_by_nature_and_place(self, client):
        OrganisationFactory(name="Le Hub", nature="association", seat=place("Thiers"), seat_basis="stated")
        OrganisationFactory(name="Le Hub", nature="company", state="draft")
        assert self.choices(client, "workshops.workshophost", "actor", "hub") == [
            "Le Hub – association, Thiers",
            "Le Hub – entreprise (brouillon)",
        ]

    def test_a_person_by_a_function(self, client):
        membership = MembershipFactory(role="Directrice", organisation__name="Cité du design")
        found = self.choices(client, "workshops.attendance", "person", membership.member.family_name)
        assert found == [f"{membership.member.name} – Directrice, Cité du design"]

    def test_without_accents_nor_hyphens(self, client):
        OrganisationFactory(name="Saint-Éloy-les-Mines Communauté", nature="intermunicipal")
        for term in ("saint eloy", "ÉLOY les", "Saint-Éloy"):
            assert len(self.choices(client, "workshops.workshophost", "actor", term)) == 1, term

    def test_by_another_spelling(self, client):
        OrganisationFactory(name="Clermont Auvergne Métropole").other_names.create(name="CAM", kind="acronym")
        assert len(self.choices(client, "workshops.workshophost", "actor", "cam")) == 1

    def test_only_the_sort_that_fits(self, client):
        PersonFactory(name="Camille Martin", family_name="Martin")
        OrganisationFactory(name="Saint-Martin")
        found = self.choices(client, "workshops.attendance", "person", "martin", only_kind="person")
        assert found == ["Camille Martin – personne"]

    def test_a_filter_nobody_offered_is_ignored(self, client):
        OrganisationFactory(name="Saint-Martin")
        assert len(self.choices(client, "workshops.attendance", "person", "martin", only_slug="x")) == 1

    def test_a_place_by_kind_and_department(self, client):
        place("Mayenne", located_in="Mayenne", code="53147")
        place("Ancienne", is_obsolete=True)
        assert self.choices(client, "actors.actor", "seat", "mayenne") == [
            "Mayenne – commune, Mayenne, 53147"
        ]
        assert self.choices(client, "actors.actor", "seat", "ancienne") == []

    def test_other_rows(self, client):
        wide = CompetenceFactory(name="Participation")
        CompetenceSynonym.objects.create(
            competence=CompetenceFactory(name="Débat public", parent=wide), name="concertation"
        )
        TriggerFactory(name="Covid", kind="crisis")
        ThemeFactory(name="Parler la même langue", field_name="acculturation")
        finding = FindingFactory(statement="Un obstacle net", workshop__title="Atelier d’Issoire")
        bearer = InitiativeBearerFactory(initiative__name="Le jardin", actor__name="Ville")
        SourceFactory(title="Rapport annuel")
        assert self.choices(client, "actors.expertise", "competence", "concertation") == [
            "Débat public – Participation"
        ]
        assert self.choices(client, "actors.competence", "parent", "participation") == [
            "Participation (terme large)"
        ]
        assert self.choices(client, "actors.tie", "trigger", "covid") == ["Covid – crise"]
        assert self.choices(client, "workshops.finding", "themes", "acculturation") == [
            "Parler la même langue – acculturation"
        ]
        assert self.choices(client, "workshops.findinglink", "to_finding", "net") == [
            f"{finding} – obstacle, Atelier d’Issoire"
        ]
        assert self.choices(client, "workshops.finding", "initiatives", "jardin") == [
            f"Le jardin – expérience, {bearer.actor}"
        ]
        assert self.choices(client, "workshops.finding", "source", "annuel") == [
            "Rapport annuel – compte rendu, 04/07/2022"
        ]

    def test_what_is_chosen_reads_the_same(self, client):
        organisation = OrganisationFactory(name="Le Hub", nature="association")
        finding = FindingFactory()
        finding.actors.add(organisation)
        page = client.get(reverse("admin:workshops_finding_change", args=[finding.pk])).content.decode()
        assert "Le Hub – association" in page

    def test_an_actor_may_be_added_on_the_way(self, client):
        page = client.get(reverse("admin:actors_actor_add"), {"_popup": "1"}).content.decode()
        assert f"{reverse('admin:actors_person_add')}?_popup=1" in page
        assert f"{reverse('admin:actors_organisation_add')}?_popup=1" in page


class TestPublishing:
    def test_in_bulk_saying_what_stays_and_why(self, client):
        ready = PersonFactory(name="Prête", state="draft")
        unready = PersonFactory(
            name="Sans fondement",
            state="draft",
            publication_basis="",
            publication_basis_on=None,
            family_name="",
        )
        url = reverse("admin:actors_person_changelist")
        data = {"action": "publish", "_selected_action": [ready.pk, unready.pk]}
        page = client.post(url, data, follow=True).content.decode()
        assert "1 fiche publiée." in page
        assert "Sans fondement (Avant de publier, dites pourquoi cette personne peut être nommée" in page
        assert set(Person.objects.published()) == {ready}
        client.post(url, {"action": "unpublish", "_selected_action": [ready.pk]})
        assert not Person.objects.published().exists()

    def test_what_belongs_to_others_is_left_and_told(self):
        where = accounts.ecosystem()
        mine, theirs = WorkshopFactory(state="draft"), WorkshopFactory(state="draft")
        where.workshops.add(mine)
        accounts.ecosystem().workshops.add(theirs)
        client = accounts.client_of(accounts.animator(where))
        data = {"action": "publish", "_selected_action": [mine.pk, theirs.pk]}
        page = client.post(reverse("admin:workshops_workshop_changelist"), data, follow=True).content.decode()
        assert "1 fiche publiée." in page
        assert "1 hors de vos écosystèmes, laissée telle quelle." in page
        mine.refresh_from_db()
        theirs.refresh_from_db()
        assert (mine.state, theirs.state) == ("published", "draft")

    def test_a_person_without_a_basis_stays_a_draft_and_keeps_what_is_typed(self, client):
        url = reverse("admin:actors_person_add")
        response = client.post(url, accounts.form_data(client.get(url), "_publish", name="Camille Neuve"))
        assert "dites pourquoi cette personne peut être nommée" in accounts.errors_of(response)
        assert 'value="Camille Neuve"' in response.content.decode()
        data = accounts.form_data(
            client.get(url), "_publish", name="Camille Neuve", publication_basis="consent"
        )
        assert client.post(url, data).status_code == 302
        person = Person.objects.get()
        assert (person.slug, person.state, person.publication_basis_on) == (
            "camille-neuve",
            "published",
            timezone.localdate(),
        )

    def test_the_preview_is_the_real_page(self, client):
        draft, public = OrganisationFactory(state="draft"), OrganisationFactory()
        for row, word in ((draft, "Aperçu"), (public, "Voir la page")):
            page = lxml.html.fromstring(
                client.get(reverse("admin:actors_organisation_change", args=[row.pk])).content.decode()
            )
            link = page.xpath("//a[contains(@class, 'viewsitelink')]")[0]
            assert (link.get("href"), link.text_content()) == (row.get_absolute_url(), word)


class TestActors:
    def test_an_organisation_needs_a_name_only(self, client):
        url = reverse("admin:actors_organisation_add")
        assert client.post(url, accounts.form_data(client.get(url), name="Réseau neuf")).status_code == 302
        row = Organisation.objects.get()
        assert (row.slug, row.nature, row.nature_basis, row.life, row.state) == (
            "reseau-neuf",
            "unknown",
            "uncertain",
            "unknown",
            "draft",
        )

    def test_two_of_the_same_name_have_two_addresses(self, client):
        url = reverse("admin:actors_organisation_add")
        client.post(url, accounts.form_data(client.get(url), name="Réseau"))
        told = f"{Organisation.objects.get().pk}:_save"
        client.post(url, accounts.form_data(client.get(url), "_save", name="Réseau", _distinct=told))
        assert sorted(Organisation.objects.values_list("slug", flat=True)) == ["reseau", "reseau-2"]

    def test_a_seat_needs_its_proof(self, client):
        url = reverse("admin:actors_organisation_add")
        where = place("Ambert")
        refused = client.post(url, accounts.form_data(client.get(url), name="Réseau", seat=str(where.pk)))
        assert "Dites d’où l’on sait où cet acteur est implanté." in accounts.errors_of(refused)

    def test_who_withdrew_is_not_entered_again(self, client):
        from actors.fingerprint import fingerprint
        from actors.models import Withdrawal

        Withdrawal.objects.create(fingerprint=fingerprint("Camille Partie"))
        url = reverse("admin:actors_person_add")
        response = client.post(url, accounts.form_data(client.get(url), name="PARTIE Camille"))
        assert "a demandé à ne plus figurer" in accounts.errors_of(response)

    def test_a_tie_goes_to_an_actor_or_to_a_category(self, client):
        organisation, source = OrganisationFactory(), SourceFactory()
        url = reverse("admin:actors_organisation_change", args=[organisation.pk])
        tie = {
            "ties_out-TOTAL_FORMS": "1",
            "ties_out-0-kind": "talks_to",
            "ties_out-0-source": str(source.pk),
            "ties_out-0-basis": "stated",
        }
        response = client.post(url, accounts.form_data(client.get(url), **tie))
        assert "Choisissez un acteur, ou écrivez une catégorie" in accounts.errors_of(response)
        tie["ties_out-0-to_category"] = "les citoyens"
        assert client.post(url, accounts.form_data(client.get(url), **tie)).status_code == 302
        assert organisation.ties_out.get().to_category == "les citoyens"

    def test_the_tree_of_competences_has_two_levels(self, client):
        wide = CompetenceFactory(name="Participation")
        narrow = CompetenceFactory(name="Débat", parent=wide)
        url = reverse("admin:actors_competence_add")
        data = accounts.form_data(
            client.get(url), name="Débat mouvant", definition="x", parent=str(narrow.pk)
        )
        assert "deux niveaux, pas plus" in accounts.errors_of(client.post(url, data))
        other = CompetenceFactory(name="Accueil")
        url = reverse("admin:actors_competence_change", args=[wide.pk])
        data = accounts.form_data(client.get(url), parent=str(other.pk))
        assert "deux niveaux, pas plus" in accounts.errors_of(client.post(url, data))
        listed = client.get(reverse("admin:actors_competence_changelist")).context["cl"].result_list
        names = [row.name for row in listed]
        assert names == ["Accueil", "Participation", "Débat"]
