"""The page of a bearer's link: where each recommendation stands, in two clicks and a sentence, without account."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from foundations.clients import throttled_address
from foundations.private_pages import kept_private
from foundations.throttle import HourlyLimit, allowed

from ..actions import mailboxes
from ..actions.proposing import LinkIsClosed, ProposalError, say
from ..bearer_form import BearerForm
from ..models import BearerLink
from ..reading.bearer import bearer_page

# A bearer answers for a few recommendations, and corrects itself once or twice.
LIMIT = HourlyLimit(per_address=30, overall=300)


@csrf_exempt  # the address is the secret, and its policy of referrers makes browsers hide where they come from
@require_http_methods(["GET", "HEAD", "POST"])
def bearer(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows; POST keeps what is said of one recommendation, for an animator to read."""
    link = BearerLink.objects.opened_by(token).select_related("actor").first()
    if link is None:
        return closed_link(request)
    form = BearerForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid() and _within_limit(request, form) and _say(request, link, form):
        return kept_private(redirect(f"{request.path}#reco-{form.cleaned_data['recommendation']}"))
    status = 429 if form and form.has_error(NON_FIELD_ERRORS, "throttled") else 400 if form else 200
    context = {"link": link, "form": form, **bearer_page(link, form)}
    return kept_private(render(request, "workshops/bearer.html", context, status=status))


def closed_link(request: HttpRequest) -> HttpResponse:
    """The same for a link that was forged, badly copied, revoked or past its day: nothing is to be learnt from it."""
    return kept_private(render(request, "workshops/closed_link.html", status=404))


@csrf_exempt  # a mail server sends it too, without our cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the button; POST stops the reminders to an address, or lets them come again."""
    mailbox = mailboxes.mailbox_to_stop(token)
    if mailbox is None:
        return closed_link(request)
    if request.method == "POST":
        change = mailboxes.resume if request.POST.get("reprendre") else mailboxes.stop
        change(mailbox=mailbox)
        mailbox.refresh_from_db()
    return kept_private(render(request, "workshops/reminders_stop.html", {"mailbox": mailbox}))


def _within_limit(request: HttpRequest, form: BearerForm) -> bool:
    if allowed("bearer", throttled_address(request), LIMIT):
        return True
    form.add_error(None, form.too_many())
    return False


def _say(request: HttpRequest, link: BearerLink, form: BearerForm) -> bool:
    """Whether it was kept; if not, the form says why, and holds all that was typed."""
    try:
        kept = say(link=link, site=request.build_absolute_uri("/"), **form.cleaned_data)
    except LinkIsClosed:
        form.add_error(None, "Ce lien n’est plus valable : demandez-en un autre à l’animateur du réseau.")
        return False
    except ProposalError as error:
        form.add_error(None, str(error))
        return False
    if kept is None:
        form.add_error(None, "Cette recommandation n’est plus au nombre des vôtres.")
    return kept is not None
