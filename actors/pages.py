"""Pages of this site, named by visitors in an address: which path is one of ours, and what it is called."""

import re

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 300
HOME = "/"


def internal_path(value: str) -> str:
    """`value` if it is the path of a page of this site, else the home page. Query and fragment are dropped."""
    path = re.split(r"[?#]", value.strip(), maxsplit=1)[0]
    return path if len(path) <= LONGEST and _match(path) else HOME


def title_of(path: str) -> str:
    """What the page at `path` is about, "" if that is nothing published with a name of its own.

    Works for whatever has a slug, a page and a name, on any floor, without knowing which floors there are.
    """
    match = _match(path)
    slug = match.kwargs.get("slug") if match else None
    if not slug:
        return ""
    for model in apps.get_models():
        if model._meta.proxy or not hasattr(model, "get_absolute_url") or not _has_slug(model):
            continue
        manager = model._default_manager
        rows = manager.published() if hasattr(manager, "published") else manager.all()
        for found in rows.filter(slug=slug)[:1]:
            if path.startswith(found.get_absolute_url().split("#")[0]):
                return str(found)[:LONGEST]
    return ""


def _match(path: str) -> ResolverMatch | None:
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return None
    try:
        return resolve(path)
    except Resolver404:
        return None


def _has_slug(model) -> bool:
    try:
        model._meta.get_field("slug")
    except FieldDoesNotExist:
        return False
    return True
