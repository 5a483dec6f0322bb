"""What participants drew, as drawings: one telephone's solar system, and the whole room's network."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from actors.models import Actor, Closeness, Frequency, Kind
from foundations.text import sort_key
from foundations.typography import partial_date_in_words

from .graph.model import Edge, Graph, Node
from .graph.network import DRAWN, Network, wide_network
from .graph.solar import CAPACITY, CENTRE, ORBITS, SIZE, Planet, SolarSystem, arranged
from .models import Drawing

SUN = "you"
YOU = "Vous"
# The orbit of what is near, in between or not said, and far.
_ORBIT = {Closeness.NEAR: 1, "": 2, Closeness.FAR: 3}


def told(tie: Mapping[str, Any]) -> str:
    """What is said of a tie, in one line: « mobilité, chaque mois, depuis 2019, né d’une formation, proche »."""
    since = tie["since"]
    parts = (
        tie["subject"],
        dict(Frequency.choices).get(tie["frequency"], ""),
        f"depuis {partial_date_in_words(since)}" if since else "",
        f"né de\u00a0: {tie['occasion']}" if tie["occasion"] else "",
        dict(Closeness.choices).get(tie["closeness"], ""),
    )
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Body:
    """A planet of the drawing: `number` is its rank in the list beside."""

    planet: Planet
    number: int


class OwnSystem:
    """The solar system of a telephone. `ties`: mappings of `actions.collecting.WHAT`, in the order of the list."""

    size, centre, orbits = SIZE, CENTRE, ORBITS

    def __init__(self, ties: Sequence[Mapping[str, Any]]):
        self.ties = ties

    @cached_property
    def system(self) -> SolarSystem:
        nodes = [
            _node(str(rank), tie["name"], tie["kind"], tie["actor"]) for rank, tie in enumerate(self.ties)
        ]
        edges = [Edge(SUN, node.id, "liens", "") for node in nodes]
        return arranged(Graph.of([Node(SUN, YOU, "person"), *nodes], edges), SUN, self._steps)

    @property
    def _steps(self) -> dict[str, int]:
        """An orbit that is full sends the next ones outwards, or inwards from the last: nobody is left out."""
        room = Counter({orbit: CAPACITY[orbit - 1] for orbit in (1, 2, 3)})
        steps = {SUN: 0}
        for rank, tie in enumerate(self.ties):
            wanted = _ORBIT[tie["closeness"]]
            outwards = (wanted, *range(wanted + 1, 4), *range(wanted - 1, 0, -1))
            steps[str(rank)] = next((orbit for orbit in outwards if room[orbit]), wanted)
            room[steps[str(rank)]] -= 1
        return steps

    @property
    def bodies(self) -> list[Body]:
        return [Body(planet, int(planet.node.id) + 1) for planet in self.system.planets]


def _node(key: str, name: str, kind: str, actor: Actor | None) -> Node:
    if actor:
        return Node(key, actor.name, actor.look)
    return Node(key, name, "person" if kind == Kind.PERSON else "unknown")


def _may_be_shown(actor: Actor) -> bool:
    return actor.is_published and not actor.is_person


class Room:
    """What the whole room drew. Only organisations that the directory already publishes are named: nobody has read the

    rest yet, and it is on a wall.

    `drawings`: those that arrived, with their ties.
    """

    def __init__(self, drawings: Iterable[Drawing]):
        self.drawings = list(drawings)

    @cached_property
    def graph(self) -> Graph:
        nodes: dict[str, Node] = {}
        edges = []
        for drawing in self.drawings:
            start = self._add(
                nodes, drawing.organisation_actor, drawing.organisation or f"#{drawing.pk}", Kind.ORGANISATION
            )
            ends = [self._add(nodes, tie.actor, tie.name, tie.kind) for tie in drawing.ties.all()]
            edges += [Edge(start, end, "liens", "") for end in ends]
        return Graph.of(nodes.values(), edges)

    @staticmethod
    def _add(nodes: dict[str, Node], actor: Actor | None, name: str, kind: str) -> str:
        """Adds who is meant, and returns its key. The same words typed twice are one mark, without a name."""
        if actor and _may_be_shown(actor):
            key = f"a:{actor.pk}"
            nodes[key] = Node(key, actor.name, actor.look)
        else:
            key = f"{kind}:{sort_key(name)}"
            nodes[key] = Node(key, "", "person" if kind == Kind.PERSON else "unknown")
        return key

    @cached_property
    def drawing(self) -> Network | None:
        """None before anyone arrived, and where there is too much to draw."""
        return wide_network(self.graph) if 0 < len(self.graph.nodes) <= DRAWN else None

    @cached_property
    def organisations(self) -> list[str]:
        """Where participants come from, of those that are published already."""
        found = {
            one.organisation_actor.name
            for one in self.drawings
            if one.organisation_actor and _may_be_shown(one.organisation_actor)
        }
        return sorted(found, key=sort_key)

    @property
    def tie_count(self) -> int:
        return sum(len(drawing.ties.all()) for drawing in self.drawings)

    @property
    def named_count(self) -> int:
        return sum(1 for node in self.graph.nodes.values() if node.label)

    @property
    def unnamed_count(self) -> int:
        """Marks whose name the animator has not read yet."""
        return len(self.graph.nodes) - self.named_count

    @property
    def most_named(self) -> list[tuple[str, int]]:
        """Published actors by how many drawings name them, the most first: the equal list of the drawing."""
        counts: Counter[str] = Counter()
        for drawing in self.drawings:
            counts.update(
                {tie.actor.name for tie in drawing.ties.all() if tie.actor and _may_be_shown(tie.actor)}
            )
        return sorted(counts.items(), key=lambda item: (-item[1], sort_key(item[0])))
