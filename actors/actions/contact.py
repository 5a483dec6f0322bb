"""What becomes of a visitor's request: received, then relayed, answered, closed. The only writer of its state."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actors import letters
from actors.models import Actor, ContactRequest, CorrectionRequest, RequestState, VisitorRequest

# What may follow what. A correction has nobody to be relayed to.
_NEXT: dict[str, set[str]] = {
    RequestState.RECEIVED: {RequestState.RELAYED, RequestState.ANSWERED, RequestState.CLOSED},
    RequestState.RELAYED: {RequestState.ANSWERED, RequestState.CLOSED},
    RequestState.ANSWERED: {RequestState.CLOSED},
    RequestState.CLOSED: set(),
}


class RequestError(Exception):
    """Why an action was refused, in French, for whoever asked for it."""


class RequestChanged(RequestError):
    """Someone else acted on the request since the page was read."""


class ForbiddenTransition(RequestError):
    """The request is past that step."""


def receive_contact_request(
    *, actor: Actor, name: str, email: str, organisation: str, message: str, site: str = ""
) -> ContactRequest:
    """Keeps a message for `actor`; once that is safe, tells the animators and sends the private link.

    `site`: address of the site with its scheme (`https://annuaire.example.fr`), for the links of the e-mails.
    """
    request = ContactRequest(actor=actor, name=name, email=email, organisation=organisation, message=message)
    return _receive(request, site)


def receive_correction_request(
    *, page: str, page_title: str, name: str, email: str, organisation: str, message: str, site: str = ""
) -> CorrectionRequest:
    """Keeps what someone says of `page` (a path in the site); tells the animators and sends the private link."""
    about = {"page": page, "page_title": page_title}
    request = CorrectionRequest(**about, name=name, email=email, organisation=organisation, message=message)
    return _receive(request, site)


def relay(request: ContactRequest, *, by: Any, version: int) -> int:
    """Passes the message on to the actor, by e-mail where the animator has an address and mail is set.

    Returns how many e-mails left: with 0 the animator has to call or write, and the request is relayed all the same.
    Where the mail server is down, nothing changes and RequestError says so.
    """
    try:
        with transaction.atomic():
            row = _move(request, RequestState.RELAYED, by=by, version=version)
            sent = letters.relay_to_actor(row)
    except OSError as error:
        raise RequestError(
            "L’e-mail n’a pas pu partir, la demande reste à transmettre\u00a0: réessayez."
        ) from error
    _refresh(request, row)
    return sent


def answer(request: VisitorRequest, *, by: Any, version: int, text: str, site: str = "") -> None:
    """Shows `text` to whoever wrote, behind the private link, and sends it to them."""
    if not text.strip():
        raise RequestError("Écrivez la réponse : le demandeur la lira.")
    _finish(request, RequestState.ANSWERED, by=by, version=version, text=text, site=site)


def close(request: VisitorRequest, *, by: Any, version: int, text: str = "", site: str = "") -> None:
    """Ends the request, with a last word if there is one; an earlier answer stays."""
    _finish(request, RequestState.CLOSED, by=by, version=version, text=text, site=site)


def allowed_next(request: VisitorRequest) -> set[str]:
    """The states that may follow: what the inbox offers as buttons."""
    following = _NEXT[request.state]
    return following if isinstance(request, ContactRequest) else following - {RequestState.RELAYED}


def _receive(request: Any, site: str) -> Any:
    with transaction.atomic():
        request.save(force_insert=True)
        # After the commit, and one without the other: a mail server that is down must not lose a request.
        for letter in (letters.warn_animators, letters.confirm_to_visitor):
            transaction.on_commit(partial(letters.attempt, letter, request, site=site))
    return request


def _finish(request: Any, state: str, *, by: Any, version: int, text: str, site: str) -> None:
    with transaction.atomic():
        row = _move(request, state, by=by, version=version, text=text)
        if text.strip():
            transaction.on_commit(partial(letters.attempt, letters.tell_visitor, row, site=site))
    _refresh(request, row)


def _move(request: Any, state: str, *, by: Any, version: int, text: str = "") -> Any:
    """Locks the request, checks who asks and what they had read, and writes its new state. Returns the fresh row."""
    if not (by.is_active and by.is_staff):
        raise PermissionDenied
    row = type(request).objects.select_for_update().filter(pk=request.pk).first()
    if row is None or row.version != version:
        raise RequestChanged("Quelqu’un d’autre vient d’agir sur cette demande : rechargez la page.")
    if state not in allowed_next(row):
        current = row.get_state_display()
        raise ForbiddenTransition(f"Cette demande est déjà {current} : cette action n’est plus possible.")
    row.state, row.state_on = state, timezone.now()
    row.answer = text.strip() or row.answer
    row.save(update_fields=["state", "state_on", "answer", "updated_at"])
    row.refresh_from_db(fields=["version"])
    return row


def _refresh(request: Any, row: Any) -> None:
    """Whoever holds the request goes on with what is now true of it."""
    for name in ("state", "state_on", "answer", "version"):
        setattr(request, name, getattr(row, name))
