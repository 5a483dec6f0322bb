"""What the page « Qui ouvre les portes ? » prints: each figure with its definition, its base, and a warning."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from django.core.cache import cache
from django.db.models import Q, QuerySet
from rustworkx import PyGraph

from actors.models import Actor, Tie

from . import sides
from .edges import node_id, read_graph
from .graph.doors import SMALL_BASE, Doors, Line, doors, line, passages
from .graph.model import Graph
from .graph_page import EcosystemGraphPage

DOORS_SHOWN = 25
REMEMBERED = 24 * 3600  # seconds


@dataclass(frozen=True)
class Bridge:
    """A line between two sides, in words, and what crosses it."""

    slug: str
    title: str
    definition: str
    first: str
    second: str
    line: Line

    @property
    def more(self) -> int:
        return max(0, len(self.line.doors) - DOORS_SHOWN)


def remembered_passages(simple: PyGraph) -> list[float]:
    """Betweenness, remembered under a digest of the very edges: what changes them is measured anew at once.

    Numbers alone are kept, without a name: nobody who withdrew is there.
    """
    edges = repr((simple.num_nodes(), sorted(simple.edge_list()))).encode()
    key = f"betweenness:{blake2b(edges, digest_size=16).hexdigest()}"
    return cache.get_or_set(key, lambda: passages(simple), REMEMBERED)


class DoorsPage(EcosystemGraphPage):
    part = "passeurs"
    small_base = SMALL_BASE
    doors_limit = f":{DOORS_SHOWN}"

    @property
    def _around(self) -> QuerySet[Actor]:
        """Those of the ecosystem, and those with whom a source ties one of them."""
        ours = self.ecosystem.actors.published().values("pk")
        near = Q(pk__in=ours)
        if "liens" in self.layers:
            ties = Tie.objects.between_actors()
            near |= Q(pk__in=ties.filter(from_actor__in=ours).values("to_actor"))
            near |= Q(pk__in=ties.filter(to_actor__in=ours).values("from_actor"))
        return Actor.objects.filter(near)

    @cached_property
    def actors(self) -> list[Actor]:
        return list(self._around.published().with_territories())

    @cached_property
    def graph(self) -> Graph:
        """Without what ties two actors who are both outside the ecosystem."""
        whole = read_graph(self.layers, self._around)
        ours = {node_id(pk) for pk in self.ecosystem.actors.published().values_list("pk", flat=True)}
        edges = (edge for edge in whole.edges if edge.start in ours or edge.end in ours)
        return Graph.of(whole.nodes.values(), edges)

    @cached_property
    def measured(self) -> Doors:
        return doors(self.graph, passages=remembered_passages)

    @property
    def doors_shown(self):
        return self.measured.doors[:DOORS_SHOWN]

    @property
    def doors_more(self) -> int:
        return len(self.measured.doors) - len(self.doors_shown)

    @cached_property
    def bridges(self) -> list[Bridge]:
        """City and countryside, public and private, inside and outside."""
        return [
            self._bridge(
                "ville-campagne", "Entre ville et campagne",
                "Est « de la ville » ce qui est implanté dans une métropole, une communauté urbaine ou une communauté "
                "d’agglomération ; « de la campagne », dans une communauté de communes.",
                sides.town_of(self.actors), (sides.CITY, sides.COUNTRY),
            ),
            self._bridge(
                "public-prive", "Entre public et privé",
                "« Public » : collectivités et leurs groupements, État, établissements publics. « Privé » : "
                "entreprises et associations. Écoles, laboratoires, réseaux, entreprises publiques locales et "
                "personnes ne sont comptés d’aucun côté.",
                sides.law_of(self.actors), (sides.PUBLIC, sides.PRIVATE),
            ),
            self._bridge(
                "dedans-dehors", "Entre le territoire et le dehors",
                "« Dedans » : implanté dans l’un des territoires de l’écosystème. « Dehors » : dans une commune "
                "qu’aucun d’eux ne contient. Ce qui est à cheval n’est compté d’aucun côté.",
                sides.territory_of(self.actors, self.ecosystem), (sides.INSIDE, sides.OUTSIDE),
            ),
        ]  # fmt: skip

    def _bridge(self, slug: str, title: str, definition: str, side: dict, names: tuple[str, str]) -> Bridge:
        return Bridge(slug, title, definition, *names, line(self.graph, side, names))
