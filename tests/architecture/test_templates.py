"""Templates that our Content-Security-Policy lets through, and that hold together."""

import re

import pytest

from tests.architecture.sources import shown, with_suffix

TEMPLATES = with_suffix(".html")
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
FORBIDDEN = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    # Data for a script (type="application/json") is not run: the policy lets it be.
    "an inline script": re.compile(
        r"<script\b(?![^>]*\b(src=|type=\"application/(ld\+)?json\"))", re.IGNORECASE
    ),
    "a javascript: link": re.compile(r"javascript:", re.IGNORECASE),
    "a file of someone else's server": re.compile(
        r"<(script|link|img|iframe)\b[^>]*(src|href)=\"https?://", re.IGNORECASE
    ),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    offences = [
        shown(path) for path in TEMPLATES if FORBIDDEN[what].search(COMMENT.sub("", path.read_text()))
    ]
    assert offences == []


@pytest.mark.parametrize(
    ("what", "source"),
    [
        ("a style attribute", '<p class="a" style="color: red">'),
        ("an event handler", '<a href="#" onclick="go()">'),
        ("an inline script", "<script>go()</script>"),
        ("an inline script", '<script type="module">go()</script>'),
    ],
)
def test_the_net_has_no_hole(what, source):
    assert FORBIDDEN[what].search(source)


def test_scripts_of_a_page_are_let_through():
    for source in (
        '<script type="module" src="/x.js">',
        '<script type="application/json" id="d">',
        '<a data-on="x">',
    ):
        assert not any(pattern.search(source) for pattern in FORBIDDEN.values())


def test_css_has_no_important():
    assert [shown(path) for path in with_suffix(".css") if "!important" in path.read_text()] == []
