"""What is worded for several people at once, set out for each before the line is cut."""

import re

from .pieces import Kind, classify

_COUPLE = re.compile(r"\b(M\.?|Mr|Monsieur)\s+et\s+(Mme|Madame)\s+([A-ZÀ-Ý][\w'’-]+)")
_OR_ANOTHER = re.compile(r"\s+ou (?:son|sa|leur|leurs) (?:repr[ée]sentante?s?|suppl[ée]ante?s?)\b")


_FOR = re.compile(  # « Pour la commune de Riom : M. A », « Pour la DREAL, Mme B »
    r"^pour\s+(?=[^:]{2,80}:|[^:,]{2,80},\s*(?:MM?\.|Mmes?|Monsieur|Madame)\s)", re.IGNORECASE
)


_BOTH = re.compile(  # « Mmes et MM. Albouy Raymond, Bastide Corinne »
    r"^(?:(?:MM\.?|Mmes\.?|Messieurs|Mesdames)\s*(?:et|&|,)\s*(?:MM\.?|Mmes\.?|Messieurs|Mesdames))\s+(?=[A-ZÀ-Ý])"
)


def expand(text: str) -> str:
    """`text` with each person under a civility of their own, and without what announces them."""
    text = _BOTH.sub("", text)
    text = _FOR.sub("", text) if text[:5].lower() == "pour " else text
    text = _OR_ANOTHER.sub("", text) if " ou " in text else text
    return _COUPLE.sub(r"\1 \3, \2 \3", text) if " et " in text else text


_BESIDE = re.compile(r"\s*([^()\[\],;:]{2,70}?)\s*\(([^()]{2,300})\)\s*(?:[,;.]|$)")
_ENDS_NAME = re.compile(r",|;|\s+et\s+|\s+&\s+")


def each_with_its_people(text: str) -> list[tuple[str, str]]:
    """« DDT (C. Bouniol), ADEME (A. Roux, B. Petit) »: each place with its people, if all of `text` is so."""
    if text.count("(") < 2:
        return []
    parts, end = [], 0
    for match in _BESIDE.finditer(text):
        place, inside = classify(match.group(1)), classify(_ENDS_NAME.split(match.group(2), maxsplit=1)[0])
        named = inside.kind is Kind.NAME and inside.name is not None and inside.name.strength >= 2
        if match.start() != end or place.kind is Kind.NAME or not named:
            return []
        parts.append((match.group(1), match.group(2)))
        end = match.end()
    return parts if end == len(text) else []
