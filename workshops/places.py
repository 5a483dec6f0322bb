"""Where the published workshops took place and what they are about, so that a list may be narrowed to a territory."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F

from foundations.text import sort_key
from territories.models import Kind, RelationKind, Territory

from .models import Workshop

# The widest first, as one narrows a map. An académie is nobody's own idea of where they live.
KINDS = (
    Kind.REGION,
    Kind.DEPARTEMENT,
    Kind.PNR,
    Kind.PETR,
    Kind.EPCI,
    Kind.EPT,
    Kind.COMMUNE,
    Kind.COM,
    Kind.OTHER,
)


@dataclass(frozen=True)
class Places:
    """`choices`: (slug, label) of each territory with a published workshop in it; `workshops`: their keys, by slug."""

    choices: list[tuple[str, str]] = field(default_factory=list)
    workshops: dict[str, set[int]] = field(default_factory=dict)


def places() -> Places:
    """Four queries. A workshop is in the territories it is about, in its place, and in whatever contains these."""
    held = set(Workshop.objects.published().filter(place__isnull=False).values_list("place", "pk"))
    about = set(
        Workshop.objects.published().filter(territories__isnull=False).values_list("territories", "pk")
    )
    workshops_of: dict[int, set[int]] = defaultdict(set)
    for territory, workshop in held | about:
        workshops_of[territory].add(workshop)
    found: dict[int, tuple[Territory, set[int]]] = {}
    around = Territory.objects.filter(kind__in=KINDS, relations__to_territory__in=list(workshops_of))
    wider = around.filter(relations__kind__in=[RelationKind.COVERS, RelationKind.SAME])
    own = Territory.objects.filter(pk__in=list(workshops_of), kind__in=KINDS)
    pairs = [(each, each.pk) for each in own]
    pairs += [(each, each.inner) for each in wider.annotate(inner=F("relations__to_territory"))]
    for territory, inner in pairs:
        found.setdefault(territory.pk, (territory, set()))[1].update(workshops_of[inner])
    ordered = sorted(found.values(), key=lambda each: (KINDS.index(each[0].kind), sort_key(each[0].name)))
    return Places(
        [(territory.slug, _label(territory)) for territory, _ in ordered],
        {territory.slug: keys for territory, keys in ordered},
    )


def _label(territory: Territory) -> str:
    """« Puy-de-Dôme (département) »; the name of a grouping says by itself that it is one."""
    if territory.kind in (Kind.REGION, Kind.DEPARTEMENT):
        return f"{territory.name} ({territory.get_kind_display()})"
    return territory.label
