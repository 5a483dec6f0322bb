"""What a query means: its words in every shape, the vocabulary, phrases, exclusions, typing errors."""

import pytest

from actors.models import ActorName, CompetenceSynonym
from tests.factories.actors import (
    CompetenceFactory,
    ExpertiseFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def knows(slug: str, competence, **more) -> None:
    ExpertiseFactory(actor__slug=slug, actor__name=slug, competence=competence, **more)


@pytest.fixture
def vocabulary():
    """« Participation » above « Débat public », which is also said « concertation citoyenne »."""
    root = CompetenceFactory(name="Participation", slug="participation")
    debate = CompetenceFactory(name="Débat public", slug="debat-public", parent=root)
    CompetenceSynonym.objects.create(competence=debate, name="concertation citoyenne")
    design = CompetenceFactory(name="Design de services", slug="design-de-services")
    return {"root": root, "debate": debate, "design": design}


@pytest.mark.parametrize(
    "typed",
    [
        "débat public",
        "DEBAT PUBLIC",
        "débats publics",
        "le débat public",
        "animer un debat-public",
        "débat public ?",
    ],
)
def test_a_competence_is_recognised_however_it_is_written(visitor, vocabulary, typed):
    knows("scop", vocabulary["debate"])
    knows("atelier", vocabulary["design"])
    page = visitor.asks(q=typed)
    assert page.slugs == ["scop"]
    assert page.count == 1


def test_a_synonym_is_read_openly_as_the_term(visitor, vocabulary):
    knows("scop", vocabulary["debate"])
    page = visitor.asks(q="concertation citoyenne")
    assert page.slugs == ["scop"]
    assert list(page.chips) == ["concertation citoyenne ≈ Débat public"]
    CompetenceSynonym.objects.all().delete()
    assert visitor.asks(q="concertation citoyenne").slugs == []


def test_a_wide_term_finds_what_lies_under_it_and_not_the_reverse(visitor, vocabulary):
    knows("large", vocabulary["root"])
    knows("precis", vocabulary["debate"])
    assert visitor.finds(q="participation") == {"large", "precis"}
    assert visitor.finds(q="débat public") == {"precis"}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Agence de l’Eau", "agence eau"),
        ("Agence de l’Eau", "agence de l'eau"),
        ("Agence de l’Eau", "l’eau"),
        ("Cœur de Forêt", "coeur foret"),
        ("Les Chemins vicinaux", "chemin vicinal"),
        ("Saint-Éloy-les-Mines", "saint eloy les mines"),
        ("Saint-Éloy-les-Mines", "Saint-Eloy"),
        ("Habitat Élargi", "HABITAT ELARGI"),
    ],
)
def test_accents_elisions_hyphens_plurals_and_case_do_not_matter(visitor, name, typed):
    OrganisationFactory(slug="elle", name=name)
    OrganisationFactory(slug="autre", name="Tout autre chose")
    assert visitor.asks(q=typed).slugs == ["elle"]


def test_an_acronym_and_another_spelling_lead_to_the_actor(visitor):
    park = OrganisationFactory(slug="parc", name="Parc naturel des Volcans", nature="park")
    OrganisationFactory(slug="autre")
    ActorName.objects.create(actor=park, name="PNRVA", kind="acronym")
    assert visitor.asks(q="pnrva").slugs == ["parc"]


def test_every_word_counts(visitor):
    OrganisationFactory(slug="les-deux", name="Maison", summary="La forêt et la rivière.")
    OrganisationFactory(slug="une", name="Cabane", summary="La forêt.")
    page = visitor.asks(q="forêt rivière")
    assert page.slugs == ["les-deux"]
    assert page.marks == {"forêt", "rivière"}


def test_a_quoted_phrase_does_not_run_from_one_passage_into_the_next(visitor):
    """« zinzolin » and « amarante » end and begin different texts of one actor, whatever their order."""
    ExpertiseFactory(
        actor__slug="scop", actor__name="Scop", actor__summary="Amarante et zinzolin", evidence="Ocre"
    )
    ExpertiseFactory(
        actor__slug="voisine", actor__name="Ocre", actor__summary="Zinzolin", evidence="Amarante"
    )
    for apart in ('"zinzolin ocre"', '"ocre amarante"', '"zinzolin amarante"'):
        assert visitor.lists(q=apart) == [], apart
    assert visitor.lists(q='"amarante et zinzolin"') == ["scop"]
    assert set(visitor.lists(q="zinzolin amarante")) == {"scop", "voisine"}


def test_who_is_designated_does_no_design(visitor, vocabulary):
    """Without accents, and once stemmed, « désigné » would be « design »."""
    OrganisationFactory(slug="designe", name="Désigné d’office", summary="Il fut DÉSIGNÉ par le conseil.")
    OrganisationFactory(slug="designer", name="Atelier", summary="Un designer et du design.")
    assert visitor.lists(q="design") == ["designer"]
    assert visitor.lists(q="designer") == ["designer"]
    assert visitor.lists(q="désignés") == ["designe"]
    assert visitor.lists(q="atelier -désigné") == ["designer"]
    CompetenceSynonym.objects.create(competence=vocabulary["debate"], name="désignation")
    assert list(visitor.asks(q="désignations").chips) == ["désignations ≈ Débat public"]
    assert not visitor.asks(q="designation").chips


def test_a_quoted_phrase_is_kept_together(visitor):
    OrganisationFactory(slug="ensemble", summary="Un budget participatif annuel.")
    OrganisationFactory(slug="separes", summary="Un budget, et un jardin participatif.")
    assert visitor.finds(q="budget participatif") == {"ensemble", "separes"}
    assert visitor.finds(q='"budget participatif"') == {"ensemble"}


def test_an_excluded_word_removes(visitor):
    OrganisationFactory(slug="foret", summary="La forêt communale.")
    OrganisationFactory(slug="foret-rance", summary="La forêt de la Rance.")
    assert visitor.finds(q="forêt -rance") == {"foret"}
    assert visitor.finds(q="-rance") == {"foret"}
    assert visitor.finds(q="forêt - rance") == {"foret-rance"}  # a dash alone is no exclusion


@pytest.mark.parametrize(
    "asked",
    [
        "qui sait animer un débat public ?",
        "qui peut nous aider à organiser un débat public",
        "les débats publics",
    ],
)
def test_what_is_said_around_a_need_asks_for_nothing(visitor, vocabulary, asked):
    knows("scop", vocabulary["debate"])
    OrganisationFactory(slug="les", name="Les animateurs", summary="Aider les élus à organiser.")
    page = visitor.asks(q=asked)
    assert page.slugs == ["scop"]
    assert "Personne ne répond à tous ces mots" not in page.text


def test_words_that_ask_for_nothing_are_looked_for_when_they_are_all_there_is(visitor):
    OrganisationFactory(slug="rien", summary="Une forêt.")
    OrganisationFactory(slug="entre", name="Entre tous")
    assert visitor.lists(q="entre tous") == ["entre"]
    OrganisationFactory(slug="animer", summary="Animer une veillée.")
    assert visitor.lists(q="animer") == ["animer"]


def test_a_name_of_the_vocabulary_is_known_with_its_hyphen_or_without(visitor, vocabulary):
    CompetenceSynonym.objects.create(competence=vocabulary["debate"], name="centre-bourg")
    knows("scop", vocabulary["debate"])
    for typed in ("centre-bourg", "centre bourg", "centres-bourgs"):
        assert visitor.asks(q=typed).slugs == ["scop"], typed
        assert list(visitor.asks(q=typed).chips) == [f"{typed} ≈ Débat public"]


def test_who_answers_by_its_nature_alone_says_so(visitor):
    OrganisationFactory(slug="asso", nature="association", name="Ocre")
    assert visitor.asks(q="associations").reasons["asso"] == "Pourquoi : nature « association »"


def test_a_nature_in_the_query_is_recognised(visitor):
    OrganisationFactory(slug="asso", nature="association", summary="La forêt.")
    OrganisationFactory(slug="scierie", nature="company", summary="La forêt.")
    page = visitor.asks(q="association forêt")
    assert page.slugs == ["asso"]
    assert "association" in page.chips
    assert visitor.follows(page.chips["association"]).count == 2


def test_a_place_in_the_query_is_recognised_and_can_be_taken_away(visitor, vocabulary):
    vic = TerritoryFactory(name="Vic-le-Comte", slug="vic-le-comte", lon=3.24, lat=45.64)
    far = TerritoryFactory(name="Aurillac", slug="aurillac", lon=2.44, lat=44.93)
    knows("ici", vocabulary["debate"], actor__seat=vic, actor__seat_basis="stated")
    knows("loin", vocabulary["debate"], actor__seat=far, actor__seat_basis="stated")
    page = visitor.asks(q="debat public vic le comte")
    assert page.slugs == ["ici"]
    assert page.bonds == {"ici": "Implanté ici"}
    assert list(page.chips) == ["Débat public", "Vic-le-Comte"]
    assert visitor.follows(page.chips["Vic-le-Comte"]).count == 2
    assert visitor.asks(q="débat public à Aurillac").slugs == ["loin"]


def test_the_place_that_was_typed_in_its_box_comes_before_one_in_the_query(visitor):
    vic = TerritoryFactory(name="Vic-le-Comte", slug="vic-le-comte", lon=3.24, lat=45.64)
    far = TerritoryFactory(name="Aurillac", slug="aurillac", lon=2.44, lat=44.93)
    OrganisationFactory(slug="ici", name="Les amis d’Aurillac", seat=vic, seat_basis="stated")
    OrganisationFactory(slug="loin", name="Aurillac", seat=far, seat_basis="stated")
    page = visitor.asks(q="Aurillac", territoire="Vic le Comte")
    assert page.slugs == ["ici"]
    assert list(page.chips) == ["Vic-le-Comte"]


@pytest.mark.parametrize("typed", ["desgin de service", "desing de services", "design de sevrices"])
def test_a_typing_error_is_corrected_openly(visitor, vocabulary, typed):
    knows("atelier", vocabulary["design"])
    page = visitor.asks(q=typed)
    assert page.slugs == ["atelier"]
    assert f"chercher plutôt « {typed} »" in page.text
    literal = visitor.follows(page.links[f"chercher plutôt « {typed} »"])
    assert "Résultats pour" not in literal.text
    assert literal.slugs == []


def test_what_is_well_typed_is_not_corrected(visitor, vocabulary):
    knows("atelier", vocabulary["design"])
    OrganisationFactory(slug="desgin", name="Desgin & fils")
    page = visitor.asks(q="desgin")
    assert page.slugs == ["desgin"]
    assert "Résultats pour" not in page.text


def test_a_correction_never_proposes_the_name_of_a_person(visitor, vocabulary):
    PersonFactory(slug="lou", name="Lou Quénault")
    page = visitor.asks(q="quenolt")
    assert "Quénault" not in page.text
    assert "Résultats pour" not in page.text


def test_a_function_leads_to_the_person_who_holds_it_and_marks_it(visitor):
    MembershipFactory(
        member__slug="lou", organisation__slug="ville", role="Cheffe de projet numérique", pages=[3]
    )
    page = visitor.asks(q="numerique")
    assert page.slugs == ["lou", "ville"]
    assert page.marks == {"numérique"}
    assert page.reasons["lou"].startswith("Pourquoi : fonction « Cheffe de projet numérique")
    assert page.reasons["lou"].endswith("Compte rendu du 4 juillet 2022, p. 3")


def test_what_is_shown_of_a_passage_is_escaped(visitor):
    OrganisationFactory(slug="elle", name="Maison", summary="<script>alert(1)</script> & la forêt")
    page = visitor.asks(q="forêt <b>")
    assert page.marks == {"forêt"}
    assert "<script>alert" not in page.html


def test_an_empty_query_lists_everybody_by_name(visitor):
    for name in ("Zèbre", "Écureuil", "abeille"):
        OrganisationFactory(name=name, slug=name.lower().replace("è", "e").replace("é", "e"))
    PersonFactory(slug="lou", name="Lou Datte", family_name="Datte")
    assert visitor.lists(tri="nom") == ["abeille", "lou", "ecureuil", "zebre"]
    assert visitor.asks(q="   ").count == 4
    assert visitor.asks(q="de la").count == 4
