"""What the page of a network prints: the drawing, its groups by name, the table; and what a canvas draws from."""

from functools import cached_property
from urllib.parse import quote

from django.http import QueryDict
from django.urls import reverse

from foundations.text import sort_key

from .edges import LAYERS, read_graph
from .graph.layout import places
from .graph.model import Graph, Node
from .graph.network import DRAWN, Group, Mark, Network, Tie, groups, network
from .graph_page import KINDS, EcosystemGraphPage
from .models import Ecosystem

LARGEST_GROUPS = 40  # listed where there is a canvas; in a drawing, every number is in the list
MEMBERS_SHOWN = 12  # of each group, where there is a canvas
MEANINGS_SHOWN = 12


def slug_of(node: Node) -> str:
    """The last part of the actor's own address; empty for a category, which has none."""
    return node.url.rstrip("/").split("/")[-2] if node.url else ""


class NetworkPage(EcosystemGraphPage):
    """`data`: `couches`, `tri`, and `autour`: the slug or the name of who is looked at, with its neighbourhood."""

    part = "reseau"

    def __init__(self, ecosystem: Ecosystem, data: QueryDict):
        super().__init__(ecosystem, data)
        self.asked = data.get("autour", "").strip()[:200]

    @cached_property
    def whole(self) -> Graph:
        return read_graph(self.layers, self.ecosystem.actors.all())

    @cached_property
    def meanings(self) -> list[Node]:
        """Who `autour` may be: the one of that slug, else of that very name, else those whose name has it."""
        nodes = self.whole.nodes.values()
        exact = [node for node in nodes if self.asked and self.asked == slug_of(node)]
        if exact:
            return exact
        key = sort_key(self.asked)
        named = [(sort_key(node.label), node) for node in nodes] if key else []
        same = [node for name, node in named if name == key]
        return same or [node for name, node in named if key in name][:MEANINGS_SHOWN]

    @property
    def focus(self) -> Node | None:
        return self.meanings[0] if len(self.meanings) == 1 else None

    @cached_property
    def graph(self) -> Graph:
        """The whole, or `focus` and those one step from it."""
        if not self.focus:
            return self.whole
        near = self.whole.neighbours[self.focus.id] | {self.focus.id}
        return Graph.of((self.whole.nodes[node] for node in sorted(near)), self.whole.edges)

    @property
    def is_large(self) -> bool:
        return len(self.graph.nodes) > DRAWN

    @cached_property
    def drawing(self) -> Network:
        return network(self.graph)

    @cached_property
    def ties(self) -> list[dict]:
        """Each line, what is said there, and where its proof is."""
        return [
            {"tie": tie, "words": self._words(tie), "url": tie.edges[0].source_url}
            for tie in self.drawing.ties
        ]

    def _words(self, tie: Tie) -> str:
        nodes = self.graph.nodes
        ends = f"{nodes[tie.edges[0].start].label} – {nodes[tie.edges[0].end].label}"
        said = "\N{NARROW NO-BREAK SPACE}; ".join(
            " – ".join(filter(None, (edge.kind, edge.subject))) + f" ({edge.source})" for edge in tie.edges
        )
        return f"{ends}\N{NO-BREAK SPACE}: {said}"

    @cached_property
    def _gathered(self) -> tuple[Group, ...]:
        return groups(self.graph)

    @cached_property
    def _marks(self) -> dict[str, Mark]:
        return {} if self.is_large else {mark.node.id: mark for mark in self.drawing.marks}

    @property
    def _listed(self) -> int:
        """Names listed of each group: all that have a number in the drawing."""
        return MEMBERS_SHOWN if self.is_large else DRAWN

    @cached_property
    def groups(self) -> list[dict]:
        """Each group of two or more, what it shares in words, and its members with their numbers."""
        shown = [group for group in self._gathered if len(group.nodes) > 1][
            : LARGEST_GROUPS if self.is_large else DRAWN
        ]
        return [
            {
                "group": group,
                "shared": self._shared(group),
                "members": [self._member(node) for node in group.nodes[: self._listed]],
                "more": max(0, len(group.nodes) - self._listed),
            }
            for group in shown
        ]

    @cached_property
    def alone(self) -> list[dict]:
        """Those that nothing ties here."""
        alone = [group.hub for group in self._gathered if len(group.nodes) == 1]
        return [self._member(node) for node in alone[:DRAWN]]

    def _member(self, node: Node) -> dict:
        number = self._marks[node.id].number if node.id in self._marks else None
        return {
            "node": node,
            "number": number,
            "kind": KINDS[node.look],
            "url": f"{self.whole_url}&autour={quote(slug_of(node) or node.label)}",
        }

    def _shared(self, group: Group) -> str:
        said = [LAYERS[group.layer][0]] if group.layer else []
        if group.subject:
            said.append(
                f"{LAYERS[group.subject_layer][0]} («\N{NO-BREAK SPACE}{group.subject}\N{NO-BREAK SPACE}»)"
            )
        return "\N{NARROW NO-BREAK SPACE}; ".join(said)

    def kept(self) -> dict[str, str]:
        return {"autour": self.asked} if self.asked else {}

    @cached_property
    def whole_url(self) -> str:
        query = QueryDict(mutable=True)
        query.setlist("couches", self.layer_names)
        return f"{self.address}?{query.urlencode()}"

    @property
    def meaning_links(self) -> list[dict]:
        return [self._member(node) for node in self.meanings]

    @property
    def data_url(self) -> str:
        return f"{reverse('ecosystem_reseau_data', args=[self.ecosystem.slug])}?{self.query(self.layers)}"

    @property
    def data(self) -> dict:
        """Nodes (name, look, place, slug) and ties (two indexes, layer), as short as can be."""
        ids = sorted(self.graph.nodes)
        index = {node: i for i, node in enumerate(ids)}
        layers = list(LAYERS)
        spots = places(self.graph)
        nodes = [
            [node.label, node.look, round(spots[node.id][0], 4), round(spots[node.id][1], 4), slug_of(node)]
            for node in (self.graph.nodes[pk] for pk in ids)
        ]
        ties = {(index[edge.start], index[edge.end], layers.index(edge.layer)) for edge in self.graph.edges}
        words = [LAYERS[name][0] for name in layers]
        return {
            "layers": words,
            "nodes": nodes,
            "ties": sorted(ties),
            "focus": self.url(self.layers, autour=""),
        }
