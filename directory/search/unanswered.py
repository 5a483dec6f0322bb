"""Searches that found nobody, told to the log for whoever keeps the vocabulary: words only, nothing of the visitor."""

import json
import logging
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from foundations.text import sort_key

from .query import Search

logger = logging.getLogger("passerelles.search.unanswered")
LONGEST = 80  # characters; longer is a sentence, of which no synonym is made
_MARK = "unanswered"
# Addresses, telephone and other long numbers: not words of a need, and perhaps somebody's.
_NOT_WORDS = re.compile(r"@|://|www\.|\d(?:[\s.-]?\d){3}")


def tell_if_unanswered(search: Search) -> None:
    """Writes one line of JSON to the log when nobody, anywhere, answers to all the words of `search`."""
    if words := unanswered_words(search):
        line = {_MARK: words, "day": timezone.localdate().isoformat()}
        logger.info(json.dumps(line, ensure_ascii=False))


def unanswered_words(search: Search) -> str:
    """The words that found nobody, without the place; empty when they did, or when they are not to be kept."""
    if not search.q or search.is_literal or search.data.get("page"):
        return ""
    if search.count and not search.is_widened:
        return ""
    reading = search.first_reading
    typed = sorted(reading.typed, key=lambda word: reading.text.find(word))
    words = " ".join(" ".join(typed).replace('"', " ").split())
    if not words or len(words) > LONGEST or _NOT_WORDS.search(search.q):
        return ""
    return "" if search.exists(reading) else words


def read_log(lines: Iterable[str]) -> Counter[tuple[str, date]]:
    """How many times each words (sort key) were told each day; whatever else stands in the log is passed over."""
    found: Counter[tuple[str, date]] = Counter()
    for line in lines:
        start = line.find(f'{{"{_MARK}":')
        if start < 0:
            continue
        try:
            told = json.JSONDecoder().raw_decode(line[start:])[0]
            key, day = sort_key(told[_MARK]), date.fromisoformat(told["day"])
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        if key and len(key) <= LONGEST:
            found[key, day] += 1
    return found
