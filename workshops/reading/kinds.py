"""Findings by kind: the plain word first, the field's word in small."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from workshops.models import FindingKind

from .telling import Told


@dataclass
class KindGroup:
    """The findings of one kind. `field_word` is empty where the plain word is the field's."""

    kind: str
    plain_word: str
    field_word: str
    findings: list[Told] = field(default_factory=list)


# In the order of the story: what hinders, what helps, what it takes, what is asked.
WORDS = {
    FindingKind.FREIN: ("Obstacles", "freins"),
    FindingKind.MOTEUR: ("Ce qui aide", "moteurs"),
    FindingKind.INGREDIENT: ("Ingrédients", ""),
    FindingKind.CONDITION: ("Ce qu’il faut pour y arriver", "conditions"),
    FindingKind.BESOIN: ("Ce qui manque", "besoins"),
    FindingKind.TENSION: ("Ce qui tire en sens contraires", "tensions"),
    FindingKind.QUESTION: ("Questions ouvertes", ""),
    FindingKind.REPRESENTATION: ("Façons de voir l’écosystème", "représentations"),
    FindingKind.CONSTAT: ("Constats", ""),
}
HELPFUL = (FindingKind.MOTEUR, FindingKind.INGREDIENT, FindingKind.CONDITION)


def by_kind(findings: Iterable[Told]) -> list[KindGroup]:
    """`findings` in groups, in the order of the story; a kind without a finding has no group."""
    groups = {kind: KindGroup(kind.value, *words) for kind, words in WORDS.items()}
    for told in findings:
        groups[FindingKind(told.finding.kind)].findings.append(told)
    return [group for group in groups.values() if group.findings]
