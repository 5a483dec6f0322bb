"""What the page of the expanding universe prints: year by year, what is first known, and what set it off."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch, Q
from django.http import QueryDict
from django.utils import timezone

from actors.models import Initiative, Tie, Trigger
from workshops.models import Finding, Workshop
from workshops.reading.words import page_url

from .edges import node_id
from .graph.expansion import FADES_AFTER, Expansion, Span, Year, expansion
from .graph.model import Graph, pair
from .graph.network import DRAWN, Network, best_tied, network
from .graph_page import EcosystemGraphPage
from .models import Ecosystem

LISTED = 300  # names or ties told of a year; the table and the files tell the others


@dataclass(frozen=True)
class Event:
    """What set things off: a trigger, with the page that names it, and what sources say that it set off."""

    trigger: Trigger
    url: str
    initiatives: list[Initiative]
    ties: list[Tie]
    findings: list[Finding]


@dataclass
class Chapter:
    """A year: what is first known in it; `there`, `tied`, `faded`: how many actors and ties there are by then."""

    year: int
    there: int
    tied: int
    faded: int
    first: Year | None = None
    events: list[Event] = field(default_factory=list)
    workshops: list[Workshop] = field(default_factory=list)


class ExpansionPage(EcosystemGraphPage):
    """`data`: `couches`, `tri`, and `annee`: the year that the drawing shows (by default, today's)."""

    part = "expansion"
    fades_after = FADES_AFTER

    def __init__(self, ecosystem: Ecosystem, data: QueryDict):
        super().__init__(ecosystem, data)
        self.asked = data.get("annee", "")

    @cached_property
    def today(self) -> int:
        return timezone.localdate().year

    @cached_property
    def told(self) -> Expansion:
        members = self.ecosystem.actors.published().exclude(founded="", dissolved="")
        lives = {
            node_id(pk): (int(founded[:4]) if founded else None, int(dissolved[:4]) if dissolved else None)
            for pk, founded, dissolved in members.values_list("pk", "founded", "dissolved")
        }
        return expansion(self.graph, lives)

    @cached_property
    def workshops(self) -> list[Workshop]:
        return list(self.ecosystem.workshops.published())

    @cached_property
    def events(self) -> list[Event]:
        """Triggers that a source of this ecosystem names, or that set off something here."""
        ours = self.ecosystem.actors.published().values("pk")
        findings = Finding.objects.published().filter(workshop__in=self.workshops).select_related("workshop")
        initiatives = Initiative.objects.published().select_related("same_as")
        ties = Tie.objects.published().filter(from_actor__in=ours).select_related("from_actor", "to_actor")
        said = Q(ties__in=ties) | Q(findings__in=findings) | Q(initiatives__bearers__actor__in=ours)
        rows = Trigger.objects.filter(pk__in=Trigger.objects.filter(said).values("pk")).select_related(
            "source"
        )
        rows = rows.prefetch_related(
            Prefetch("initiatives", initiatives), Prefetch("ties", ties), Prefetch("findings", findings)
        )
        return [
            Event(
                row, page_url(row.source, row.pages),
                list(row.initiatives.all()), list(row.ties.all()), list(row.findings.all()),
            )
            for row in rows
        ]  # fmt: skip

    @cached_property
    def undated_events(self) -> list[Event]:
        return [event for event in self.events if not event.trigger.seen_on]

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The years in which something is first known, and today's."""
        firsts = {year.year: year for year in self.told.years}
        dated = [event for event in self.events if event.trigger.seen_on]
        years = set(firsts) | {event.trigger.seen_on.year for event in dated}
        years |= {workshop.date.year for workshop in self.workshops} | {self.today}
        return [
            Chapter(
                year, *self.told.at(year), firsts.get(year),
                [event for event in dated if event.trigger.seen_on.year == year],
                [workshop for workshop in self.workshops if workshop.date.year == year],
            )
            for year in sorted(years)
        ]  # fmt: skip

    @cached_property
    def year(self) -> int:
        """The year that the drawing shows."""
        years = [chapter.year for chapter in self.chapters]
        return int(self.asked) if self.asked in map(str, years) else years[-1]

    @property
    def years(self) -> list[dict]:
        return [
            {
                "year": chapter.year,
                "current": chapter.year == self.year,
                "url": self.url(self.layers, annee=str(chapter.year)),
            }
            for chapter in self.chapters
        ]

    @property
    def actor_count(self) -> int:
        return len(self.graph.actors_only.nodes)

    @cached_property
    def best_tied(self) -> Graph | None:
        """Where the whole is too much for a drawing: those with most ties, and the ties between them. Else None."""
        return best_tied(self.graph, DRAWN) if len(self.graph.nodes) > DRAWN else None

    @cached_property
    def drawing(self) -> Network:
        return network(self.best_tied or self.graph)

    @cached_property
    def marks(self) -> list[dict]:
        return [self._state(self.told.nodes[mark.node.id]) | {"mark": mark} for mark in self.drawing.marks]

    @cached_property
    def ties(self) -> list[dict]:
        spans = self.told.ties
        return [
            self._state(spans[pair(tie.edges[0].start, tie.edges[0].end)])
            | {"tie": tie, "url": tie.edges[0].source_url}
            for tie in self.drawing.ties
        ]

    def _state(self, span: Span) -> dict:
        """How it looks in the year shown, and what a script needs to show another."""
        hidden, faded = not span.is_there(self.year), span.is_faded(self.year)
        state = " later" if hidden else " faded" if faded else ""
        return {"state": state, "first": span.first, "last": span.last, "over": span.over}

    @property
    def told_years(self) -> list[dict]:
        """Each chapter with its ties in words, for the list."""
        return [
            {
                "chapter": chapter,
                "nodes": self._numbered(chapter.first.nodes if chapter.first else ()),
                "ties": self._named(chapter.first.ties if chapter.first else ()),
                "ended": self._named(chapter.first.ended if chapter.first else ()),
            }
            for chapter in self.chapters
        ]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {mark.node.id: mark.number for mark in self.drawing.marks}

    def _numbered(self, nodes) -> list[dict]:
        """Nodes with their number in the drawing, in its order; then those that it does not show."""
        found = [{"node": node, "number": self._numbers.get(node.id)} for node in nodes]
        return sorted(found, key=lambda item: item["number"] or len(nodes) + DRAWN)[:LISTED]

    def _named(self, ties) -> list[dict]:
        """Ties in words, those of the drawing first where it does not show all."""
        nodes = self.graph.nodes
        if self.best_tied:
            drawn = self.best_tied.nodes
            ties = sorted(ties, key=lambda edges: edges[0].start not in drawn or edges[0].end not in drawn)
        return [
            {"start": nodes[edges[0].start].label, "end": nodes[edges[0].end].label, "edge": edges[0]}
            for edges in ties[:LISTED]
        ]
