"""What someone typed, made ready to be looked for. Pure: no database."""

import re
from dataclasses import dataclass

from foundations.text import sort_key

# How names are written in the official files, for how people write them.
_REWRITTEN = [
    (re.compile(r"\bst\b"), "saint"),
    (re.compile(r"\bste\b"), "sainte"),
    (re.compile(r"\bpnr\b"), "parc naturel regional"),
    (re.compile(r"\b(communaute de communes|comcom)\b"), "cc"),
    (re.compile(r"\b(communaute d agglomeration|communaute d agglo)\b"), "ca"),
    (re.compile(r"\bcommunaute urbaine\b"), "cu"),
]
_AREA_CODE = re.compile(r"\d{2,3}|2[ab]")
_LONGEST = 100  # characters read: no place has a longer name


@dataclass(frozen=True)
class Query:
    """`words` as they appear in names; `postal` five digits (postal or INSEE code); `area` a département code;
    `code` a whole SIREN or INSEE code."""

    words: tuple[str, ...] = ()
    postal: str = ""
    area: str = ""
    code: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.postal or self.code or self.area)


def read_query(text: str) -> Query:
    """« St Eloy 63 » → words « saint eloy », area 63; « 63270 Vic » → postal code 63270, word « vic »."""
    key = sort_key(text[:_LONGEST].replace("\x00", ""))
    for pattern, written in _REWRITTEN:
        key = pattern.sub(written, key)
    words, postal, area, code = [], "", "", ""
    for word in key.split():
        if re.fullmatch(r"\d{9}", word):
            code = word
        elif re.fullmatch(r"\d{5}|2[ab]\d{3}", word):
            postal = word.upper()
        elif _AREA_CODE.fullmatch(word) and not area:
            area = word.upper()
        else:
            words.append(word)
    return Query(tuple(words), postal, area, code)
