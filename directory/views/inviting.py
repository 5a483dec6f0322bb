"""From a workshop, an animator sends its participants what the directory says of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actors.letters import mail_is_set
from foundations.throttle import HourlyLimit, allowed
from workshops.models import Workshop
from workshops.views.entering import for_animators

from ..actions.participants import invite
from ..reading.inviting import Participant, participants_of

# A mailbox is not filled by clicking twice.
TO_PERSON = HourlyLimit(per_address=2, overall=1000)


@require_http_methods(["GET", "HEAD", "POST"])
@for_animators
def participant_links(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Who has an address, who has none; the button sends to those that are ticked."""
    listed = participants_of(workshop, request.user)
    reachable = [each for each in listed if each.point]
    if request.method == "POST":
        _send(request, workshop, reachable)
        return redirect(request.path)
    context = {
        "workshop": workshop,
        "reachable": reachable,
        "unreachable": [each for each in listed if not each.point],
        "can_mail": mail_is_set(),
    }
    return render(request, "directory/participant_links.html", context)


def _send(request: HttpRequest, workshop: Workshop, reachable: list[Participant]) -> None:
    chosen = set(request.POST.getlist("personne"))
    asked = [each for each in reachable if str(each.person.pk) in chosen]
    if not asked:
        messages.error(request, "Cochez au moins une personne.")
        return
    fresh = [each for each in asked if allowed("participant", str(each.person.pk), TO_PERSON)]
    points = [each.point for each in fresh if each.point]
    done = invite(workshop=workshop, points=points, by=request.user, site=request.build_absolute_uri("/"))
    if done.sent:
        plural = "s" if done.sent > 1 else ""
        messages.success(request, f"{done.sent} lien{plural} envoyé{plural}.")
    if left := len(asked) - done.sent:
        told = "n’est pas parti" if left == 1 else "ne sont pas partis"
        messages.warning(request, f"{left} {told}\u00a0: réessayez dans une heure.")
