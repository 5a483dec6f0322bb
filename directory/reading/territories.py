"""The ways into the territories: those where somebody is known, then from the regions down."""

from functools import cached_property

from django.db import connection

from territories.models import Territory
from workshops.reading.words import count_of


def _actors_by_place() -> dict[int, int]:
    """How many published actors have each territory as seat or area."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT place, count(*) FROM (
                 SELECT actor_id, unnest(area_ids) AS place FROM directory_searchentry
                 UNION SELECT actor_id, seat_id FROM directory_searchentry WHERE seat_id IS NOT NULL
               ) known GROUP BY place"""
        )
        return dict(cursor.fetchall())


class TerritoryIndex:
    @cached_property
    def known(self) -> list[Territory]:
        """Places that a published actor governs, is based in or acts in, each with `facts` for its card."""
        counts = _actors_by_place()
        places = Territory.objects.current().filter(pk__in=counts).order_by("-population", "sort_name")
        for place in places:
            place.facts = [count_of(counts[place.pk], "acteur")]
        return list(places)

    @cached_property
    def regions(self) -> list[Territory]:
        return list(Territory.objects.current().of_kind("region", "com").order_by("sort_name"))

    @cached_property
    def others(self) -> list[Territory]:
        """PETR, parks, academies and other sets of communes: equals of the official ones."""
        return list(
            Territory.objects.current()
            .of_kind("petr", "pnr", "academie", "other")
            .order_by("kind", "sort_name")
        )
