"""Two hundred queries as people type them: rare, common and very common words, places, facets, pages, mistakes."""

import random
from dataclasses import dataclass, field
from urllib.parse import urlencode

from actors.models import Competence, CompetenceSynonym
from territories.models import Territory

from .words import Words

SIZE = 200


@dataclass(frozen=True)
class Query:
    """`words` as typed; `place`: a territory's slug or empty; `facets`: choices; `page`."""

    words: str = ""
    place: str = ""
    facets: dict[str, str] = field(default_factory=dict)
    page: int = 1
    sort: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        asked = {"q": self.words, "territoire": self.place, **self.facets, "tri": self.sort}
        if self.page > 1:
            asked["page"] = str(self.page)
        return {name: value for name, value in asked.items() if value}

    @property
    def url(self) -> str:
        return "/acteurs/?" + urlencode(self.parameters)


class _Draw:
    def __init__(self) -> None:
        self.rng = random.Random(4)  # noqa: S311  (the same queries each time)
        self.ranked = [word for word in Words().ranked if len(word) > 3]
        self.terms = list(Competence.objects.order_by("slug").values_list("name", flat=True))
        self.slugs = list(Competence.objects.order_by("slug").values_list("slug", flat=True))
        self.synonyms = list(CompetenceSynonym.objects.order_by("pk").values_list("name", flat=True))
        known = Territory.objects.filter(is_obsolete=False)
        towns = known.filter(kind="commune").order_by("-population")
        self.towns = list(towns.values_list("slug", "name")[:300])
        self.wide = list(known.exclude(kind="commune").order_by("slug").values_list("slug", flat=True))

    def word(self, low: int, high: int) -> str:
        """A word of that rank: the first are in a quarter of the documents, those after 2 000 in few."""
        return self.rng.choice(self.ranked[low:high])

    def words(self) -> str:
        kinds = [
            lambda: self.word(0, 15),
            lambda: self.word(15, 200),
            lambda: self.word(200, 2_000),
            lambda: self.word(4_000, 12_000),
            lambda: f"{self.word(0, 40)} {self.word(40, 400)}",
            lambda: f"{self.word(0, 15)} {self.word(0, 15)}",
            lambda: f"{self.word(0, 100)} {self.word(0, 100)} {self.word(100, 2_000)}",
            lambda: self.rng.choice(self.terms),
            lambda: self.rng.choice(self.synonyms),
            lambda: f"{self.rng.choice(self.terms)} {self.word(0, 200)}",
            lambda: f"association {self.rng.choice(self.synonyms)}",
            lambda: f"{self.rng.choice(self.synonyms)} {self.rng.choice(self.towns)[1]}",
            lambda: f'"{self.word(0, 40)} {self.word(0, 40)}"',
            lambda: f"{self.word(0, 40)} -{self.word(0, 40)}",
            lambda: self.word(0, 400)[::-1],
            lambda: "",
        ]
        return self.rng.choice(kinds)()

    def place(self) -> str:
        drawn = self.rng.random()
        if drawn < 0.5:
            return ""
        return self.rng.choice(self.towns)[0] if drawn < 0.8 else self.rng.choice(self.wide)

    def facets(self) -> dict[str, str]:
        choices = [
            {"genre": "organisation"},
            {"genre": "person"},
            {"nature": "association"},
            {"nature": "local"},
            {"competence": self.rng.choice(self.slugs)},
            {"atelier": f"atelier-engendre-{self.rng.randint(0, 8)}"},
            {"nature": "company", "competence": self.rng.choice(self.slugs)},
        ]
        return self.rng.choice(choices) if self.rng.random() < 0.35 else {}

    def query(self) -> Query:
        place = self.place()
        facets = self.facets()
        if place and self.rng.random() < 0.15:
            facets = {"lien": self.rng.choice(["ici", "intervient", "proche"])}
        page = self.rng.choice([2, 3, 50]) if self.rng.random() < 0.15 else 1
        sort = (
            self.rng.choice(["nom", "recent", "proche" if place else ""]) if self.rng.random() < 0.1 else ""
        )
        return Query(self.words(), place, facets, page, sort)


def mix(size: int = SIZE) -> list[Query]:
    """`size` queries, the same for the same database."""
    draw = _Draw()
    return [draw.query() for _ in range(size)]
