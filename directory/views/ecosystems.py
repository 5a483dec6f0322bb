"""Ecosystems: territories, actors and workshops gathered."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ecosystems.models import Ecosystem

from ..reading.ecosystem import EcosystemPage


@require_safe
def ecosystem_list(request) -> HttpResponse:
    return render(request, "directory/ecosystem_list.html", {"ecosystems": Ecosystem.objects.published()})


@require_safe
def ecosystem(request, slug: str) -> HttpResponse:
    visible = Ecosystem.objects.all()
    if not request.user.has_perm("ecosystems.view_ecosystem"):
        visible = visible.published()
    found = get_object_or_404(visible, slug=slug)
    return render(request, "directory/ecosystem.html", {"ecosystem": found, "page": EcosystemPage(found)})
