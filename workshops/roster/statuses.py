"""Presence and parts played in a session, said by a word beside a name or at the head of a section."""

import re
from dataclasses import dataclass
from functools import lru_cache

from . import words

_STATUS_WORDS = (
    ("excused", r"(?:absent |absente |absents |absentes )?excuses?(?:es?)?"),
    ("absent", r"absente?s?(?: non excuse)?|defaillant"),
    ("represented", r"representee?s?"),
    ("invited", r"invitee?s?"),
    (
        "present",
        r"presente?s?|en visio|visio|en visioconference|visioconference|a distance|en distanciel|distanciel"
        r"|en presentiel|presentiel|par telephone|en ligne|connectee?|confirmee?|pointee?|checked in",
    ),
)
_STATUS = [
    (
        status,
        re.compile(
            rf"^(?:etait |est |s est |etaient |sont |ont ete )?(?:{pattern})"
            r"(?: (?:a distance|en visio|en visioconference|ce jour|toute la journee|le matin|"
            r"l apres midi|pour raison de \w+))?$"
        ),
    )
    for status, pattern in _STATUS_WORDS
]
_PARTIAL = re.compile(r"\b(?:matin|apres midi|arrivee?|partie?|jusqu|a partir|depart|matinee)\b")
_SESSION = re.compile(
    r"^(?:co )?(?:animat(?:eur|rice|ion)|moderat(?:eur|rice|ion)|facilitat(?:eur|rice|ion)|secretaire|"
    r"president|presidente|presidence"
    r"|rapporteure?|rapporteuse|intervenante?|grande? temoin|observat(?:eur|rice)|organisat(?:eur|rice|"
    r"ion)|discutante?|orat(?:eur|rice)"
    r"|redact(?:eur|rice|ion)|prise de notes|garante?|referente?|introduction|conclusion|accueil|temoin|"
    r"maitre du temps)"
    r"(?: (?:et )?(?:de |du |de la |de l |d |la )?(?:seance|ateliers?|table ronde|session|reunion|"
    r"debats?|groupe|table|journee|plenieres?"
    r"|seminaire|rencontre|compte rendu|cr|matinee|conference|echanges|temps|stand)(?: (?:[a-z]|\d+|n ?\d+))?)?$"
)
_SESSION_ALONE = re.compile(
    r"^(?:rapporteure?|rapporteuse|moderateur|moderatrice|co moderateur|intervenante?|grande? temoin|"
    r"observateur|observatrice|discutante?|orateur"
    r"|oratrice|prise de notes|organisateur|organisatrice)$"
)
_REPRESENTED_BY = re.compile(
    r"(?:,\s*|\s+|\(\s*|^)(?:(?:est |était )?(?:représent(?:é|ée|és|ées)|repr(?:é?s)?\.|remplac(?:é|ée)|"
    r"supplé(?:é|ée)|excus(?:é|ée) et représent(?:é|ée)|suppléé?e?)\s+par"
    r"|(?:a |ayant |ont )?(?:donn(?:é|e|ant)\s+)?(?:son\s+)?(?:pouvoir|procuration|mandat)\s+(?:donn(?:é|"
    r"ée)\s+)?à|→)\s*:?\s*",
    re.IGNORECASE,
)
_REPRESENTS = re.compile(
    r"(?:,\s*|\s+|\(\s*)(?:qui représente|représentant|représente|en représentation de|suppléante? de|"
    r"supplée|remplaçante? de|remplace|pour le compte de)\s+"
    r"(?=(?:M\.|MM\.|Mme|Monsieur|Madame|Mlle)\s)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([^()]{1,200}\)")


@dataclass(frozen=True)
class Said:
    """A status or a part said in words; `sure` is false for what may also be a trade (« animatrice »)."""

    status: str | None = None
    session_role: str | None = None
    sure: bool = True


@lru_cache(maxsize=4096)
def read_said(text: str) -> Said | None:
    """Presence or session role that `text` is, wholly; None otherwise."""
    if len(text) > 60:
        return None
    folded = " ".join(words.tokens(text))
    for status, pattern in _STATUS:
        if pattern.match(folded):
            return Said(status=status)
    if (
        _PARTIAL.search(folded)
        and len(folded.split()) <= 6
        and not folded.startswith(("charge", "responsable"))
    ):
        if re.match(
            r"^(?:(?:presente? )?(?:le matin|la matinee|l apres midi|jusqu|a partir|arrivee?|partie?|depart))",
            folded,
        ):
            return Said(status="present", sure=False)
    if _SESSION.match(folded):
        told = len(folded.split()) > 2 or bool(_SESSION_ALONE.match(folded))
        if told or folded in ("animation", "moderation", "facilitation", "redaction", "organisation"):
            return Said(session_role=text.strip(), sure=told)
    return None


def split_represented(text: str) -> tuple[str, str] | None:
    """« Mme Dupont, représentée par M. Petit » → both sides; None if the line says nothing such."""
    if "par" not in text and "à" not in text and "→" not in text:
        return None
    match = _REPRESENTED_BY.search(text)
    if not match or not match.group().strip(" ,(:"):
        return None
    left, right = text[: match.start()].strip(" ,(–-"), text[match.end() :].strip(" .")
    return (left, right.rstrip(")") if right.count(")") > right.count("(") else right) if right else None


def by_representation(text: str) -> list[str]:
    """« Mme A (pouvoir à M. B), M. C (pouvoir à Mme D) »: one part for each bracket that says who came."""
    if "(" not in text:
        return [text]
    parts, start = [], 0
    for match in _BRACKETED.finditer(text):
        if split_represented("- " + match.group()):
            parts.append(text[start : match.end()])
            start = match.end()
    return [part for part in (*parts, text[start:]) if part.strip(" ,;.")]


def split_represents(text: str) -> tuple[str, str] | None:
    """« M. Petit, représentant Mme Dupont » → the one who came, the one who did not."""
    if "repr" not in text and "suppl" not in text and "rempla" not in text and "pour le" not in text:
        return None
    match = _REPRESENTS.search(text)
    if not match:
        return None
    return text[: match.start()].strip(" ,(–-"), text[match.end() :].strip(" )")
