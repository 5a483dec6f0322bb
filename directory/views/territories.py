"""Browsing by place."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from territories.models import Territory

from ..reading.territories import TerritoryIndex
from ..reading.territory import TerritoryPage


@require_safe
def territory_list(request) -> HttpResponse:
    return render(request, "directory/territory_list.html", {"page": TerritoryIndex()})


@require_safe
def territory(request, slug: str) -> HttpResponse:
    found = get_object_or_404(Territory.objects.select_related("replaced_by"), slug=slug)
    return render(request, "directory/territory.html", {"territory": found, "page": TerritoryPage(found)})
