"""E-mails and telephones: found, set apart, and gone from everything else."""

import re
from dataclasses import replace

from .entries import FIELDS, Entry, Private

_LABEL = (
    r"(?:(?:e-?mails?|m[ée]ls?|courriels?|adresse (?:mail|électronique)|t[ée]l(?:[ée]phone)?s?|portables?|"
    r"mobiles?|port|gsm|fixe|fax|contact)\b\s*[.:]?\s*)"
)
_EMAIL = re.compile(r"<?(?:mailto:)?[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}>?")
_LOOKS_PRIVATE = re.compile(r"\d\d|[(\[](?:at|a|AT)[)\]]")
_EMAIL_SPACED = re.compile(
    r"[\w.+-]{1,64}\s?(?:\(at\)|\[at\]|\(a\)|\s@\s)\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.IGNORECASE
)
_PHONE = re.compile(
    r"(?<![\w/+])(?:\+\s?\d{1,3}[\s.-]?(?:\(0\)[\s.-]?)?|00\s?\d{2}[\s.-]?|0)[1-9](?:[\s.\-–/]?\d{2}){4}(?!\d)"
)
_PHONE_LABELLED = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?|portable|mobile|gsm|fax)\b\s*[.:]*\s*([+\d][\d\s.()/-]{6,20}\d)",
    re.IGNORECASE,
)
_LABELS_LEFT = re.compile(rf"(?:^|(?<=[\s,;(|–\t-])){_LABEL}(?=$|[\s,;)|–\t-])", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"[(\[<]\s*[,;/–-]*\s*[)\]>]")
_SEPARATORS = re.compile(r"(?:\s*[,;]\s*){2,}|\s[/–-]\s*(?=[,;]|$)")


def set_apart(text: str) -> tuple[str, Private]:
    """`text` without e-mails, telephones and their labels, and these."""
    if "@" not in text and not _LOOKS_PRIVATE.search(text):
        return text, Private()
    lowered = text.lower()
    if (
        "@" not in text
        and "(at)" not in lowered
        and "[at]" not in lowered
        and sum(char.isdigit() for char in text) < 7
    ):
        return text, Private()
    emails: list[str] = []
    phones: list[str] = []

    def keep_email(match: re.Match[str]) -> str:
        emails.append(match.group().strip("<>").removeprefix("mailto:"))
        return " "

    def keep_phone(match: re.Match[str]) -> str:
        phones.append(" ".join(match.group(match.lastindex or 0).split()))
        return " "

    rest = _EMAIL_SPACED.sub(keep_email, _EMAIL.sub(keep_email, text))
    rest = _PHONE.sub(keep_phone, _PHONE_LABELLED.sub(keep_phone, rest))
    if not emails and not phones:
        return text, Private()
    return _swept(rest), Private(tuple(dict.fromkeys(emails)), tuple(dict.fromkeys(phones)))


def _swept(text: str) -> str:
    """What remains, without the labels and separators that introduced what was taken out."""
    text = _EMPTY_BRACKETS.sub(" ", _LABELS_LEFT.sub(" ", text))
    text = re.sub(r"/\s+(?=/)", "", text)
    text = _SEPARATORS.sub(lambda match: ", " if match.group().strip()[:1] in (",", ";") else " ", text)
    text = (
        re.sub(r" {2,}", " ", text)
        if "\t" in text
        else re.sub(r" {2,}(?! )", "  " if "   " in text else " ", text)
    )
    return text.strip(" ,;|–-/") if "\t" not in text else text.rstrip(" ,;|–-/")


def scrubbed(entry: Entry) -> Entry:
    """`entry` with nothing private left outside `private`, wherever a strange line may have put it."""
    texts = [getattr(entry, name) for name in (*FIELDS, "source_line")]
    texts += [value for other in entry.alternatives for _, value in other.changes]
    if not any(
        text and ("@" in text or _LOOKS_PRIVATE.search(text)) and set_apart(text)[1] for text in texts
    ):
        return entry
    kept = replace(entry, **{name: _without(getattr(entry, name)) for name in FIELDS if name != "status"})
    others = tuple(
        replace(o, changes=tuple((key, _without(value)) for key, value in o.changes))
        for o in entry.alternatives
    )
    found = set_apart(entry.source_line)[1]
    private = Private(entry.private.emails + found.emails, entry.private.phones + found.phones)
    affiliations = tuple(
        replace(a, **{key: _without(value) for key, value in vars(a).items()}) for a in entry.affiliations
    )
    return replace(
        kept,
        alternatives=others,
        source_line=set_apart(entry.source_line)[0],
        private=private,
        affiliations=affiliations,
    )


def _without(text: str | None) -> str | None:
    return (set_apart(text)[0] or None) if text else text


def owner(email: str, names: list[str | None]) -> int | None:
    """Which of `names` (folded, like the address) an e-mail spells, by a word of four letters or more."""
    local = email.split("@")[0]
    hits = [
        index
        for index, name in enumerate(names)
        if name and any(len(part) > 3 and part in local for part in name.split())
    ]
    return hits[0] if len(hits) == 1 else None
