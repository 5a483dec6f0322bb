"""French typography in templates: `{% load french %}`, then `{{ statement|typo }}`, `{{ pages|pages }}`…"""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.safestring import SafeData

from foundations import typography

register = template.Library()
# In text that is already HTML, tags and character references must not be typeset (`&amp;` ends with a semicolon).
_MARKUP = re.compile(r"<[^>]*>|&#?\w+;")


@register.filter(is_safe=True)
def typo(value: object) -> str:
    """The text with French spaces, quotation marks and apostrophes; leaves the tags of safe HTML alone."""
    if value is None:
        return ""
    if not isinstance(value, SafeData):
        return typography.typeset(str(value))
    if typography.MARKUP in value:
        return value
    markup = iter(_MARKUP.findall(value))
    text = typography.typeset(_MARKUP.sub(typography.MARKUP, value))
    return re.sub(typography.MARKUP, lambda _: next(markup), text)


@register.filter
def day(value: date | None) -> str:
    """A date or a date and time in Paris: « 4 juillet 2022 », « 1er juillet 2022 »; empty for none."""
    if not value:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return typography.day_in_words(value)


@register.filter
def hour(value: datetime | None) -> str:
    """The hour in Paris: « 21 h 04 »; empty for none."""
    if not value:
        return ""
    return typography.hour_in_words(timezone.localtime(value) if timezone.is_aware(value) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """The day and the hour in Paris: « 4 juillet 2022 à 21 h 04 »; empty for none."""
    return f"{day(value)} à {hour(value)}" if value else ""


@register.filter
def partial_date(value: str | date | None) -> str:
    """`2019-03` → « mars 2019 »; a whole date too; empty for none."""
    if isinstance(value, date):
        return day(value)
    return typography.partial_date_in_words(str(value)) if value else ""


@register.filter
def at_date(value: str | date | None) -> str:
    """« en mars 2019 », « le 4 mars 2019 »; empty for none."""
    return typography.at_date(str(value)) if value else ""


@register.filter
def until_date(value: str | date | None) -> str:
    """« jusqu’en mars 2019 », « jusqu’au 4 mars 2019 »; empty for none."""
    return typography.until_date(str(value)) if value else ""


@register.filter
def pages(value: Iterable[int] | None) -> str:
    """Page numbers: « p. 1 et 2 », « p. 1 à 3 »; empty for none."""
    return typography.pages_in_words(list(value or ()))


@register.filter
def number(value: float | None) -> str:
    """« 12 345 », « 3,5 »; empty for none."""
    return "" if value is None or value == "" else typography.number_in_digits(value)


@register.filter
def plural_fr(value: int | None, endings: str = "s") -> str:
    """The plural ending in French, where 0 and 1 are singular; `endings` as for `pluralize` (`s`, `al,aux`)."""
    singular, _, plural = endings.rpartition(",")
    return plural if abs(value or 0) >= 2 else singular


@register.filter
def plural_noun(value: str, count: int) -> str:
    """The noun as it is written for `count` things: « communautés de communes »."""
    return typography.plural_noun(value) if abs(count) >= 2 else value


@register.filter
def listing(values: Iterable[object] | None) -> str:
    """« a, b et c »; empty for none."""
    return typography.listing(values or ())


@register.filter
def since(value: str | date | None) -> str:
    """How long ago a date or partial date was: « depuis quatre ans »; empty for none."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return typography.age_in_words(value, timezone.localdate())
