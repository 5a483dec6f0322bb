"""Experiences, projects and programmes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from actors.models import Initiative

from ..reading.initiative import InitiativePage


@require_safe
def initiative_list(request) -> HttpResponse:
    found = Initiative.objects.published().told_in_lists()
    return render(request, "directory/initiative_list.html", {"initiatives": found})


@require_safe
def initiative(request, slug: str) -> HttpResponse:
    """One initiative; told on an organisation's page when it is the same thing."""
    visible = Initiative.objects.select_related("source", "place", "same_as")
    if not request.user.has_perm("actors.view_initiative"):
        visible = visible.published()
    found = get_object_or_404(visible, slug=slug)
    if found.same_as and found.same_as.is_published:
        return redirect(found.same_as)
    return render(request, "directory/initiative.html", {"initiative": found, "page": InitiativePage(found)})
