"""The home page: ways in, and what the directory holds, counted."""

from functools import cached_property

from django.db.models import Count, Q

from actors.models import Competence, Kind
from territories.models import Territory
from workshops.models import Finding, FindingKind, Recommendation, Theme, Workshop

from ..models import SearchEntry
from .territories import TerritoryIndex


class HomePage:
    """Each property is one query."""

    @cached_property
    def competences(self) -> list[Competence]:
        """First-level terms, those that most actors have first, each counting what lies under it."""
        published = Q(narrower__expertises__actor__state="published")
        own = Q(expertises__actor__state="published")
        roots = Competence.objects.roots().annotate(
            below=Count("narrower__expertises__actor", filter=published, distinct=True),
            own=Count("expertises__actor", filter=own, distinct=True),
        )
        return sorted(
            (root for root in roots if root.below + root.own), key=lambda root: -(root.below + root.own)
        )[:8]

    @cached_property
    def _kinds(self) -> dict[str, int]:
        rows = SearchEntry.objects.order_by().values_list("kind").annotate(n=Count("*"))
        return dict(rows)

    @cached_property
    def territories(self) -> list[Territory]:
        return TerritoryIndex().known

    @cached_property
    def workshop(self) -> Workshop | None:
        """The last one."""
        return Workshop.objects.published().with_counts().order_by("-date").first()

    @cached_property
    def obstacles(self) -> list[Theme]:
        """Themes that gather obstacles, the most recurrent first."""
        freins = Q(findings__kind=FindingKind.FREIN, findings__workshop__state="published")
        themes = Theme.objects.annotate(freins=Count("findings", filter=freins, distinct=True))
        return list(themes.filter(freins__gt=0).order_by("-freins", "name")[:6])

    @cached_property
    def figures(self) -> list[dict]:
        people = self._kinds.get(Kind.PERSON, 0)
        actors = sum(self._kinds.values())
        findings = Finding.objects.published().count()
        workshops = Workshop.objects.published().count()
        recommendations = Recommendation.objects.published().whole().with_state()
        silent = sum(1 for recommendation in recommendations if recommendation.last_said_on is None)
        return [
            {"value": actors, "label": f"acteurs, dont {people} personnes", "url": "/acteurs/"},
            {
                "value": len(self.territories),
                "label": "territoires où l’un d’eux est connu",
                "url": "/territoires/",
            },
            {
                "value": workshops,
                "label": f"atelier{'s' if workshops > 1 else ''}, {findings} constats",
                "url": "/ateliers/",
            },
            {
                "value": len(recommendations),
                "label": f"recommandations, dont {silent} sans suite connue",
                "url": "/recommandations/",
            },
        ]
