"""Outlines as GeoJSON layers: a place, what it contains, what surrounds it. Contours are read here and nowhere else."""

import json
from collections.abc import Iterable

from django.db.models import QuerySet

from .models import Kind, Territory, TerritoryContour
from .packing import polygons_of

# What one may ask to see inside: what fits in a page. The first is shown when nothing is asked.
INSIDE: dict[str, list[Kind]] = {
    Kind.REGION: [Kind.EPCI, Kind.DEPARTEMENT],
    Kind.ACADEMIE: [Kind.EPCI, Kind.DEPARTEMENT],
    Kind.DEPARTEMENT: [Kind.EPCI, Kind.COMMUNE],
    Kind.PETR: [Kind.COMMUNE, Kind.EPCI],
}
INSIDE_OTHERS = [Kind.COMMUNE]
COUNTRY = [Kind.REGION, Kind.DEPARTEMENT]


def collection(territories: Iterable[Territory], **shared: str) -> str:
    """A GeoJSON FeatureCollection, compact; territories come with `contour` selected. Those without are told apart."""
    features, missing = [], []
    for territory in territories:
        contour = getattr(territory, "contour", None)
        if contour is None:
            missing.append(territory.label)
            continue
        features.append({"type": "Feature", "properties": told(territory), "geometry": contour.geometry})
    layer = {"type": "FeatureCollection", "features": features, "missing": missing, **shared}
    return json.dumps(layer, ensure_ascii=False, separators=(",", ":"))


def told(territory: Territory) -> dict:
    """Properties of a feature: enough to name it, tell it apart and go to its page."""
    properties = {
        "name": territory.label,
        "kind": territory.kind_label,
        "code": territory.code,
        "url": territory.get_absolute_url(),
        "population": territory.population,
    }
    if relation := getattr(territory, "relation", ""):
        properties["relation"] = relation
    return properties


def country(kind: str) -> QuerySet[Territory]:
    return Territory.objects.current().of_kind(kind).select_related("contour")


def inside(territory: Territory, kind: str) -> QuerySet[Territory]:
    """Territories of `kind` that lie in `territory`, or straddle its border (`relation` says which)."""
    found = Territory.objects.current().of_kind(kind).with_relation_to(territory)
    return found.filter(relation__in=["within", "same", "overlaps"]).select_related("contour")


def inside_kinds(territory: Territory) -> list[Kind]:
    """Kinds that may be shown inside `territory`, the usual one first."""
    if territory.kind == Kind.COMMUNE:
        return []
    return INSIDE.get(territory.kind, INSIDE_OTHERS)


def neighbours(territory: Territory) -> list[Territory]:
    """Current territories of the same kind whose border has a point in common with the outline of `territory`.

    Sets that may lie over each other (parks, PETR) are compared by the boxes around them alone.
    """
    own = TerritoryContour.objects.filter(territory=territory).first()
    if own is None:
        return []
    near = (
        Territory.objects.current()
        .of_kind(territory.kind)
        .exclude(pk=territory.pk)
        .filter(contour__west__lte=own.east, contour__east__gte=own.west)
        .filter(contour__south__lte=own.north, contour__north__gte=own.south)
        .select_related("contour")
        .order_by("sort_name", "code")
    )
    if territory.kind not in (Kind.COMMUNE, Kind.EPCI, Kind.EPT, Kind.DEPARTEMENT, Kind.REGION):
        return list(near)
    border = points(own.geometry)
    return [other for other in near if not border.isdisjoint(points(other.contour.geometry))]


def points(geometry: dict) -> set[tuple[float, float]]:
    """Every point of the border: outlines of one kind are one coverage, so that neighbours have some in common."""
    return {(lon, lat) for polygon in polygons_of(geometry) for ring in polygon for lon, lat in ring}
