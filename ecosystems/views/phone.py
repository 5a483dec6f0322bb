"""« Dessiner son écosystème », on a participant's telephone, without account; with a script or without."""

from functools import wraps
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.models import Trigger
from foundations.clients import throttled_address
from foundations.throttle import HourlyLimit, allowed

from ..actions.collecting import (
    WHAT,
    AlreadyReviewed,
    CollectionClosed,
    change_drawing,
    receive_drawing,
    send_drawing,
)
from ..drawn import OwnSystem, told
from ..ends import propose_actors
from ..forms import TieForm, WhoForm, read_sending
from ..models import MOST_TIES, Collection, Drawing, Sending

# A telephone sends when it adds something, and tries again; sixty of them stand behind the one address of the room's
# wifi, so an address alone must be allowed all they do. The collection's own limit holds what one stranger can spoil.
PER_TELEPHONE = HourlyLimit(per_address=120, overall=3_000)
PER_ADDRESS = HourlyLimit(per_address=2_400, overall=100_000)
# One each time a telephone adds something; the list says the same without.
PICTURES = HourlyLimit(per_address=6_000, overall=100_000)
OVER = "La collecte de cet atelier est fermée."
CROWD = "Beaucoup d’envois en même temps\u00a0: rien n’est perdu, réessayez dans un moment."
REVIEWED = "L’animateur a déjà relu votre dessin\u00a0: merci. Ce qui s’y ajoute n’est plus reçu."


def for_telephones(view):
    """Gives `view` the collection of the token. Its pages hold what one participant types: kept by nobody else."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs) -> HttpResponse:
        found = Collection.objects.select_related("workshop")
        response = view(request, get_object_or_404(found, token=token), **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


def within_limits(request: HttpRequest, collection: Collection, key: object) -> bool:
    """Counts one sending, by telephone, by collection and by address."""
    return allowed(f"drawing:{collection.pk}", str(key), PER_TELEPHONE) and allowed(
        "drawing", throttled_address(request), PER_ADDRESS
    )


@for_telephones
@require_http_methods(["GET", "HEAD", "POST"])
def drawing(request: HttpRequest, collection: Collection) -> HttpResponse:
    """The page that the QR code leads to. With a script the rest happens on it; without, who one is begins a draft."""
    if not collection.is_open:
        return closed_page(request, collection)
    if request.method != "POST":
        return phone_page(request, collection)
    form = WhoForm(request.POST, suggestions=suggestions_url(collection))
    key = uuid4()
    if form.is_valid() and within_limits(request, collection, throttled_address(request)):
        draft = {"key": key, "revision": 1, "who": form.cleaned_data, "ties": (), "is_sent": False}
        receive_drawing(collection=collection, **draft)
        return HttpResponseRedirect(own_url(collection, key))
    if form.is_valid():
        form.add_error(None, CROWD)
    return phone_page(request, collection, who=form, status=422)


@for_telephones
@require_http_methods(["GET", "HEAD", "POST"])
def own_drawing(request: HttpRequest, collection: Collection, key: UUID) -> HttpResponse:
    """Without a script: what the server keeps for the telephone that holds `key`, added to, taken from, sent."""
    kept = get_object_or_404(Drawing.objects.told(), collection=collection, key=key)
    if not collection.is_open:
        return closed_page(request, collection, kept)
    if request.method != "POST":
        return phone_page(request, collection, kept=kept)
    form = TieForm(request.POST if "add" in request.POST else None, suggestions=suggestions_url(collection))
    try:
        if not within_limits(request, collection, key):
            raise ValidationError(CROWD)
        if not change(request, kept, form):
            return phone_page(request, collection, kept=kept, tie=form, status=422)
    except (ValidationError, AlreadyReviewed) as error:
        said = REVIEWED if isinstance(error, AlreadyReviewed) else " ".join(error.messages)
        return phone_page(request, collection, kept=kept, tie=form, trouble=said, status=422)
    return HttpResponseRedirect(f"{own_url(collection, key)}#autour")


def change(request: HttpRequest, kept: Drawing, form: TieForm) -> bool:
    """Does what the button says; False where the form of an actor is wrong."""
    if "send" in request.POST:
        send_drawing(drawing=kept)
    elif "remove" in request.POST:
        rank = request.POST["remove"]
        change_drawing(
            drawing=kept,
            change=lambda ties: [tie for position, tie in enumerate(ties) if str(position) != rank],
        )
    elif form.is_valid():
        new = form.columns()  # an impatient thumb sends the same form twice
        change_drawing(drawing=kept, change=lambda ties: ties if new in ties else [*ties, new])
    else:
        return False
    return True


@for_telephones
@require_POST
def sending(request: HttpRequest, collection: Collection) -> JsonResponse:
    """What the page's script sends: `key`, `revision`, and the drawing as JSON. The same one twice is one."""
    try:
        key, revision = UUID(request.POST.get("key", "")), int(request.POST.get("revision", "")[:9])
    except ValueError:
        return JsonResponse({"error": "Rechargez la page."}, status=422)
    if not within_limits(request, collection, key):
        return JsonResponse({"error": CROWD}, status=429, headers={"Retry-After": "60"})
    try:
        who, ties = read_sending(request.POST.get("drawing", ""))
        kept = receive_drawing(collection=collection, key=key, revision=max(1, revision), who=who, ties=ties)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    except CollectionClosed:
        return JsonResponse({"error": OVER}, status=410)
    except AlreadyReviewed:
        return JsonResponse({"error": REVIEWED}, status=409)
    return JsonResponse({"revision": kept.revision, "ties": len(ties)})


@for_telephones
@require_POST
def system(request: HttpRequest, collection: Collection) -> HttpResponse:
    """The solar system of what the page's script holds, drawn. Nothing is kept."""
    if not allowed("drawing-picture", throttled_address(request), PICTURES):
        return HttpResponse(status=429)
    try:
        _, ties = read_sending(request.POST.get("drawing", ""))
    except ValidationError:
        return HttpResponse(status=422)
    return render(request, "ecosystems/drawing/_system.html", {"page": OwnSystem(ties)})


@for_telephones
@require_safe
def worker(request: HttpRequest, collection: Collection) -> HttpResponse:
    """The script that answers for the page without a network; its address bounds it to this collection."""
    context = {"collection": collection}
    return render(request, "ecosystems/drawing/worker.js", context, content_type="text/javascript")


@for_telephones
@require_safe
def suggestions(request: HttpRequest, collection: Collection) -> JsonResponse:
    """`?q=`: published actors, as one types (see static/js/combobox.js)."""
    text = request.GET.get("q", "")
    results = [
        {"label": choice.label, "detail": choice.detail, "value": choice.value}
        for choice in propose_actors(text)
    ]
    return JsonResponse({"query": text, "results": results}, json_dumps_params={"ensure_ascii": False})


def suggestions_url(collection: Collection) -> str:
    return reverse("drawing_actors", args=[collection.token])


def own_url(collection: Collection, key: UUID) -> str:
    return reverse("own_drawing", args=[collection.token, key])


def phone_page(
    request: HttpRequest,
    collection: Collection,
    *,
    kept: Drawing | None = None,
    who: WhoForm | None = None,
    tie: TieForm | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    """`kept`: the draft of a telephone without script; else the page begins, and its script may take over."""
    url = suggestions_url(collection)
    ties = drawn_ties(kept)
    context = {
        "collection": collection,
        "kept": kept,
        "is_sent": bool(kept and kept.state != Sending.DRAFT),
        "ties": [{"tie": one, "told": told(one)} for one in ties],
        "page": OwnSystem(ties),
        "who": who or WhoForm(suggestions=url),
        "tie_form": tie if tie and tie.is_bound else TieForm(suggestions=url),
        "occasions": Trigger.objects.values_list("name", flat=True).order_by("name")[:40],
        "trouble": trouble,
        "most": MOST_TIES,
        "until": collection.closes_at + Collection.KEPT,
    }
    return render(request, "ecosystems/drawing/phone.html", context, status=status)


def drawn_ties(kept: Drawing | None) -> list[dict]:
    return [{name: getattr(tie, name) for name in WHAT} for tie in kept.ties.all()] if kept else []


def closed_page(request: HttpRequest, collection: Collection, kept: Drawing | None = None) -> HttpResponse:
    """It is over; what was typed is still there to be copied."""
    ties = [{"tie": one, "told": told(one)} for one in drawn_ties(kept)]
    context = {"collection": collection, "kept": kept, "ties": ties, "is_sent": kept and kept.sent_at}
    return render(request, "ecosystems/drawing/closed.html", context)
