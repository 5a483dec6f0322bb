"""Sentences of minutes that say who was there: « sous la présidence de M. A », « en présence de Mme B, de M. C »."""

import re

_WHO = r"(?:MM?\.|Mmes?|Mr|Monsieur|Madame|Mesdames|Messieurs)\s"
_CHAIR = re.compile(rf"\bsous la présidence (?:de |d['’])\s*({_WHO}[^.;:()]{{2,120}})", re.IGNORECASE)
_PRESENCE = re.compile(rf"\ben présence (?:de |d['’])\s*({_WHO})", re.IGNORECASE)
_AWAY = re.compile(
    rf"({_WHO}[^.;:()]{{2,120}}?),? (?:s['’](?:était|étaient|est|sont) (?:fait )?excus|(?:était|est) excus|"
    r"a(?:vait)? prié de l['’]excuser|retenue?,)"
)
_NOT_COMING = re.compile(  # « Joaquim Ferreira ne pourra pas être là »
    rf"^((?:{_WHO})?[A-ZÀ-Ý][\w'’-]+(?: [\w'’-]+){{1,3}}?) "
    r"(?:ne (?:pourra|pouvait|sera|peut) pas|n['’]a pas pu|ne pourra)\b"
)
_STEAD = re.compile(rf"(?:représenté|remplacé)e?s? par ({_WHO}[^.;:()]{{2,80}})")
_AGAIN = re.compile(rf"(?<=[, ])(?:de |d['’])(?={_WHO})")
_END = re.compile(r"(?<=[a-zà-ÿ)]{3})[.;:](?:\s|$)")
_HINT = re.compile(r"présen|présid|excus|pas|pourra")
_MOST = 1500  # a sentence that names more people than that is a list, and has its heading

Passage = tuple[str, str, str | None]  # the words that name people, their status, the part they played


def recounted(text: str, prose: bool) -> list[Passage]:
    """The passages of `text` that say who was there or not. `prose`: it is a sentence; else only who chaired."""
    if not _HINT.search(text):
        return []
    text = text[:_MOST]
    told: list[Passage] = []
    chair = _CHAIR.search(text)
    if chair:
        told.append((chair.group(1), "present", "présidence de séance"))
    if not prose:
        return told
    there = _PRESENCE.search(text)
    if there:
        sentence = _END.split(text[there.start(1) :], maxsplit=1)[0]
        told.append((_AGAIN.sub("", sentence), "present", None))
    told += [(match.group(1), "excused", None) for match in _AWAY.finditer(text)]
    told += [(match.group(1), "excused", None) for match in _NOT_COMING.finditer(text)]
    if len(told) > (chair is not None):
        told += [(match.group(1), "present", None) for match in _STEAD.finditer(text)]
    return told
