"""A source page by page: every published statement that the directory draws from it, of both floors."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from actors.models import (
    Actor,
    ActorArea,
    Attachment,
    Expertise,
    Initiative,
    InitiativeBearer,
    InitiativeLineage,
    Lineage,
    Membership,
    Mention,
    PublishedContact,
    Source,
    Sourced,
    Tie,
    Trigger,
)
from workshops.models import Attendance, Finding, FindingLink, Recommendation, Session, WorkshopHost

# The key names the way a row is told (templates/workshops/source/_fact.html), the words head its list.
SHELVES = {
    "host": "Invitation et accueil",
    "session": "Séances",
    "finding": "Constats",
    "link": "Liens entre constats",
    "recommendation": "Recommandations",
    "initiative": "Initiatives",
    "bearer": "Qui porte quoi",
    "made_possible": "Ce qui a permis la suite",
    "trigger": "Déclencheurs",
    "attendance": "Personnes listées",
    "membership": "Fonctions et appartenances",
    "attachment": "Rattachements",
    "lineage": "Filiations",
    "tie": "Liens",
    "area": "Territoires d’intervention",
    "expertise": "Compétences",
    "contact": "Coordonnées publiées",
    "mention": "Organisations et personnes citées",
}


@dataclass
class Shelf:
    """The statements of one sort on one page."""

    key: str
    title: str
    facts: list[Sourced] = field(default_factory=list)


@dataclass
class SourcePage:
    """A page of the source; number None holds the statements that name no page."""

    number: int | None
    shelves: list[Shelf] = field(default_factory=list)

    @property
    def fact_count(self) -> int:
        return sum(len(shelf.facts) for shelf in self.shelves)


def pages_of(source: Source) -> list[SourcePage]:
    """The pages of `source` in order, the empty ones too, then what names no page; a constant number of queries."""
    numbers: list[int | None] = [*range(1, (source.page_count or 0) + 1), None]
    pages = {number: SourcePage(number) for number in numbers}
    for key, facts in _statements():
        shelves: dict[int | None, Shelf] = {}
        for fact in facts.filter(source=source):
            for number in sorted(set(fact.pages)) or [None]:
                shelves.setdefault(number, Shelf(key, SHELVES[key])).facts.append(fact)
        for number, shelf in shelves.items():
            pages[number].shelves.append(shelf)
    for page in pages.values():
        page.shelves.sort(key=lambda shelf: list(SHELVES).index(shelf.key))
    return [page for page in pages.values() if page.number or page.shelves]


def _statements() -> Iterator[tuple[str, QuerySet]]:
    """Each sort of statement with its published rows, in the order in which a page tells them."""
    yield from _workshop_statements()
    yield from _actor_statements()


def _workshop_statements() -> Iterator[tuple[str, QuerySet]]:
    there = Q(workshop__state="published")
    seen = Actor.objects.published().values("pk")
    yield "host", WorkshopHost.objects.filter(there, actor__in=seen).select_related("actor", "workshop")
    yield "session", Session.objects.filter(there).select_related("workshop")
    yield "finding", Finding.objects.published().select_related("workshop")
    yield (
        "link",
        FindingLink.objects.filter(
            from_finding__workshop__state="published", to_finding__workshop__state="published"
        ).select_related("from_finding__workshop", "to_finding__workshop"),
    )
    yield "recommendation", Recommendation.objects.published().select_related("parent", "workshop")
    yield (
        "attendance",
        Attendance.objects.filter(there, Q(person__in=seen) | Q(delegate_of__in=seen)).select_related(
            "person", "delegate_of", "workshop"
        ),
    )


def _actor_statements() -> Iterator[tuple[str, QuerySet]]:
    seen = Actor.objects.published().values("pk")
    told = Initiative.objects.published()
    known = told.values("pk")
    yield "initiative", told.order_by("name")
    yield (
        "bearer",
        InitiativeBearer.objects.filter(
            Q(actor__isnull=True) | Q(actor__in=seen), initiative__in=known
        ).select_related("initiative", "actor"),
    )
    yield (
        "made_possible",
        InitiativeLineage.objects.filter(earlier__in=known, later__in=known).select_related(
            "earlier", "later"
        ),
    )
    yield "trigger", Trigger.objects.all()
    yield (
        "membership",
        Membership.objects.filter(member__in=seen, organisation__in=seen)
        .select_related("member", "organisation")
        .order_by("member__sort_name", "id"),
    )
    yield (
        "attachment",
        Attachment.objects.filter(organisation__in=seen, parent__in=seen).select_related(
            "organisation", "parent"
        ),
    )
    yield (
        "lineage",
        Lineage.objects.filter(successor__in=seen, predecessor__in=seen).select_related(
            "successor", "predecessor"
        ),
    )
    yield "tie", Tie.objects.published().select_related("from_actor", "to_actor")
    yield "area", ActorArea.objects.filter(actor__in=seen).select_related("actor", "territory")
    yield (
        "expertise",
        Expertise.objects.filter(actor__in=seen)
        .select_related("actor", "competence")
        .order_by("actor__sort_name", "competence__sort_name"),
    )
    yield "contact", PublishedContact.objects.filter(actor__in=seen).select_related("actor")
    yield (
        "mention",
        Mention.objects.filter(actor__in=seen).select_related("actor").order_by("actor__sort_name"),
    )
