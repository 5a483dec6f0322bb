"""Asking to be put in touch, proposing a correction, following either by a private link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from actors import pages
from actors.actions import contact
from actors.forms import VisitorRequestForm
from actors.models import Actor, ContactRequest, CorrectionRequest, RequestState
from foundations.clients import throttled_address
from foundations.throttle import HourlyLimit, allowed

# A person writes once or twice; an office behind one address a few times more. Sixty an hour is already more than
# animators can read.
LIMIT = HourlyLimit(per_address=6, overall=60)
_RECOMMENDATIONS = "/recommandations/"


@require_http_methods(["GET", "HEAD", "POST"])
def contact_request(request: HttpRequest, slug: str) -> HttpResponse:
    """« Demander une mise en relation » with a published actor; a draft or withdrawn one has no such page."""
    actor = get_object_or_404(Actor.objects.published(), slug=slug)
    form = VisitorRequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _within_limit(request, form):
        site = request.build_absolute_uri("/")
        kept = contact.receive_contact_request(actor=actor, site=site, **form.what_was_written())
        return redirect(kept)
    return _form_page(request, "actors/requests/contact.html", form, {"actor": actor})


@require_http_methods(["GET", "HEAD", "POST"])
def correction_request(request: HttpRequest) -> HttpResponse:
    """« Proposer une correction » of the page in `?page=`, or telling what became of a recommendation."""
    sent = request.POST if request.method == "POST" else request.GET
    page = pages.internal_path(sent.get("page", ""))
    about = {"page": page, "page_title": pages.title_of(page)}
    form = VisitorRequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _within_limit(request, form):
        site = request.build_absolute_uri("/")
        kept = contact.receive_correction_request(**about, site=site, **form.what_was_written())
        return redirect(kept)
    kind = {"is_news": page.startswith(_RECOMMENDATIONS), "is_a_page": page != pages.HOME}
    return _form_page(request, "actors/requests/correction.html", form, {**about, **kind})


@require_safe
def contact_request_status(request: HttpRequest, token: str) -> HttpResponse:
    kept = get_object_or_404(ContactRequest.objects.select_related("actor"), token=token)
    linked = kept.actor if kept.actor.is_published else None
    return _status_page(request, kept, kept.actor.name, linked.get_absolute_url() if linked else "")


@require_safe
def correction_request_status(request: HttpRequest, token: str) -> HttpResponse:
    kept = get_object_or_404(CorrectionRequest, token=token)
    return _status_page(request, kept, kept.page_title or kept.page, kept.page)


def _within_limit(request: HttpRequest, form: VisitorRequestForm) -> bool:
    """Counts the sending. Past the limit, says so in the form."""
    if allowed("visitor-request", throttled_address(request), LIMIT):
        return True
    form.add_error(
        None, "Trop de demandes viennent d’être envoyées. Gardez votre texte et réessayez dans une heure."
    )
    form.is_throttled = True  # type: ignore[attr-defined]
    return False


def _form_page(
    request: HttpRequest, template: str, form: VisitorRequestForm, context: dict[str, Any]
) -> HttpResponse:
    throttled = getattr(form, "is_throttled", False)
    response = render(request, template, {**context, "form": form}, status=429 if throttled else 200)
    if throttled:
        response["Retry-After"] = "3600"
    patch_cache_control(response, private=True, no_cache=True)  # it holds what one visitor typed
    return response


def _status_page(request: HttpRequest, kept: Any, about: str, url: str) -> HttpResponse:
    """What became of a request, for whoever holds its link: nobody else may find, keep or be led back to it."""
    following = {state.value: state.label for state in RequestState}
    context = {"kept": kept, "about": about, "about_url": url, "states": following}
    context["is_contact"] = isinstance(kept, ContactRequest)
    response = render(request, "actors/requests/status.html", context)
    patch_cache_control(response, private=True, no_store=True)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
