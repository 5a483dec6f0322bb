"""Made-up French: words as frequent as in a real corpus, names of nobody."""

import itertools
import json
import random
import re
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
RARE_WORDS = 30_000
# Zipf's law with Mandelbrot's shift: without it the first word would be in nearly every document. With it, a very
# common word is in about one document in four, as « projet » is in a directory.
SHIFT = 20
_WORD = re.compile(r"[a-zàâçéèêëîïôûùüÿœ]{3,}", re.IGNORECASE)
_SYLLABLES = [
    "bru",
    "me",
    "val",
    "lin",
    "gue",
    "tor",
    "fon",
    "mar",
    "che",
    "ran",
    "dol",
    "si",
    "pa",
    "rou",
    "vé",
]
_ENDINGS = ["tion", "ment", "age", "eur", "erie", "oir", "ade", "ette", "isme", "ure"]
_GIVEN = [
    "Solveig",
    "Tancrède",
    "Nadège",
    "Basile",
    "Ysaline",
    "Oumar",
    "Maëlle",
    "Ludivine",
    "Vivien",
    "Capucine",
]
ROLES = [
    "directrice",
    "chargé de mission",
    "maire",
    "cheffe de projet",
    "doctorante",
    "animateur",
    "conseillère",
]
UNITS = [
    "",
    "",
    "direction de l’innovation",
    "service habitat",
    "pôle transitions",
    "vie associative",
    "urbanisme",
]
ORGANISATIONS = {
    "local": "Mairie de {place}",
    "intermunicipal": "Communauté de communes de {place}",
    "petr": "Syndicat mixte {word} de {place}",
    "park": "Parc {word} de {place}",
    "state": "Service {word} de {place}",
    "public": "Établissement public {word} de {place}",
    "school": "École de {word} de {place}",
    "lab": "Chaire {word} de {place}",
    "association": "Association {word} de {place}",
    "company": "{name} {word}",
    "mixed": "Société d’économie mixte {word} de {place}",
    "network": "Réseau {word} de {place}",
    "unknown": "{name} de {place}",
}
NATURE_WEIGHTS = [20, 6, 1, 1, 4, 5, 3, 1, 35, 18, 1, 3, 2]


class Words:
    """Draws sentences; the same ones each time (`seed`)."""

    def __init__(self, seed: int = 2022):
        self.rng = random.Random(seed)  # noqa: S311  (a benchmark must draw the same rows each time)
        self.ranked = [*_corpus(), *self._rare()]
        self._weights = list(itertools.accumulate(1 / (rank + SHIFT) for rank in range(len(self.ranked))))

    def _rare(self) -> list[str]:
        rare = sorted({self.name().lower() + self.rng.choice(_ENDINGS) for _ in range(RARE_WORDS)})
        self.rng.shuffle(rare)
        return rare

    def sentence(self, length: int) -> str:
        return " ".join(self.rng.choices(self.ranked, cum_weights=self._weights, k=length))

    def name(self) -> str:
        return "".join(self.rng.choices(_SYLLABLES, k=3)).capitalize()

    def person(self) -> tuple[str, str]:
        """A name and its family name."""
        family = self.name() + self.rng.choice(_SYLLABLES)
        return f"{self.rng.choice(_GIVEN)} {family}", family

    def organisation(self, place: str) -> tuple[str, str]:
        """A nature and a name."""
        nature = self.rng.choices(list(ORGANISATIONS), weights=NATURE_WEIGHTS)[0]
        name = ORGANISATIONS[nature].format(place=place, word=self.sentence(1), name=self.name())
        return nature, name


def _corpus() -> list[str]:
    """The words of the report and of the vocabulary, the most frequent first."""
    counts: dict[str, int] = {}
    texts = [(FIXTURES / "vocabulary" / "competences.csv").read_text(encoding="utf-8")]
    for name in ("findings", "recommendations", "initiatives"):
        for row in json.loads(
            (FIXTURES / "clermont-ferrand-2022" / f"{name}.json").read_text(encoding="utf-8")
        ):
            texts += [str(row.get(key, "")) for key in ("title", "statement", "summary", "points")]
    for word in _WORD.findall(" ".join(texts).lower()):
        counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))
