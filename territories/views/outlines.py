"""Outlines as GeoJSON, which anyone may keep for a day: they carry no name of a person and change once a year."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control

from .. import layers
from ..models import Territory

keep_a_day = cache_control(public=True, max_age=86_400)


@keep_a_day
def outline(request: HttpRequest, slug: str) -> HttpResponse:
    """The outline of one territory. No feature, and its name in `missing`, where no source has one."""
    return geojson(layers.collection([_found(slug)]))


@keep_a_day
def contents(request: HttpRequest, slug: str) -> HttpResponse:
    """What lies in a territory or straddles its border: `?nature=` epci, departement or commune."""
    territory = _found(slug)
    kind = _asked(request, layers.inside_kinds(territory))
    return geojson(layers.collection(layers.inside(territory, kind)))


@keep_a_day
def neighbours(request: HttpRequest, slug: str) -> HttpResponse:
    """Territories of the same kind that touch this one."""
    return geojson(layers.collection(layers.neighbours(_found(slug))))


@keep_a_day
def country(request: HttpRequest) -> HttpResponse:
    """France: `?nature=` region or departement."""
    return geojson(layers.collection(layers.country(_asked(request, layers.COUNTRY))))


def _found(slug: str) -> Territory:
    return get_object_or_404(Territory.objects.select_related("contour"), slug=slug)


def _asked(request: HttpRequest, kinds: Sequence[str]) -> str:
    """The kind asked for, the usual one by default; nothing else is served, a layer must fit in a page."""
    kind = request.GET.get("nature") or (kinds[0] if kinds else "")
    if kind not in kinds:
        raise Http404("Couche inconnue")
    return kind


def geojson(body: str) -> HttpResponse:
    return HttpResponse(body, content_type="application/geo+json")
