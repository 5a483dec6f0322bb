"""For whoever animates a workshop: reading what a participant drew, accepting it, setting it aside, undoing that."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from workshops.models import Workshop
from workshops.reading.words import count_of
from workshops.views.entering import for_animators

from ..actions.reviewing import STALE, Accepted, StaleDrawing, accept_drawing, refuse_drawing, undo_review
from ..models import Drawing, Sending
from ..review_page import ReviewPage
from .collecting import page_url


@for_animators
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, workshop: Workshop, pk: int) -> HttpResponse:
    drawing = found(workshop, pk)
    suggestions = reverse("drawing_actors", args=[drawing.collection.token])
    if request.method != "POST" or drawing.is_reviewed:
        return review_page(request, workshop, drawing, ReviewPage(drawing, suggestions))
    page = ReviewPage(drawing, suggestions, request.POST)
    try:
        if "refuse" in request.POST:
            refuse_drawing(drawing=drawing, revision=revision_seen(request), user=request.user)
            messages.success(request, "Le dessin est écarté. Vous pouvez revenir en arrière aujourd’hui.")
        elif page.is_valid():
            told(request, accepted(request, drawing, page))
        else:
            return review_page(request, workshop, drawing, page, status=422)
    except StaleDrawing:
        messages.error(request, STALE)
        return HttpResponseRedirect(review_url(workshop, drawing))
    except ValidationError as error:
        return review_page(request, workshop, drawing, page, trouble=" ".join(error.messages), status=422)
    return HttpResponseRedirect(next_url(workshop))


@for_animators
@require_POST
def undo(request: HttpRequest, workshop: Workshop, pk: int) -> HttpResponse:
    drawing = found(workshop, pk)
    try:
        undo_review(drawing=drawing)
    except StaleDrawing:
        messages.error(request, "Ce dessin n’a pas été relu aujourd’hui\u00a0: il n’y a rien à défaire.")
    else:
        messages.success(request, "C’est défait\u00a0: le dessin attend d’être relu, comme avant.")
    return HttpResponseRedirect(review_url(workshop, drawing))


def found(workshop: Workshop, pk: int) -> Drawing:
    """A drawing that arrived for this workshop."""
    rows = Drawing.objects.arrived().told().select_related("collection", "organisation_actor")
    return get_object_or_404(rows, pk=pk, collection__workshop=workshop)


def revision_seen(request: HttpRequest) -> int:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else -1


def accepted(request: HttpRequest, drawing: Drawing, page: ReviewPage) -> Accepted:
    return accept_drawing(
        drawing=drawing,
        revision=revision_seen(request),
        user=request.user,
        origin=page.origin.party,
        ties=page.kept,
    )


def told(request: HttpRequest, done: Accepted) -> None:
    said = [count_of(len(done.ties), "lien repris", "liens repris")]
    if done.known:
        said.append(f"{count_of(done.known, 'lien déjà dit', 'liens déjà dits')} par quelqu’un d’autre")
    text = ", ".join(said)
    if done.actors:
        names = ", ".join(actor.name for actor in done.actors)
        text += f". En brouillon, à publier pour que leurs liens paraissent\u00a0: {names}"
    messages.success(request, f"{text}.")


def review_url(workshop: Workshop, drawing: Drawing) -> str:
    return reverse("drawing_review", args=[workshop.slug, drawing.pk])


def next_url(workshop: Workshop) -> str:
    """The next drawing that waits; the list, when none does."""
    waiting = Drawing.objects.filter(collection__workshop=workshop, state=Sending.SENT).first()
    return review_url(workshop, waiting) if waiting else page_url(workshop)


def review_page(
    request: HttpRequest,
    workshop: Workshop,
    drawing: Drawing,
    page: ReviewPage,
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"workshop": workshop, "drawing": drawing, "page": page, "trouble": trouble}
    return render(request, "ecosystems/drawing/review.html", context, status=status)
