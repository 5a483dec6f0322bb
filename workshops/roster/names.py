"""Is this a person's name, and which part is the given name?

A reading carries its strength: 3 sure, 2 likely, 1 by its shape only. The caller decides what to do with a doubt.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from . import words

_CIVILITY = re.compile(
    r"^(?:(M\.?|Mr\.?|Monsieur|Mme\.?|Madame|Mlle\.?|Mademoiselle|Dr\.?|Docteur|Pr\.?|Me|Maître|"
    r"(?-i:Général|Sœur|Frère|Père|Abbé)(?=\s[A-ZÀ-Ý]))"
    r"|(MM\.?|Mmes\.?|Messieurs|Mesdames|Mlles\.?))\s+(?=\S)",
    re.IGNORECASE,
)
_CIVILITY_LAST = re.compile(r"[\s,(]+(M\.|Mr|Monsieur|Mme|Madame|Mlle)\)?$")
_TOKEN = re.compile(r"^[^\W\d_]+(?:['’.-]{1,2}[^\W\d_]+)*\.?$")
_INITIAL = re.compile(r"^(?:[A-ZÀ-Ý]\.?|[A-ZÀ-Ý][a-z]?\.-?[A-ZÀ-Ý][a-z]?\.?|(?:Ch|Ph|Th|Fr|Jn)\.)$")
_ONLY_INITIALS = re.compile(r"^(?:[A-ZÀ-Ý]\.[\s-]?){2,4}$")
_CIVILITIES = frozenset(("M.", "MM.", "Mme", "Mmes", "Mlle", "Monsieur", "Madame"))
_VOWEL = re.compile("[aeiouy]")
PARTICLES = words.named("particles")
# Given names that are also frequent family names: « Sophie Martin » has its given name first, « Martin Sophie
# » probably not.
_ALSO_FAMILY = words.named("also_family")
_EVENTS = words.named("events")
_DOUBLE_INITIALS = words.named("double_initials")


@dataclass(frozen=True)
class Name:
    """A person's name, given name first. `swapped` is the other order when nothing but habit decided."""

    text: str
    strength: int
    order: str = "given"  # which part came first: given, family, either (both could be), or none
    swapped: str | None = None
    civility: str | None = None
    incomplete: bool = False
    plural: bool = False  # « MM. », « Mmes »: others follow


def is_given(token: str) -> bool:
    """Whether the word, or each part of a compound, is a known given name."""
    known = words.given_names()
    parts = [part for part in words.fold(token).rstrip(".").replace("'", " ").split() if part]
    return (
        bool(parts)
        and parts[0] in known
        and all(part in known or part in PARTICLES or len(part) > 2 for part in parts)
    )


def _capitals(token: str) -> bool:
    return token.isupper() and sum(char.isalpha() for char in token) > 1


def _is_particle(token: str) -> bool:
    return words.fold(token).rstrip("'") in PARTICLES or words.fold(token) in ("d'", "l'", "o'")


def _vocabulary(token: str) -> bool:
    """Whether the word belongs to functions, organisations or matters rather than to people."""
    folded = words.fold(token).rstrip(".")
    if folded in words.given_names():
        return False
    parts = folded.split()
    return (
        folded in words.domains()
        or words.roles().whole(parts)
        or words.organisations().whole(parts)
        or words.units().whole(parts)
        or folded
        in ("et", "en", "a", "au", "aux", "pour", "par", "sur", "avec", "chez", "&", "ou", "ni", "un", "une")
        or folded in _EVENTS
    )


def _dressed(token: str, lower_particle: bool = False) -> str:
    """« DUPONT » → « Dupont », « D'ARC » → « d'Arc », « anne » → « Anne »; a name already in mixed case is
    left as written.
    """
    if not (_capitals(token) or token.islower()):
        return token
    if _INITIAL.match(token) or words.fold(token) in _DOUBLE_INITIALS:
        return token
    if lower_particle or (token.islower() and _is_particle(token)):
        return token.lower()
    parts = re.split(r"(['’.-])", token.lower())
    dressed = "".join(part[:1].upper() + part[1:] for part in parts)
    if dressed[:2] in ("D'", "D’"):
        dressed = "d" + dressed[1:]
    return dressed


def _join(tokens: list[str]) -> str:
    out = []
    for index, token in enumerate(tokens):
        low = _capitals(token) and words.fold(token) in ("de", "du", "des") and index < len(tokens) - 1
        out.append(_dressed(token, low))
    return " ".join(out)


def _family_length(tokens: list[str]) -> int:
    """How many words at the start are capitals (particles included): the family name of « DE LA TOUR Anne »."""
    length = 0
    for index, token in enumerate(tokens):
        if _capitals(token):
            length = index + 1
        elif not _is_particle(token):
            break
    return length


def _both_orders(tokens: list[str]) -> tuple[str, str]:
    """Given-first reading as listed, and the reading where the last word is the given name."""
    return _join(tokens), _join([tokens[-1], *tokens[:-1]])


def _mixed_case(tokens: list[str]) -> Name | None:
    """« DUPONT Marie », « Marie DUPONT »: capitals tell the family name."""
    family = _family_length(tokens)
    if family == len(tokens):
        return None
    if family:
        given = tokens[family:]
        if _is_particle(given[0]) and given[0].islower():
            return None  # « AMAP de Billom »
        known = is_given(given[0])
        text = _join([*given, *tokens[:family]])
        if len(words.fold(tokens[0])) == 2 and words.fold(tokens[0]) in _DOUBLE_INITIALS and not known:
            return Name(_join(tokens), 1, "either", text)
        if not known and is_given(tokens[0]):
            return Name(_join(tokens), 2, "either", text)
        return Name(text, 3 if known else 2, "family")
    if not _capitals(tokens[-1]):
        return Name(_join(tokens), 2, "given")
    return Name(_join(tokens), 3 if is_given(tokens[0]) else 2, "given")


def _same_case(tokens: list[str]) -> Name:
    """« Marie Dupont », « Dupont Marie », « Christian Paul »: only the words themselves tell."""
    first, last = is_given(tokens[0]), is_given(tokens[-1])
    listed, turned = _both_orders(tokens)
    if first and not last:
        return Name(listed, 3, "given")
    if last and not first and not _is_particle(tokens[-2]):
        return Name(turned, 3 if len(tokens) == 2 else 2, "family")
    if not first:  # « Gîtes de France »: a given name after a particle says nothing
        return Name(listed, 1, "none", turned)
    family_first = words.fold(tokens[0]) in _ALSO_FAMILY
    family_last = words.fold(tokens[-1]) in _ALSO_FAMILY
    if len(tokens) > 2 or (family_last and not family_first):
        return Name(listed, 3, "given", turned)
    return Name(listed, 3, "either", turned)


def _with_initials(tokens: list[str]) -> Name | None:
    """« J. Dupont », « Dupont J. »."""
    if _INITIAL.match(tokens[0]) and not _INITIAL.match(tokens[-1]):
        return Name(_join(tokens), 2, "given")
    if _INITIAL.match(tokens[-1]) and not _INITIAL.match(tokens[0]):
        if is_given(tokens[0]) and words.fold(tokens[0]) not in _ALSO_FAMILY:
            return Name(_join(tokens), 2, "given", incomplete=True)  # « Marie D. »
        return Name(_join([tokens[-1], *tokens[:-1]]), 3 if _capitals(tokens[0]) else 2, "family")
    return None


def _tokens_of(text: str) -> list[str] | None:
    tokens = text.split()
    if not 1 <= len(tokens) <= 7 or len(text) > 70:
        return None
    return tokens if all(_TOKEN.match(token) for token in tokens) else None


def _shape(tokens: list[str]) -> Name | None:
    """A name of two words or more, whatever its civility."""
    lower = [t for t in tokens if t[:1].islower() and not _is_particle(t) and t[:2] not in ("d'", "d’", "o'")]
    if lower:
        if len(lower) < sum(not _is_particle(t) for t in tokens) and not is_given(tokens[0]):
            return None
        if len(lower) != sum(not _is_particle(t) for t in tokens):
            return None
        found = _same_case(tokens)
        return (
            Name(found.text, min(2, found.strength), found.order, found.swapped)
            if found.strength > 1
            else None
        )
    if any(_INITIAL.match(token) for token in (tokens[0], tokens[-1])):
        return _with_initials(tokens)
    capitals = sum(_capitals(token) for token in tokens)
    last_capital = tokens[-1][0].isupper() and _is_particle(tokens[-1])  # « Marie Le Dû »
    full = sum(not _is_particle(token) or _capitals(token) for token in tokens) + last_capital
    if full < 2:
        return None
    if 0 < capitals < full:
        return _mixed_case(tokens)
    return _same_case(tokens)


def _weakened(found: Name, tokens: list[str]) -> Name | None:
    """A family name may be a word of the vocabulary (« Paul Maire »): possible, never sure."""
    odd = [token for token in tokens if _vocabulary(token) and not _INITIAL.match(token)]
    if not odd:
        return found
    others = [token for token in tokens if token not in odd]
    known = bool(others) and (is_given(others[0]) or bool(_INITIAL.match(others[0])))
    if len(tokens) == 2 and len(odd) == 1 and known and odd[0][0].isupper():
        if not (_capitals(odd[0]) and words.lone_organisations().whole(words.tokens(odd[0]))):
            return Name(found.text, 1, found.order, found.swapped, found.civility)
    return None


def split_civility(text: str) -> tuple[str | None, bool, str]:
    """Civility, whether it is plural, and the rest: « Mme Marie Dupont » → (« Mme », False, « Marie Dupont »)."""
    match = _CIVILITY.match(text)
    if match:
        return match.group(1) or match.group(2), bool(match.group(2)), text[match.end() :].strip()
    match = _CIVILITY_LAST.search(text)
    if match:
        return match.group(1), False, text[: match.start()].strip()
    return None, False, text


def _alone(token: str, civility: str | None, plural: bool) -> Name | None:
    if _vocabulary(token) and not civility:
        return None
    if civility and (token[:1].isupper() or civility.islower()) and words.fold(token) not in PARTICLES:
        return Name(_dressed(token), 3, "family", None, civility, True, plural)
    if is_given(token) and token[:1].isupper():
        return Name(_dressed(token), 1, "given", incomplete=True)
    return None


def _of_an_acronym(tokens: list[str]) -> bool:
    """« Petit de la DDT », « Petit du SMBV »: what follows the particle is where they work."""
    last = tokens[-1]
    if len(tokens) < 3 or not (_capitals(last) and tokens[-2].islower() and _is_particle(tokens[-2])):
        return False
    return words.lone_organisations().whole(words.tokens(last)) or not _VOWEL.search(words.fold(last))


def _ends_or_opens_oddly(tokens: list[str], civility: str | None) -> bool:
    """« Karim Benali de la » goes on; « M. le Maire » is a function; « Petit. Mme Durand » are two people."""
    if any(token in _CIVILITIES for token in tokens) or _of_an_acronym(tokens):
        return True
    if tokens[-1].islower() and _is_particle(tokens[-1]):
        return True
    if civility is None or words.fold(tokens[0]) not in ("le", "la", "l'", "les"):
        return False
    return tokens[0].islower() or (len(tokens) > 1 and _vocabulary(tokens[1]))  # « M. Le Goff » is a name


def _names_something_else(folded: list[str]) -> bool:
    return any(
        known.whole(folded) for known in (words.places(), words.programmes(), words.lone_organisations())
    )


@lru_cache(maxsize=32768)
def read_name(text: str) -> Name | None:
    """The name `text` is, wholly; None if it is not one.

    « DUPONT Marie » and « Mme Marie Dupont » give « Marie Dupont ».
    """
    civility, plural, rest = split_civility(text.strip(" *_"))
    if _ONLY_INITIALS.match(rest):
        return Name(rest, 3, "initials", None, civility, incomplete=True)
    tokens = _tokens_of(rest.rstrip(".") if len(rest) > 3 and rest[-3] not in " -." else rest)
    if not tokens or _ends_or_opens_oddly(tokens, civility):
        return None
    if len(tokens) == 1:
        return _alone(tokens[0], civility, plural)
    if _names_something_else(words.tokens(rest)):
        return None
    led = civility and all(_is_particle(token) for token in tokens[:-1])
    if led and (not is_given(tokens[0]) or _shape(tokens) is None):
        return Name(_join(tokens), 3, "family", None, civility, True, plural)  # « Mme de La Tour »
    found = _shape(tokens)
    if found is None or (not civility and (found := _weakened(found, tokens)) is None):
        return None
    if civility:
        return Name(found.text, 3, found.order, found.swapped, civility, found.incomplete, plural)
    return found


def family_name(name: str) -> str:
    """The last word of « Prénom Nom » with its particles, to sort by: « Di Monti »; empty for a single word."""
    tokens = name.split()
    start = len(tokens) - 1
    while start > 1 and _is_particle(tokens[start - 1]):
        start -= 1
    return " ".join(tokens[start:]) if len(tokens) > 1 else ""
