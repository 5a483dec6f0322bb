"""The e-mails of followed searches. Each can be stopped in one click, from the mailbox itself (RFC 2369, RFC 8058)."""

from collections.abc import Collection

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from actors.letters import mail_is_set
from actors.models import Actor

from .models import FollowedSearch

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
