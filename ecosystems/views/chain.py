"""« Par qui y arriver ? »: from my organisation or my commune to a competence or an actor."""

from dataclasses import asdict

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..chain_page import ChainPage
from ..ends import propose


@require_safe
def chain(request) -> HttpResponse:
    return render(request, "ecosystems/chain.html", {"page": ChainPage(request.GET)})


@require_safe
def suggestions(request, end: str) -> JsonResponse:
    """`?q=`: what may stand at the `end` de or vers, as one types (see static/js/combobox.js)."""
    text = request.GET.get("q", "")
    results = [asdict(choice) for choice in propose(text, places=end == "de")]
    return JsonResponse({"query": text, "results": results}, json_dumps_params={"ensure_ascii": False})
