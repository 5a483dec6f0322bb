"""The vocabulary goes out and comes back: CSV, SKOS, and a table that is wrong is refused line by line."""

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS

from actors.actions.record import Tally
from actors.actions.vocabulary import read_terms, record_terms
from actors.models import Competence
from actors.vocabulary import skos
from actors.vocabulary.terms import Term, check, read_csv, write_csv

BASE = "https://annuaire.example/competences/"
TERMS = [
    Term("participation", "Participation", "Associer les habitants.", synonyms=("concertation", "débat")),
    Term("debat-public", "Débat public", "Ouvrir une discussion.", "participation", related=("design",)),
    Term("design", "Design", "Concevoir avec l’usager.", related=("debat-public",)),
]

words = st.text('abcdéèç’ -«»;,"\n', min_size=1, max_size=30).map(
    lambda text: " ".join(text.replace(";", " ").split())
)
names = words.filter(bool)


@st.composite
def vocabularies(draw):
    count = draw(st.integers(1, 8))
    terms = []
    for index in range(count):
        broad = [term.slug for term in terms if not term.parent]
        parent = draw(st.sampled_from(["", *broad]))
        synonyms = tuple(sorted(set(draw(st.lists(names, max_size=3)))))
        terms.append(Term(f"terme-{index}", f"{draw(names)} {index}", draw(names), parent, synonyms))
    return sorted(terms, key=lambda term: (term.parent != "", term.slug))


@settings(max_examples=40, deadline=None)
@given(vocabularies())
def test_a_vocabulary_comes_back_as_it_went(terms):
    assert read_csv(write_csv(terms)) == (terms, [])
    assert skos.read_turtle(skos.write_turtle(terms, BASE)) == terms


def test_skos_says_what_others_read():
    graph = Graph().parse(data=skos.write_turtle(TERMS, BASE), format="turtle")
    debate = URIRef(f"{BASE}debat-public/")
    assert graph.value(debate, SKOS.broader) == URIRef(f"{BASE}participation/")
    assert graph.value(debate, SKOS.prefLabel) == Literal("Débat public", lang="fr")
    assert graph.value(debate, SKOS.related) == URIRef(f"{BASE}design/")
    assert graph.value(URIRef(f"{BASE}design/"), SKOS.topConceptOf) == URIRef(BASE)
    broad = URIRef(f"{BASE}participation/")
    assert {str(word) for word in graph.objects(broad, SKOS.altLabel)} == {"concertation", "débat"}


def test_words_of_other_languages_are_left_out():
    turtle = skos.write_turtle(TERMS, BASE).replace('"Design"@fr', '"Design"@fr, "Design thinking"@en')
    assert "Design thinking" in turtle
    assert [term.name for term in skos.read_turtle(turtle) if term.slug == "design"] == ["Design"]


def test_what_is_no_turtle_is_refused():
    with pytest.raises(ValueError, match="n’est pas du SKOS"):
        skos.read_turtle("ceci n’est pas du Turtle {")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Débat,,Débat,Définition,,", "Ligne 3\u00a0: le repère « Débat » doit être en minuscules"),
        ("design,,Autre,Définition,,", "Ligne 3\u00a0: le repère « design » est déjà pris"),
        ("autre,,design,Définition,,", "Ligne 3\u00a0: le nom « design » est déjà pris"),
        ("autre,inconnu,Autre,Définition,,", "Ligne 3\u00a0: le terme plus large « inconnu » n’existe pas"),
        ("autre,,Autre,Définition,,inconnu", "Ligne 3\u00a0: le terme voisin « inconnu » n’existe pas"),
        ("autre,autre,Autre,Définition,,", "Ligne 3\u00a0: un terme n’est pas sous lui-même"),
        ("autre,,Autre,,,", "Ligne 3\u00a0: la définition manque"),
        ("autre,,,Définition,,", "Ligne 3\u00a0: le nom manque"),
        (f"autre,,Autre,Définition,{'a' * 121},", "dépasse 120 caractères"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(row, problem):
    table = f"slug,parent,name,definition,synonyms,related\ndesign,,Design,Concevoir.,,\n{row}\n"
    _, problems = read_csv(table)
    assert any(problem in line for line in problems), problems


def test_a_third_level_is_refused():
    terms = [*TERMS, Term("trop-bas", "Trop bas", "Définition.", "debat-public")]
    assert check(terms) == [
        "Ligne 4\u00a0: « debat-public » est déjà sous un autre terme\u00a0: le vocabulaire a deux niveaux."
    ]


def test_a_table_without_its_columns_is_refused():
    assert read_csv("nom;définition\n")[1] == [
        "Ligne 1\u00a0: il manque les colonnes slug, parent, name, definition."
    ]


@pytest.mark.django_db
class TestDatabase:
    def test_what_is_written_is_read_again_and_writing_again_changes_nothing(self):
        record_terms(terms=TERMS, tally=Tally())
        assert read_terms() == [TERMS[2], TERMS[0], TERMS[1]]
        tally = Tally()
        record_terms(terms=TERMS, tally=tally, overwrite=True)
        assert {outcome for counts in tally.counts.values() for outcome, n in counts.items() if n} == {
            "unchanged"
        }

    def test_the_files_of_the_site_hold_the_same_terms(self, client):
        record_terms(terms=TERMS, tally=Tally())
        sheet = client.get("/competences.csv").content.decode()
        assert set(read_csv(sheet)[0]) == set(TERMS)
        turtle = client.get("/competences.ttl")
        assert turtle["Content-Type"] == "text/turtle; charset=utf-8"
        assert set(skos.read_turtle(turtle.content.decode())) == set(TERMS)

    @pytest.mark.parametrize("suffix", ["csv", "ttl"])
    def test_export_then_import(self, tmp_path, capsys, suffix):
        record_terms(terms=TERMS, tally=Tally())
        call_command("export_vocabulary", format=suffix)
        file = tmp_path / f"vocabulaire.{suffix}"
        file.write_text(capsys.readouterr().out, encoding="utf-8")
        Competence.objects.filter(slug="debat-public").delete()
        call_command("import_vocabulary", str(file))
        assert "debat-public" not in {term.slug for term in read_terms()}  # what someone removed stays so
        call_command("import_vocabulary", str(file), remplacer=True)
        assert set(read_terms()) == set(TERMS)

    def test_a_trial_writes_nothing(self, tmp_path, capsys):
        file = tmp_path / "vocabulaire.csv"
        file.write_text(write_csv(TERMS), encoding="utf-8")
        call_command("import_vocabulary", str(file), essai=True)
        assert "compétences\u00a0: 3 ajoutés" in capsys.readouterr().out
        assert not Competence.objects.exists()

    def test_a_wrong_file_writes_nothing(self, tmp_path):
        file = tmp_path / "vocabulaire.csv"
        file.write_text(write_csv([*TERMS, Term("autre", "Autre", "")]), encoding="utf-8")
        with pytest.raises(CommandError, match="Ligne 5\u00a0: la définition manque.\nRien n’a été écrit."):
            call_command("import_vocabulary", str(file))
        assert not Competence.objects.exists()

    def test_a_missing_file_is_told(self, tmp_path):
        with pytest.raises(CommandError):
            call_command("import_vocabulary", str(tmp_path / "absent.csv"))
