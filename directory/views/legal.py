"""Pages that every public site owes its readers: accessibility, personal data, legal notice, site map, open data."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


def publisher() -> dict[str, str]:
    """Who answers for this site, as its settings say; empty strings where nobody has said yet (the pages say so)."""
    return {
        "name": settings.PUBLISHER_NAME,
        "address": settings.PUBLISHER_ADDRESS,
        "director": settings.PUBLISHER_DIRECTOR,
        "host": settings.HOST_NAME,
    }


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/accessibility.html", {"publisher": publisher()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/privacy.html", {"publisher": publisher()})


@require_safe
def legal_notice(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/notice.html", {"publisher": publisher()})


@require_safe
def sitemap_page(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/sitemap.html")


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/open_data.html")
