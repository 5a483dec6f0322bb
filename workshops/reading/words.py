"""The few words that pages of this floor share."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from actors.models import Basis, Source
from foundations.typography import number_in_digits, partial_date_in_words


def count_of(number: int, singular: str, plural: str = "") -> str:
    """« 1 constat », « 3 constats »; 0 and 1 are singular in French."""
    return f"{number_in_digits(number)} {singular if abs(number) < 2 else plural or singular + 's'}"


def month(day: date) -> str:
    """« juillet 2022 »."""
    return partial_date_in_words(f"{day:%Y-%m}")


def tell_url(page: str) -> str:
    """Where a visitor tells what they know about `page` (a path)."""
    return f"{reverse('correction_request')}?{urlencode({'page': page})}"


def page_url(source: Source, pages: Sequence[int]) -> str:
    """The page of `source` on our site, at the first of `pages`."""
    anchor = f"#page-{min(pages)}" if pages else ""
    return f"{source.get_absolute_url()}{anchor}"


def basis_of(what: str, basis: str) -> str:
    """« classement déduit », « niveau incertain »; empty when the source itself says it."""
    words = {Basis.DEDUCED: "déduit", Basis.EXTERNAL: "à vérifier", Basis.UNCERTAIN: "incertain"}
    return f"{what} {words[Basis(basis)]}" if basis in words else ""
