"""Two to four workshops side by side."""

from datetime import date

import lxml.html
import pytest

from tests.directory.pages import assert_sound
from tests.factories.actors import MembershipFactory, PersonFactory
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FollowUpFactory,
    RecommendationFactory,
    SessionFactory,
    ThemeFactory,
    WorkshopFactory,
)
from workshops.models import FindingKind, Progress

from .test_views_workshops import text

pytestmark = pytest.mark.django_db
PAGE = "/ateliers/comparer/"


@pytest.fixture
def two():
    return (
        WorkshopFactory(title="Atelier de Riom", slug="riom", date=date(2023, 5, 1)),
        WorkshopFactory(title="Atelier d’Issoire", slug="issoire", date=date(2024, 5, 1)),
    )


def url(*workshops) -> str:
    return PAGE + "?" + "&".join(f"atelier={workshop.slug}" for workshop in workshops)


def lines(page: str, section: str) -> dict[str, list[str]]:
    """What the tables of a section say: the header of each line, and its cells without the names of the columns."""
    document = lxml.html.fromstring(page)
    found = {}
    for row in document.xpath(f"//section[@id='{section}']//tbody/tr"):
        for repeated in row.xpath(".//*[@aria-hidden='true']"):
            repeated.drop_tree()
        header, *cells = (" ".join(cell.text_content().split()) for cell in row)
        found[header] = cells
    return found


def test_figures_side_by_side(client, two):
    riom, issoire = two
    SessionFactory(workshop=riom)
    AttendanceFactory(workshop=riom)
    FindingFactory(workshop=issoire, kind=FindingKind.MOTEUR)
    FindingFactory(workshop=issoire, kind=FindingKind.FREIN)
    RecommendationFactory(workshop=issoire)
    response = client.get(url(issoire, riom))
    assert_sound(response.content.decode())
    figures = lines(text(response), "chiffres")
    assert figures["Quand"] == ["1er mai 2023", "1er mai 2024"]  # the oldest first
    assert figures["Personnes listées"] == ["1", "–"]
    assert figures["Séances"] == ["1", "–"]
    assert figures["Constats"] == ["–", "2"]
    assert figures["dont moteurs"] == ["–", "1"]
    assert figures["Recommandations"] == ["–", "1"]


def test_who_was_at_several(client, two):
    riom, issoire = two
    both, once, hidden = PersonFactory(name="À deux"), PersonFactory(), PersonFactory(state="draft")
    held = MembershipFactory(member=both, organisation__name="La Fabrique")
    for workshop in two:
        AttendanceFactory(workshop=workshop, person=both).capacities.add(held)
        AttendanceFactory(workshop=workshop, person=hidden)
    AttendanceFactory(workshop=riom, person=once)
    AttendanceFactory(workshop=issoire, person=PersonFactory(name="Excusé"), status="excused")
    AttendanceFactory(workshop=riom, person=PersonFactory(name="Autre"))
    page = text(client.get(url(*two)))
    assert lines(page, "personnes") == {"À deux": ["oui", "oui"], "La Fabrique": ["oui", "oui"]}


def test_themes_shared_come_before_those_of_one(client, two):
    riom, issoire = two
    shared, alone = ThemeFactory(name="Zone partagée"), ThemeFactory(name="À part")
    for workshop in two:
        FindingFactory(workshop=workshop).themes.add(shared)
    FindingFactory(workshop=issoire).themes.add(alone)
    FindingFactory(workshop=riom, kind=FindingKind.BESOIN).themes.add(alone)
    page = text(client.get(url(*two)))
    assert lines(page, "frein") == {"Zone partagée à tous": ["1", "1"], "À part à un seul": ["–", "1"]}
    assert next(iter(lines(page, "frein"))).startswith("Zone")
    assert lines(page, "besoin") == {"À part à un seul": ["1", "–"]}
    assert lines(page, "moteur") == {}


def test_recommendations_with_their_state(client, two):
    done = RecommendationFactory(workshop=two[0], title="Se réunir")
    FollowUpFactory(recommendation=done, progress=Progress.DONE)
    RecommendationFactory(workshop=two[0], parent=done, title="Une partie")
    page = text(client.get(url(*two)))
    assert "Se réunir" in page
    assert "Faite" in page
    assert "Une partie" not in page
    assert "Aucune recommandation." in page


def test_a_cell_says_its_column_and_its_line(client, two):
    FindingFactory(workshop=two[0])
    document = lxml.html.fromstring(text(client.get(url(*two))))
    for table in document.xpath("//table"):
        assert table.xpath("./caption")
        assert all(cell.get("scope") == "col" for cell in table.xpath("./thead/tr/th"))
        assert all(row[0].get("scope") == "row" for row in table.xpath("./tbody/tr"))
        widths = {len(row) for row in table.xpath(".//tr")}
        assert widths == {3}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "Choisir de deux à quatre ateliers"),
        ("?atelier=riom", "Choisissez-en au moins un autre."),
        ("?atelier=riom&atelier=riom", "Choisissez-en au moins un autre."),
        ("?atelier=riom&atelier=nulle-part", "n’existe pas, ou n’est pas publié"),
        ("?atelier=riom&atelier=brouillon", "n’existe pas, ou n’est pas publié"),
        ("?atelier=riom&atelier=%27--", "n’existe pas, ou n’est pas publié"),
        ("?atelier=" + "a" * 3000, "n’existe pas, ou n’est pas publié"),
        ("?" + "&".join(f"atelier=n{number}" for number in range(200)), "n’existe pas, ou n’est pas publié"),
        ("?atelier=riom&atelier=issoire&atelier=a1&atelier=a2&atelier=a3", "4 ateliers au plus"),
    ],
)
def test_what_cannot_be_compared_says_why_and_keeps_the_choice(client, two, query, told):
    WorkshopFactory(slug="brouillon", title="Un brouillon", state="draft")
    for number in range(1, 4):
        WorkshopFactory(slug=f"a{number}")
    response = client.get(PAGE + query)
    page = text(response)
    assert response.status_code == 200
    assert_sound(response.content.decode())
    assert told in page.replace("\u00a0", " ")
    assert "Un brouillon" not in page
    assert "side-by-side" not in page
    if "riom" in query:
        assert 'value="riom" checked' in page


def test_with_one_workshop_the_page_says_so(client):
    WorkshopFactory()
    WorkshopFactory(state="draft")
    page = text(client.get(PAGE))
    assert "Un seul atelier est publié pour l’instant" in page
    assert "<fieldset" not in page
    assert PAGE in text(client.get("/ateliers/"))


def test_queries(two, assert_constant_queries):
    def add():
        for workshop in two:
            SessionFactory(workshop=workshop)
            line = AttendanceFactory(workshop=workshop)
            line.capacities.add(MembershipFactory(member=line.person))
            FindingFactory(workshop=workshop).themes.add(ThemeFactory())
            FollowUpFactory(recommendation=RecommendationFactory(workshop=workshop))

    assert_constant_queries(url(*two), add)
