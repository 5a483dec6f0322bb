"""For whoever animates a workshop: opening the collection of drawings, its QR code, and the screen of the room."""

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import condition, require_POST, require_safe

from workshops.models import Workshop
from workshops.views.entering import for_animators

from ..actions.collecting import close_collection, open_collection, this_evening
from ..drawn import Room
from ..forms import OpeningForm
from ..models import Collection, Drawing


@for_animators
@require_safe
def collection(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    return collection_page(request, workshop)


@for_animators
@require_POST
def opening(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """« Ouvrir », « rouvrir », « changer l’heure »."""
    form = OpeningForm(request.POST)
    try:
        if form.is_valid():
            open_collection(workshop=workshop, user=request.user, closes_at=form.cleaned_data["closes_at"])
            messages.success(request, "La collecte est ouverte\u00a0: montrez le code aux participants.")
            return HttpResponseRedirect(page_url(workshop))
    except ValidationError as error:
        form.add_error("closes_at", error)
    return collection_page(request, workshop, form=form, status=422)


@for_animators
@require_POST
def closing(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    close_collection(collection=found(workshop))
    messages.success(request, "La collecte est fermée\u00a0: plus rien n’arrive. Vous pouvez la rouvrir.")
    return HttpResponseRedirect(page_url(workshop))


@for_animators
@require_safe
def screen(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """What is projected while the drawings arrive."""
    kept = found(workshop)
    context = {"workshop": workshop, **addresses(request, kept), "room": room(kept), "tag": tag(kept)}
    return render(request, "ecosystems/drawing/screen.html", context)


@for_animators
@require_safe
def arrivals(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """The part of the screen that changes. Asked every few seconds: one small query where nothing arrived (304)."""
    kept = found(workshop)

    @condition(etag_func=lambda *_: tag(kept))
    def answer(request: HttpRequest) -> HttpResponse:
        return render(request, "ecosystems/drawing/_arrivals.html", {"room": room(kept), "tag": tag(kept)})

    return answer(request)


def page_url(workshop: Workshop) -> str:
    return reverse("collection", args=[workshop.slug])


def found(workshop: Workshop) -> Collection:
    kept = Collection.objects.filter(workshop=workshop).first()
    if kept is None:
        raise Http404
    return kept


def room(kept: Collection) -> Room:
    return Room(kept.drawings.arrived().told())


def tag(kept: Collection) -> str:
    """Changes when something arrived, was read, or was erased."""
    latest, number = kept.drawings.arrived().last_change()
    return f'"{number}-{latest.timestamp() if latest else 0}"'


def addresses(request: HttpRequest, kept: Collection) -> dict:
    """Where telephones go: as a QR code (SVG, no inline style), and as one types it."""
    url = request.build_absolute_uri(kept.get_absolute_url())
    code = segno.make(url, error="m").svg_inline(omitsize=True, border=2, svgclass="qr")
    return {
        "collection": kept,
        "url": url,
        "short_url": url.partition("://")[2].rstrip("/"),
        "code": mark_safe(code),  # noqa: S308  # drawn by segno: squares only, no text of anyone
    }


def collection_page(
    request: HttpRequest, workshop: Workshop, *, form: OpeningForm | None = None, status: int = 200
) -> HttpResponse:
    kept = Collection.objects.filter(workshop=workshop).first()
    drawings = Drawing.objects.none()
    if kept:
        drawings = kept.drawings.arrived().with_counts().select_related("organisation_actor", "reviewed_by")
    rows = list(drawings)
    context = {
        "workshop": workshop,
        "form": form or OpeningForm(initial={"closes_at": this_evening()}),
        "drawings": rows,
        "waiting": sum(1 for row in rows if not row.is_reviewed),
        **(addresses(request, kept) if kept else {"collection": None}),
    }
    return render(request, "ecosystems/drawing/collection.html", context, status=status)
