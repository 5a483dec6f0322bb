"""For search engines: what they may read, and the list of the pages worth it."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actors.models import Actor, Competence, Initiative
from ecosystems.models import Ecosystem
from territories.models import Territory
from workshops.models import Recommendation, Theme, Workshop

MOST = 50_000  # pages in one file, by the protocol (sitemaps.org)
# Forms, and the endless combinations of filters. Private links are not named here: they say noindex themselves.
_CLOSED = (
    "/admin/",
    "/correction/",
    "/acteurs/*/contact/",
    "/acteurs/?",
    "/acteurs.csv",
    "/recherche/",
    "/ateliers/comparer/",
)
_LISTS = (
    "home",
    "actor_list",
    "territory_list",
    "workshop_list",
    "theme_list",
    "recommendation_list",
    "initiative_list",
    "competence_list",
    "ecosystem_list",
    "open_data",
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Published pages, without those of people who did not agree to be found by search engines."""
    site = request.build_absolute_uri("/").rstrip("/")
    pages = [{"address": site + path, "changed": changed} for path, changed in islice(_pages(), MOST)]
    return render(request, "directory/sitemap.xml", {"pages": pages}, content_type="application/xml")


def _pages() -> Iterator[tuple[str, date | None]]:
    for name in _LISTS:
        yield reverse(name), None
    dated: dict[str, models.QuerySet] = {
        "actor": Actor.objects.indexable(),
        "workshop": Workshop.objects.published(),
        "initiative": Initiative.objects.published().told_here(),
        "ecosystem": Ecosystem.objects.published(),
    }
    undated: dict[str, models.QuerySet] = {
        "recommendation": Recommendation.objects.published().whole(),
        "theme": Theme.objects.all(),
        "competence": Competence.objects.all(),
        "territory": _peopled_territories(),
    }
    for name, rows in dated.items():
        for slug, changed in rows.order_by("slug").values_list("slug", "updated_at"):
            yield reverse(name, args=[slug]), changed.date()
    for name, rows in undated.items():
        for slug in rows.order_by("slug").values_list("slug", flat=True):
            yield reverse(name, args=[slug]), None


def _peopled_territories() -> models.QuerySet[Territory]:
    """Territories of which something is known: 36 000 pages that say « personne de connu » would drown the others."""
    seen = Actor.objects.indexable()
    return Territory.objects.filter(
        models.Q(pk__in=seen.values("seat"))
        | models.Q(pk__in=seen.values("governs"))
        | models.Q(pk__in=seen.values("areas__territory"))
        | models.Q(pk__in=Workshop.objects.published().values("territories"))
    )
