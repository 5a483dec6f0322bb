"""Workshops side by side: figures, who came to several, what was said at several or at one alone, what became of it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from actors.models import Actor
from foundations.text import sort_key
from foundations.typography import number_in_digits
from workshops.models import Attendance, Finding, FindingKind, Recommendation, Session, Theme, Workshop

from .cards import RecommendationCard, recommendation_card, workshop_when
from .kinds import WORDS
from .presence import Presence, presence
from .themes import SECTIONS
from .words import short

LEAST, MOST = 2, 4
NONE, YES = "–", "oui"


@dataclass(frozen=True)
class Row:
    """A line of components/compare-table.html: what it is about, and one cell a workshop."""

    label: str
    cells: list[str]
    url: str = ""
    note: str = ""


@dataclass
class KindCompared:
    """The themes of one kind of finding, those that several workshops share first."""

    kind: str
    plain_word: str
    field_word: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Chosen:
    """What an address asks to compare. `problem`, in French, when that cannot be done as asked."""

    workshops: list[Workshop]
    problem: str = ""

    @property
    def is_enough(self) -> bool:
        return not self.problem and len(self.workshops) >= LEAST


def choose(slugs: list[str]) -> Chosen:
    """The published workshops of `slugs`, the oldest first."""
    wanted = set(slugs)
    # Slugs are a few letters; whatever else was typed is not sent to the database.
    known = {slug for slug in wanted if slug and len(slug) <= 120}
    found = list(
        Workshop.objects.published().filter(slug__in=known).select_related("place").order_by("date", "pk")
    )
    if len(found) > MOST:
        return Chosen(found, f"Choisissez {MOST} ateliers au plus : au-delà, les colonnes ne se lisent plus.")
    if len(found) < len(wanted):
        return Chosen(found, "Un des ateliers demandés n’existe pas, ou n’est pas publié.")
    if len(found) == 1:
        return Chosen(found, "Choisissez-en au moins un autre.")
    return Chosen(found)


def comparison(workshops: list[Workshop]) -> dict:
    """What templates/workshops/compare.html needs; the queries do not grow with the rows."""
    there = _presences(workshops)
    recommendations = _recommendations(workshops)
    return {
        "columns": [{"label": short(workshop), "url": workshop.get_absolute_url()} for workshop in workshops],
        "figures": _figures(workshops, there, recommendations),
        "people": _at_several([each.present for each in there], of=lambda line: line.person),
        "organisations": _at_several([each.organisations for each in there], of=lambda actor: actor),
        "kinds": _kinds(workshops),
        "recommendations": list(zip(workshops, recommendations, strict=True)),
    }


def _presences(workshops: list[Workshop]) -> list[Presence]:
    lines: dict[int, list[Attendance]] = defaultdict(list)
    for line in Attendance.objects.filter(workshop__in=workshops).told().order_by("position", "pk"):
        lines[line.workshop_id].append(line)
    return [presence(lines[workshop.pk]) for workshop in workshops]


def _recommendations(workshops: list[Workshop]) -> list[list[RecommendationCard]]:
    told: dict[int, list[RecommendationCard]] = defaultdict(list)
    rows = Recommendation.objects.filter(workshop__in=workshops).whole().with_state().told()
    for each in rows.order_by("position", "pk"):
        told[each.workshop_id].append(recommendation_card(each))
    return [told[workshop.pk] for workshop in workshops]


def _figures(workshops: list[Workshop], there: list[Presence], recommendations: list[list]) -> list[Row]:
    keys = [workshop.pk for workshop in workshops]
    sessions = dict(_counted(Session.objects.filter(workshop__in=keys), "workshop"))
    findings = dict(_counted(Finding.objects.filter(workshop__in=keys), "workshop"))
    kinds = {
        (workshop, kind): number
        for workshop, kind, number in _counted(Finding.objects.filter(workshop__in=keys), "workshop", "kind")
    }
    rows = [
        Row("Titre", [workshop.title for workshop in workshops]),
        Row("Quand", [workshop_when(workshop) for workshop in workshops]),
        Row(
            "Où",
            [workshop.place.name if workshop.place else workshop.venue or NONE for workshop in workshops],
        ),
        _numbers("Personnes listées", [each.listed for each in there]),
        _numbers("Organisations présentes", [len(each.organisations) for each in there]),
        _numbers("Séances", [sessions.get(key, 0) for key in keys]),
        _numbers("Constats", [findings.get(key, 0) for key in keys]),
    ]
    for section in SECTIONS:
        said = [sum(kinds.get((key, kind), 0) for kind in section) for key in keys]
        rows.append(_numbers(f"dont {_named(section)}", said))
    return [*rows, _numbers("Recommandations", [len(each) for each in recommendations])]


def _named(section: tuple[FindingKind, ...]) -> str:
    plain, field_word = WORDS[section[0]]
    return field_word or f"{plain.lower()} et {WORDS[section[-1]][1]}"


def _counted(rows, *columns: str):
    return rows.order_by().values_list(*columns).annotate(number=Count("pk"))


def _numbers(label: str, numbers: list[int]) -> Row:
    return Row(label, [number_in_digits(number) if number else NONE for number in numbers])


def _at_several(columns: list[list], *, of) -> list[Row]:
    """The published actors found in at least two columns, those of the most workshops first."""
    found: dict[Actor, list[str]] = {}
    for number, column in enumerate(columns):
        for entry in column:
            actor = of(entry)
            if actor is not None:
                found.setdefault(actor, [NONE] * len(columns))[number] = YES
    several = {actor: cells for actor, cells in found.items() if cells.count(YES) > 1}
    ordered = sorted(several, key=lambda actor: (several[actor].count(NONE), actor.sort_name))
    return [Row(actor.name, several[actor], actor.get_absolute_url()) for actor in ordered]


def _kinds(workshops: list[Workshop]) -> list[KindCompared]:
    keys = [workshop.pk for workshop in workshops]
    said: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    rows = Finding.objects.filter(workshop__in=keys, themes__isnull=False)
    for kind, theme, workshop, number in _counted(rows, "kind", "themes", "workshop"):
        said[kind, theme][workshop] = number
    themes = Theme.objects.in_bulk({theme for _, theme in said})
    compared = []
    for section in SECTIONS:
        group = KindCompared(section[0].value, *WORDS[section[0]])
        lines = [
            (
                theme,
                [sum(said[kind, key].get(pk, 0) for kind in section if (kind, key) in said) for pk in keys],
            )
            for key, theme in themes.items()
        ]
        group.rows = [_theme_row(theme, numbers, workshops) for theme, numbers in _shared_first(lines)]
        compared.append(group)
    return compared


def _shared_first(lines: list[tuple[Theme, list[int]]]) -> list[tuple[Theme, list[int]]]:
    said = [(theme, numbers) for theme, numbers in lines if any(numbers)]
    return sorted(said, key=lambda line: (line[1].count(0), -sum(line[1]), sort_key(line[0].name)))


def _theme_row(theme: Theme, numbers: list[int], workshops: list[Workshop]) -> Row:
    where = sum(map(bool, numbers))
    note = "à tous" if where == len(workshops) else "à plusieurs" if where > 1 else "à un seul"
    cells = [number_in_digits(number) if number else NONE for number in numbers]
    return Row(theme.name, cells, theme.get_absolute_url(), note)
