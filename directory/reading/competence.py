"""The vocabulary, and who has what."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from actors.models import Competence, Expertise
from workshops.models import Theme

from .actor import Line, lines


@dataclass(frozen=True)
class Branch:
    """A first-level term with those under it; each has `actor_count`."""

    root: Competence
    narrower: list[Competence]


def vocabulary() -> list[Branch]:
    """The whole tree, in one query."""
    terms = list(Competence.objects.with_published_actors().order_by("sort_name"))
    return [
        Branch(root, [term for term in terms if term.parent_id == root.pk])
        for root in terms
        if root.parent_id is None
    ]


class CompetencePage:
    def __init__(self, competence: Competence):
        self.competence = competence

    @cached_property
    def proofs(self) -> list[Line]:
        """Each proof that a published actor has this competence or one under it."""
        below = Q(competence=self.competence) | Q(competence__parent=self.competence)
        facts = Expertise.objects.filter(below, actor__state="published")
        return lines(
            facts.select_related("actor__seat", "competence", "source").order_by("actor__sort_name", "pk")
        )

    @cached_property
    def narrower(self) -> list[Competence]:
        return list(self.competence.narrower.with_published_actors())

    @cached_property
    def related(self) -> list[Competence]:
        return list(self.competence.related.all())

    @cached_property
    def synonyms(self) -> list[str]:
        return [synonym.name for synonym in self.competence.synonyms.all()]

    @cached_property
    def themes(self) -> list[Theme]:
        """Obstacles and other themes that this competence helps with."""
        return list(Theme.objects.filter(competences=self.competence))
