"""Knowing again the name of someone who withdrew, without keeping it."""

import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings

from foundations.text import sort_key

from .models import Withdrawal


def fingerprint(name: str) -> str:
    """HMAC-SHA256, in hexadecimal, of the words of `name` without case, accents, separators or order.

    So « STANISLAS Anne Laure » gives what « Anne-Laure Stanislas » gives. The key is WITHDRAWAL_KEY, not SECRET_KEY,
    which is changed from time to time: the same name must give the same print for as long as the directory lives.
    Without the key, nobody can try a list of names on a stolen table.
    """
    words = " ".join(sorted(sort_key(name).split()))
    return hmac.new(settings.WITHDRAWAL_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


def is_withdrawn(name: str) -> bool:
    """Whether a person of this name asked to disappear: no import, fixture or form may bring them back."""
    return Withdrawal.objects.filter(fingerprint=fingerprint(name)).exists()


def withdrawn_among(names: Iterable[str]) -> set[str]:
    """Those of `names` whose bearers asked to disappear, in one query."""
    prints = {name: fingerprint(name) for name in names}
    rows = Withdrawal.objects.filter(fingerprint__in=set(prints.values()))
    known = set(rows.values_list("fingerprint", flat=True))
    return {name for name, one in prints.items() if one in known}
