"""The report of 2022 loaded in the test database, and the independent reading it is compared with."""

import json
import re
from pathlib import Path

from django.test import TestCase

from directory.fixture.load import load_fixture
from foundations.text import sort_key
from territories.models import Territory

NAME = "clermont-ferrand-2022"
READING = Path(__file__).resolve().parent.parent / "data" / "report"
FACTS = json.loads((READING / "facts.json").read_text(encoding="utf-8"))
PARTICIPANTS = [
    json.loads(line) for line in (READING / "participants.jsonl").read_text(encoding="utf-8").splitlines()
]
BASES = {"graine": "stated", "deduit": "deduced", "hors_graine": "external", "incertain": "uncertain"}
TERRITORIES = (
    ("commune", "63113", "Clermont-Ferrand"),
    ("commune", "63457", "Vic-le-Comte"),
    ("epci", "246300701", "Clermont Auvergne Métropole"),
    ("epci", "246300966", "CC Massif du Sancy"),
    ("petr", "petr-grand-clermont", "PETR du Grand Clermont"),
    ("pnr", "pnr-volcans-auvergne", "Parc naturel régional des Volcans d’Auvergne"),
    ("departement", "63", "Puy-de-Dôme"),
    ("region", "84", "Auvergne-Rhône-Alpes"),
    ("academie", "academie-clermont-ferrand", "Académie de Clermont-Ferrand"),
)


def plant_territories() -> None:
    """The places that the report names, without their communes: enough to load it."""
    for kind, code, name in TERRITORIES:
        Territory.objects.create(kind=kind, code=code, name=name, slug=f"{kind}-{code}")


def same(text: str) -> str:
    """What is left of a sentence when typography, case and our word for « la graine » are put aside."""
    return sort_key(re.sub(r"\bgraine\b", "compte rendu", text)).removeprefix("le ").strip(" ?*")


def pages(fact: dict) -> list[int]:
    """The pages of a fact of the reading, which has one, or several, under either of two names."""
    value = fact.get("pages", fact.get("page"))
    return value if isinstance(value, list) else [value]


def basis(text: str | None) -> str:
    """The model's word for a `base` of the reading: its first word counts; nothing means that the report says so."""
    return BASES[re.split(r"[ :(]", text)[0]] if text else "stated"


class LoadedReport(TestCase):
    """Tests of the report once loaded; `self.codes` is what the fixture's marks (O01, IN09) stand for."""

    @classmethod
    def setUpTestData(cls):
        plant_territories()
        cls.tally = load_fixture(NAME)
        cls.slugs = {
            row["ref"]: row["slug"]
            for name in ("organisations", "people", "initiatives", "triggers", "recommendations")
            for row in json.loads((Path("fixtures") / NAME / f"{name}.json").read_text(encoding="utf-8"))
        }
