"""The e-mails to those who bear recommendations, and to the animators who read what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from actors.letters import mail_is_set
from actors.models import Actor

from .models import BearerLink, Mailbox, ProposedFollowUp, Recommendation


@dataclass(frozen=True)
class Question:
    """What one actor is asked about in a reminder, and the address of the page where it answers."""

    actor: Actor
    recommendations: Sequence[Recommendation]
    url: str


def address_of(link: BearerLink, token: str, *, site: str) -> str:
    """The page that `token` opens. `site`: its address with its scheme."""
    return site.rstrip("/") + reverse("bearer", kwargs={"token": token})


def ask_where_it_stands(actor: Actor, url: str, email: str, *, link: BearerLink) -> int:
    """Sends a bearer its link. Returns how many e-mails left."""
    titles = list(Recommendation.objects.published().borne_by(actor).values_list("title", flat=True))
    context = {"actor": actor, "titles": titles, "url": url, "until": link.expires_at}
    subject = "Où en est votre recommandation ?" if len(titles) == 1 else "Où en sont vos recommandations ?"
    return _send("bearer-link", subject, [email], context)


def remind(mailbox: Mailbox, asked: Sequence[Question], email: str, *, stop_url: str) -> int:
    """Sends one message about all that the owner of an address bears; it can be stopped from the mailbox (RFC 8058)."""
    several = sum(len(each.recommendations) for each in asked) > 1
    subject = "Où en sont vos recommandations ?" if several else "Où en est votre recommandation ?"
    headers = {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return _send("reminder", subject, [email], {"asked": asked, "stop_url": stop_url}, headers)


def warn_animators(proposal: ProposedFollowUp, *, site: str) -> int:
    """Tells the animators that a bearer answered. Returns how many e-mails left."""
    inbox = site.rstrip("/") + reverse("admin:workshops_proposedfollowup_changelist") if site else ""
    context = {"proposal": proposal, "inbox": inbox}
    return _send(
        "new-proposal", "Un porteur dit où en est une recommandation", settings.ANIMATOR_EMAILS, context
    )


def _send(
    template: str, subject: str, recipients: Sequence[str], context: dict, headers: dict | None = None
) -> int:
    """One message a recipient; an answer goes to the animators."""
    if not mail_is_set():
        return 0
    body = render_to_string(f"emails/{template}.txt", context)
    sent = 0
    for recipient in recipients:
        message = EmailMessage(subject, body, to=[recipient], reply_to=settings.ANIMATOR_EMAILS)
        message.extra_headers |= {"Auto-Submitted": "auto-generated", **(headers or {})}
        sent += message.send()
    return sent
