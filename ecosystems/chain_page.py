"""What the page « Par qui y arriver ? » prints: the chains, each step with its proof; else whose role it is."""

from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from actors.models import Actor, Expertise
from workshops.reading.words import page_url

from .edges import DEFAULT, read_graph
from .ends import End, goal, origin
from .graph.chains import Chain, chains
from .graph.model import Graph, Node
from .graph_page import GraphPage

SHOWN = 6
# Competences whose very definition is to bring others together (fixtures/vocabulary): whom to ask when nobody is known.
BRINGING_TOGETHER = (
    "animation-de-reseaux",
    "traduction-entre-acteurs",
    "accompagnement-des-territoires",
    "mediation",
)


class ChainPage(GraphPage):
    """`data`: `de` (actor or place), `vers` (actor or competence), `couches`."""

    # To be in the same national programme is not to know each other.
    default_layers = DEFAULT - {"programmes"}

    def __init__(self, data: QueryDict):
        super().__init__(data)
        self.data = data

    @cached_property
    def origin(self) -> End:
        return origin(self.data.get("de", ""))

    @cached_property
    def goal(self) -> End:
        return goal(self.data.get("vers", ""))

    @property
    def is_asked(self) -> bool:
        """Whether both ends are known."""
        return self.origin.is_found and self.goal.is_found

    @property
    def reached(self) -> list[Node]:
        """Those of the departure who are what is looked for: there is nowhere to go."""
        both = self.origin.nodes & self.goal.nodes & self.graph.nodes.keys()
        return sorted((self.graph.nodes[node] for node in both), key=lambda node: node.label)

    @cached_property
    def graph(self) -> Graph:
        return read_graph(self.layers)

    @cached_property
    def chains(self) -> list[Chain]:
        return chains(self.graph, self.origin.nodes, self.goal.nodes) if self.is_asked else []

    @cached_property
    def knowing(self) -> list[dict]:
        """Who has a proof of the competence looked for: those who offer help, then those who act at the place."""
        term = self.goal.competence
        return self._proofs(competence__in=[term, *term.narrower.all()]) if term else []

    @cached_property
    def bringing_together(self) -> list[dict]:
        """Organisations whose role it is to bring others together."""
        return self._proofs(competence__slug__in=BRINGING_TOGETHER, actor__kind="organisation")

    def _proofs(self, **which) -> list[dict]:
        facts = Expertise.objects.filter(**which, actor__in=Actor.objects.published().values("pk"))
        facts = list(facts.select_related("actor", "competence", "source").order_by("actor__sort_name", "pk"))
        place = self.origin.territory
        here = Actor.objects.acting_in(place).values_list("pk", flat=True) if place else ()
        acting = set(here)
        facts.sort(key=lambda fact: (not fact.helps, fact.actor_id not in acting))
        once = {fact.actor_id: fact for fact in reversed(facts)}
        kept = [fact for fact in facts if once[fact.actor_id] is fact][:SHOWN]
        return [{"fact": fact, "url": page_url(fact.source, fact.pages)} for fact in kept]

    @property
    def address(self) -> str:
        return reverse("chain")

    def kept(self) -> dict[str, str]:
        return {name: end.value for name, end in (("de", self.origin), ("vers", self.goal)) if end.value}

    def choices(self, name: str) -> list[dict]:
        """Links that settle what the end `name` means."""
        end = self.origin if name == "de" else self.goal
        return [
            {"choice": choice, "url": self.url(self.layers, **{name: choice.value})} for choice in end.choices
        ]

    @property
    def origin_choices(self) -> list[dict]:
        return self.choices("de")

    @property
    def goal_choices(self) -> list[dict]:
        return self.choices("vers")

    @property
    def tell_url(self) -> str:
        return f"{reverse('correction_request')}?page={self.address}"
