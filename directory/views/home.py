"""The home page and the check for a load balancer."""

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..reading.home import HomePage


@require_safe
def home(request) -> HttpResponse:
    return render(request, "directory/home.html", {"page": HomePage()})


@never_cache
@require_safe
def health(request) -> JsonResponse:
    """Alive, and the database answers: 200; else 503, and the load balancer looks elsewhere."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever is wrong with the database, the answer is the same
        return JsonResponse({"base de données": "ne répond pas"}, status=503)
    return JsonResponse({"base de données": "répond"})
