"""French typography: examples for the rules, properties for what must never happen."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from hypothesis import example, given
from hypothesis import strategies as st

from foundations import typography
from foundations.templatetags import french

NB, NN = "\u00a0", "\u202f"
TYPED = st.text(alphabet=st.sampled_from("aé1 \u00a0\u202f'\"«»:;!?.,-—–…()%p\n/&<>"), max_size=40)


def bare(text):
    """Letters and digits alone."""
    return [char for char in text if unicodedata.category(char)[0] in "LN"]


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Qui ? Vous!", f"Qui{NN}? Vous{NN}!"),
        ("Vraiment ?!", f"Vraiment{NN}?!"),
        ("les freins : l'État; puis", f"les freins{NB}: l’État{NN}; puis"),
        ('le "langage commun" manque', f"le «{NB}langage commun{NB}» manque"),
        ("le «langage» et « l’autre »", f"le «{NB}langage{NB}» et «{NB}l’autre{NB}»"),
        ("(pourquoi?)", f"(pourquoi{NN}?)"),
        ("voir https://a.fr/?q=1;b à 10:30", "voir https://a.fr/?q=1;b à 10:30"),
        ("12 % p. 2", f"12{NB}% p.{NB}2"),
        ("à 19 km, 146 351 habitants", f"à 19{NB}km, 146 351 habitants"),
        (" : directrice", f"{NB}: directrice"),
        (" ; d’autres", f"{NN}; d’autres"),
        ("ville - campagne...", "ville – campagne…"),
        ("Vic-le-Comte", "Vic-le-Comte"),
        ("quoi... ?", f"quoi…{NN}?"),
        ("", ""),
    ],
)
def test_typeset(typed, set_):
    assert typography.typeset(typed) == set_


@given(st.text(max_size=60) | TYPED)
@example('"a" "b"')
@example("...?")
def test_typesetting_twice_changes_nothing_and_no_letter_ever(text):
    once = typography.typeset(text)
    assert typography.typeset(once) == once
    assert bare(once) == bare(text)


def test_typo_escapes_text_and_spares_the_markup_of_safe_html():
    render = Template("{% load french %}{{ value|typo }}").render
    assert render(Context({"value": "<b> ?"})) == "&lt;b&gt; ?"
    safe = mark_safe('l\'<a href="/x?a=1;" title="b">eau &amp; feu</a> ?')
    assert render(Context({"value": safe})) == f'l’<a href="/x?a=1;" title="b">eau &amp; feu</a>{NN}?'
    assert render(Context({"value": mark_safe("\ue000<b>a</b> ?")})) == "\ue000<b>a</b> ?"
    assert render(Context({"value": None})) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2019", "2019"),
        ("2019-03", "mars 2019"),
        ("2019-03-04", "4 mars 2019"),
        ("2019-08-01", "1er août 2019"),
        (date(2022, 7, 4), "4 juillet 2022"),
        ("", ""),
        (None, ""),
        ("vers 2019", "vers 2019"),
    ],
)
def test_partial_date(value, words):
    assert french.partial_date(value) == words


@pytest.mark.parametrize(
    ("value", "seen", "ended"),
    [
        ("2019", "en 2019", "jusqu’en 2019"),
        ("2019-03", "en mars 2019", "jusqu’en mars 2019"),
        ("2019-03-04", "le 4 mars 2019", "jusqu’au 4 mars 2019"),
        (date(2019, 3, 1), "le 1er mars 2019", "jusqu’au 1er mars 2019"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_dates_take_their_preposition(value, seen, ended):
    assert (french.at_date(value), french.until_date(value)) == (seen, ended)


def test_day():
    assert french.day(date(2022, 7, 1)) == "1er juillet 2022"
    assert french.day(None) == ""


def test_hour():
    assert french.hour(datetime(2026, 7, 4, 19, 4, tzinfo=UTC)) == f"21{NB}h{NB}04"
    assert french.hour(datetime(2026, 7, 4, 7, 0, tzinfo=UTC)) == f"9{NB}h"
    assert french.moment(datetime(2026, 7, 4, 22, 30, tzinfo=UTC)) == f"5 juillet 2026 à 0{NB}h{NB}30"
    assert french.hour(None) == french.moment(None) == ""


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([], ""),
        (None, ""),
        ([2], f"p.{NB}2"),
        ([1, 2], f"p.{NB}1 et{NB}2"),
        ([3, 1, 2, 2], f"p.{NB}1 à 3"),
        ([1, 2, 3, 7], f"p.{NB}1 à 3 et{NB}7"),
        ([1, 4, 5], f"p.{NB}1, 4 et{NB}5"),
    ],
)
def test_pages(pages, words):
    assert french.pages(pages) == words


@given(st.lists(st.integers(1, 60), min_size=1))
def test_pages_name_the_first_and_the_last(pages):
    words = typography.pages_in_words(pages)
    assert words.startswith(f"p.{NB}{min(pages)}")
    assert words.endswith(str(max(pages)))


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (0, "0"),
        (999, "999"),
        (12345, f"12{NN}345"),
        (-1234567, f"−1{NN}234{NN}567"),
        (3.5, "3,5"),
        (4.0, "4"),
        (None, ""),
        (float("inf"), "inf"),
        (1e30, "1e+30"),
    ],
)
def test_number(value, digits):
    assert french.number(value) == digits


@given(st.integers(-(10**12), 10**12))
def test_number_keeps_every_digit(value):
    assert int(typography.number_in_digits(value).replace(NN, "").replace("−", "-")) == value


@pytest.mark.parametrize(("count", "ending"), [(0, ""), (1, ""), (2, "s"), (None, "")])
def test_plural_begins_at_two(count, ending):
    assert french.plural_fr(count) == ending


def test_plural_takes_both_endings():
    assert (french.plural_fr(1, "al,aux"), french.plural_fr(2, "al,aux")) == ("al", "aux")


def test_listing():
    assert french.listing(["a", "b", "c"]) == "a, b et c"
    assert french.listing(["a", "b"]) == "a et b"
    assert french.listing(["a"]) == "a"
    assert french.listing(None) == ""


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2022", "depuis quatre ans"),
        ("2025", "depuis un an"),
        ("2026", "depuis cette année"),
        ("2027", ""),
        ("2022-07", "depuis quatre ans"),
        ("2022-08", "depuis trois ans"),
        ("2026-05", "depuis deux mois"),
        ("2026-07", "depuis moins d’un mois"),
        ("2026-09", ""),
        (date(2022, 7, 4), "depuis quatre ans"),
        (date(2022, 7, 5), "depuis trois ans"),
        (date(2026, 6, 20), "depuis moins d’un mois"),
        (date(2026, 7, 20), ""),
        ("2026-07-02", "depuis moins d’un mois"),
        ("1990", "depuis 36 ans"),
        ("", ""),
    ],
)
def test_age(since, words):
    assert typography.age_in_words(since, date(2026, 7, 4)) == words


def test_since_counts_from_today_in_paris(monkeypatch):
    monkeypatch.setattr(french.timezone, "localdate", lambda: date(2026, 7, 4))
    assert french.since("2022-07-04") == "depuis quatre ans"
    assert french.since(date(2025, 7, 4)) == "depuis un an"
    assert french.since("") == ""


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("métropole", "métropoles"),
        ("communauté de communes", "communautés de communes"),
        ("communauté d’agglomération", "communautés d’agglomération"),
        ("pôle d’équilibre territorial et rural", "pôles d’équilibre territorial et rural"),
        ("parc naturel régional", "parcs naturels régionaux"),
        ("établissement public territorial", "établissements publics territoriaux"),
    ],
)
def test_several_places_of_a_kind(one, several):
    assert typography.plural_noun(one) == several
    assert french.plural_noun(one, 2) == several
    assert french.plural_noun(one, 1) == one
