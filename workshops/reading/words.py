"""The few words that pages of this floor share."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from actors.models import Basis, Initiative, Source
from foundations.typography import number_in_digits, partial_date_in_words
from workshops.models import Theme, Workshop


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


def recurrence(theme: Theme) -> str:
    """« revient dans 2 ateliers », « revient dans 3 séances »; empty for what was said once."""
    if theme.workshop_count > 1:
        return f"revient dans {count_of(theme.workshop_count, 'atelier')}"
    return f"revient dans {count_of(theme.session_count, 'séance')}" if theme.session_count > 1 else ""


def initiative_url(initiative: Initiative) -> str:
    """One thing is told once: on the organisation's page when it is one."""
    whole = initiative.same_as
    return (whole if whole and whole.is_published else initiative).get_absolute_url()


def short(workshop: Workshop) -> str:
    """« Clermont-Ferrand, 2022 », at the head of a column or of a line; the title where there is no place."""
    return f"{workshop.place.name if workshop.place else workshop.title}, {workshop.date.year}"
