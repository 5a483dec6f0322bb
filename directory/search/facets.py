"""How many actors each choice of each facet would leave, honouring the other facets. One query for all."""

from dataclasses import dataclass

from django.db.models import Count, F, Func, TextField, Value
from django.db.models.functions import Cast, Coalesce, ExtractYear

from actors.models import Competence, Expertise, Kind, Nature
from foundations.text import sort_key
from workshops.models import Workshop

from .bonds import Bond

_EMPTY = Value("")


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


CAP = 2_000  # rows: up to here sets are sorted and counted exactly; beyond, one narrows the search


def _columns(rows, facet: str, key, n, slug=_EMPTY, label=_EMPTY):
    """Five columns, whatever the table: the facet, a choice's key, its slug and label if any, a number."""
    texts = {"t_facet": Value(facet), "t_key": key, "t_slug": slug, "t_label": label}
    casts = {name: Cast(expression, TextField()) for name, expression in texts.items()}
    return rows.order_by().values(**casts).annotate(t_n=n).values_list(*casts, "t_n")


def _tally(facet: str, base, key):
    return _columns(base, facet, key, Count("*"))


def _roots(base):
    """Actors under each first-level competence, each counted once."""
    rows = Expertise.objects.filter(actor_id__in=base.order_by().values("actor_id"))
    key = Coalesce("competence__parent_id", "competence_id")
    return _columns(rows, "root", key, Count("actor_id", distinct=True))


class Tally:
    """The counts of every facet and the words of the vocabulary, in one query.

    `bases`: by facet, the rows that the other facets leave (at most `CAP` + 1 of them).
    """

    def __init__(self, bases: dict):
        parts = [
            _tally("genre", bases["genre"], F("kind")),
            _tally("nature", bases["nature"].exclude(nature=""), F("nature")),
            _tally("competence", bases["competence"], Func(F("competence_ids"), function="unnest")),
            _tally("atelier", bases["atelier"], Func(F("workshop_ids"), function="unnest")),
            _roots(bases["competence"]),
            _columns(
                Competence.objects.all(), "term", F("pk"), Coalesce(F("parent_id"), 0), F("slug"), F("name")
            ),
            _columns(
                Workshop.objects.published(),
                "workshop",
                F("pk"),
                ExtractYear("date"),
                F("slug"),
                Coalesce(F("place__name"), F("title")),
            ),
            *(_columns(base, f"size-{name}", Value(""), Count("*")) for name, base in bases.items()),
        ]
        if "lien" in bases:
            parts.append(_tally("lien", bases["lien"], F("bond")))
        self.counts: dict[tuple[str, str], int] = {}
        self.terms: list[dict] = []
        self.workshops: list[dict] = []
        for facet, key, slug, label, n in parts[0].union(*parts[1:], all=True):
            if facet == "term":
                self.terms.append({"key": key, "slug": slug, "label": label, "parent": str(n) if n else ""})
            elif facet == "workshop":
                self.workshops.append({"key": key, "slug": slug, "label": f"{label}, {n}"})
            else:
                self.counts[facet, key] = n
        self.terms.sort(key=lambda term: sort_key(term["label"]))
        self.workshops.sort(key=lambda workshop: workshop["label"])

    def count(self, facet: str, key: str) -> int:
        return self.counts.get((facet, key), 0)

    def is_full(self, facet: str) -> bool:
        """More rows than are counted: which choices exist is known, not how many each would leave."""
        return self.count(f"size-{facet}", "") > CAP


def facets(filterset, bases: dict) -> list[Facet]:
    """The facets to show: a choice that would leave nobody is left out, unless it is on."""
    tally = Tally(bases)
    kinds = [(Kind.PERSON.value, "Personnes"), (Kind.ORGANISATION.value, "Organisations")]
    shown = [
        _facet("lien", "Lien au territoire", Bond.choices, filterset, tally),
        _facet("genre", "Qui", kinds, filterset, tally),
        _facet("nature", "Nature", Nature.choices, filterset, tally),
        Facet("competence", "Compétence", tuple(_competences(filterset, tally))),
        Facet("atelier", "Vu en atelier", tuple(_workshops(filterset, tally))),
    ]
    # Without a place, a choice of bond left in the address narrows nothing: it is not shown as if it did.
    return [facet for facet in shown if facet.choices and facet.name in bases]


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
