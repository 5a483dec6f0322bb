"""What recurs from workshop to workshop: obstacles, what helps, ingredients, needs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from workshops.filters import FindingFilter, active_filters, facets
from workshops.models import Finding, Theme
from workshops.places import places
from workshops.reading.themes import theme_page, themes_page
from workshops.reading.words import tell_url


@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    everything = Finding.objects.published()
    chosen = FindingFilter(request.GET, everything, where=places())
    found = chosen.qs if chosen.is_valid() else everything.none()
    context = {"facets": facets(chosen, everything), "active": active_filters(chosen), **themes_page(found)}
    return render(request, "workshops/themes.html", context)


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    told = get_object_or_404(Theme.objects.with_recurrence().prefetch_related("competences"), slug=slug)
    context = {"theme": told, "tell_url": tell_url(told.get_absolute_url()), **theme_page(told)}
    return render(request, "workshops/theme.html", context)
