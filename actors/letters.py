"""The e-mails around a visitor's request. All go from the site's own address: nobody's address is shown to anyone.

Nothing is sent where no mail server is set (EMAIL_URL=dummy://): the inbox in the administration and the private link
say all that an e-mail would.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from .models import ContactRequest, VisitorRequest

logger = logging.getLogger(__name__)


def mail_is_set() -> bool:
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def warn_animators(request: VisitorRequest, *, site: str) -> int:
    """Tells the animators that a request came in. Returns how many e-mails left."""
    recipients = settings.ANIMATOR_EMAILS
    return _send("new-request", f"Nouvelle {request._meta.verbose_name}", recipients, request, site=site)


def confirm_to_visitor(request: VisitorRequest, *, site: str) -> int:
    """Sends the private link to whoever wrote. Returns how many e-mails left."""
    return _send("confirmation", "Votre demande est bien reçue", [request.email], request, site=site)


def relay_to_actor(request: ContactRequest) -> int:
    """Sends the message to the actor's private addresses, each apart. Returns how many e-mails left.

    An answer goes to the animators, who pass it on.
    """
    points = request.actor.contact_points.exclude(email="").filter(keep_until__gte=timezone.localdate())
    addresses = sorted({point.email for point in points})
    subject = f"Passerelles : quelqu’un aimerait entrer en contact avec {request.actor.name}"
    return _send("relay", subject, addresses, request, reply_to=settings.ANIMATOR_EMAILS)


def tell_visitor(request: VisitorRequest, *, site: str) -> int:
    """Tells whoever wrote that the animator answered or closed. Returns how many e-mails left."""
    return _send("answer", "Une réponse à votre demande", [request.email], request, site=site)


def attempt(letter: Callable[..., int], request: VisitorRequest, *, site: str) -> None:
    """Sends one of the letters above; when the mail server refuses or is down, says so in the log and goes on.

    Only the kind of error is logged: its text may hold the visitor's address.
    """
    try:
        letter(request, site=site)
    except OSError as error:  # smtplib's errors are OSErrors
        logger.error("%s %s: no e-mail left (%s)", request._meta.label, request.pk, type(error).__name__)


def _send(
    template: str,
    subject: str,
    recipients: list[str],
    request: VisitorRequest,
    *,
    site: str = "",
    reply_to: list[str] | None = None,
) -> int:
    """One message a recipient. `site`: address of the site with its scheme, for links; without it, no link."""
    if not mail_is_set():
        return 0
    context: dict[str, Any] = {
        "request": request,
        "request_label": request._meta.verbose_name,
        "about": about(request),
        "can_reply": bool(reply_to),
        "link": site.rstrip("/") + request.get_absolute_url() if site else "",  # type: ignore[attr-defined]
        "inbox": f"{site.rstrip('/')}/admin/" if site else "",
    }
    body = render_to_string(f"emails/{template}.txt", context)
    sent = 0
    for recipient in filter(None, recipients):
        message = EmailMessage(" ".join(subject.split()), body, to=[recipient], reply_to=reply_to)
        # Machines that answer by themselves (« absent jusqu’au… ») stay silent: RFC 3834.
        message.extra_headers["Auto-Submitted"] = "auto-generated"
        sent += message.send()
    return sent


def about(request: VisitorRequest) -> str:
    """What a request is about, in words: the actor's name, or the page."""
    if isinstance(request, ContactRequest):
        return request.actor.name
    return request.page_title or request.page  # type: ignore[attr-defined]
