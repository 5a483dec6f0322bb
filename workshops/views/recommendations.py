"""What was recommended, the forgotten first; one recommendation, what became of it, its due date in a calendar."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from workshops.filters import RecommendationFilter, active_filters, facets
from workshops.icalendar import day_event
from workshops.models import Recommendation
from workshops.places import places
from workshops.reading.cards import recommendation_card
from workshops.reading.recommendations import recommendation_page

PAGE_SIZE = 48


@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    everything = Recommendation.objects.published().whole().with_state()
    chosen = RecommendationFilter(request.GET, everything, where=places())
    found = chosen.qs.told().forgotten_first() if chosen.is_valid() else everything.none()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cards": [recommendation_card(each) for each in page],
        "facets": facets(chosen, everything),
        "active": active_filters(chosen),
    }
    return render(request, "workshops/recommendations.html", context)


@require_safe
def recommendation(request: HttpRequest, slug: str) -> HttpResponse:
    told = Recommendation.objects.visible_to(request.user).with_state()
    found = get_object_or_404(told.select_related("workshop", "session", "source", "parent"), slug=slug)
    if found.parent_id:
        return redirect(found, permanent=True)
    context = {"recommendation": found, **recommendation_page(found)}
    return render(request, "workshops/recommendation.html", context)


@require_safe
def recommendation_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The day by which a recommendation should be done, as a calendar takes it; 404 where none was set."""
    told = get_object_or_404(
        Recommendation.objects.visible_to(request.user).select_related("workshop"), slug=slug
    )
    if told.due_on is None:
        raise Http404
    url = request.build_absolute_uri(told.get_absolute_url())
    stamp = f"{told.workshop.updated_at:%Y%m%dT%H%M%SZ}"
    event = day_event(
        uid=url, day=told.due_on, title=f"Échéance : {told.title}", place="", url=url, stamp=stamp
    )
    response = HttpResponse(event, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{told.slug}.ics"'
    return response
