"""Suggestions as one types, and the search of everything."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..search.everything import Everything
from ..search.reading import clean
from ..search.suggest import suggest


@require_safe
def actor_suggestions(request: HttpRequest) -> JsonResponse:
    """`?q=`: what the box « De quoi avez-vous besoin ? » proposes, in groups (see static/js/combobox.js)."""
    text = clean(request.GET.get("q", ""))
    results = [asdict(suggestion) for suggestion in suggest(text)]
    return JsonResponse({"query": text, "results": results}, json_dumps_params={"ensure_ascii": False})


@require_safe
def search_everything(request: HttpRequest) -> HttpResponse:
    """`?q=`: actors, initiatives, findings, recommendations, workshops and places; `&dans=constats`: one of them."""
    return render(request, "directory/search_everything.html", {"found": Everything(request.GET)})
