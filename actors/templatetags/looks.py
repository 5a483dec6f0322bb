"""`{% load looks %}`, then `{{ actor.look|shape }}`: the path of its shape, around 0, 0."""

from django import template

from ..looks import SHAPES

register = template.Library()


@register.filter
def shape(look: str) -> str:
    """Empty for what has no shape here."""
    return SHAPES[look].path if look in SHAPES else ""
