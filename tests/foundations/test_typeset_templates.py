"""The words of templates are set in French typography as they are read; what is no word stays as it is."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template import Template
from django.template.loader import get_template
from hypothesis import given
from hypothesis import strategies as st

from foundations.typeset_templates import typeset_template

NB, NN = "\u00a0", "\u202f"
OURS = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            " ",
            " ?",
            " : ",
            "« ",
            " »",
            "{{ x }}",
            "{% if a > b %}",
            "{% endif %}",
            "<p>",
            "</p>",
            '<a title="b ?">',
            "&amp;",
        ]
    )
).map("".join)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<h1>Qui sait déjà faire ?</h1>", f"<h1>Qui sait déjà faire{NN}?</h1>"),
        ("{{ count }} affichés : précisez", f"{{{{ count }}}} affichés{NB}: précisez"),
        ("« {{ name }} »", f"«{NB}{{{{ name }}}}{NB}»"),
        ("<b>Lien</b> :", f"<b>Lien</b>{NB}:"),
        ("État&nbsp;: brouillon&#8239;!", f"État{NB}: brouillon{NN}!"),
        ('<input placeholder="Où ?" name="a ?">', f'<input placeholder="Où{NN}?" name="a ?">'),
        (
            '<svg aria-label="Carte : {{ a|default:"b ?" }}">',
            f'<svg aria-label="Carte{NB}: {{{{ a|default:"b ?" }}}}">',
        ),
        ('{% include "a.html" with label="D’où ?" %}', f'{{% include "a.html" with label="D’où{NN}?" %}}'),
    ],
)
def test_words(written, read):
    assert typeset_template(written) == read


@pytest.mark.parametrize(
    "source",
    [
        "<script>let a = b ? c : d;</script>",
        "<!-- pourquoi ? --><pre>a : b</pre>",
        "{# pourquoi ? #}{% comment %}un : deux{% endcomment %}",
        '<{% if a > b %}th scope="row"{% else %}td{% endif %}>',
        '{% if a == "b ?" %}<a href="/?q={{ q }}&amp;page=2">suite</a>{% endif %}',
        '<meta name="htmx-config" content=\'{"allowEval": false, "selfRequestsOnly": true}\'>',
    ],
)
def test_what_is_no_word(source):
    assert typeset_template(source) == source


@given(PIECES)
def test_twice_changes_nothing_and_no_letter_is_lost(source):
    once = typeset_template(source)
    assert typeset_template(once) == once
    letters = str.maketrans("", "", f" {NB}{NN}")
    assert once.translate(letters) == source.translate(letters)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_each_of_ours_still_compiles_with_the_same_lines(path):
    source = path.read_text()
    once = typeset_template(source)
    assert once.count("\n") == source.count("\n")
    Template(once)


def test_the_engine_reads_ours_by_it():
    source = get_template("directory/home.html").template.source
    assert f"déjà faire{NN}?" in source


def test_the_words_of_other_applications_are_theirs():
    """Their texts are keys of translations: changed, they would come out in English."""
    assert "foundations" not in get_template("admin/change_form.html").template.origin.loader.__module__
