"""What may be mentioned while a finding is typed: actors and initiatives by `@`, triggers by `#`."""

from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Length

from actors.models import Actor, Initiative, Membership, Trigger
from foundations.admin.permitted import may
from foundations.models import SortKey
from foundations.text import sort_key

MOST = 6
_ACTORS, _INITIATIVES, _TRIGGERS = "actors", "initiatives", "triggers"


def mentions_of(user, sign: str, text: str) -> list[dict]:
    """Rows whose name holds `text`, as [{name, value, label, detail}]; `name` is the column of the line they go in.

    Only of the sorts that `user` may see in the administration; the shortest names first, as the likeliest.
    """
    folded = sort_key(text)
    if len(folded) < 2:
        return []
    if sign == "#":
        return _triggers(folded) if may(user, "view", Trigger) else []
    actors = _actors(folded) if may(user, "view", Actor) else []
    return actors + (_initiatives(folded) if may(user, "view", Initiative) else [])


def _named(queryset: QuerySet, folded: str) -> QuerySet:
    found = queryset.annotate(folded=SortKey(F("name"))).filter(folded__contains=folded)
    return found.order_by(Length("name"), "name", "pk")


def _actors(folded: str) -> list[dict]:
    memberships = Prefetch(
        "memberships", Membership.objects.select_related("organisation").order_by("id"), to_attr="held"
    )
    return [
        {"name": _ACTORS, "value": actor.pk, "label": actor.name, "detail": _who(actor)}
        for actor in _named(Actor.objects.prefetch_related(memberships), folded)[:MOST]
    ]


def _who(actor: Actor) -> str:
    """What tells an actor from a homonym: a person's first function, an organisation's nature."""
    held = actor.held[0].title if actor.held else ""
    return ", ".join(
        part for part in (held or actor.nature_label, "" if actor.is_published else "brouillon") if part
    )


def _initiatives(folded: str) -> list[dict]:
    return [
        {"name": _INITIATIVES, "value": row.pk, "label": row.name, "detail": row.get_kind_display()}
        for row in _named(Initiative.objects.all(), folded)[:MOST]
    ]


def _triggers(folded: str) -> list[dict]:
    return [
        {"name": _TRIGGERS, "value": row.pk, "label": row.name, "detail": row.get_kind_display()}
        for row in _named(Trigger.objects.all(), folded)[:MOST]
    ]
