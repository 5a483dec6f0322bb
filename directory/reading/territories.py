"""The ways into the territories: those where somebody is known, then from the regions down."""

from functools import cached_property

from django.db.models import Q

from actors.models import Actor
from territories.models import Territory


class TerritoryIndex:
    @cached_property
    def known(self) -> list[Territory]:
        """Places that a published actor governs, is based in or acts in."""
        seen = Actor.objects.published()
        here = (
            Q(pk__in=seen.values("seat"))
            | Q(pk__in=seen.values("governs"))
            | Q(pk__in=seen.values("areas__territory"))
        )
        return list(Territory.objects.current().filter(here).order_by("-population", "sort_name"))

    @cached_property
    def regions(self) -> list[Territory]:
        return list(Territory.objects.current().of_kind("region", "com").order_by("sort_name"))

    @cached_property
    def others(self) -> list[Territory]:
        """PETR, parks, academies and other sets of communes: equals of the official ones."""
        return list(Territory.objects.current().of_kind("petr", "pnr", "academie", "other").order_by("kind", "sort_name"))
