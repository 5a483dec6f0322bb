"""What the page of a solar system prints: switches of layers, drawing, and the table that says the same."""

from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from actors.models import Actor

from .edges import node_id, read_graph
from .graph.model import Edge, Graph, Node
from .graph.solar import CENTRE, ORBITS, SIZE, SolarSystem, solar_system
from .graph_page import KINDS, GraphPage

UNREACHED_SHOWN = 60


class SolarPage(GraphPage):
    """`data`: the query string (`couches`, `tri`). The graph takes a fixed number of queries."""

    size, centre, orbits = SIZE, CENTRE, ORBITS

    def __init__(self, actor: Actor, data: QueryDict):
        super().__init__(data)
        self.actor = actor

    @cached_property
    def graph(self) -> Graph:
        return read_graph(self.layers)

    @cached_property
    def system(self) -> SolarSystem:
        return solar_system(self.graph, node_id(self.actor.pk))

    @cached_property
    def planets(self) -> list[dict]:
        """Each planet with its nature in words, and its address, which keeps the layers."""
        return [
            {"planet": planet, "url": self._keeping(planet.node.url), "kind": KINDS[planet.node.look]}
            for planet in self.system.planets
        ]

    @property
    def address(self) -> str:
        return reverse("solar_system", args=[self.actor.slug])

    def twin_address(self, kind: str) -> str:
        return reverse("solar_twin", args=[self.actor.slug, kind])

    @property
    def legend(self) -> list[dict]:
        """Of those that are drawn only."""
        looks = {planet.node.look for planet in self.system.planets}
        return [{"look": look, "words": words} for look, words in KINDS.items() if look in looks]

    @cached_property
    def _unreached(self) -> set[str]:
        return {node.id for node in self.system.unreached}

    def is_told(self, edge: Edge) -> bool:
        """Every statement of the chosen layers between those that a path reaches."""
        return edge.start not in self._unreached and edge.end not in self._unreached

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

    def _keeping(self, url: str) -> str:
        return f"{url}?{self.query(self.layers)}" if url else ""
