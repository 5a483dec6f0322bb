"""Heads of sections: « Ont été présents à cet atelier : », « Excusés », « Animation »; and those that end a list."""

import re
from dataclasses import dataclass
from functools import lru_cache

from . import words
from .names import read_name

_FILLER = words.named("filler")
_KINDS = (
    ("represented", re.compile(r"\b(?:represente(?:es|s|e)?|pouvoirs?|procurations?)\b")),
    ("excused", re.compile(r"\bexcuse(?:es|s|e)?\b")),
    ("absent", re.compile(r"\babsent(?:es|s|e)?\b")),
    ("invited", re.compile(r"\binvite(?:es|s|e)?\b")),
    (
        "present",
        re.compile(
            r"\b(?:present(?:es|s|e)?|participant(?:es|s|e)?|participaient|participait|participe|assistaient|assistait|assiste|"
            r"en presence|etaient la|etait la)\b"
        ),
    ),
    ("sheet", re.compile(r"\b(?:emargement|presence)\b")),
    ("unknown", re.compile(r"\b(?:inscrit(?:es|s|e)?|composition|membres|liste)\b")),
)
_SESSION = re.compile(
    r"^(?:equipe (?:d |de )?)?(intervenant(?:e?s?)|animat(?:eur|eurs|rice|rices|ion)|moderat(?:eur|eurs|"
    r"rice|rices|ion)|facilitat(?:eur|eurs|rice|rices|ion)"
    r"|organisat(?:eur|eurs|rice|rices|ion)|rapporteur(?:e?s?)|observat(?:eur|eurs|rice|rices)|"
    r"grands? temoins?|grande temoin|secretaire de seance"
    r"|president(?:e)? de seance|secretariat de seance|presidence de seance|redact(?:eur|eurs|rice|rices|"
    r"ion)|prise de notes|discutant(?:e?s?)|orat(?:eur|eurs|rice|rices))"
    r"(?: (?:de |du |de la |de l |des |d )?(?:seance|atelier|ateliers|table ronde|tables rondes|session|"
    r"reunion|compte rendu|cr|debats?|journee)(?: (?:[a-z]|\d+))?)?$"
)
_STEMS = re.compile(  # a heading has one of these: other lines are spared the rest
    r"pr[ée]s[ei]|[ée]tai(?:en)?t l[àa]|"
    r"particip|excus|absen|invit|repr[ée]sent|pouvoir|procuration|inscri|membre|composition|"
    r"liste|[ée]margement|assist|intervenant|animat|"
    r"mod[ée]rat|facilit|organisat|rapport|observ|t[ée]moin|secr[ée]t|r[ée]dac|notes|discut|orat|[ée]lu|"
    r"technicien|agents|partenaire|association|"
    r"collectivit|services? de|[ée]tat|entreprise|acteurs|habitant|citoyen|chercheur|universit|"
    r"institution|monde|soci[ée]t|groupe|table|atelier|coll[èe]ge|"
    r"autres|divers|structures|expert|titulaire|suppl[ée]ant|bureau|administrat|b[ée]n[ée]vole|salari|"
    r"[ée]tudiant|ordre|introduc|contexte|compte|relev|"
    r"d[ée]roul|conclusion|synth|[ée]change|d[ée]bat|pr[ée]ambule|ouverture|objecti|programme|suite|"
    r"prochaine|points?|question|d[ée]cision|"
    r"recommandation|constat|annexe|rappel|objet|date|lieu|heure|horaire|bilan|perspective|calendrier|"
    r"action|sommaire|cordialement|salutation|merci|"
    r"\bbe\b|\bppa\b|services|bonne|bient[ôo]t|bien [àa]|projet|professionnel|public|[ée]tudes",
    re.IGNORECASE,
)
_LIST_OF = re.compile(  # « Comme convenu, voici la liste des présents de jeudi : »
    r"\b(?:liste (?:des|de) (?:\w+ )?|voici les |(?:la|une) liste )(?:presents?|presentes|participants?|participantes|"
    r"excuses?|excusees|absents?|absentes|invites?|invitees|inscrits?|inscrites|personnes)\b"
)
_SINGULAR = {
    "animation": "animation",
    "moderation": "modération",
    "facilitation": "facilitation",
    "organisation": "organisation",
    "redaction": "rédaction",
    "presidence de seance": "présidence de séance",
    "prise de notes": "prise de notes",
    "secretariat de seance": "secrétariat de séance",
}
_CATEGORIES = re.compile(
    r"^(?:les |des |collegue? |college )?(?:elus?|elues?|techniciens|techniciennes|agents|partenaires|"
    r"associations?|collectivites(?: territoriales| locales)?|services de l etat|etat"
    r"|entreprises|acteurs (?:\w+ ?)+|habitants|citoyens|chercheurs|universitaires|institutions|"
    r"institutionnels|monde (?:\w+ ?)+|societe civile"
    r"|groupe(?: \w)?|table(?: \w)?|sous groupe(?: \w)?|atelier(?: \w)?|college (?:des |de l |de la |"
    r"d )?\w+|autres(?: participants| personnes)?|divers|structures|"
    r"bureaux? d etudes|be|services|ppa|equipe projet|professionnels|grand public|experts|"
    r"personn(?:alites|es) qualifiees"
    r"|membres (?:de droit|associes|elus|du bureau|titulaires|suppleants)|titulaires|suppleants|bureau|"
    r"administrateurs|benevoles|salaries|etudiants)$"
)
_ENDS = re.compile(
    r"^(?:(?:\d+|[ivx]+)[.) –-]+ ?)?(?:ordre du jour|introduction|contexte|compte rendu|releve|relevé|"
    r"deroule|deroulement|conclusion|synthese|echanges|"
    r"discussions?|debats?|presentation|preambule|ouverture|objectifs?|programme|suites?|prochaine|"
    r"points? (?:abord|divers)|questions|"
    r"bien (?:a vous|cordialement)|cordialement|salutations|merci|bonne (?:journee|reception)|a bientot|"
    r"decisions?|recommandations?|constats?|annexes?|rappel|objet|date|lieu|horaires?|heure|bilan|"
    r"perspectives|calendrier|actions|sommaire)\b"
)


@dataclass(frozen=True)
class Heading:
    """The head of a section: what it says of those below, and what follows it on the line."""

    status: str | None = None
    session_role: str | None = None
    ends: bool = False
    category: bool = False
    mixed: bool = False
    deduced: bool = False  # presence is likely, not said
    rest: str = ""


def _plain(text: str) -> str:
    text = re.sub(r"\(\s*\d+[^)]*\)", " ", text).strip(" #*_=>•-–—:·.\t")
    return " ".join(word for word in words.tokens(text) if not word.isdigit())


def _status_of(folded: str) -> tuple[str | None, bool]:
    said = [status for status, pattern in _KINDS if pattern.search(folded)]
    if not said:
        return None, False
    for vague in ("unknown", "sheet"):
        if vague in said and len(said) > 1:
            said.remove(vague)
    strict = (
        [status for status in said if status != "present"]
        if not re.search(r"\bpresent(?:es|s|e)?\b", folded)
        else said
    )
    both = " et " in folded or " ou " in folded
    if "represented" in strict and set(strict) <= {"represented", "excused", "absent"} and not both:
        return "represented", False  # « Absents excusés ayant donné pouvoir »
    if set(strict) >= {"excused", "absent"} and "excused" in strict:
        return ("unknown" if both else "excused"), both
    if "absent" in strict and re.search(r"non excuse", folded):
        return "absent", False
    if len(strict) > 1:
        return "unknown", True
    return (strict or said)[0], False


@lru_cache(maxsize=8192)
def _read_head(head: str, colon: bool) -> Heading | None:
    if head.count(" ") > 30 or not _STEMS.search(head):
        return None
    folded = _plain(head)
    count = len(folded.split())
    if not folded or count > 18:
        return None
    session = _SESSION.match(folded)
    if session and (colon or count > 1 or folded.endswith(("s", "ion"))):
        return Heading(session_role=_part(session.group(1), head, folded))
    said = _presence_head(head, folded, colon)
    if said:
        return said
    if _CATEGORIES.match(folded):
        return Heading(category=True)
    if _ENDS.match(folded) and count <= 10:
        return Heading(ends=True)
    return None


def _presence_head(head: str, folded: str, colon: bool) -> Heading | None:
    """A heading that says who was there, or not: nothing else in it than what such a heading is made of."""
    status, mixed = _status_of(folded)
    if status is None:
        return None
    if "non excuse" in folded:
        status, mixed = "absent", False
    others = [w for w in folded.split() if w not in _FILLER and not any(p.search(w) for _, p in _KINDS)]
    if status == "sheet":  # who was expected to sign: nothing says they all came
        return None if others else Heading(status="present", deduced=True)
    lead = any(pattern.search(" ".join(folded.split()[:4])) for _, pattern in _KINDS)
    lead = lead or bool(_LIST_OF.search(folded))
    if not others or (colon and lead and len(others) <= 6 and read_name(head.strip(" :")) is None):
        return Heading(status=status, mixed=mixed)
    return None


def _part(word: str, head: str, folded: str) -> str:
    """The part played, in the singular: « Intervenants » → « intervenant »; set nouns keep their accents."""
    if folded in _SINGULAR:
        return _SINGULAR[folded]
    text = head.strip(" #*_=>•-–—:·.\t")
    first, _, rest = text.partition(" ")
    if rest and not rest.lower().startswith(("témoin", "temoin", "d'", "d’")):
        return (first.rstrip("s") + " " + rest).lower()
    return (
        text.lower().rstrip("s") if not rest else " ".join(part.rstrip("s") for part in text.lower().split())
    )


def read_heading(text: str) -> Heading | None:
    """The heading `text` is or opens with (« Excusés : Mme A, M. B » has a rest); None if it is an ordinary line."""
    head, colon, rest = text[:160].partition(":")
    head = head if colon else head.rstrip(" ,")  # « Bonne journée, »
    rest = text[len(head) + 1 :].strip() if colon else ""
    plain = len(head) < 150 and (
        colon or "," not in head
    )  # « Présents, Excusés » alone: no; most entries: spared
    found = _read_head(head.strip(), bool(colon)) if plain else None
    if found:
        return Heading(
            found.status, found.session_role, found.ends, found.category, found.mixed, found.deduced, rest
        )
    thanked = _THANKED.match(text)
    if thanked:
        return Heading(status="present", rest=thanked.group(1))
    gathered = _GATHERED.match(text)
    if gathered:
        return Heading(status="present", rest=text[gathered.end() :].strip())
    match = _OPENS.match(text) or _DASHED.match(text)
    if match:
        found = _read_head(match.group(1), True)
        if found and (found.status or found.session_role):
            return Heading(
                found.status, found.session_role, rest=text[match.end() :].strip(), mixed=found.mixed
            )
    return None


_GATHERED = re.compile(  # « La réunion a rassemblé Mme A, maire, M. B, DDT »
    r"^(?:la|le|l['’]|cette|ce)\s?[\w'’ «»\"“”-]{3,60}?\s(?:a réuni|a rassemblé|réunissait|rassemblait)\s*:?\s+"
    r"(?=(?:M\.|MM\.|Mmes?|Monsieur|Madame)\s|(?-i:[A-ZÀ-Ý][\w'’-]+ [A-ZÀ-Ý][\w'’-]+)[ ,(])",
    re.IGNORECASE,
)
_THANKED = re.compile(  # « Merci à Josiane Pélissard (CPIE), Erwan Kerbrat (Région) pour leur participation »
    r"^(?:un grand )?merci (?:beaucoup )?à\s+(?!tou)(.{5,1500}?)\s+"
    r"(?:pour (?:leur|votre) (?:participation|présence|venue)|d['’](?:être venu|avoir participé))",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^((?:étaient|etaient|sont|ont été|ont ete|est|était)\s+(?:également\s+|aussi\s+)?(?:présent|"
    r"present|excus|absent|invit|représent)\w*)\s+(?=[A-ZÀ-Ý])",
    re.IGNORECASE,
)
_DASHED = re.compile(
    r"^((?:présent|present|excus|absent|invit|participant|intervenant|animat)\w*(?:\(e?s?\))?)\s+[–—-]\s+(?=\S)",
    re.IGNORECASE,
)
# A status word and a colon in the middle of a line opens a section there.
INLINE = re.compile(
    r"(?:(?<=[.;)])|(?<=[.;)]\s)|(?<=\s[|–—-]\s))\s*(?=(?:Étaient |Etaient |Sont |Absents? |Personnes? |"
    r"Membres? )?(?:présent|present|excus|absent|invit|représent|pouvoir|intervenant|animation|animat|"
    r"secr[ée]taire de s)[\wé·.]{0,12}(?:\((?:e|s|es|e\)\(s)\))?(?: de séance| excusée?s?| et absente?s?|"
    r" et excusée?s?)?\s*:)",
    re.IGNORECASE,
)
