"""Themes that a wording brings to mind. Pure: words against words, nothing is chosen for the animator."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foundations.text import sort_key

MOST = 3
# Below, a shared word is chance.
LEAST_SCORE = 1.0
# A theme that many times less likely than the first is noise beside it.
FAR = 3
_STEM = 6  # letters: « animer », « animation » and « animateurs » meet
_EMPTY_WORDS = """alors
aucun aussi autre autres avant avec avoir beaucoup bien cela celle celui ceux chaque comme comment
dans depuis dont doit doivent elle elles encore entre etre fait faire faut grand ils leur leurs mais meme mieux moins
notre nous parce pas pendant peu peut peuvent plus plusieurs pour pouvoir quand que quel quelle qui quoi sans selon ses
sont sous souvent sur tous tout toute toutes tres une vers vous acteur acteurs public publics publique publiques
innovation innovations territoire territoires projet projets"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True)
class Lexicon:
    """For each theme (by its key), the stems of its words; and how many themes have each stem."""

    stems: Mapping[int, Counter]
    spread: Counter


def stems(text: str) -> list[str]:
    """The words of `text` that say something, shortened so that a family of words meets."""
    words = re.findall(r"[a-z]{4,}", sort_key(text))
    return [word[:_STEM] for word in words if word not in _EMPTY]


def lexicon(themes: Iterable[tuple[int, str, str]]) -> Lexicon:
    """The words of themes given as (key, names, what else is said under that theme); a name counts three times."""
    found: dict[int, Counter] = {}
    for key, names, more in themes:
        found[key] = Counter(dict.fromkeys(stems(names), 3))
        for stem in set(stems(more)):
            found[key][stem] += 1
    return Lexicon(found, Counter(stem for words in found.values() for stem in words))


def suggest(statement: str, known: Lexicon) -> list[int]:
    """The keys of the themes that `statement` brings to mind, the likeliest first, `MOST` at most."""
    said = set(stems(statement))
    scores = {
        key: sum(
            min(words[stem], 3) * math.log1p(len(known.stems) / known.spread[stem])
            for stem in said & set(words)
        )
        for key, words in known.stems.items()
    }
    least = max(LEAST_SCORE, max(scores.values(), default=0) / FAR)
    likely = [key for key, score in scores.items() if score >= least]
    return sorted(likely, key=lambda key: -scores[key])[:MOST]
