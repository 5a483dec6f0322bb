"""A graph as files that other programs read: CSV, GraphML, GEXF."""

import csv
import io

import networkx

from .graph.model import Edge, Graph

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "graphml": "application/graphml+xml; charset=utf-8",
    "gexf": "application/gexf+xml; charset=utf-8",
}
COLUMNS = ("de", "vers", "couche", "genre", "sujet", "source", "pages", "année", "fondement", "preuve")


def write(graph: Graph, kind: str, site: str) -> str:
    """`graph` as text; `kind` is a key of `TYPES`. `site`: the address before the paths of the proofs."""
    return _csv(graph, site) if kind == "csv" else _xml(graph, kind, site)


def _proof(edge: Edge, site: str) -> str:
    return f"{site}{edge.source_url}" if edge.source_url else ""


def _csv(graph: Graph, site: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for edge in graph.edges:
        row = (
            graph.nodes[edge.start].label,
            graph.nodes[edge.end].label,
            edge.layer,
            edge.kind,
            edge.subject,
            edge.source,
            ", ".join(map(str, edge.pages)),
            str(edge.year or ""),
            edge.basis,
            _proof(edge, site),
        )
        writer.writerow([_cell(value) for value in row])
    return "\ufeff" + out.getvalue()  # the mark tells spreadsheets that this is UTF-8


def _cell(text: str) -> str:
    """A text that a spreadsheet will not run as a formula (OWASP, « CSV injection »)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _xml(graph: Graph, kind: str, site: str) -> str:
    drawn = networkx.MultiDiGraph()
    for node in graph.nodes.values():
        drawn.add_node(node.id, label=node.label, nature=node.look)
    for edge in graph.edges:
        words = {"couche": edge.layer, "genre": edge.kind, "sujet": edge.subject, "source": edge.source}
        words |= {
            "pages": ", ".join(map(str, edge.pages)),
            "fondement": edge.basis,
            "preuve": _proof(edge, site),
        }
        drawn.add_edge(edge.start, edge.end, annee=edge.year or 0, **words)
    lines = networkx.generate_graphml(drawn) if kind == "graphml" else networkx.generate_gexf(drawn)
    return "\n".join(lines)
