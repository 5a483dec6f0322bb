"""Workshops, themes and recommendations as the cards of lists print them."""

from dataclasses import dataclass, field

from django.utils import timezone

from actors.models import Initiative
from foundations.typography import day_in_words, listing
from workshops.models import Bearing, FindingKind, Progress, Recommendation, Theme, Workshop

from .words import count_of, initiative_url, month, recurrence, tell_url

# The progress of which one may ask what became of it.
SILENT = (Progress.UNKNOWN, Progress.NOT_BEGUN)


@dataclass(frozen=True)
class Card:
    """What a card component prints; each takes the part it knows."""

    title: str
    url: str
    facts: list[str] = field(default_factory=list)
    kind: str = ""
    kind_label: str = ""


@dataclass(frozen=True)
class RecommendationCard:
    recommendation: Recommendation
    progress_label: str
    bearing_label: str
    since_text: str
    tell_url: str
    due_text: str = ""

    @property
    def place(self) -> str:
        return f"atelier du {day_in_words(self.recommendation.workshop.date)}"


@dataclass(frozen=True)
class InitiativeCard:
    initiative: Initiative
    url: str
    bearers: str
    place: str


def workshop_when(workshop: Workshop) -> str:
    """« 4 juillet 2022, matinée »."""
    return ", ".join(part for part in (day_in_words(workshop.date), workshop.get_half_day_display()) if part)


def workshop_facts(workshop: Workshop) -> list[str]:
    """What a card says of a workshop annotated by `with_counts()`; what there is none of is left out."""
    counts = (
        (workshop.listed_count, "personne listée", "personnes listées"),
        (workshop.finding_count, "constat", "constats"),
        (workshop.recommendation_count, "recommandation", "recommandations"),
    )
    return [count_of(*each) for each in counts if each[0]]


def theme_card(theme: Theme, kind: str, number: int) -> Card:
    """A theme under one kind of finding: how many say it so, and where it comes back."""
    nouns = {
        FindingKind.FREIN: ("obstacle",),
        FindingKind.MOTEUR: ("appui",),
        FindingKind.INGREDIENT: ("ingrédient ou condition", "ingrédients et conditions"),
        FindingKind.BESOIN: ("besoin",),
    }
    facts = [count_of(number, *nouns[FindingKind(kind)]), recurrence(theme)]
    return Card(
        theme.name, theme.get_absolute_url(), [fact for fact in facts if fact], kind, theme.field_name
    )


def recommendation_card(recommendation: Recommendation) -> RecommendationCard:
    """`recommendation` as by `with_state()`: its two axes in words, and since when nothing is known."""
    return RecommendationCard(
        recommendation,
        Progress(recommendation.progress).label,
        Bearing(recommendation.bearing).label,
        last_news(recommendation),
        tell_url(recommendation.get_absolute_url()) if recommendation.progress in SILENT else "",
        due(recommendation),
    )


def last_news(recommendation: Recommendation) -> str:
    """« rien depuis juillet 2022 », or the month of the last news."""
    if recommendation.last_said_on:
        return f"dernières nouvelles : {month(recommendation.last_said_on)}"
    return f"rien depuis {month(recommendation.workshop.date)}"


def due(recommendation: Recommendation) -> str:
    """« pour le 1er mars 2027 », « échéance passée : le 1er mars 2025 »; empty without a date, or once it is over."""
    over = recommendation.progress in (Progress.DONE, Progress.DROPPED)
    if recommendation.due_on is None or over:
        return ""
    late = recommendation.due_on < timezone.localdate()
    return f"{'échéance passée : le' if late else 'pour le'} {day_in_words(recommendation.due_on)}"


def initiative_card(initiative: Initiative) -> InitiativeCard:
    """`initiative` with `bearers__actor`, `place` and `same_as` loaded; a bearer who is not published is not named."""
    bearers = [
        bearer.actor.name if bearer.actor else bearer.unnamed
        for bearer in initiative.bearers.all()
        if not bearer.actor or bearer.actor.is_published
    ]
    place = initiative.place.name if initiative.place else initiative.place_note
    return InitiativeCard(initiative, initiative_url(initiative), listing(bearers), place)
