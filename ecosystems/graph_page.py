"""What every page drawn from the graph shares: switches of layers, the table that says the same, the files."""

from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

from django.http import QueryDict
from django.urls import reverse

from .edges import DEFAULT, LAYERS, chosen_layers, read_graph
from .graph.model import Edge, Graph, Node
from .models import Ecosystem

ROWS_SHOWN = 500  # lines of the table

# How the table may be sorted: name in the URL, words, key of a row.
SORTS = {
    "": ("acteur", lambda row: (row.start.label, row.end.label, row.edge.layer)),
    "couche": ("sorte de lien", lambda row: (row.edge.layer, row.start.label, row.end.label)),
    "annee": ("année", lambda row: (row.edge.year or 0, row.start.label, row.end.label)),
}

# What the shapes and colours of the drawings say, in the order of their sectors.
KINDS = {
    "local": "collectivité ou groupement",
    "state": "État ou établissement public",
    "research": "université, école ou laboratoire",
    "assoc": "association ou réseau",
    "private": "entreprise",
    "unknown": "nature non précisée",
    "person": "personne",
    "category": "catégorie, dans les mots d’une source",
}


class Row(NamedTuple):
    """A line of the table: a statement between two nodes."""

    start: Node
    end: Node
    edge: Edge

    @property
    def layer_label(self) -> str:
        return LAYERS[self.edge.layer][0]


class GraphPage:
    """`data`: the query string (`couches`, `tri`). A page says its `graph`, its `address` and that of its files."""

    default_layers = DEFAULT

    def __init__(self, data: QueryDict):
        self.layers = chosen_layers(data.getlist("couches"), self.default_layers)
        self.sort = data.get("tri", "") if data.get("tri") in SORTS else ""

    @property
    def graph(self) -> Graph:
        raise NotImplementedError

    @property
    def address(self) -> str:
        raise NotImplementedError

    def twin_address(self, kind: str) -> str:
        raise NotImplementedError

    def kept(self) -> dict[str, str]:
        """What else the addresses of this page say."""
        return {}

    def is_told(self, edge: Edge) -> bool:
        """Whether the table tells `edge`."""
        return True

    @cached_property
    def told_edges(self) -> list[Edge]:
        return [edge for edge in self.graph.edges if self.is_told(edge)]

    @cached_property
    def rows(self) -> list[Row]:
        """The first lines of the table; the files have them all."""
        nodes = self.graph.nodes
        rows = (Row(nodes[edge.start], nodes[edge.end], edge) for edge in self.told_edges)
        return nsmallest(ROWS_SHOWN, rows, key=SORTS[self.sort][1])

    @property
    def rows_more(self) -> int:
        return len(self.told_edges) - len(self.rows)

    @property
    def legend(self) -> list[dict]:
        """What each shape says, of those that are in the graph."""
        looks = {node.look for node in self.graph.nodes.values()}
        return [{"look": look, "words": words} for look, words in KINDS.items() if look in looks]

    @property
    def switches(self) -> list[dict]:
        """A link a layer, which turns it on or off and keeps the others."""
        return [
            {"label": words, "is_on": name in self.layers, "url": self.url(self.layers ^ {name})}
            for name, (words, _) in LAYERS.items()
        ]

    @property
    def layer_names(self) -> list[str]:
        """The layers that are on, in the order of their switches; « aucune » is a choice too."""
        return [name for name in LAYERS if name in self.layers] or ["aucune"]

    @property
    def sorts(self) -> list[dict]:
        return [
            {"label": words, "current": name == self.sort, "url": self.url(self.layers, tri=name)}
            for name, (words, _) in SORTS.items()
        ]

    @property
    def twins(self) -> list[dict]:
        """The same edges as files."""
        query = self.query(self.layers)
        return [
            {"label": label, "url": f"{self.twin_address(kind)}?{query}"}
            for kind, label in (("csv", "tableur (CSV)"), ("graphml", "GraphML"), ("gexf", "GEXF (Gephi)"))
        ]

    def query(self, layers, **more: str) -> str:
        query = QueryDict(mutable=True)
        for name, value in self.kept().items():
            query[name] = value
        query.setlist("couches", [name for name in LAYERS if name in layers] or ["aucune"])
        for name, value in more.items():
            if value:
                query[name] = value
        return query.urlencode()

    def url(self, layers, **more: str) -> str:
        return f"{self.address}?{self.query(layers, **more)}"


class EcosystemGraphPage(GraphPage):
    """A graph page of an ecosystem: its actors and what ties them. `part`: the end of its address."""

    part = ""

    def __init__(self, ecosystem: Ecosystem, data: QueryDict):
        super().__init__(data)
        self.ecosystem = ecosystem

    @cached_property
    def graph(self) -> Graph:
        return read_graph(self.layers, self.ecosystem.actors.all())

    @property
    def address(self) -> str:
        return reverse(f"ecosystem_{self.part}", args=[self.ecosystem.slug])

    def twin_address(self, kind: str) -> str:
        return reverse("ecosystem_twin", args=[self.ecosystem.slug, self.part, kind])
