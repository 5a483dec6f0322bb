"""The kind of finding that a heading announces, or that a sentence gives itself. Pure."""

import re

from foundations.text import sort_key

# Words of headings, folded by `sort_key`. A heading that names two kinds announces neither.
_WORDS = {
    "frein": r"freins?|obstacles?|blocages?|difficultes?|verrous?|limites?|ce qui (?:bloque|freine|empeche)",
    "moteur": r"moteurs?|leviers?|facilitateurs?|points? d appui|atouts?|reussites?|ce qui (?:aide|marche|fonctionne)",
    "ingredient": r"ingredients?|recettes?",
    "condition": r"conditions?|pre ?requis|ce qu il faut(?: pour y arriver)?",
    "besoin": r"besoins?|attentes?|manques?|ce qui manque",
    "tension": r"tensions?|paradoxes?|contradictions?|ce qui tire en sens contraires?",
    "question": r"questions?(?: ouvertes?)?|interrogations?",
    "representation": r"representations?|facons de voir(?: l ecosysteme)?|visions?",
    "constat": r"constats?|observations?|etat des lieux|ce qui (?:a ete|est) constate",
}
_KINDS = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in _WORDS.items()}
# Letters that open a line typed in a hurry: « f : le temps manque ».
LETTERS = {
    "f": "frein",
    "m": "moteur",
    "i": "ingredient",
    "c": "condition",
    "b": "besoin",
    "t": "tension",
    "q": "question",
    "r": "representation",
    "s": "constat",
}
_LEAD = re.compile(r"^\s*([^\s:,.;!?][^:.;!?\n]{0,40}?)[\s\u00a0\u202f]*:[\s\u00a0\u202f]+(?=\S)")
_LONGEST_HEADING = 120
_NEED = re.compile(r"^(?:il (?:faut|faudrait|manque)|on (?:manque|aurait besoin)|besoin d)")


def kind_announced(heading: str) -> str | None:
    """The kind that a heading announces (« Les freins identifiés » → frein); None for none, or for several."""
    if len(heading) > _LONGEST_HEADING:
        return None
    folded = sort_key(heading)
    found = [kind for kind, words in _KINDS.items() if words.search(folded)]
    return found[0] if len(found) == 1 else None


def split_lead(line: str) -> tuple[str | None, str]:
    """« Frein : le temps manque » → (frein, « le temps manque »); (None, line) where no kind leads."""
    lead = _LEAD.match(line)
    if not lead:
        return None, line
    folded = sort_key(lead.group(1))
    kind = LETTERS.get(folded) or next(
        (kind for kind, words in _KINDS.items() if words.fullmatch(folded)), None
    )
    return (kind, line[lead.end() :].strip()) if kind else (None, line)


def kind_of_sentence(sentence: str) -> str:
    """What a sentence under no heading looks like; `constat` where nothing tells, as in several sentences."""
    if sentence.rstrip(" »\u00a0\u202f").endswith("?") and not re.search(r"[.!…]\s", sentence):
        return "question"
    return "besoin" if _NEED.match(sort_key(sentence)) else "constat"
