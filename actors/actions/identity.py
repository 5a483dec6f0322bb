"""Remembering who is who: what an animator decided once is not asked again."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ..fingerprint import fingerprint
from ..models import Actor, Distinction, NameDecision
from ..resemblance import Wanted


def tell_apart(*, one: Actor, other: Actor, by: Any = None) -> Distinction:
    """Says that two actors are not the same, whatever they look like. Saying it twice changes nothing.

    Raises ValueError for an actor and itself.
    """
    if one.pk == other.pk:
        raise ValueError("An actor is itself.")
    first, second = sorted((one.pk, other.pk))
    return Distinction.objects.get_or_create(one_id=first, other_id=second, defaults={"by": by})[0]


@transaction.atomic
def remember(*, wanted: Wanted, is_actor: Actor | None, is_not: Iterable[Actor] = (), by: Any = None) -> None:
    """Keeps that a name, as a list wrote it, is `is_actor` (or nobody known yet) and none of `is_not`.

    A later decision on the same name takes the place of the earlier one.
    """
    key = {
        "kind": wanted.kind,
        "name_print": fingerprint(wanted.name),
        "context_print": fingerprint(wanted.organisation) if wanted.organisation else "",
    }
    NameDecision.objects.filter(**key, is_same=True).exclude(actor=is_actor).delete()
    decided = [(is_actor, True)] if is_actor else []
    decided += [(actor, False) for actor in is_not if actor != is_actor]
    NameDecision.objects.bulk_create(
        [NameDecision(**key, actor=actor, is_same=is_same, by=by) for actor, is_same in decided],
        update_conflicts=True,
        unique_fields=["kind", "name_print", "context_print", "actor"],
        update_fields=["is_same", "by", "on"],
    )
