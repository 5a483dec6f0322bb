"""One initiative, as all floors know it."""

from functools import cached_property

from actors.models import Actor, Initiative, InitiativeLineage, Membership
from workshops.models import Finding, Recommendation, Workshop
from workshops.reading.telling import Told, tell

from .actor import Line, lines
from .proof import Proof, proof


class InitiativePage:
    def __init__(self, initiative: Initiative):
        self.initiative = initiative

    @cached_property
    def proof(self) -> Proof:
        return proof(self.initiative)

    @cached_property
    def bearers(self) -> list[Line]:
        """Who bears it; words where the source names nobody; actors that are not published are left out."""
        facts = self.initiative.bearers.select_related("actor", "source").order_by("pk")
        return [line for line in lines(facts) if line.fact.unnamed or line.fact.actor.is_published]

    @cached_property
    def came_from(self) -> list[Line]:
        facts = InitiativeLineage.objects.filter(later=self.initiative, earlier__state="published")
        return lines(facts.select_related("earlier", "source"))

    @cached_property
    def led_to(self) -> list[Line]:
        facts = InitiativeLineage.objects.filter(earlier=self.initiative, later__state="published")
        return lines(facts.select_related("later", "source"))

    @cached_property
    def findings(self) -> list[Told]:
        said = Finding.objects.published().filter(initiatives=self.initiative)
        told = Finding.objects.filter(pk__in=said.values("pk")).told().order_by("position", "pk")
        return [tell(finding, anchored=False) for finding in told]

    @cached_property
    def functions(self) -> list[Line]:
        """Functions held under this programme: what two bodies have in common is read here, and nowhere stored."""
        seen = Actor.objects.published().values("pk")
        facts = Membership.objects.filter(programme=self.initiative, member__in=seen, organisation__in=seen)
        return lines(facts.select_related("member", "organisation", "source").order_by("pk"), ages=True)

    @cached_property
    def workshops(self) -> list[Workshop]:
        return list(Workshop.objects.published().filter(programme=self.initiative))

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        """Recommendations that it carries out."""
        return list(Recommendation.objects.published().filter(initiatives=self.initiative))

    @cached_property
    def triggers(self):
        return list(self.initiative.triggers.all())
