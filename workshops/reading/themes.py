"""What recurs across workshops, and who helps with it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Prefetch, Q, QuerySet

from actors.models import Actor, Competence, Expertise, Initiative, InitiativeBearer
from workshops.models import Finding, FindingKind, Recommendation, Theme, Workshop

from .cards import InitiativeCard, initiative_card, recommendation_card, theme_card
from .kinds import WORDS, by_kind
from .telling import Told, tell
from .words import count_of, page_url, recurrence, short

# A condition is told with the ingredients: both say what it takes.
SECTIONS = (
    (FindingKind.FREIN,),
    (FindingKind.MOTEUR,),
    (FindingKind.INGREDIENT, FindingKind.CONDITION),
    (FindingKind.BESOIN,),
)
MET_HEADERS = (
    "Où et quand",
    "Obstacles",
    "Ce qui aide",
    "Ingrédients et conditions",
    "Besoins",
    "En tout",
)
HEADERS = (
    "Thème",
    "Obstacles",
    "Ce qui aide",
    "Ingrédients et conditions",
    "Besoins",
    "En tout",
    "Séances",
    "Ateliers",
    "Lieux",
    "Années",
)


@dataclass
class Obstacle:
    """A theme by its obstacles, as an entry for who meets the same."""

    theme: Theme
    findings: list[Finding] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many obstacles beyond the three shown."""
        return max(0, len(self.findings) - 3)


@dataclass(frozen=True)
class Proof:
    """What shows that an actor knows, and the page that says it."""

    expertise: Expertise
    source_url: str


@dataclass
class Helper:
    """A published actor with the proofs that it knows what helps."""

    actor: Actor
    proofs: list[Proof] = field(default_factory=list)


def themes_page(findings: QuerySet) -> dict:
    """What templates/workshops/themes.html says of `findings`, published ones; a constant number of queries."""
    themes = list(
        Theme.objects.with_recurrence(findings)
        .with_places_and_years(findings)
        .filter(finding_count__gt=0)
        .most_recurrent_first()
        .prefetch_related("competences")
    )
    counts = _counts_by_kind(findings)
    return {
        "obstacles": _obstacles(themes, counts, findings),
        "sections": [_section(kinds, themes, counts) for kinds in SECTIONS[1:]],
        "headers": HEADERS,
        "rows": [_row(theme, counts[theme.pk]) for theme in themes],
        "without_theme": findings.filter(themes=None).count(),
    }


def _counts_by_kind(findings: QuerySet) -> dict[int, dict[str, int]]:
    """theme → kind → number of findings."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = findings.filter(themes__isnull=False).order_by().values("themes", "kind")
    for row in rows.annotate(number=Count("pk", distinct=True)):
        counts[row["themes"]][row["kind"]] = row["number"]
    return counts


def _obstacles(themes: list[Theme], counts: dict, findings: QuerySet) -> list[Obstacle]:
    said = defaultdict(list)
    freins = findings.filter(kind=FindingKind.FREIN, themes__isnull=False)
    for finding in freins.annotate(theme_id=F("themes")).order_by("-workshop__date", "position", "id"):
        said[finding.theme_id].append(finding)
    helpers = _helper_counts(themes)
    obstacles = []
    for theme in themes:
        if said[theme.pk]:
            facts = _facts(theme, counts[theme.pk], helpers[theme.pk])
            obstacles.append(Obstacle(theme, said[theme.pk], facts))
    return obstacles


def _facts(theme: Theme, counts: dict[str, int], helpers: int) -> list[str]:
    answers = sum(counts[kind] for kind in (FindingKind.MOTEUR, *SECTIONS[2]))
    facts = [
        recurrence(theme),
        f"{count_of(answers, 'appui connu', 'appuis connus')}"
        if answers
        else "aucun appui connu – le vôtre ?",
        f"{count_of(helpers, 'acteur s’y connaît', 'acteurs s’y connaissent')}" if helpers else "",
    ]
    return [fact for fact in facts if fact]


def _helper_counts(themes: Iterable[Theme]) -> dict[int, int]:
    """theme → number of published actors with a proof of one of its competences, or of a term below one."""
    knowing: dict[int, set[int]] = defaultdict(set)
    published = Expertise.objects.filter(actor__state="published")
    for competence, parent, actor in published.values_list("competence", "competence__parent", "actor"):
        knowing[competence].add(actor)
        if parent:
            knowing[parent].add(actor)
    return {
        theme.pk: len(set().union(*(knowing[each.pk] for each in theme.competences.all())))
        for theme in themes
    }


def _section(kinds: tuple[FindingKind, ...], themes: list[Theme], counts: dict) -> dict:
    plain, field_word = WORDS[kinds[0]]
    numbers = [(theme, sum(counts[theme.pk][kind] for kind in kinds)) for theme in themes]
    cards = [theme_card(theme, kinds[0], number) for theme, number in numbers if number]
    return {"kind": kinds[0].value, "plain_word": plain, "field_word": field_word, "cards": cards}


def _row(theme: Theme, counts: dict[str, int]) -> list:
    """A line of the table of recurrences; `–` where nothing was said."""
    numbers = [sum(counts[kind] for kind in kinds) for kinds in SECTIONS]
    cells = [*numbers, theme.finding_count, theme.session_count, theme.workshop_count]
    cells += [theme.place_count, theme.year_count]
    return [
        {"text": theme.name, "url": theme.get_absolute_url()},
        *(str(cell) if cell else "–" for cell in cells),
    ]


def theme_page(theme: Theme) -> dict:
    """What templates/workshops/theme.html needs beside `theme` (with its recurrence)."""
    findings = Finding.objects.published().filter(themes=theme).told()
    told = [
        _without_this(tell(finding, anchored=False), theme)
        for finding in findings.order_by("-workshop__date", "position", "id")
    ]
    recommendations = (
        Recommendation.objects.published().whole().on_themes([theme]).with_state().told().forgotten_first()
    )
    return {
        "groups": by_kind(told),
        "recommendations": [recommendation_card(each) for each in recommendations],
        "initiatives": _initiatives(theme),
        "helpers": helpers(theme),
        "competences": list(theme.competences.all()),
        "recurs": recurrence(theme),
        "met": _met(theme),
        "met_headers": MET_HEADERS,
    }


def _met(theme: Theme) -> list[list]:
    """Where and when: a line a workshop, the oldest first, with what was said there by kind; `–` for nothing."""
    said: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Finding.objects.published().filter(themes=theme).order_by().values_list("workshop", "kind")
    for workshop, kind, number in rows.annotate(number=Count("pk", distinct=True)):
        said[workshop][kind] = number
    workshops = Workshop.objects.filter(pk__in=said).select_related("place").order_by("date", "pk")
    return [
        [
            {"text": short(workshop), "url": workshop.get_absolute_url()},
            *(str(sum(said[workshop.pk][kind] for kind in kinds) or "–") for kinds in SECTIONS),
            str(sum(said[workshop.pk].values())),
        ]
        for workshop in workshops
    ]


def _without_this(told: Told, theme: Theme) -> Told:
    """On the page of a theme, a finding need not say that it is of this theme."""
    told.themes = [each for each in told.themes if each.url != theme.get_absolute_url()]
    return told


def _initiatives(theme: Theme) -> list[InitiativeCard]:
    """The published experiences that the findings of `theme` tell."""
    told = Finding.objects.published().filter(themes=theme)
    bearers = InitiativeBearer.objects.select_related("actor")
    initiatives = (
        Initiative.objects.published()
        .filter(pk__in=told.values("initiatives"))
        .select_related("same_as", "place")
        .prefetch_related(Prefetch("bearers", bearers))
    )
    return [initiative_card(each) for each in initiatives]


def helpers(theme: Theme) -> list[Helper]:
    """Published actors with a proof of a competence that helps with `theme`, or of a term below it; by name."""
    wanted = Competence.objects.filter(Q(themes=theme) | Q(parent__themes=theme)).values("pk")
    proofs = (
        Expertise.objects.filter(competence__in=wanted, actor__state="published")
        .select_related("actor__seat", "competence", "source")
        .order_by("actor__sort_name", "competence__sort_name", "id")
    )
    found: dict[int, Helper] = {}
    for proof in proofs:
        found.setdefault(proof.actor_id, Helper(proof.actor)).proofs.append(
            Proof(proof, page_url(proof.source, proof.pages))
        )
    return list(found.values())
