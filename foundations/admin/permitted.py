"""Which rows a user may act upon. The floors ask here; whoever knows the rules answers as an authentication backend."""

from django.contrib.auth import get_backends, get_permission_codename
from django.db.models import Model, QuerySet


def permission(action: str, model: type[Model]) -> str:
    """« app.change_model »: the name of the permission for `action` (view, add, change, delete) on `model`."""
    opts = model._meta
    return f"{opts.app_label}.{get_permission_codename(action, opts)}"


def may(user, action: str, model: type[Model], obj: Model | None = None) -> bool:
    """Whether `user` may do `action` to rows of `model` at all or, with `obj`, to that one or what belongs to it."""
    return user.has_perm(permission(action, model), obj)


def permitted(user, action: str, queryset: QuerySet) -> QuerySet:
    """The rows of `queryset` to which `user` may do `action`.

    `has_perm` answers for one row; a list needs the same answer in one query, so a backend may also offer
    `permitted(user, permission, queryset)`.
    """
    if user.is_active and user.is_superuser:
        return queryset
    name = permission(action, queryset.model)
    if not user.has_perm(name):
        return queryset.none()
    for backend in get_backends():
        if hasattr(backend, "permitted"):
            queryset = backend.permitted(user, name, queryset)
    return queryset
