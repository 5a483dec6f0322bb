"""A name leaves a text however it is written; the rest of the text stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundations.articles import of_the
from foundations.masking import Mask, words_of

MASK = Mask(names=("Anne-Laure Stanislas",), family_name="Stanislas", slugs=("anne-laure-stanislas",))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Selon Anne-Laure Stanislas, adjointe.", "Selon une personne, adjointe."),
        (
            "Anne-Laure Stanislas dit oui. Anne-Laure Stanislas rit.",
            "Une personne dit oui. Une personne rit.",
        ),
        ("avec STANISLAS Anne Laure", "avec une personne"),
        ("de Mme Anne-Laure Stanislas", "d’une personne"),
        ("que Mme Stanislas", "qu’une personne"),
        ("lorsque A.-L. Stanislas", "lorsqu’une personne"),
        ("par A. Stanislas et A.L. STANISLAS", "par une personne et une personne"),
        ("chez anne‐laure\u00a0 stanislas", "chez une personne"),
        ("à Stanislas", "à Stanislas"),
        ("la place Stanislas", "la place Stanislas"),
        ("Mme Stanislaswille", "Mme Stanislaswille"),
        ("Marianne-Laure Stanislas", "Marianne-Laure Stanislas"),
        ("anne-laure.stanislas@ville.example ou bob@ville.example", "adresse retirée ou bob@ville.example"),
        ("alstanislas@ville.example", "adresse retirée"),
        ("https://blog.example/annelaurestanislas.html", "adresse retirée"),
        ("/acteurs/anne-laure-stanislas/contact/", "/acteurs/personne-retiree/contact/"),
        ("/acteurs/bob/", "/acteurs/bob/"),
        ("", ""),
    ],
)
def test_ways_to_write_a_name(text, masked):
    assert MASK(text) == masked
    assert MASK.names_someone(text) is (text != masked)


def test_accents_typed_after_their_letters():
    mask = Mask(names=("Zoé Quénée",), family_name="Quénée")
    assert mask("dit Zoe\u0301 Que\u0301ne\u0301e\u0301 !") == "dit une personne !"


def test_the_family_name_alone_only_with_its_capital_and_when_asked():
    alone = Mask(names=("Ada Petit",), family_name="Petit", alone=True)
    assert alone("Petit l’a dit, petit à petit.") == "Une personne l’a dit, petit à petit."
    assert Mask(names=("Ada Petit",), family_name="Petit")("Petit l’a dit.") == "Petit l’a dit."
    assert alone.is_common_word("petit à petit")
    assert not alone.is_common_word("Petit l’a dit (petit@ville.example)")


def test_a_family_name_that_others_bear_says_nothing():
    shared = Mask(names=("Ada Petit",), family_name="Petit", shared=True)
    assert shared("M. Petit, A. Petit, Ada Petit, petit@ville.example") == (
        "M. Petit, A. Petit, une personne, petit@ville.example"
    )


def test_a_short_name_is_not_found_inside_a_word():
    mask = Mask(names=("Li Na",), family_name="Na")
    assert mask("Lina voit Li Na") == "Lina voit une personne"


def test_a_name_of_two_words_and_one_of_a_single_one():
    assert Mask(names=("Caroline Di Monti",), family_name="Di Monti")("Mme Di Monti ; DI MONTI Caroline") == (
        "Une personne ; une personne"
    )
    assert Mask(names=("Voltaire",))("selon Voltaire") == "selon une personne"


WORD = st.text(st.sampled_from("abcdéÉOoPùzê"), min_size=1, max_size=8)
# What people put between the words of a name; longer runs of signs are no way to write one.
BETWEEN = st.sampled_from([" ", "-", "’", " ’", "-’", " - ", "\u00a0"])


@st.composite
def _name(draw):
    words = draw(st.lists(WORD, min_size=2, max_size=3))
    return words[0] + "".join(draw(BETWEEN) + word for word in words[1:])


NAME = _name().filter(lambda name: len("".join(words_of(name))) > 7)


@given(before=st.text(max_size=40), name=NAME, after=st.text(max_size=40))
def test_no_name_survives_and_masking_twice_changes_nothing(before, name, after):
    mask = Mask(names=(name,))
    masked = mask(f"{before} {name} {after}")
    assert " ".join(words_of(name)) not in " ".join(words_of(masked)).replace("une personne", "")
    assert mask(masked) == masked


@given(st.text(st.sampled_from("xyw @./-\nÀé’«»0"), max_size=80))
def test_a_text_without_the_name_is_returned_as_it_is(text):
    assert MASK(text) == text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ville de Thiers", "de la Ville de Thiers"),
        ("PETR du Grand Clermont", "du PETR du Grand Clermont"),
        ("École de design", "de l’École de design"),
        ("Assemblia", "d’Assemblia"),
        ("CISCA", "de CISCA"),
        ("La 27e Région", "de la 27e Région"),
        ("Le Damier", "du Damier"),
        ("Les Augustes", "des Augustes"),
        ("Ateliers de Thiers", "des Ateliers de Thiers"),
        ("", "de "),
    ],
)
def test_the_article_before_a_body(name, said):
    assert of_the(name) == said
