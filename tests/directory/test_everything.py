"""One search over all sorts of things, each in its group, counted truly, marked, published only."""

import re

import pytest

from tests.directory.pages import assert_sound
from tests.factories.actors import ExpertiseFactory, InitiativeFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory
from tests.factories.workshops import FindingFactory, RecommendationFactory, WorkshopFactory

pytestmark = pytest.mark.django_db
WORD = "covoiturage"


def search(client, **query) -> str:
    response = client.get("/recherche/", query)
    assert response.status_code == 200
    html = response.content.decode()
    assert_sound(html)
    return html


def counts(html: str) -> dict[str, int]:
    found = re.findall(r'<h2 id="groupe-(\w+)">[^<]*<small class="count">(\d+)</small>', html)
    return {name: int(count) for name, count in found}


def one_of_each():
    OrganisationFactory(name="Atelier du covoiturage", slug="covoit")
    InitiativeFactory(name="Lignes de covoiturage", summary="Entre deux villages.", slug="lignes")
    workshop = WorkshopFactory(title="Rencontre", summary="Du covoiturage et du vélo.", slug="rencontre")
    FindingFactory(workshop=workshop, statement="Le covoiturages manque de lieux.")
    RecommendationFactory(workshop=workshop, title="Ouvrir une aire de covoiturage", slug="aire")
    TerritoryFactory(name="Covoiturage-sur-Loire", slug="covoiturage")
    return workshop


def test_each_sort_of_thing_in_its_group(client):
    workshop = one_of_each()
    html = search(client, q=WORD)
    assert counts(html) == {
        "acteurs": 1, "initiatives": 1, "constats": 1, "recommandations": 1, "ateliers": 1, "territoires": 1,
    }  # fmt: skip
    assert list(counts(html)) == [
        "acteurs",
        "initiatives",
        "constats",
        "recommandations",
        "ateliers",
        "territoires",
    ]
    assert '<a href="/acteurs/covoit/">Atelier du <mark>covoiturage</mark></a>' in html
    assert '<a href="/initiatives/lignes/">Lignes de <mark>covoiturage</mark></a>' in html
    assert (
        f'<a href="/ateliers/rencontre/#constat-{workshop.findings.get().pk}">Le <mark>covoiturages</mark>'
        in html
    )
    assert '<a href="/recommandations/aire/">Ouvrir une aire de <mark>covoiturage</mark></a>' in html
    assert "<mark>covoiturage</mark> et du vélo" in html
    assert '<a href="/territoires/covoiturage/">Covoiturage-sur-Loire</a>' in html


def test_drafts_stay_unseen(client):
    OrganisationFactory(name="Covoiturage brouillon", state="draft")
    InitiativeFactory(name="Covoiturage brouillon", state="draft")
    draft = WorkshopFactory(title="Covoiturage brouillon", state="draft")
    FindingFactory(workshop=draft, statement="Covoiturage brouillon")
    RecommendationFactory(workshop=draft, title="Covoiturage brouillon")
    html = search(client, q=WORD)
    assert "brouillon" not in html
    assert "Rien de trouvé" in html


def test_counts_are_true_and_lead_to_the_whole_list(client):
    workshop = WorkshopFactory(title="Atelier", slug="a")
    for number in range(23):
        FindingFactory(workshop=workshop, statement=f"Covoiturage {number:02}")
    html = search(client, q=WORD)
    assert counts(html) == {"constats": 23}
    assert html.count("<mark>") == 4
    assert 'href="/recherche/?q=covoiturage&amp;dans=constats"' in html
    assert len(re.findall("<mark>", search(client, q=WORD, dans="constats"))) == 20
    last = search(client, q=WORD, dans="constats", page="2")
    assert counts(last) == {"constats": 23}
    assert len(re.findall("<mark>", last)) == 3
    assert counts(search(client, q=WORD, dans="constats", page="99")) == {"constats": 23}
    assert counts(search(client, q=WORD, dans="ailleurs")) == {"constats": 23}


def test_another_name_of_a_competence_finds_what_says_its_name(client):
    expertise = ExpertiseFactory(competence__name="Débat public")
    expertise.competence.synonyms.create(name="délibération")
    FindingFactory(statement="Outiller le débat public.")
    assert counts(search(client, q="délibération")) == {"acteurs": 1, "constats": 1}


def test_what_is_said_around_a_need_is_not_looked_for(client):
    FindingFactory(statement="Mobilité : freins nombreux.")
    assert counts(search(client, q="quels freins à la mobilité"))["constats"] == 1
    assert "constats" not in counts(search(client, q='"freins à la mobilité"'))


def test_actors_who_answer_a_part_of_the_words_are_told_as_such(client):
    OrganisationFactory(name="Ocre", summary="Du covoiturage.")
    note = "Personne ne répond à tous ces mots à la fois"
    assert note in search(client, q="covoiturage zinzolin")
    assert note not in search(client, q="covoiturage")


def test_what_was_typed_is_shown_as_text(client):
    FindingFactory(statement="Le <script>alert(1)</script> covoiturage")
    html = search(client, q='covoiturage "><script>')
    assert "<script>alert" not in html
    assert '"><script>' not in html


@pytest.mark.parametrize("text", ["", "   ", "le", "-", '"', "a or", "((", "\\", "%", "é" * 300])
def test_whatever_is_typed_answers(client, text):
    search(client, q=text)


def test_takes_as_many_queries_with_one_as_with_three(assert_constant_queries):
    workshops = []

    def add():
        number = len(workshops)
        workshops.append(WorkshopFactory(title=f"Covoiturage {number}"))
        OrganisationFactory(name=f"Covoiturage {number}")
        InitiativeFactory(name=f"Covoiturage {number}")
        FindingFactory(workshop=workshops[-1], statement="Covoiturage")
        RecommendationFactory(workshop=workshops[-1], title="Covoiturage")
        TerritoryFactory(name=f"Covoiturage {number}")

    html = assert_constant_queries("/recherche/?q=covoiturage", add).content.decode()
    assert set(counts(html).values()) == {3}


def test_it_is_found_from_every_page_and_from_a_lost_one(client):
    link = 'href="/recherche/"'
    assert link in client.get("/").content.decode()
    lost = client.get("/nulle-part/")
    assert lost.status_code == 404
    assert lost.content.decode().count(link) == 2


def test_a_sentence_finds_the_findings_of_its_need(client):
    ExpertiseFactory(competence__name="Débat public")
    FindingFactory(statement="Le débat public manque de lieux.")
    html = search(client, q="qui peut m’aider à animer un débat public ?")
    assert counts(html) == {"acteurs": 1, "constats": 1}
    html = search(client, q="un débat public sur la piscine")
    assert counts(html) == {"acteurs": 1, "constats": 1}
    assert html.count("Personne ne répond à tous ces mots") == html.count("ce qui répond à l’un") == 1


def test_nothing_found_leads_to_the_ways_on(client):
    html = search(client, q="zinzolin violet")
    assert '<a href="/acteurs/?q=zinzolin%20violet">' in html
