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
    InitiativeBearer,
    Kind,
    Lineage,
    Membership,
    Sourced,
    Tie,
)
from territories.models import TerritoryRelation
from workshops.models import Attendance, WorkshopHost
from workshops.reading.words import page_url

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


def read_graph(layers: Iterable[str], actors: QuerySet[Actor] | None = None) -> Graph:
    """The published `actors` (all by default) and what ties them in `layers`; each edge carries its proof."""
    shown = Actor.objects.published() if actors is None else actors.published()
    seen = shown.values("pk")
    nodes = [_node(row) for row in shown.values("pk", "name", "slug", "kind", "nature", "size")]
    edges: list[Edge] = []
    for layer in sorted(frozenset(layers) & frozenset(READERS)):
        edges.extend(READERS[layer](seen))
    categories = {edge.end for edge in edges if edge.end.startswith("c:")}
    nodes += [Node(name, name[2:], "category", is_category=True) for name in sorted(categories)]
    return Graph.of(nodes, edges)


def node_id(actor_id: int) -> str:
    return f"a:{actor_id}"


def _node(row: dict) -> Node:
    look = "person" if row["kind"] == Kind.PERSON else LOOKS[row["nature"]]
    url = reverse("solar_system", kwargs={"slug": row["slug"]})
    return Node(node_id(row["pk"]), row["name"], look, url, row["size"])


def _edge(fact: Sourced, start: int, end: int | str, layer: str, kind: str, subject: str = "") -> Edge:
    return Edge(
        node_id(start),
        end if isinstance(end, str) else node_id(end),
        layer,
        kind,
        subject,
        fact.source.short_title,
        page_url(fact.source, fact.pages),
        tuple(fact.pages),
        fact.seen_on.year if fact.seen_on else None,
        fact.basis,
    )


def _ties(seen) -> Iterator[Edge]:
    for tie in Tie.objects.published().filter(from_actor__in=seen).select_related("source"):
        end = tie.to_actor_id or f"c:{tie.to_category}"
        yield _edge(tie, tie.from_actor_id, end, "liens", tie.label or tie.get_kind_display(), tie.subject)


def _belonging(seen) -> Iterator[Edge]:
    held = Membership.objects.filter(member__in=seen, organisation__in=seen).select_related("source")
    for fact in held:
        yield _edge(fact, fact.member_id, fact.organisation_id, "appartenances", fact.role or "membre")
    for part in Attachment.objects.filter(organisation__in=seen, parent__in=seen).select_related("source"):
        yield _edge(part, part.organisation_id, part.parent_id, "appartenances", "rattachement")


def _lineages(seen) -> Iterator[Edge]:
    for fact in Lineage.objects.filter(successor__in=seen, predecessor__in=seen).select_related("source"):
        yield _edge(fact, fact.successor_id, fact.predecessor_id, "filiations", fact.get_kind_display())


def _pairs(facts: Iterable, key: str) -> Iterator[tuple]:
    """Every two facts that share `key`, once."""
    grouped = defaultdict(list)
    for fact in facts:
        grouped[getattr(fact, key)].append(fact)
    for together in grouped.values():
        for index, first in enumerate(together):
            for second in together[index + 1 :]:
                yield first, second


def _hosts(seen) -> Iterator[Edge]:
    """Those who invited, hosted or organised the same workshop."""
    facts = WorkshopHost.objects.filter(workshop__state="published", actor__in=seen)
    for first, second in _pairs(facts.select_related("source", "workshop").order_by("pk"), "workshop_id"):
        words = f"{first.get_part_display()} / {second.get_part_display()}"
        yield _edge(first, first.actor_id, second.actor_id, "ateliers", words, first.workshop.title)


def _initiatives(seen) -> Iterator[Edge]:
    facts = InitiativeBearer.objects.filter(initiative__state="published", actor__in=seen)
    for first, second in _pairs(facts.select_related("source", "initiative").order_by("pk"), "initiative_id"):
        yield _edge(
            first, first.actor_id, second.actor_id, "initiatives", "portent ensemble", first.initiative.name
        )


def _programmes(seen) -> Iterator[Edge]:
    """Organisations where somebody holds a function under the same programme."""
    facts = Membership.objects.filter(programme__state="published", member__in=seen, organisation__in=seen)
    for first, second in _pairs(facts.select_related("source", "programme").order_by("pk"), "programme_id"):
        if first.organisation_id != second.organisation_id:
            name = first.programme.name
            yield _edge(
                first, first.organisation_id, second.organisation_id, "programmes", "même programme", name
            )


def _nesting(seen) -> Iterator[Edge]:
    """Authorities whose territory lies in another's: the code officiel géographique says it, no report."""
    governing = Actor.objects.filter(pk__in=seen, governs__isnull=False).values_list("governs", "pk")
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


def _presence(seen) -> Iterator[Edge]:
    facts = Attendance.objects.present().filter(workshop__state="published", person__in=seen)
    for first, second in _pairs(facts.select_related("source", "workshop").order_by("pk"), "workshop_id"):
        yield _edge(first, first.person_id, second.person_id, "presence", "même salle", first.workshop.title)


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
