"""The solar system of an actor."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.models import Actor

from .. import twins
from ..solar_page import SolarPage


@require_safe
def solar_system(request, slug: str) -> HttpResponse:
    actor = get_object_or_404(Actor.objects.published(), slug=slug)
    return render(request, "ecosystems/solar.html", {"actor": actor, "page": SolarPage(actor, request.GET)})


@require_safe
def solar_twin(request, slug: str, kind: str) -> HttpResponse:
    """The same graph as a file."""
    if kind not in twins.TYPES:
        raise Http404
    actor = get_object_or_404(Actor.objects.published(), slug=slug)
    text = twins.write(SolarPage(actor, request.GET).graph, kind, request.build_absolute_uri("/")[:-1])
    name = f'attachment; filename="{actor.slug}.{kind}"'
    return HttpResponse(text, content_type=twins.TYPES[kind], headers={"Content-Disposition": name})
