"""Home, competences, initiatives, ecosystems: their figures, their empty states, what is public of them."""

import pytest
from django.contrib.auth.models import Permission, User

from actors.models import CompetenceSynonym, InitiativeLineage
from tests.factories.accounts import ecosystem
from tests.factories.actors import (
    CompetenceFactory,
    ExpertiseFactory,
    InitiativeBearerFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
    TriggerFactory,
)
from tests.factories.territories import TerritoryFactory
from tests.factories.workshops import (
    FindingFactory,
    FollowUpFactory,
    RecommendationFactory,
    ThemeFactory,
    WorkshopFactory,
)

from .test_pages_actor import section

pytestmark = pytest.mark.django_db


def with_permission(client, codename: str):
    user = User.objects.create_user(f"qui-{codename}")
    user.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


class TestHome:
    def test_empty(self, visitor):
        page = visitor.follows("/")
        assert "Aucun atelier n’a encore été saisi." in page.text
        assert "Aucun acteur n’est encore rattaché à un territoire." in page.text
        assert page.tree.xpath('//form[@role="search" or @id="recherche"]//input[@name="q"]')
        assert page.tree.xpath('//input[@name="territoire"]')

    def test_figures_and_ways_in(self, visitor):
        root = CompetenceFactory(name="Participation", slug="participation")
        ExpertiseFactory(
            competence=CompetenceFactory(parent=root),
            actor=OrganisationFactory(
                seat=TerritoryFactory(name="Thiers", slug="thiers"), seat_basis="stated"
            ),
        )
        CompetenceFactory(name="Sans personne")
        PersonFactory.create_batch(2)
        PersonFactory(state="draft")
        workshop = WorkshopFactory(title="Atelier de juin")
        finding = FindingFactory(workshop=workshop)
        theme = ThemeFactory(name="Le temps manque", slug="temps")
        finding.themes.add(theme)
        ThemeFactory(name="Sans obstacle").findings.add(FindingFactory(workshop=workshop, kind="moteur"))
        FollowUpFactory(recommendation=RecommendationFactory(workshop=workshop))
        RecommendationFactory(workshop=workshop)
        page = visitor.follows("/")
        assert "3acteurs, dont 2 personnes" in page.text.replace("3 acteurs", "3acteurs")
        assert "recommandations, dont 1 sans suite connue" in page.text
        assert page.links["Participation"] == "/competences/participation/"
        assert "Sans personne" not in page.text
        assert "Le temps manque" in section(page, "obstacles")
        assert "Sans obstacle" not in page.text
        assert "Thiers" in section(page, "territoires")
        assert "Atelier de juin" in section(page, "atelier")

    def test_as_many_queries_whatever_there_is(self, assert_constant_queries):
        def add():
            place = TerritoryFactory()
            ExpertiseFactory(actor=OrganisationFactory(seat=place, seat_basis="stated"))
            finding = FindingFactory(workshop__place=place)
            finding.themes.add(ThemeFactory())
            RecommendationFactory(workshop=finding.workshop)

        last = assert_constant_queries("/", add)
        assert len(last.context["page"].obstacles) == 3


class TestCompetences:
    def test_empty(self, visitor):
        assert "Le vocabulaire n’est pas encore chargé." in visitor.follows("/competences/").text
        CompetenceFactory(slug="seule")
        page = visitor.follows("/competences/seule/")
        assert "Aucune source ne dit encore qui sait faire cela." in page.text

    def test_who_has_it_and_what_proves_it(self, visitor):
        root = CompetenceFactory(name="Participation", slug="participation")
        term = CompetenceFactory(name="Débat public", slug="debat-public", parent=root)
        near = CompetenceFactory(name="Médiation")
        term.related.add(near)
        CompetenceSynonym.objects.create(competence=term, name="concertation citoyenne")
        ThemeFactory(name="On ne s’écoute pas").competences.add(term)
        source = SourceFactory(slug="retour")
        ExpertiseFactory(
            actor__name="Scop", competence=term, evidence="Son métier.", source=source, pages=[3]
        )
        ExpertiseFactory(actor__name="Cachée", actor__state="draft", competence=term)
        page = visitor.follows("/competences/debat-public/")
        assert "On dit aussi : concertation citoyenne" in page.text
        assert "Scop" in section(page, "qui")
        assert "Son métier." in section(page, "qui")
        assert "/sources/retour/#page-3" in page.links.values()
        assert "Cachée" not in page.text
        assert "Médiation" in section(page, "voisin")
        assert "On ne s’écoute pas" in section(page, "aide")
        wide = visitor.follows("/competences/participation/")
        assert "Son métier. (Débat public)" in section(wide, "qui")
        assert "Débat public" in section(wide, "precis")
        tree = visitor.follows("/competences/")
        assert tree.text.index("Participation") < tree.text.index("Débat public")

    def test_as_many_queries_whatever_there_is(self, assert_constant_queries):
        root = CompetenceFactory(slug="racine")

        def add():
            term = CompetenceFactory(parent=root)
            ExpertiseFactory(competence=term)
            ExpertiseFactory(competence=root)
            root.related.add(CompetenceFactory())
            ThemeFactory().competences.add(root)

        last = assert_constant_queries("/competences/racine/", add)
        assert len(last.context["page"].proofs) == 6
        assert_constant_queries("/competences/", add)


class TestInitiatives:
    def test_empty(self, visitor):
        assert "Aucune initiative n’a encore été racontée." in visitor.follows("/initiatives/").text
        InitiativeFactory(slug="nue")
        page = visitor.follows("/initiatives/nue/")
        assert "La source ne nomme aucun porteur." in page.text
        assert "Aucun constat n’en parle." in page.text
        assert "Lieu non précisé par la source." in page.text

    def test_all_that_is_known_of_one(self, visitor):
        source = SourceFactory(slug="retour")
        initiative = InitiativeFactory(
            name="Budget participatif", slug="budget", place_note="dans un quartier", source=source, pages=[2],
            note="Le montant n’est pas dit.", modality="example",
        )  # fmt: skip
        InitiativeBearerFactory(initiative=initiative, actor__name="Ville", part="sets_up")
        InitiativeBearerFactory(initiative=initiative, actor=None, unnamed="un collectif d’habitants")
        InitiativeBearerFactory(initiative=initiative, actor__name="Cachée", actor__state="draft")
        FindingFactory(statement="Cela avance").initiatives.add(initiative)
        FindingFactory(statement="Cela se cache", workshop__state="draft").initiatives.add(initiative)
        MembershipFactory(programme=initiative, member__name="Lou Datte", role="Cheffe de projet")
        initiative.triggers.add(TriggerFactory(name="Covid"))
        training = InitiativeFactory(name="Formation")
        InitiativeLineage.objects.create(earlier=training, later=initiative, source=source, pages=[2])
        WorkshopFactory(title="Atelier de juin", programme=initiative)
        page = visitor.follows("/initiatives/budget/")
        bearers = section(page, "porteurs")
        assert "Ville – met en place" in bearers
        assert "un collectif d’habitants (non nommé par la source)" in bearers
        assert "Cachée" not in page.text
        assert "Cela avance" in section(page, "dit")
        assert "Cela se cache" not in page.text
        assert "Lou Datte" in section(page, "fonctions")
        assert "Déclencheur : Covid" in section(page, "suite")
        assert "Permise par : Formation" in section(page, "suite")
        assert "dans un quartier" in section(page, "lieu")
        assert "Le montant n’est pas dit." in section(page, "reserves")
        assert "donné en exemple" in page.text
        assert "/sources/retour/#page-2" in page.links.values()
        assert "A permis : Budget participatif" in section(
            visitor.follows(training.get_absolute_url()), "suite"
        )

    def test_one_thing_is_told_once(self, client, visitor):
        told = OrganisationFactory(slug="labo", name="Labo")
        InitiativeFactory(slug="le-labo", name="Le labo", same_as=told)
        response = client.get("/initiatives/le-labo/")
        assert (response.status_code, response["Location"]) == (302, "/acteurs/labo/")
        told.state = "draft"
        told.save()
        assert visitor.follows("/initiatives/le-labo/").tree.xpath("string(//h1)").strip() == "Le labo"

    def test_a_draft(self, client):
        InitiativeFactory(slug="brouillon", name="Brouillonne", state="draft")
        assert client.get("/initiatives/brouillon/").status_code == 404
        assert "Brouillonne" not in client.get("/initiatives/").content.decode()
        assert with_permission(client, "view_initiative").get("/initiatives/brouillon/").status_code == 200

    def test_as_many_queries_whatever_there_is(self, assert_constant_queries):
        initiative = InitiativeFactory(slug="budget")

        def add():
            InitiativeBearerFactory(initiative=initiative)
            InitiativeBearerFactory(initiative__place=TerritoryFactory())
            FindingFactory().initiatives.add(initiative)
            MembershipFactory(programme=initiative)
            initiative.triggers.add(TriggerFactory())
            WorkshopFactory(programme=initiative)
            RecommendationFactory().initiatives.add(initiative)

        last = assert_constant_queries("/initiatives/budget/", add)
        assert len(last.context["page"].bearers) == 3
        assert_constant_queries("/initiatives/", add)


class TestEcosystems:
    def test_empty(self, visitor):
        assert "Aucun écosystème n’a encore été rassemblé." in visitor.follows("/ecosystemes/").text
        empty = ecosystem("Vallée", state="published")
        page = visitor.follows(empty.get_absolute_url())
        for said in (
            "Aucune organisation n’y est encore rattachée.", "Personne n’y est encore rattaché.",
            "Aucun atelier connu.", "Aucun constat n’a encore été saisi.", "Aucune recommandation.",
            "Périmètre non délimité par la source.",
        ):  # fmt: skip
            assert said in page.text

    def test_what_it_gathers(self, visitor):
        whole = ecosystem("Vallée", state="published", summary="Deux rives.")
        whole.actors.add(
            OrganisationFactory(name="Scop"),
            PersonFactory(name="Lou Datte"),
            OrganisationFactory(state="draft"),
        )
        workshop = WorkshopFactory(title="Atelier de juin")
        whole.workshops.add(workshop, WorkshopFactory(title="Atelier caché", state="draft"))
        whole.territories.add(TerritoryFactory(name="Thiers"))
        FindingFactory(workshop=workshop).themes.add(ThemeFactory(name="Le temps manque"))
        FindingFactory(workshop__title="Ailleurs").themes.add(ThemeFactory(name="Autre thème"))
        RecommendationFactory(workshop=workshop, title="Ouvrir un lieu")
        page = visitor.follows(whole.get_absolute_url())
        assert page.tree.xpath("string(//h1)").strip() == "Vallée"
        assert "Scop" in section(page, "organisations")
        assert "Lou Datte" in section(page, "personnes")
        assert "Atelier de juin" in section(page, "ateliers")
        assert "Le temps manque" in section(page, "themes")
        assert "Ouvrir un lieu pas de suite connue" in section(page, "recommandations")
        assert "Thiers" in section(page, "lieux")
        for hidden in ("Atelier caché", "Autre thème", "Ailleurs"):
            assert hidden not in page.text
        response = visitor.client.get(whole.get_absolute_url())
        shown = {figure["label"]: figure["value"] for figure in response.context["page"].figures}
        assert shown == {"organisations": 1, "personnes": 1, "constats": 1, "recommandations": 1}

    def test_a_draft(self, client):
        draft = ecosystem("Brouillonne")
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert "Brouillonne" not in client.get("/ecosystemes/").content.decode()
        assert with_permission(client, "view_ecosystem").get(draft.get_absolute_url()).status_code == 200

    def test_as_many_queries_whatever_there_is(self, assert_constant_queries):
        whole = ecosystem(state="published")

        def add():
            finding = FindingFactory()
            finding.themes.add(ThemeFactory())
            RecommendationFactory(workshop=finding.workshop)
            whole.workshops.add(finding.workshop)
            whole.actors.add(
                OrganisationFactory(seat=TerritoryFactory(), seat_basis="stated"), PersonFactory()
            )
            whole.territories.add(TerritoryFactory())

        last = assert_constant_queries(whole.get_absolute_url(), add)
        assert len(last.context["page"].people) == 3
        assert_constant_queries("/ecosystemes/", lambda: ecosystem(state="published"))
