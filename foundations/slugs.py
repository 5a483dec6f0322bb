"""The address of a page, made from its title: an animator has better to do than to write it."""

from django.db.models import Model
from django.utils.text import slugify

from .text import sort_key

LONGEST = 100


def unique_slug(text: str, *models: type[Model]) -> str:
    """A slug from `text` that no row of `models` has yet: « vic-le-comte », then « vic-le-comte-2 »."""
    base = slugify(sort_key(text))[:LONGEST].strip("-") or "fiche"
    taken = {
        slug
        for model in models
        for slug in model._base_manager.filter(slug__startswith=base).values_list("slug", flat=True)
    }
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
