"""A need as people really write it: the words around it, the words of who answers, and what is not to be answered."""

import pytest

from actors.models import ActorName, CompetenceSynonym, Membership
from directory.search.resembling import one_letter_away
from directory.search.words import either
from tests.factories.actors import (
    CompetenceFactory,
    ExpertiseFactory,
    InitiativeBearerFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.workshops import FindingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def debate():
    return CompetenceFactory(name="Débat public", slug="debat-public")


def knows(slug: str, competence, **more) -> None:
    ExpertiseFactory(actor__slug=slug, actor__name=slug, competence=competence, **more)


@pytest.mark.parametrize(
    "asked",
    [
        "Bonjour, nous souhaitons organiser un débat public. Pouvez-vous nous aider ? Cordialement",
        "animation débat public",
        "aide débat public",
        "faut-il un débat public",
    ],
)
def test_the_words_of_a_letter_ask_for_nothing(visitor, debate, asked):
    knows("scop", debate)
    page = visitor.asks(q=asked)
    assert page.slugs == ["scop"]
    assert "Personne ne répond à tous ces mots" not in page.text


def test_words_that_ask_are_no_competence(visitor, debate):
    science = CompetenceFactory(name="Connaissance", slug="connaissance")
    knows("savant", science)
    knows("scop", debate)
    page = visitor.asks(q="connaissez-vous un débat public ?")
    assert page.slugs == ["scop"]
    assert list(page.chips) == ["Débat public"]
    assert visitor.asks(q="connaissance").slugs == ["savant"]


def test_a_competence_that_only_says_to_help_makes_way_for_what_is_said_beside(visitor, debate):
    support = CompetenceFactory(name="Accompagnement", slug="accompagnement")
    CompetenceSynonym.objects.create(competence=support, name="aide")
    knows("ddt", support)
    knows("scop", debate)
    assert visitor.asks(q="aide").slugs == ["ddt"]
    assert visitor.asks(q="aide débat public").slugs == ["scop"]
    assert visitor.asks(q="aide piscine").slugs == []


def test_small_words_may_be_left_out_of_a_name(visitor):
    knows("cour", CompetenceFactory(name="Évaluation des politiques publiques", slug="evaluation"))
    for typed in ("evaluation politique publique", "évaluation des politiques publiques"):
        assert len(visitor.asks(q=typed).chips) == 1, typed
    assert not visitor.asks(q="politique évaluation publique").chips


def test_a_synonym_answers_where_the_name_of_its_competence_does(visitor, debate):
    CompetenceSynonym.objects.create(competence=debate, name="réunion publique")
    OrganisationFactory(slug="ville", name="Ville", summary="Un service du débat public.")
    page = visitor.asks(q="réunion publique")
    assert page.slugs == ["ville"]
    assert page.marks == {"débat", "public"}


def test_a_word_of_the_story_makes_nobody_an_expert(visitor, debate):
    knows("scop", debate)
    OrganisationFactory(slug="piscine", name="Amis de la piscine", nature="association")
    page = visitor.asks(q="débat public sur la piscine de mon association")
    assert page.slugs == ["scop"]
    assert "Personne ne répond à tous ces mots" in page.text


def test_a_nature_alone_is_no_answer_to_a_need(visitor):
    OrganisationFactory(slug="mairie", name="Mairie", nature="local")
    assert visitor.asks(q="zinzolin mairie").slugs == []
    assert visitor.asks(q="mairie").slugs == ["mairie"]


def test_what_is_said_of_somebody_answers_to_all_of_a_need_only(visitor):
    ville = OrganisationFactory(slug="ville", name="Ville", nature="local")
    FindingFactory(statement="Le covoiturage manque de lieux.").actors.add(ville)
    assert visitor.asks(q="covoiturage lieux").slugs == ["ville"]
    assert visitor.asks(q="covoiturage piscine").slugs == []
    OrganisationFactory(slug="asso", name="Piscine", nature="association")
    assert visitor.asks(q="covoiturage piscine").slugs == ["asso"]
    assert visitor.asks(q="mairie covoiturage piscine").slugs == []


@pytest.mark.parametrize(
    ("typed", "nature"),
    [
        ("communauté de communes", "intermunicipal"),
        ("communautés de communes", "intermunicipal"),
        ("parc naturel régional", "park"),
        ("services de l’État", "state"),
    ],
)
def test_a_nature_said_in_several_words_is_recognised(visitor, typed, nature):
    knows("reseau", CompetenceFactory(name="Communauté", slug="communaute"))
    OrganisationFactory(slug="elle", name="Ocre", nature=nature)
    OrganisationFactory(slug="commune", name="Sinople", nature="local")
    assert visitor.asks(q=typed).slugs == ["elle"]


def test_who_is_called_as_is_typed_comes_before_the_others_of_that_nature(visitor):
    for slug, name in (("abc", "Abricot"), ("cc", "Communauté de communes du Sancy")):
        OrganisationFactory(slug=slug, name=name, nature="intermunicipal")
    assert visitor.asks(q="communauté de communes").slugs == ["cc", "abc"]


def test_a_person_answers_to_the_nature_of_where_they_work_now(visitor):
    petr = OrganisationFactory(slug="petr", name="Grand Bourg", nature="petr")
    held = MembershipFactory(member__slug="lou", organisation=petr, role="Directrice", pages=[3])
    page = visitor.asks(q="petr")
    assert page.slugs == ["petr", "lou"]
    assert page.reasons["lou"].startswith("Pourquoi : fonction « Directrice, Grand Bourg »")
    assert page.reasons["lou"].endswith("p. 3")
    assert visitor.finds(q="directeur petr") == {"petr", "lou"}
    Membership.objects.filter(pk=held.pk).update(until="2023")
    assert visitor.finds(q="petr") == {"petr"}
    Membership.objects.filter(pk=held.pk).update(until="")
    OrganisationFactory._meta.model.objects.filter(slug="petr").update(nature="company")
    assert visitor.finds(q="petr") == set()
    assert visitor.finds(q="entreprise") == {"petr", "lou"}


def test_people_are_known_by_the_other_names_of_where_they_work(visitor):
    ddt = OrganisationFactory(slug="ddt", name="Direction des territoires")
    MembershipFactory(member__slug="lou", organisation=ddt)
    known = ActorName.objects.create(actor=ddt, name="DDT", kind="acronym")
    page = visitor.asks(q="ddt")
    assert page.slugs == ["ddt", "lou"]
    assert "DDT" in page.reasons["lou"]
    known.delete()
    assert visitor.asks(q="ddt").slugs == []


def test_those_elected_are_found_as_such(visitor):
    MembershipFactory(member__slug="elue", organisation__slug="ville", role="Adjointe", is_elected=True)
    MembershipFactory(member__slug="agente", organisation__slug="cc", role="Agente")
    for typed in ("élus", "élu", "elus"):
        assert visitor.asks(q=typed).slugs == ["elue"], typed
    assert "mandat d’élu" in visitor.asks(q="élus").reasons["elue"]


def test_the_acronym_of_an_initiative_leads_to_who_bears_it(visitor):
    InitiativeBearerFactory(initiative=InitiativeFactory(acronym="TIPs"), actor__slug="chaire")
    assert visitor.asks(q="tips").slugs == ["chaire"]


@pytest.mark.parametrize(("said", "typed"), [("labo", "labos"), ("labos", "labo"), ("Vélos", "vélo")])
def test_a_plural_that_the_stemmer_keeps_is_one(visitor, said, typed):
    OrganisationFactory(slug="elle", summary=f"Des {said}.")
    assert visitor.asks(q=typed).slugs == ["elle"]


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("Directrice", "directeur"),
        ("directeur", "directrices"),
        ("Chercheuse", "chercheurs"),
        ("Cheffe", "chef"),
        ("infirmier", "infirmières"),
        ("Académie", "rectorat"),
        ("Directrice", "direction"),
        ("Département", "conseil départemental"),
    ],
)
def test_who_says_the_same_of_somebody_finds_them(visitor, said, typed):
    OrganisationFactory(slug="elle", name="Ocre", summary=f"{said} de quelque chose.")
    page = visitor.asks(q=typed)
    assert page.slugs == ["elle"]
    assert page.marks == {said}


def test_bodies_that_are_told_apart_stay_so(visitor):
    OrganisationFactory(slug="ddt", name="Direction départementale des territoires")
    OrganisationFactory(slug="departement", name="Département")
    assert visitor.asks(q="conseil départemental").slugs == ["departement"]


def test_a_plural_is_not_corrected(visitor):
    knows("atelier", CompetenceFactory(name="Designer", slug="designer"))
    page = visitor.asks(q="designers")
    assert page.slugs == ["atelier"]
    assert "Résultats pour" not in page.text


def test_only_the_end_of_a_word_changes():
    assert either("directeurs") == "directeurs or directrices"
    assert either("eur") == "eur"
    assert either('"directeur"') == '"directeur"'


def test_a_name_one_letter_away_is_proposed_and_never_looked_for_instead(visitor):
    PersonFactory(slug="lou", name="Lou Stanislas", family_name="Stanislas")
    OrganisationFactory(slug="cisca", name="CISCA")
    OrganisationFactory(slug="brouillon", name="Cisco", state="draft")
    for typed, name, slug in (("stanilas", "Lou Stanislas", "lou"), ("sisca", "CISCA", "cisca")):
        page = visitor.asks(q=typed)
        assert page.slugs == []
        assert f"Un nom qui ressemble : {name}" in page.text
        assert page.links[name] == f"/acteurs/{slug}/"
    assert "Un nom qui ressemble" not in visitor.asks(q="sisc").text
    assert "Cisco" not in visitor.asks(q="sisco").text


def test_one_letter_away_is_a_letter_more_less_changed_or_two_that_changed_places():
    near = one_letter_away("abc")
    assert {"ab", "bc", "bac", "acb", "abx", "abcd", "zabc"} <= near
    assert not {"abc", "a", "cba", "abcde"} & near
    assert len(near) < 54 * 3 + 26
