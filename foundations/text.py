"""Normalising of French text, in pure Python; the SQL function `sort_key` of the first migration does the same."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s’'‘ʼ\-‐‑–—/.,;:()«»\"“”_&]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "oe", "Æ": "ae"})


def sort_key(text: str) -> str:
    """`text` in lower case, without accents, separators folded to one space: « Vic-le-Comte » → « vic le comte »."""
    bare = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return _SEPARATORS.sub(" ", letters.lower()).strip()
