"""The graph of an ecosystem: who opens doors, the network, the expansion, and the same as files."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .. import twins
from ..doors_page import DoorsPage
from ..expansion_page import ExpansionPage
from ..models import Ecosystem
from ..network_page import NetworkPage

PAGES = {page.part: page for page in (DoorsPage, NetworkPage, ExpansionPage)}


def found(request, slug: str) -> Ecosystem:
    """A draft shows to those who may see it, as its own page does."""
    visible = Ecosystem.objects.all()
    if not request.user.has_perm("ecosystems.view_ecosystem"):
        visible = visible.published()
    return get_object_or_404(visible, slug=slug)


@require_safe
def doors(request, slug: str) -> HttpResponse:
    ecosystem = found(request, slug)
    page = DoorsPage(ecosystem, request.GET)
    return render(request, "ecosystems/doors.html", {"ecosystem": ecosystem, "page": page})


@require_safe
def network(request, slug: str) -> HttpResponse:
    ecosystem = found(request, slug)
    page = NetworkPage(ecosystem, request.GET)
    return render(request, "ecosystems/network.html", {"ecosystem": ecosystem, "page": page})


@require_safe
def network_data(request, slug: str) -> JsonResponse:
    """What the canvas draws."""
    data = NetworkPage(found(request, slug), request.GET).data
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


@require_safe
def expansion(request, slug: str) -> HttpResponse:
    ecosystem = found(request, slug)
    page = ExpansionPage(ecosystem, request.GET)
    return render(request, "ecosystems/expansion.html", {"ecosystem": ecosystem, "page": page})


@require_safe
def twin(request, slug: str, name: str, kind: str) -> HttpResponse:
    """The graph of the page `name` as a file."""
    if kind not in twins.TYPES or name not in PAGES:
        raise Http404
    ecosystem = found(request, slug)
    text = twins.write(PAGES[name](ecosystem, request.GET).graph, kind, request.build_absolute_uri("/")[:-1])
    said = f'attachment; filename="{ecosystem.slug}.{kind}"'
    return HttpResponse(text, content_type=twins.TYPES[kind], headers={"Content-Disposition": said})
