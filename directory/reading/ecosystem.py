"""One ecosystem: what it gathers, in figures and lists."""

from functools import cached_property

from actors.models import Actor, Kind
from ecosystems.models import Ecosystem
from territories.models import Territory
from workshops.models import Finding, Recommendation, Theme, Workshop


class EcosystemPage:
    def __init__(self, ecosystem: Ecosystem):
        self.ecosystem = ecosystem

    @cached_property
    def actors(self) -> list[Actor]:
        return list(self.ecosystem.actors.published().with_territories().order_by("sort_name", "pk"))

    @cached_property
    def organisations(self) -> list[Actor]:
        return [actor for actor in self.actors if actor.kind == Kind.ORGANISATION]

    @cached_property
    def people(self) -> list[Actor]:
        return [actor for actor in self.actors if actor.kind == Kind.PERSON]

    @cached_property
    def territories(self) -> list[Territory]:
        return list(self.ecosystem.territories.order_by("-population", "sort_name"))

    @cached_property
    def workshops(self) -> list[Workshop]:
        return list(self.ecosystem.workshops.published().with_counts())

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        return list(
            Recommendation.objects.published()
            .whole()
            .with_state()
            .filter(workshop__in=self.workshops)
            .select_related("workshop")
        )

    @cached_property
    def themes(self) -> list[Theme]:
        return list(Theme.objects.filter(findings__workshop__in=self.workshops).distinct())

    @cached_property
    def figures(self) -> list[dict]:
        findings = Finding.objects.published().filter(workshop__in=self.workshops).count()
        return [
            {"value": len(self.organisations), "label": "organisations"},
            {"value": len(self.people), "label": "personnes"},
            {"value": findings, "label": "constats"},
            {"value": len(self.recommendations), "label": "recommandations"},
        ]
