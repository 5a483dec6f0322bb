"""The list of workshops, one workshop, its day in a calendar."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from workshops.icalendar import day_event
from workshops.models import Workshop
from workshops.reading.cards import workshop_facts, workshop_when
from workshops.reading.workshop_page import workshop_page

PAGE_SIZE = 48


@require_safe
def workshop_list(request: HttpRequest) -> HttpResponse:
    workshops = Workshop.objects.published().with_counts().select_related("place").order_by("-date", "title")
    page = Paginator(workshops, PAGE_SIZE).get_page(request.GET.get("page"))
    cards = [
        {
            "workshop": each,
            "year": each.date.year,
            "when": workshop_when(each),
            "place": each.place.name if each.place else each.venue,
            "facts": workshop_facts(each),
        }
        for each in page
    ]
    return render(request, "workshops/workshops.html", {"page": page, "cards": cards})


@require_safe
def workshop(request: HttpRequest, slug: str) -> HttpResponse:
    told = get_object_or_404(Workshop.objects.visible_to(request.user).told(), slug=slug)
    context = {"workshop": told, "when": workshop_when(told), **workshop_page(told)}
    return render(request, "workshops/workshop.html", context)


@require_safe
def workshop_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The day of a workshop, as a calendar takes it."""
    told = get_object_or_404(Workshop.objects.visible_to(request.user), slug=slug)
    url = request.build_absolute_uri(told.get_absolute_url())
    event = day_event(
        uid=url,
        day=told.date,
        title=told.title,
        place=told.venue,
        url=url,
        stamp=f"{told.updated_at:%Y%m%dT%H%M%SZ}",
    )
    response = HttpResponse(event, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{told.slug}.ics"'
    return response
