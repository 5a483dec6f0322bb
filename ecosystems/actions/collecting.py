"""Gathering what participants draw: a collection opened and closed, drawings received from telephones."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from workshops.models import Workshop

from ..models import MOST_TIES, Collection, Drawing, DrawnTie, Sending

WHO = ("name", "function", "organisation", "organisation_actor", "may_be_named")
WHAT = ("name", "actor", "kind", "subject", "frequency", "since", "occasion", "closeness")
# Nobody gathers more people in a workshop; a stranger who found the address fills no table.
MOST_DRAWINGS = 400
TOO_MANY = f"{MOST_TIES} acteurs au plus\u00a0: gardez ceux qui comptent le plus."


class CollectionClosed(Exception):
    """The evening is over: nothing is received any more."""


class AlreadyReviewed(Exception):
    """The animator has read this drawing: what the telephone adds now would change what was accepted."""


def this_evening() -> datetime:
    """Midnight less a minute, today, in Paris."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time(23, 59)))


@transaction.atomic
def open_collection(*, workshop: Workshop, user: Any, closes_at: datetime | None = None) -> Collection:
    """Opens (again) the collection of `workshop` until `closes_at`, this evening by default; its address stays.

    Raises ValidationError where that is past.
    """
    closes_at = closes_at or this_evening()
    now = timezone.now()
    if closes_at <= now:
        raise ValidationError("Choisissez une heure à venir.")
    collection, is_new = Collection.objects.select_for_update().get_or_create(
        workshop=workshop, defaults={"closes_at": closes_at, "opened_by": user, "opened_at": now}
    )
    if not is_new:
        collection.closes_at, collection.opened_by = closes_at, user
        collection.save(update_fields=["closes_at", "opened_by"])
    return collection


def close_collection(*, collection: Collection) -> None:
    """From now on telephones are told that it is over. One that is closed already keeps its hour."""
    now = timezone.now()
    Collection.objects.filter(pk=collection.pk, closes_at__gt=now).update(closes_at=now)


@transaction.atomic
def receive_drawing(
    *,
    collection: Collection,
    key: UUID,
    revision: int,
    who: Mapping[str, Any],
    ties: Sequence[Mapping[str, Any]],
    is_sent: bool = True,
) -> Drawing:
    """The drawing `key` as the telephone has it now: columns of `WHO`, and of `WHAT` for each tie.

    Received twice, or late, it changes nothing: only a higher `revision` does. Raises `CollectionClosed`,
    `AlreadyReviewed`, and ValidationError for more ties than anyone draws.
    """
    if not collection.is_open:
        raise CollectionClosed
    if len(ties) > MOST_TIES:
        raise ValidationError(TOO_MANY)
    if not collection.drawings.filter(key=key).exists() and collection.drawings.count() >= MOST_DRAWINGS:
        raise ValidationError("Cet atelier a reçu plus de dessins qu’il ne peut en lire.")
    drawing, _ = Drawing.objects.get_or_create(collection=collection, key=key, defaults={**who})
    drawing = Drawing.objects.select_for_update().get(pk=drawing.pk)
    if revision <= drawing.revision:
        return drawing
    if drawing.is_reviewed:
        raise AlreadyReviewed
    _say(drawing, who, revision, is_sent)
    drawing.ties.all().delete()
    DrawnTie.objects.bulk_create(
        DrawnTie(drawing=drawing, position=position, **tie) for position, tie in enumerate(ties)
    )
    return drawing


def _say(drawing: Drawing, who: Mapping[str, Any], revision: int, is_sent: bool) -> None:
    now = timezone.now()
    for name in WHO:
        setattr(drawing, name, who[name])
    drawing.revision, drawing.updated_at = revision, now
    if is_sent and drawing.state == Sending.DRAFT:
        drawing.state, drawing.sent_at = Sending.SENT, now
    drawing.save()


@transaction.atomic
def change_drawing(*, drawing: Drawing, change: Any) -> Drawing:
    """Without a script the server keeps what is typed: `change(ties)` returns the ties as they are to be.

    `ties`: a list of dictionaries of `WHAT`. Raises what `receive_drawing` raises.
    """
    drawing = Drawing.objects.select_for_update(of=("self",)).select_related("collection").get(pk=drawing.pk)
    ties = [{name: getattr(tie, name) for name in WHAT} for tie in drawing.ties.select_related("actor")]
    return receive_drawing(
        collection=drawing.collection,
        key=drawing.key,
        revision=drawing.revision + 1,
        who={name: getattr(drawing, name) for name in WHO},
        ties=change(ties),
        is_sent=drawing.state == Sending.SENT,
    )


@transaction.atomic
def send_drawing(*, drawing: Drawing) -> Drawing:
    """« Envoyer », without a script. Sent twice, it is sent once. Raises CollectionClosed."""
    drawing = Drawing.objects.select_for_update(of=("self",)).select_related("collection").get(pk=drawing.pk)
    if not drawing.collection.is_open:
        raise CollectionClosed
    if drawing.state == Sending.DRAFT:
        drawing.state, drawing.sent_at = Sending.SENT, timezone.now()
        drawing.updated_at = drawing.sent_at
        drawing.save(update_fields=["state", "sent_at", "updated_at"])
    return drawing
