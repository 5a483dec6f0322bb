"""The list of actors, its CSV twin, and the page of one."""

import csv

from django.http import HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.models import Actor, FormerSlug

from ..reading.actor import ActorPage
from ..search.links import SearchLinks
from ..search.query import Search
from ..search.unanswered import tell_if_unanswered
from ..search.ways_on import WaysOn

CSV_LIMIT = 10_000  # rows; beyond, one narrows the search


@require_safe
def actor_list(request) -> HttpResponse:
    """Search and browse; htmx takes the part it wants from the same page."""
    search = Search(request.GET)
    tell_if_unanswered(search)
    context = {"search": search, "links": SearchLinks(search), "ways": WaysOn(search)}
    return render(request, "directory/actor_list.html", context)


class _Echo:
    """A file that gives back what is written in it, for a streamed CSV."""

    def write(self, value: str) -> str:
        return value


@require_safe
def actor_csv(request) -> StreamingHttpResponse:
    """The same search as a sheet: one line an actor, no more personal data than the page."""
    rows = Search(request.GET).rows[:CSV_LIMIT]
    return StreamingHttpResponse(
        _csv_lines(rows, request),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="acteurs.csv"'},
    )


def _csv_lines(rows, request):
    writer = csv.writer(_Echo(), delimiter=";")
    # The mark tells spreadsheets that this is UTF-8.
    yield "\ufeff" + writer.writerow(
        ["nom", "genre", "nature", "implantation", "présentation", "adresse de la page"]
    )
    for actor in (row.actor for row in rows):
        yield writer.writerow(
            [
                _cell(actor.name),
                actor.get_kind_display(),
                actor.nature_label,
                _cell(actor.seat.label if actor.seat else ""),
                _cell(actor.summary),
                request.build_absolute_uri(actor.get_absolute_url()),
            ]
        )


def _cell(text: str) -> str:
    """A text that a spreadsheet will not run as a formula (OWASP, « CSV injection »)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@require_safe
def actor(request, slug: str) -> HttpResponse:
    """One actor; an old address redirects; a draft shows to those who may change it."""
    visible = Actor.objects.standing().with_territories()
    if not request.user.has_perm("actors.view_actor"):
        visible = visible.published()
    found = visible.filter(slug=slug).first()
    if found:
        return render(request, "directory/actor.html", {"actor": found, "page": ActorPage(found)})
    former = get_object_or_404(
        FormerSlug.objects.select_related("actor"), slug=slug, actor__state="published"
    )
    return HttpResponsePermanentRedirect(former.actor.get_absolute_url())
