"""What recurs across workshops, and who helps."""

from datetime import date

import lxml.html
import pytest
from django.urls import reverse

from actors.models import Basis
from territories.models import Kind
from tests.factories.actors import CompetenceFactory, ExpertiseFactory, InitiativeFactory, PersonFactory
from tests.factories.territories import TerritoryFactory, make_set
from tests.factories.workshops import (
    FindingFactory,
    RecommendationFactory,
    SessionFactory,
    ThemeFactory,
    WorkshopFactory,
)
from workshops.models import FindingKind, RecommendationAnswer, Theme

from .test_views_workshops import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    return ThemeFactory(name="Se connaître", field_name="interconnaissance", slug="se-connaitre")


def test_recurrence_counts_published_sessions_and_workshops(theme):
    workshop = WorkshopFactory()
    for session in SessionFactory.create_batch(2, workshop=workshop):
        FindingFactory(workshop=workshop, session=session).themes.add(theme)
    FindingFactory().themes.add(theme)
    draft = WorkshopFactory(state="draft")
    FindingFactory(workshop=draft, session=SessionFactory(workshop=draft)).themes.add(theme)
    counted = Theme.objects.with_recurrence().get()
    assert (counted.finding_count, counted.session_count, counted.workshop_count) == (3, 2, 2)


def test_list_puts_what_recurs_first_and_counts_by_kind(client, theme):
    seldom = ThemeFactory(name="Rare")
    FindingFactory(statement="Une fois").themes.add(seldom)
    for _ in range(2):
        FindingFactory(statement="On se connaît mal").themes.add(theme)
    FindingFactory(kind=FindingKind.MOTEUR).themes.add(theme)
    FindingFactory()
    FindingFactory(workshop__state="draft", statement="Secret").themes.add(theme)
    page = text(client.get(reverse("theme_list")))
    assert page.index("Se connaître") < page.index(">Rare<")
    assert "revient dans 3 ateliers" in page
    assert "1 appui connu" in page
    assert "aucun appui connu" in page
    assert "Je me reconnais dans cet obstacle" in page
    assert "1 constat n’entre dans aucun thème" in page
    assert "Secret" not in page
    assert page.count("<h1") == 1


def test_empty_list_says_so(client):
    page = text(client.get(reverse("theme_list")))
    assert "Aucun atelier publié n’a relevé d’obstacle." in page


def test_list_queries(assert_constant_queries):
    def add():
        theme = ThemeFactory()
        expertise = ExpertiseFactory()
        theme.competences.add(expertise.competence)
        for kind in (FindingKind.FREIN, FindingKind.MOTEUR, FindingKind.INGREDIENT, FindingKind.BESOIN):
            FindingFactory(kind=kind).themes.add(theme)

    assert_constant_queries(reverse("theme_list"), add)


def test_theme_queries(assert_constant_queries, theme):
    def add():
        finding = FindingFactory()
        finding.themes.add(theme)
        finding.initiatives.add(InitiativeFactory())
        RecommendationFactory().themes.add(theme)
        theme.competences.add(ExpertiseFactory().competence)

    assert_constant_queries(theme.get_absolute_url(), add)


def test_theme_tells_who_helps_with_the_proof(client, theme):
    broad = CompetenceFactory(name="Animer")
    narrow = CompetenceFactory(name="Animer un débat", parent=broad)
    theme.competences.add(broad)
    ExpertiseFactory(
        actor__name="Le Collectif",
        competence=narrow,
        evidence="Anime des débats",
        pages=[4],
        basis=Basis.DEDUCED,
    )
    ExpertiseFactory(actor=PersonFactory(name="Prénom Tue", state="draft"), competence=broad)
    page = text(client.get(theme.get_absolute_url()))
    assert "Le Collectif" in page
    assert "Anime des débats" in page
    assert "#page-4" in page
    assert "déduit, et non écrit dans la source" in page
    assert "Prénom Tue" not in page


def test_theme_groups_findings_and_shows_what_is_recommended(client, theme):
    finding = FindingFactory(statement="On se connaît mal")
    finding.themes.add(theme)
    FindingFactory(kind=FindingKind.BESOIN, statement="Des relais").themes.add(theme)
    recommendation = RecommendationFactory(title="Ouvrir des passerelles")
    RecommendationAnswer.objects.create(recommendation=recommendation, finding=finding)
    page = text(client.get(theme.get_absolute_url()))
    assert page.index("Obstacles <small>freins") < page.index("Ce qui manque <small>besoins")
    assert finding.get_absolute_url() in page
    assert "Ouvrir des passerelles" in page


def test_theme_without_anything_has_true_empty_states(client, theme):
    page = text(client.get(theme.get_absolute_url()))
    assert "Aucun atelier publié n’a parlé de ce thème." in page
    assert "Personne de connu ici pour l’instant." in page
    assert "Aucune recommandation n’en parle." in page
    assert client.get(reverse("theme", args=["inconnu"])).status_code == 404


@pytest.fixture
def elsewhere(theme):
    """The theme met in Riom in 2022 and in Brest in 2024; another in Brest alone."""
    riom, brest = TerritoryFactory(name="Riom", slug="riom"), TerritoryFactory(name="Brest", slug="brest")
    make_set(riom, TerritoryFactory(), kind=Kind.DEPARTEMENT, name="Puy-de-Dôme", slug="puy-de-dome")
    first = WorkshopFactory(place=riom, date=date(2022, 7, 4))
    second = WorkshopFactory(place=brest, date=date(2024, 5, 1))
    for workshop in (first, second):
        FindingFactory(workshop=workshop, statement=f"Obstacle de {workshop.place}").themes.add(theme)
    FindingFactory(workshop=second, kind=FindingKind.MOTEUR).themes.add(theme)
    FindingFactory(workshop=second, statement="À Brest seulement").themes.add(ThemeFactory(name="Rare"))


@pytest.mark.parametrize(
    ("query", "told", "left_out"),
    [
        ("", ["Obstacle de Riom", "Obstacle de Brest", "Rare"], []),
        ("territoire=puy-de-dome", ["Obstacle de Riom"], ["Obstacle de Brest", "Rare"]),
        ("annee=2024", ["Obstacle de Brest", "Rare"], ["Obstacle de Riom"]),
        ("territoire=riom&annee=2024", ["Aucun obstacle n’a été relevé là"], ["Obstacle de", "Rare"]),
        ("territoire=inconnu", ["Aucun"], ["Obstacle de"]),
        ("annee=%27", ["Aucun"], ["Obstacle de"]),
    ],
)
def test_list_is_narrowed_to_a_place_and_a_year(client, elsewhere, query, told, left_out):
    response = client.get(f"{reverse('theme_list')}?{query}")
    page = text(response)
    assert all(words in page for words in told)
    assert not any(words in page for words in left_out)


def test_choices_have_true_counts_and_can_be_removed(client, elsewhere):
    response = client.get(f"{reverse('theme_list')}?annee=2024")
    facets = {
        facet["name"]: {option["value"]: option["count"] for option in facet["options"]}
        for facet in response.context["facets"]
    }
    assert facets["territoire"] == {"": None, "brest": 3}
    assert facets["annee"] == {"": None, "2024": 3, "2022": 1}
    assert response.context["active"] == [{"label": "Année : 2024", "url": "?"}]


def test_table_says_over_how_many_places_and_years(client, elsewhere, theme):
    response = client.get(reverse("theme_list"))
    [row] = [row for row in response.context["rows"] if row[0]["text"] == theme.name]
    assert row[-3:] == ["2", "2", "2"]  # workshops, places, years
    [row] = client.get(f"{reverse('theme_list')}?annee=2022").context["rows"]
    assert row[-3:] == ["1", "1", "1"]


def test_theme_says_where_and_when(client, elsewhere, theme):
    response = client.get(theme.get_absolute_url())
    assert [[row[0]["text"], *row[1:]] for row in response.context["met"]] == [
        ["Riom, 2022", "1", "–", "–", "–", "1"],
        ["Brest, 2024", "1", "1", "–", "–", "2"],
    ]
    assert "Nombre de constats sur ce thème, atelier par atelier" in text(response)


def test_an_obstacle_is_an_entrance_to_the_directory(client, theme):
    FindingFactory().themes.add(theme)
    assert "Chercher qui peut aider" not in text(client.get(theme.get_absolute_url()))
    near = TerritoryFactory(name="Vic-le-Comte", slug="vic-le-comte")
    competence = CompetenceFactory(slug="concertation")
    theme.competences.add(competence)
    ExpertiseFactory(competence=competence, actor__name="La Fabrique")
    ExpertiseFactory(actor__name="Rien à voir")
    page = text(client.get(theme.get_absolute_url()))
    document = lxml.html.fromstring(page)
    [form] = [form for form in document.forms if form.get("aria-label") == "Chercher qui peut aider"]
    query = {**dict(form.form_values()), "territoire": near.name}
    found = text(client.get(form.get("action"), query))
    assert "La Fabrique" in found
    assert "Rien à voir" not in found
