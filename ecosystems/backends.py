"""Rights by ecosystem. The floors below only ask `user.has_perm(permission, row)`; the answer is here.

An animator changes, publishes and deletes what belongs to an ecosystem they look after, and what belongs to none. A
reviewer reads drafts, and writes private notes alone. Reading is by ecosystem only for what is private.
"""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Model, QuerySet

from .belonging import ecosystems_of, within_reach
from .models import Caretaker, Ecosystem, Role

# Not to be read by whoever looks after other ecosystems: private addresses, notes, and what visitors wrote.
PRIVATE = {"contactpoint", "privatenote", "contactrequest", "proposedfollowup", "reminderline"}
# What a reviewer writes.
REVIEWED = {"privatenote"}


def roles_for(permission: str) -> list[str] | None:
    """The roles that `permission` (« actors.change_person ») takes in a row's ecosystem; None where any reader may."""
    action, _, model = permission.partition(".")[2].partition("_")
    if model in REVIEWED and action in ("view", "add", "change"):
        return [Role.ANIMATOR, Role.REVIEWER]
    if action == "view" and model not in PRIVATE:
        return None
    return [Role.ANIMATOR]


class EcosystemBackend(BaseBackend):
    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        """Whether `user_obj` may do `perm` to the row `obj`; about no row in particular, the groups answer."""
        if obj is None or not user_obj.is_active or user_obj.is_anonymous or not user_obj.has_perm(perm):
            return False
        roles = roles_for(perm)
        if roles is None:
            return True
        if isinstance(obj, Ecosystem):
            return Caretaker.objects.filter(user=user_obj, ecosystem=obj.pk, role__in=roles).exists()
        owners = ecosystems_of(obj)
        mine = owners.filter(caretakers__user=user_obj, caretakers__role__in=roles)
        return mine.exists() or not owners.exists()

    def permitted(self, user_obj: Any, perm: str, queryset: QuerySet) -> QuerySet:
        """The rows of `queryset` for which `has_perm` would say yes, in one query."""
        roles = roles_for(perm)
        return queryset if roles is None else within_reach(queryset, user_obj, roles)
