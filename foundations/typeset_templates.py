"""Sets the words of our templates in French typography as they are read, so that nobody has to type U+202F.

What a template prints from data goes through the filter `typo`; what it says itself goes through here, once per process
(the cached loader keeps the result): text between tags, the attributes that are read out or shown, and the words passed
on by `{% include … with label="…" %}`. Tags, scripts, comments and text areas are left as they are.
"""

import re
from collections.abc import Callable
from pathlib import Path

from django.template import Origin
from django.template.loaders import filesystem

from foundations.typography import MARKUP, NARROW, NBSP, typeset

_DJANGO = r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}"
_TOKEN = re.compile(
    r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}"
    r"|<(?P<raw>script|style|textarea|pre|code)\b.*?</(?P=raw)>|<!--.*?-->"
    rf"|{_DJANGO}"
    rf"|</?(?>{_DJANGO}|[a-zA-Z!])(?>{_DJANGO}|[^>])*>"  # a comparison inside a Django tag does not end an HTML one
    r"|&\#?\w+;",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    rf"(?<=\s)((?:placeholder|title|alt|aria-label|aria-description)=\")((?>{_DJANGO}|[^\"])*)(?=\")"
)
_TAG = re.compile(_DJANGO)
_INCLUDE = re.compile(r"\{%\s*include\s")
_STRING = re.compile(r"\"[^\"]*\"")
# Written as references, spaces would hide from the rules, which would add their own.
_WRITTEN = {"&nbsp;": NBSP, "&#8239;": NARROW}


class Loader(filesystem.Loader):
    """Django's own, for the folder of our templates; those of other applications keep their words."""

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        return typeset_template(contents) if Path(origin.name).suffix == ".html" else contents


def typeset_template(source: str) -> str:
    """`source` with its words typeset; typesetting twice changes nothing."""
    for written, space in _WRITTEN.items():
        source = source.replace(written, space)
    return _typeset_between(_TOKEN, source, _inside)


def _typeset_between(token: re.Pattern[str], text: str, inside: Callable[[str], str]) -> str:
    """`text` typeset around its tokens, each of which goes through `inside`."""
    tokens = (inside(found[0]) for found in token.finditer(text))
    return re.sub(MARKUP, lambda _: next(tokens), typeset(token.sub(MARKUP, text)))


def _inside(found: str) -> str:
    """A token, with the words that are shown or read out typeset: strings given to a component, attributes."""
    if found.startswith("{%"):
        return (
            _STRING.sub(lambda word: f'"{typeset(word[0][1:-1])}"', found) if _INCLUDE.match(found) else found
        )
    if found.startswith("<") and not found.startswith(("<!", "</", "<script", "<style")):
        return _ATTRIBUTE.sub(lambda one: one[1] + _typeset_between(_TAG, one[2], str), found)
    return found
