"""What the page « Qui ouvre les portes ? » prints: each figure with its definition, its base, and a warning."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from actors.models import Actor, Tie

from . import sides
from .edges import node_id, read_graph
from .graph.doors import SMALL_BASE, Doors, Line, doors, line
from .graph.model import Graph
from .graph_page import EcosystemGraphPage
from .models import Passages
from .passages import digest, is_quick, kept_passages

DOORS_SHOWN = 25
ISOLATED_SHOWN = 300


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
    def actors(self) -> list[sides.Placed]:
        return sides.read_places(self._around.published())

    @cached_property
    def graph(self) -> Graph:
        """Without what ties two actors who are both outside the ecosystem."""
        whole = read_graph(self.layers, self._around)
        ours = {node_id(pk) for pk in self.ecosystem.actors.published().values_list("pk", flat=True)}
        edges = (edge for edge in whole.edges if edge.start in ours or edge.end in ours)
        return Graph.of(whole.nodes.values(), edges)

    @cached_property
    def measured(self) -> Doors:
        if self.is_quick:
            return doors(self.graph)
        return doors(self.graph, known=self.kept_measure.shares if self.kept_measure else {})

    @cached_property
    def is_quick(self) -> bool:
        return is_quick(self.graph)

    @cached_property
    def kept_measure(self) -> Passages | None:
        """The measure of a network too large for a visit; None where nobody has made it yet."""
        return None if self.is_quick else kept_passages(self.ecosystem, self.layers)

    @property
    def has_passages(self) -> bool:
        return self.is_quick or self.kept_measure is not None

    @property
    def is_outdated(self) -> bool:
        """Whether ties have come or gone since the measure."""
        return self.kept_measure is not None and self.kept_measure.digest != digest(self.graph)

    @property
    def doors_shown(self):
        return self.measured.doors[:DOORS_SHOWN]

    @property
    def doors_more(self) -> int:
        return len(self.measured.doors) - len(self.doors_shown)

    @property
    def isolated_shown(self):
        return self.measured.isolated[:ISOLATED_SHOWN]

    @property
    def isolated_more(self) -> int:
        return len(self.measured.isolated) - len(self.isolated_shown)

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
