"""How many actors each choice of each facet would leave, honouring the other facets. One query for all."""

from dataclasses import dataclass

from django.db.models import CharField, Count, F, Func, Value
from django.db.models.functions import Cast, Coalesce

from actors.models import Competence, Expertise, Kind, Nature
from workshops.models import Workshop

from .bonds import Bond


@dataclass(frozen=True)
class Choice:
    """An option of components/facet.html; `sub`: a term under the one before it."""

    value: str
    label: str
    count: int
    checked: bool
    sub: bool = False


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]


def _tally(facet: str, rows, key):
    return (
        rows.order_by()
        .values(facet=Value(facet, output_field=CharField()), key=Cast(key, CharField()))
        .annotate(n=Count("*"))
        .values_list("facet", "key", "n")
    )


def counts(filterset) -> dict[tuple[str, str], int]:
    """`{(facet, key): actors}`; the key of a competence or a workshop is its id, that of a competence root `r<id>`."""
    tallies = [
        _tally("genre", filterset.without("genre"), F("kind")),
        _tally("nature", filterset.without("nature").exclude(nature=""), F("nature")),
        _tally(
            "competence",
            filterset.without("competence"),
            Func(F("competence_ids"), function="unnest"),
        ),
        _tally(
            "atelier",
            filterset.without("atelier"),
            Func(F("workshop_ids"), function="unnest"),
        ),
        _roots(filterset.without("competence")),
    ]
    if "bond" in filterset.queryset.query.annotations:
        tallies.append(_tally("lien", filterset.without("lien"), F("bond")))
    return {(facet, key): n for facet, key, n in tallies[0].union(*tallies[1:], all=True)}


def _roots(rows):
    """Actors under each first-level competence, each counted once."""
    return (
        Expertise.objects.filter(actor_id__in=rows.order_by().values("actor_id"))
        .order_by()
        .values(
            facet=Value("root", output_field=CharField()),
            key=Cast(Coalesce("competence__parent_id", "competence_id"), CharField()),
        )
        .annotate(n=Count("actor_id", distinct=True))
        .values_list("facet", "key", "n")
    )


def facets(filterset) -> list[Facet]:
    """The facets to show: a choice that would leave nobody is left out, unless it is on."""
    found = counts(filterset)
    listed = [
        ("lien", "Lien au territoire", Bond.choices),
        (
            "genre",
            "Qui",
            [(Kind.PERSON, "Personnes"), (Kind.ORGANISATION, "Organisations")],
        ),
        ("nature", "Nature", Nature.choices),
    ]
    shown = [
        Facet(name, label, tuple(_choices(filterset, name, choices, found)))
        for name, label, choices in listed
    ]
    shown.append(Facet("competence", "Compétence", tuple(_competence_choices(filterset, found))))
    workshops = Workshop.objects.published().values_list("pk", "slug", "title", "place__name", "date")
    labels = [(slug, f"{place or title}, {date.year}", str(pk)) for pk, slug, title, place, date in workshops]
    chosen = filterset.chosen("atelier")
    seen = [
        Choice(slug, label, found.get(("atelier", key), 0), slug in chosen)
        for slug, label, key in labels
        if found.get(("atelier", key)) or slug in chosen
    ]
    shown.append(Facet("atelier", "Vu en atelier", tuple(seen)))
    return [facet for facet in shown if facet.choices]


def _choices(filterset, name, choices, found):
    chosen = filterset.chosen(name)
    for value, label in choices:
        count = found.get((name, str(value)), 0)
        if count or value in chosen:
            yield Choice(str(value), label[0].upper() + label[1:], count, value in chosen)


def _competence_choices(filterset, found):
    """First-level terms; those under one that is chosen follow it, so that the list stays short."""
    chosen = filterset.chosen("competence")
    terms = list(Competence.objects.values("pk", "slug", "name", "parent_id"))
    for root in (term for term in terms if term["parent_id"] is None):
        narrower = [_term(term, found, chosen, sub=True) for term in terms if term["parent_id"] == root["pk"]]
        choice = _term(root, found, chosen, sub=False)
        if choice.count or choice.checked or any(term.checked for term in narrower):
            yield choice
            is_open = choice.checked or any(term.checked for term in narrower)
            yield from (term for term in narrower if is_open and (term.count or term.checked))


def _term(term, found, chosen, *, sub):
    key = ("competence" if sub else "root", str(term["pk"]))
    return Choice(term["slug"], term["name"], found.get(key, 0), term["slug"] in chosen, sub)
