"""Following a search: asking, confirming, going on, stopping. What an e-mail links to is a page with a button."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from actors.letters import mail_is_set
from foundations.clients import throttled_address
from foundations.throttle import HourlyLimit, allowed

from ..actions import following
from ..forms import FollowForm
from ..models import FollowedSearch
from ..search.criteria import in_words
from ..search.query import Search

BY_VISITOR = HourlyLimit(per_address=6, overall=120)
TO_MAILBOX = HourlyLimit(per_address=3, overall=120)  # nobody's mailbox is to be filled by way of ours


@require_http_methods(["GET", "HEAD", "POST"])
def follow_search(request: HttpRequest) -> HttpResponse:
    """`?q=…&territoire=…`, the parameters of the list of actors: the form, then « look at your mailbox »."""
    search = Search(QueryDict(request.GET.urlencode()))
    reason = following.why_not(search) if mail_is_set() else "Ce site n’envoie pas d’e-mail pour l’instant."
    form = FollowForm(request.POST if request.method == "POST" else None)
    if not reason and form.is_valid() and _within_limit(request, form):
        site = request.build_absolute_uri("/")
        following.follow(data=request.GET, email=form.cleaned_data["email"], site=site)
        return redirect("follow_search_asked")
    throttled = form.is_bound and form.has_error(NON_FIELD_ERRORS, "throttled")
    context = {"form": form, "words": in_words(search), "reason": reason, "results": request.GET.urlencode()}
    response = render(request, "directory/following/ask.html", context, status=429 if throttled else 200)
    return _private(response)


@require_safe
def follow_search_asked(request: HttpRequest) -> HttpResponse:
    """The same for everyone, whether or not the address followed already."""
    return render(request, "directory/following/asked.html")


@require_http_methods(["GET", "HEAD", "POST"])
def followed_search(request: HttpRequest, token: str) -> HttpResponse:
    """The private page of a followed search; its button confirms, or says that one goes on."""
    followed = get_object_or_404(FollowedSearch, token=token)
    if request.method == "POST":
        following.confirm(token=token)
        return redirect(followed)
    return _private(render(request, "directory/following/followed.html", {"followed": followed}))


@csrf_exempt  # a mail server sends it, without our cookie (RFC 8058); the token alone stops, and stops only
@require_http_methods(["GET", "HEAD", "POST"])
def followed_search_stop(request: HttpRequest, token: str) -> HttpResponse:
    """POST erases, by the button of the page or by the mailbox's own; GET shows the button, also when all is erased."""
    if request.method == "POST":
        following.stop(token=token)
    followed = FollowedSearch.objects.filter(token=token).first()
    return _private(render(request, "directory/following/stop.html", {"followed": followed}))


def _within_limit(request: HttpRequest, form: FollowForm) -> bool:
    """Counts the sending, by visitor and by mailbox. Past a limit, says so in the form."""
    mailbox = form.cleaned_data["email"].lower()
    if allowed("follow-search", throttled_address(request), BY_VISITOR) and allowed(
        "follow-search-to", mailbox, TO_MAILBOX
    ):
        return True
    told = "Trop de demandes viennent d’être envoyées. Réessayez dans une heure."
    form.add_error(None, ValidationError(told, code="throttled"))
    return False


def _private(response: HttpResponse) -> HttpResponse:
    """Nobody else may find, keep or be led back to it."""
    patch_cache_control(response, private=True, no_store=True)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
