"""What the directory says of a participant, opened by their link: to read, correct, agree to, or object to."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from foundations.clients import throttled_address
from foundations.private_pages import kept_private
from foundations.throttle import HourlyLimit, allowed
from workshops.views.bearer import closed_link

from ..actions import participants
from ..forms import OwnCorrectionForm
from ..models import ParticipantLink
from ..reading.own_record import own_record as read

LIMIT = HourlyLimit(per_address=20, overall=300)
TOO_MANY = "Trop d’envois à la suite. Gardez votre texte et réessayez dans une heure."


@csrf_exempt  # the address is the secret, and its policy of referrers makes browsers hide where they come from
@require_http_methods(["GET", "HEAD", "POST"])
def own_record(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows all; POST proposes a correction, answered by the link of any other correction."""
    link = _opened(token)
    if link is None:
        return closed_link(request)
    form = OwnCorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _within_limit(request, form):
        site = request.build_absolute_uri("/")
        kept = participants.correct(link=link, message=form.cleaned_data["message"], site=site)
        if kept is None:
            # No address left to answer to: the form of everyone asks for one.
            page = f"{reverse('correction_request')}?page={link.person.get_absolute_url()}"
            return kept_private(redirect(page))
        return kept_private(redirect(kept))
    status = 429 if form.has_error(NON_FIELD_ERRORS, "throttled") else 400 if form.is_bound else 200
    context = {"link": link, "token": token, "person": link.person, "form": form, **read(link.person)}
    return kept_private(render(request, "directory/own_record.html", context, status=status))


@csrf_exempt  # as above
@require_POST
def own_consent(request: HttpRequest, token: str) -> HttpResponse:
    """The button agrees, or takes the agreement back."""
    link = _opened(token)
    if link is None:
        return closed_link(request)
    if not allowed("own-record", throttled_address(request), LIMIT):
        return kept_private(HttpResponse(TOO_MANY, status=429, content_type="text/plain; charset=utf-8"))
    act = participants.take_back_consent if request.POST.get("retirer") else participants.consent
    try:
        act(link=link)
    except participants.LinkIsClosed:
        return closed_link(request)
    return kept_private(redirect(f"{reverse('own_record', kwargs={'token': token})}#accord"))


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def own_objection(request: HttpRequest, token: str) -> HttpResponse:
    """The second page, which says what will happen; without its box ticked, the button does nothing."""
    link = _opened(token)
    if link is None:
        return closed_link(request)
    context: dict[str, Any] = {"link": link, "token": token, "person": link.person, "is_wrong": False}
    if request.method == "POST" and request.POST.get("compris"):
        try:
            done = participants.object_to(link=link)
        except participants.LinkIsClosed:
            return closed_link(request)
        return kept_private(render(request, "directory/own_objection_done.html", {"called": done.called}))
    context["is_wrong"] = request.method == "POST"
    status = 400 if context["is_wrong"] else 200
    return kept_private(render(request, "directory/own_objection.html", context, status=status))


def _opened(token: str) -> ParticipantLink | None:
    return ParticipantLink.objects.opened_by(token).select_related("person", "workshop").first()


def _within_limit(request: HttpRequest, form: OwnCorrectionForm) -> bool:
    if allowed("own-record", throttled_address(request), LIMIT):
        return True
    form.add_error(None, ValidationError(TOO_MANY, code="throttled"))
    return False
