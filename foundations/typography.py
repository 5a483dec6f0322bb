"""French typography and wording, in pure Python; the template filters of `templatetags/french.py` wrap it.

Rules: Lexique des règles typographiques en usage à l’Imprimerie nationale. A narrow no-break space (U+202F) goes before
; ! ? and a no-break space (U+00A0) before : and inside « ». Nothing here adds, drops or changes a letter or a digit.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

NBSP = "\u00a0"
NARROW = "\u202f"
_SPACES = " \u00a0\u202f\u2009"
# Stands for a tag or a character reference while safe HTML is typeset (a private-use character: never typed).
MARKUP = "\ue000"
# What may follow a sign that ends a French phrase: otherwise it belongs to an address, a time, a code.
_END = rf"(?=[\s»”\"’)\]…{MARKUP}]|$)"
# At the head of a piece of text, a space says that the phrase began before it: « {{ name }}{{ " : "|typo }} ».
_BEFORE = rf"(?:(?<=[\w)\]»%’…{MARKUP}])|^(?=[{_SPACES}]))"

_RULES = (
    (re.compile(rf"(?<=\w)['ʼ‘](?=[\w{MARKUP}])"), "’"),
    (re.compile(r"(?<![\w\"])\"(?=[^\s\"])([^\"\n]*[^\s\"])\"(?![\w\"])"), r"«\1»"),
    (re.compile(rf"«[{_SPACES}]*(?=[^\s»])"), f"«{NBSP}"),
    (re.compile(rf"(?<=[^\s«])[{_SPACES}]*»"), f"{NBSP}»"),
    (re.compile(rf"{_BEFORE}[{_SPACES}]*([;!?]+){_END}"), rf"{NARROW}\1"),
    (re.compile(rf"{_BEFORE}[{_SPACES}]*:{_END}"), f"{NBSP}:"),
    (re.compile(rf"(?<=\d)[{_SPACES}]+(%|(?:km|€|h)(?!\w))"), rf"{NBSP}\1"),
    (re.compile(r"\b([pP]p?\.) (?=\d)"), rf"\1{NBSP}"),
    (re.compile(r"(?<=\S) [-—] (?=\S)"), " – "),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
)

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_WORDS = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
)


def typeset(text: str) -> str:
    """`text` with French spaces, quotation marks, apostrophes, dashes and ellipses; typesetting twice changes nothing.

    Addresses (`https://a.fr/?b=1`) and times (`10:30`) are left alone: a sign counts only at the end of a word.
    """
    previous = None
    while (
        text != previous
    ):  # one rule may open the way for another (… then ?); each pass only fixes, so this ends
        previous = text
        for pattern, replacement in _RULES:
            text = pattern.sub(replacement, text)
    return text


def day_in_words(value: date) -> str:
    """« 4 juillet 2022 », « 1er juillet 2022 »."""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number} {MONTHS[value.month - 1]} {value.year}"


def hour_in_words(value: datetime | time) -> str:
    """« 21 h 04 », « 9 h »: no-break spaces, and no zero before the hour."""
    return f"{value.hour}{NBSP}h{NBSP}{value.minute:02}" if value.minute else f"{value.hour}{NBSP}h"


def partial_date_in_words(value: str) -> str:
    """A partial date (`2019`, `2019-03`, `2019-03-04`) in words; anything else comes back as it is."""
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", value)
    if not match:
        return value
    year, month, day = match.groups()
    if not month:
        return year
    words = f"{MONTHS[int(month) - 1]} {year}"
    return f"{'1er' if day == '01' else int(day)} {words}" if day else words


def at_date(value: str) -> str:
    """When something was seen, of a partial date: « en 2019 », « en mars 2019 », « le 4 mars 2019 »."""
    words = partial_date_in_words(value)
    return f"{'le' if value.count('-') == 2 else 'en'} {words}" if words else ""


def until_date(value: str) -> str:
    """When something ended, of a partial date: « jusqu’en 2019 », « jusqu’au 4 mars 2019 »; empty for empty."""
    words = partial_date_in_words(value)
    return f"{'jusqu’au' if value.count('-') == 2 else 'jusqu’en'} {words}" if words else ""


def listing(items: Iterable[object]) -> str:
    """« a, b et c »; empty for nothing."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def plural_noun(words: str) -> str:
    """« parc naturel régional » → « parcs naturels régionaux »: the noun and its adjectives, up to a preposition."""
    noun, *complement = re.split(r"( (?:de |d[’']))", words, maxsplit=1)
    return " ".join(_plural(word) for word in noun.split(" ")) + "".join(complement)


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    return f"{word[:-2]}aux" if word.endswith("al") else f"{word}s"


def pages_in_words(pages: Sequence[int]) -> str:
    """Page numbers as a reader writes them: « p. 1 et 2 », « p. 1 à 3 et 7 »; empty for none."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]} à {run[-1]}"] if len(run) > 2 else [str(page) for page in run]
    return f"p.{NBSP}{listing(parts).replace(' et ', f' et{NBSP}')}" if parts else ""


def number_in_digits(value: float) -> str:
    """Thousands apart by a narrow no-break space, decimals after a comma: « 12 345 », « −3,5 »."""
    sign = "−" if value < 0 else ""
    whole, _, decimals = str(abs(value)).partition(".")
    if "e" in whole + decimals or not whole.isdigit():  # nan, inf, 1e+30: no French way to group those
        return str(value)
    grouped = f"{int(whole):,}".replace(",", NARROW)
    return f"{sign}{grouped},{decimals}" if decimals.strip("0") else f"{sign}{grouped}"


def number_in_words(value: int) -> str:
    """« quatre » up to seize, then digits."""
    return _WORDS[value] if 0 <= value < len(_WORDS) else number_in_digits(value)


def age_in_words(since: str | date, today: date) -> str:
    """How long ago, rounded down, at the precision of a date or partial date: « depuis quatre ans ».

    A year alone is counted in years and a month alone in months; what is to come gives an empty string.
    """
    parts = [
        int(part) for part in (since.isoformat() if isinstance(since, date) else since).split("-") if part
    ]
    if not parts:
        return ""
    years = today.year - parts[0]
    if len(parts) == 1:
        return _years(years) if years > 0 else ("depuis cette année" if years == 0 else "")
    months = years * 12 + today.month - parts[1]
    if len(parts) > 2 and today.day < parts[2]:
        months -= 1
    if months < 0 or (len(parts) > 2 and today < date(*parts)):
        return "depuis moins d’un mois" if len(parts) > 2 and date(*parts) <= today else ""
    if months >= 12:
        return _years(months // 12)
    return f"depuis {number_in_words(months)} mois" if months else "depuis moins d’un mois"


def _years(count: int) -> str:
    return "depuis un an" if count == 1 else f"depuis {number_in_words(count)} ans"
