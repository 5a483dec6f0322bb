"""Withdrawing a person, by hand: a page that says what will happen, then a button."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actors.models import Person
from foundations.admin.permitted import may

from ..actions.withdrawal import withdraw_person

WORD = "retirer"  # typed by hand: there is no way back


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Staff who may delete this person. A wrong word does nothing and says so."""
    person = get_object_or_404(Person, slug=slug)
    if not (request.user.is_staff and may(request.user, "delete", Person, person)):
        raise PermissionDenied
    context = {"person": person, "word": WORD}
    if request.method != "POST":
        return render(request, "directory/withdraw.html", context)
    if request.POST.get("mot", "").strip().lower() != WORD:
        return render(request, "directory/withdraw.html", context | {"is_wrong": True}, status=400)
    return render(
        request, "directory/withdrawn.html", {"done": withdraw_person(person=person, by=request.user)}
    )
