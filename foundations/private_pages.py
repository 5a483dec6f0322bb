"""Pages that a secret address opens: nobody else may find, keep or be led back to them."""

from typing import TypeVar

from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

R = TypeVar("R", bound=HttpResponseBase)


def kept_private(response: R) -> R:
    """`response`, which no cache keeps, no search engine lists, and whose address no other site is told.

    With `no-referrer` a browser sends the forms of the page from the origin « null », which Django's protection against
    forged requests turns away. It is of no use here: whoever could forge the request knows the secret address.
    """
    patch_cache_control(response, private=True, no_store=True)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
