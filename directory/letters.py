"""The e-mails of the top floor: followed searches, and what participants are told.

Those of followed searches can be stopped in one click, from the mailbox itself (RFC 2369, RFC 8058).
"""

import logging
from collections.abc import Collection

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from actors.letters import mail_is_set
from actors.models import Actor

from .models import FollowedSearch, ParticipantLink

logger = logging.getLogger(__name__)

SHOWN = 20  # names in a letter; the page has the others


def ask_to_confirm(followed: FollowedSearch) -> int:
    """Sends the link of the page where following is confirmed. Returns how many e-mails left."""
    return _send("follow-confirm", "Confirmez le suivi de votre recherche", followed, {})


def tell_new_answers(followed: FollowedSearch, ids: Collection[int]) -> int:
    """Tells who answers since the last letter. Returns how many e-mails left."""
    new = Actor.objects.published().filter(pk__in=ids).order_by("sort_name", "pk")
    shown = [{"name": actor.name, "url": followed.site + actor.get_absolute_url()} for actor in new[:SHOWN]]
    words = "1 nouvel acteur répond" if len(ids) == 1 else f"{len(ids)} nouveaux acteurs répondent"
    context = {"actors": shown, "more": len(ids) - len(shown), "words": words}
    return _send("follow-news", f"{words} à votre recherche", followed, context)


def _send(template: str, subject: str, followed: FollowedSearch, context: dict) -> int:
    if not (mail_is_set() and followed.email):
        return 0
    stop = followed.site + reverse("followed_search_stop", kwargs={"token": followed.token})
    context |= {
        "followed": followed,
        "link": followed.site + followed.get_absolute_url(),
        "results": followed.site + followed.results_url,
    }
    message = EmailMessage(subject, render_to_string(f"emails/{template}.txt", context), to=[followed.email])
    message.extra_headers |= {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return message.send()


def tell_participant(link: ParticipantLink, token: str, email: str, *, site: str) -> int:
    """Sends a participant the link to what the directory says of them. Returns how many e-mails left."""
    context = {
        "link": link,
        "url": site.rstrip("/") + reverse("own_record", kwargs={"token": token}),
    }
    body = render_to_string("emails/participant.txt", context)
    subject = "Ce que l’annuaire dit de vous"
    message = EmailMessage(subject, body, to=[email], reply_to=settings.ANIMATOR_EMAILS)
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    return message.send()


def attempt_to_tell_of_withdrawal(to_reread: list[str]) -> None:
    """Tells the animators that someone objected, never who, and what they should reread."""
    if not (mail_is_set() and settings.ANIMATOR_EMAILS):
        return
    body = render_to_string("emails/withdrawn.txt", {"to_reread": to_reread})
    message = EmailMessage("Une personne s’est retirée de l’annuaire", body, bcc=settings.ANIMATOR_EMAILS)
    try:
        message.send()
    except OSError as error:
        logger.error("withdrawal: no e-mail left (%s)", type(error).__name__)
