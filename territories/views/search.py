"""One autocomplete for the whole site, and the page that asks « which one? » without JavaScript."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from ..models import Territory
from ..search import search_places
from ..telling import place_in_words

SUGGESTED, LISTED = 8, 30
_LONGEST = 120  # characters; the boxes that send the text hold no more


def suggestions(request: HttpRequest) -> JsonResponse:
    """`?q=`: at most eight places, the likeliest first; `value` is what a form sends."""
    text = request.GET.get("q", "")[:_LONGEST]
    results = [
        {
            "label": place.territory.label,
            "detail": place_in_words(place.territory, via=place.via),
            "value": place.territory.slug,
            "url": place.territory.get_absolute_url(),
            "kind": place.territory.kind,
            "code": place.territory.code,
        }
        for place in search_places(text, SUGGESTED)
    ]
    response = JsonResponse({"query": text, "results": results}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=3600"  # official names change once a year
    return response


def results(request: HttpRequest) -> HttpResponse:
    """`?q=`: goes to the place when there is no doubt, else lists the places it may be."""
    text = request.GET.get("q", "").strip()[:_LONGEST]
    exact = Territory.objects.filter(slug=text.lower()).first() if text else None
    places = [] if exact else search_places(text, LISTED)
    if exact or len(places) == 1:
        return redirect(exact or places[0].territory)
    rows = [(place.territory, place_in_words(place.territory, via=place.via)) for place in places]
    context = {"query": text, "places": rows, "is_cut": len(rows) == LISTED}
    return render(request, "territories/search.html", context)
