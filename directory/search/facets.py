"""How many actors each choice of each facet would leave, honouring the other facets."""

from dataclasses import dataclass

from actors.models import Kind, Nature
from foundations.text import sort_key

from .bonds import Bond
from .probe import CAP, Found


@dataclass(frozen=True)
class Choice:
    """An option of components/facet.html; `count` None: too many to count; `sub`: under the one before."""

    value: str
    label: str
    count: int | None
    checked: bool
    is_shown: bool
    sub: bool = False


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]


class Tally:
    """The counts of every facet and the words of the vocabulary."""

    def __init__(self, found: Found):
        self.counts = dict(found.counts)
        for order, bond in enumerate(Bond.values):
            self.counts["lien", bond] = self.count("lien", str(order))
        self.terms = sorted(found.terms, key=lambda term: sort_key(term["label"]))
        self.workshops = sorted(found.workshops, key=lambda workshop: workshop["label"])

    def count(self, facet: str, key: str) -> int:
        return self.counts.get((facet, key), 0)

    def is_full(self, facet: str) -> bool:
        """More rows than are counted: which choices exist is known, not how many each would leave."""
        return self.count(f"size-{facet}", "") > CAP


def facets(filterset, found: Found, *, with_place: bool) -> list[Facet]:
    """The facets to show: a choice that would leave nobody is left out, unless it is on."""
    tally = Tally(found)
    kinds = [(Kind.PERSON.value, "Personnes"), (Kind.ORGANISATION.value, "Organisations")]
    shown = [
        _facet("lien", "Lien au territoire", Bond.choices, filterset, tally),
        _facet("genre", "Qui", kinds, filterset, tally),
        _facet("nature", "Nature", Nature.choices, filterset, tally),
        Facet("competence", "Compétence", tuple(_competences(filterset, tally))),
        Facet("atelier", "Vu en atelier", tuple(_workshops(filterset, tally))),
    ]
    # Without a place, a choice of bond left in the address narrows nothing: it is not shown as if it did.
    return [facet for facet in shown if facet.choices and (with_place or facet.name != "lien")]


def _choice(tally: Tally, facet: str, value: str, label: str, n: int, chosen, *, sub: bool = False) -> Choice:
    return Choice(
        value, label, None if tally.is_full(facet) else n, value in chosen, bool(n) or value in chosen, sub
    )


def _facet(name: str, label: str, options, filterset, tally: Tally) -> Facet:
    chosen = filterset.chosen(name)
    choices = (
        _choice(tally, name, value, words[0].upper() + words[1:], tally.count(name, value), chosen)
        for value, words in options
    )
    return Facet(name, label, tuple(choice for choice in choices if choice.is_shown))


def _workshops(filterset, tally: Tally):
    chosen = filterset.chosen("atelier")
    for workshop in tally.workshops:
        n = tally.count("atelier", workshop["key"])
        choice = _choice(tally, "atelier", workshop["slug"], workshop["label"], n, chosen)
        if choice.is_shown:
            yield choice


def _competences(filterset, tally: Tally):
    """First-level terms; those under one that is chosen follow it, so that the list stays short."""
    chosen = filterset.chosen("competence")

    def choice(term, *, sub):
        n = tally.count("competence" if sub else "root", term["key"])
        return _choice(tally, "competence", term["slug"], term["label"], n, chosen, sub=sub)

    for root in (term for term in tally.terms if not term["parent"]):
        narrower = [choice(term, sub=True) for term in tally.terms if term["parent"] == root["key"]]
        first, is_open = choice(root, sub=False), any(term.checked for term in narrower)
        if first.is_shown or is_open:
            yield first
            yield from (term for term in narrower if term.is_shown and (is_open or first.checked))
