"""The passages of a large network (betweenness): measured apart from any visit, kept in the database, read there.

A visit measures what takes a tenth of a second at most. Beyond, `manage.py measure_ecosystems` does, every night, with
the layers that are on at first; the page says of what day the measure is. Kept: numbers of actors, without a name.
"""

from collections.abc import Iterable
from hashlib import blake2b

from django.utils import timezone

from .edges import DEFAULT
from .graph.doors import passages
from .graph.measures import simple_graph
from .graph.model import Graph
from .models import Ecosystem, Passages

# Actors × ties: betweenness looks once at every tie for every actor. About a tenth of a second on one processor.
AT_ONCE = 4_000_000


def is_quick(graph: Graph) -> bool:
    """Whether the passages of `graph` may be measured while a visitor waits."""
    kept = graph.actors_only
    return len(kept.nodes) * len(kept.links) <= AT_ONCE


def layers_key(layers: Iterable[str]) -> str:
    return ",".join(sorted(layers))


def digest(graph: Graph) -> str:
    """The same for the same actors and ties, whoever computes it; any other tie, another digest."""
    kept = graph.actors_only
    return blake2b(repr((kept.ids, kept.links)).encode(), digest_size=16).hexdigest()


def kept_passages(ecosystem: Ecosystem, layers: Iterable[str]) -> Passages | None:
    """The last measure by these `layers`, of whatever day."""
    return Passages.objects.filter(ecosystem=ecosystem, layers=layers_key(layers)).first()


def keep_passages(ecosystem: Ecosystem, graph: Graph) -> Passages | None:
    """Measures `graph` (by the default layers) and keeps it; None, and nothing kept, where a visit does it itself."""
    layers = layers_key(DEFAULT)
    if is_quick(graph):
        Passages.objects.filter(ecosystem=ecosystem).delete()
        return None
    now, mark = timezone.now(), digest(graph)
    if same := Passages.objects.filter(ecosystem=ecosystem, layers=layers, digest=mark).first():
        return same
    kept = graph.actors_only
    shares = {
        node: share for node, share in zip(kept.ids, passages(simple_graph(kept)), strict=True) if share > 0
    }
    fresh = {"digest": mark, "measured_at": now, "ties": len(kept.links), "shares": shares}
    return Passages.objects.update_or_create(ecosystem=ecosystem, layers=layers, defaults=fresh)[0]
