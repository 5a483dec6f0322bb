"""The graph read from the tables: a fixed number of queries, whatever its size. Only what the public may see.

A tie is drawn only if a source states it. Being in the same room is another layer, off by default and named as such.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.urls import reverse

from actors.models import (
    LOOKS,
    Actor,
    Attachment,
    Frequency,
    InitiativeBearer,
    Kind,
    Lineage,
    Membership,
    Source,
    Tie,
    TieKind,
)
from territories.models import TerritoryRelation
from workshops.models import Attendance, WorkshopHost

from .graph.model import Edge, Graph, Node

# The layers in the order of their switches: name in the URL, words, whether it is on at first.
LAYERS = {
    "liens": ("liens attestés", True),
    "appartenances": ("fonctions et rattachements", True),
    "filiations": ("filiations", True),
    "ateliers": ("ateliers organisés ensemble", True),
    "initiatives": ("initiatives portées ensemble", True),
    "programmes": ("même programme", True),
    "territoires": ("territoires emboîtés", False),
    "presence": ("présents au même atelier (ce n’est pas un lien)", False),
}
DEFAULT = frozenset(name for name, (_, on) in LAYERS.items() if on)


def chosen_layers(names: Iterable[str], default: frozenset[str] = DEFAULT) -> frozenset[str]:
    """The known layers among `names` (none of them is a choice too: « aucune »); `default` without any."""
    named = frozenset(names)
    return named & frozenset(LAYERS) if named else default


class Reading:
    """What every layer reads from: whom the public may see, and what each source is called, read once."""

    def __init__(self, shown: QuerySet[Actor]):
        self.seen = shown.values("pk")
        self.sources = {
            source.pk: (source.short_title, source.get_absolute_url(), source.date)
            for source in Source.objects.only("title", "slug", "kind", "date")
        }

        self._proofs: dict[tuple, tuple[str, str, tuple[int, ...], int | None]] = {}

    def edge(self, fact, start: int, end: int | str, layer: str, kind: str, subject: str = "") -> Edge:
        """`fact`: a Sourced row, or its columns; `end`: an actor, or the id of a category."""
        return Edge(
            node_id(start),
            end if isinstance(end, str) else node_id(end),
            layer,
            kind,
            subject,
            *self._proof(fact.source_id, tuple(fact.pages), fact.observed_on),
            fact.basis,
            _year(getattr(fact, "since", "")),
            _year(getattr(fact, "until", "")),
        )

    def _proof(self, *said) -> tuple[str, str, tuple[int, ...], int | None]:
        """What a source is called, where its page is, its pages, the year. Thousands of facts share a few of them."""
        if said not in self._proofs:
            source, pages, observed_on = said
            title, url, day = self.sources[source]
            seen_on = observed_on or day
            page = f"{url}#page-{min(pages)}" if pages else url
            self._proofs[said] = title, page, pages, seen_on.year if seen_on else None
        return self._proofs[said]


def _year(partial_date: str) -> int | None:
    return int(partial_date[:4]) if partial_date else None


def read_graph(layers: Iterable[str], actors: QuerySet[Actor] | None = None) -> Graph:
    """The published `actors` (all by default) and what ties them in `layers`; each edge carries its proof."""
    shown = Actor.objects.published() if actors is None else actors.published()
    reading = Reading(shown)
    pattern = reverse("solar_system", kwargs={"slug": "-"})
    columns = shown.values_list("pk", "name", "slug", "kind", "nature", "size", named=True)
    nodes = [_node(row, pattern) for row in columns]
    edges: list[Edge] = []
    for layer in sorted(frozenset(layers) & frozenset(READERS)):
        edges.extend(READERS[layer](reading))
    categories = {edge.end for edge in edges if edge.end.startswith("c:")}
    nodes += [Node(name, name[2:], "category", is_category=True) for name in sorted(categories)]
    return Graph.of(nodes, edges)


def node_id(actor_id: int) -> str:
    return f"a:{actor_id}"


def _node(row, pattern: str) -> Node:
    """`pattern`: the address of the solar system of « - »: asking for thousands of addresses takes long."""
    look = "person" if row.kind == Kind.PERSON else LOOKS[row.nature]
    return Node(node_id(row.pk), row.name, look, pattern.replace("/-/", f"/{row.slug}/"), row.size)


# Columns of a sourced fact that an edge tells; thousands of rows are read, of which whole objects would take long.
_SOURCED = ("source_id", "pages", "basis", "observed_on")
_TIE_MORE = ("subject", "since", "until")


def _ties(reading: Reading) -> Iterator[Edge]:
    words, often = dict(TieKind.choices), dict(Frequency.choices)
    columns = ("from_actor_id", "to_actor_id", "to_category", "kind", "label", "frequency", *_TIE_MORE)
    ties = Tie.objects.published().filter(from_actor__in=reading.seen).order_by("pk")
    for tie in ties.values_list(*columns, *_SOURCED, named=True):
        end = tie.to_actor_id or f"c:{tie.to_category}"
        kind = tie.label or words[tie.kind]
        told = f"{kind}, {often[tie.frequency]}" if tie.frequency else kind
        yield reading.edge(tie, tie.from_actor_id, end, "liens", told, tie.subject)


def _belonging(reading: Reading) -> Iterator[Edge]:
    held = Membership.objects.filter(member__in=reading.seen, organisation__in=reading.seen).order_by("pk")
    columns = ("member_id", "organisation_id", "role", "since", "until")
    for fact in held.values_list(*columns, *_SOURCED, named=True):
        yield reading.edge(fact, fact.member_id, fact.organisation_id, "appartenances", fact.role or "membre")
    for part in Attachment.objects.filter(organisation__in=reading.seen, parent__in=reading.seen):
        yield reading.edge(part, part.organisation_id, part.parent_id, "appartenances", "rattachement")


def _lineages(reading: Reading) -> Iterator[Edge]:
    facts = Lineage.objects.filter(successor__in=reading.seen, predecessor__in=reading.seen)
    for fact in facts:
        fact.since = fact.happened
        yield reading.edge(
            fact, fact.successor_id, fact.predecessor_id, "filiations", fact.get_kind_display()
        )


def _pairs(facts: Iterable, key: str) -> Iterator[tuple]:
    """Every two facts that share `key`, once."""
    grouped = defaultdict(list)
    for fact in facts:
        grouped[getattr(fact, key)].append(fact)
    for together in grouped.values():
        for index, first in enumerate(together):
            for second in together[index + 1 :]:
                yield first, second


def _hosts(reading: Reading) -> Iterator[Edge]:
    """Those who invited, hosted or organised the same workshop."""
    facts = WorkshopHost.objects.filter(workshop__state="published", actor__in=reading.seen)
    for first, second in _pairs(facts.select_related("workshop").order_by("pk"), "workshop_id"):
        words = f"{first.get_part_display()} / {second.get_part_display()}"
        yield reading.edge(first, first.actor_id, second.actor_id, "ateliers", words, first.workshop.title)


def _initiatives(reading: Reading) -> Iterator[Edge]:
    facts = InitiativeBearer.objects.filter(initiative__state="published", actor__in=reading.seen)
    for first, second in _pairs(facts.select_related("initiative").order_by("pk"), "initiative_id"):
        yield reading.edge(
            first, first.actor_id, second.actor_id, "initiatives", "portent ensemble", first.initiative.name
        )


def _programmes(reading: Reading) -> Iterator[Edge]:
    """Organisations where somebody holds a function under the same programme."""
    facts = Membership.objects.filter(
        programme__state="published", member__in=reading.seen, organisation__in=reading.seen
    )
    for first, second in _pairs(facts.select_related("programme").order_by("pk"), "programme_id"):
        if first.organisation_id != second.organisation_id:
            name = first.programme.name
            yield reading.edge(
                first, first.organisation_id, second.organisation_id, "programmes", "même programme", name
            )


def _nesting(reading: Reading) -> Iterator[Edge]:
    """Authorities whose territory lies in another's: the code officiel géographique says it, no report."""
    governing = Actor.objects.filter(pk__in=reading.seen, governs__isnull=False).values_list("governs", "pk")
    by_place = defaultdict(list)
    for place, actor in governing:
        by_place[place].append(actor)
    within = TerritoryRelation.objects.filter(
        from_territory__in=list(by_place), to_territory__in=list(by_place), kind="within"
    )
    for inner, outer in within.values_list("from_territory_id", "to_territory_id"):
        for start in by_place[inner]:
            for end in by_place[outer]:
                source = "Code officiel géographique"
                yield Edge(node_id(start), node_id(end), "territoires", "territoire dans", source=source)


def _presence(reading: Reading) -> Iterator[Edge]:
    facts = Attendance.objects.present().filter(workshop__state="published", person__in=reading.seen)
    for first, second in _pairs(facts.select_related("workshop").order_by("pk"), "workshop_id"):
        yield reading.edge(
            first, first.person_id, second.person_id, "presence", "même salle", first.workshop.title
        )


READERS = {
    "liens": _ties,
    "appartenances": _belonging,
    "filiations": _lineages,
    "ateliers": _hosts,
    "initiatives": _initiatives,
    "programmes": _programmes,
    "territoires": _nesting,
    "presence": _presence,
}
