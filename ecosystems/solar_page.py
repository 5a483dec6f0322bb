"""What the page of a solar system prints: switches of layers, drawing, and the table that says the same."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from actors.models import Actor

from .edges import LAYERS, chosen_layers, node_id, read_graph
from .graph.model import Edge, Graph, Node
from .graph.solar import CENTRE, ORBITS, SIZE, SolarSystem, solar_system

UNREACHED_SHOWN = 60

# How the table may be sorted: name in the URL, words, key of a row.
SORTS = {
    "": ("acteur", lambda row: (row.start.label, row.end.label, row.edge.layer)),
    "couche": ("sorte de lien", lambda row: (row.edge.layer, row.start.label, row.end.label)),
    "annee": ("année", lambda row: (row.edge.year or 0, row.start.label, row.end.label)),
}


@dataclass(frozen=True)
class Row:
    """A line of the table: a statement between two nodes."""

    start: Node
    end: Node
    edge: Edge

    @property
    def layer_label(self) -> str:
        return LAYERS[self.edge.layer][0]


class SolarPage:
    """`data`: the query string (`couches`, `tri`). The graph takes a fixed number of queries."""

    size, centre, orbits = SIZE, CENTRE, ORBITS

    def __init__(self, actor: Actor, data: QueryDict):
        self.actor = actor
        self.layers = chosen_layers(data.getlist("couches"))
        self.sort = data.get("tri", "") if data.get("tri") in SORTS else ""

    @cached_property
    def graph(self) -> Graph:
        return read_graph(self.layers)

    @cached_property
    def system(self) -> SolarSystem:
        return solar_system(self.graph, node_id(self.actor.pk))

    @cached_property
    def planets(self) -> list[dict]:
        """Each planet with its address, which keeps the layers."""
        return [{"planet": planet, "url": self._keeping(planet.node.url)} for planet in self.system.planets]

    @cached_property
    def rows(self) -> list[Row]:
        """Every statement of the chosen layers between those that a path reaches."""
        unreached = {node.id for node in self.system.unreached}
        nodes = self.graph.nodes
        rows = [
            Row(nodes[edge.start], nodes[edge.end], edge)
            for edge in self.graph.edges
            if edge.start not in unreached and edge.end not in unreached
        ]
        return sorted(rows, key=SORTS[self.sort][1])

    @property
    def unreached_shown(self) -> list[Node]:
        return [node for node in self.system.unreached if not node.is_category][:UNREACHED_SHOWN]

    @property
    def unreached_more(self) -> int:
        return max(0, len(self.system.unreached) - UNREACHED_SHOWN)

    @property
    def has_stated_tie(self) -> bool:
        """Whether a source states a tie of this actor with another actor."""
        sun = node_id(self.actor.pk)
        return any(
            edge.layer == "liens" and sun in (edge.start, edge.end) and not edge.end.startswith("c:")
            for edge in self.graph.edges
        )

    @property
    def switches(self) -> list[dict]:
        """A link a layer, which turns it on or off and keeps the others."""
        return [
            {
                "label": words,
                "is_on": name in self.layers,
                "url": self._url(self.layers ^ {name}),
            }
            for name, (words, _) in LAYERS.items()
        ]

    @property
    def sorts(self) -> list[dict]:
        return [
            {"label": words, "current": name == self.sort, "url": self._url(self.layers, tri=name)}
            for name, (words, _) in SORTS.items()
        ]

    @property
    def twins(self) -> list[dict]:
        """The same edges as files."""
        query = self._query(self.layers)
        return [
            {"label": kind.upper(), "url": f"{reverse('solar_twin', args=[self.actor.slug, kind])}?{query}"}
            for kind in ("csv", "graphml", "gexf")
        ]

    def _query(self, layers, **more: str) -> str:
        query = QueryDict(mutable=True)
        query.setlist("couches", [name for name in LAYERS if name in layers] or ["aucune"])
        for name, value in more.items():
            if value:
                query[name] = value
        return query.urlencode()

    def _url(self, layers, **more: str) -> str:
        return f"{reverse('solar_system', args=[self.actor.slug])}?{self._query(layers, **more)}"

    def _keeping(self, url: str) -> str:
        return f"{url}?{self._query(self.layers)}" if url else ""
