"""How an actor is bound to a place: by its seat, by where it acts, in part, or from next door."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import TextChoices

from territories.models import Territory

NEARBY_KM = 30  # as the crow flies: half an hour's drive or so, what users call « à côté »


class Bond(TextChoices):
    """First match wins, in this order (design, « Bonds between an actor and a place »)."""

    BASED = "ici", "implanté ici"
    ACTS = "intervient", "intervient ici"
    PART = "partie", "dans une partie"
    NEAR = "proche", "à côté"
    UNKNOWN = "inconnu", "lieu non précisé"


@dataclass(frozen=True)
class Surroundings:
    """Ids of the territories that lie in a place, cover it, touch it, or are near it."""

    territory: Territory
    inside: list[int]
    covering: list[int]
    part: list[int]
    near: list[int]

    @classmethod
    def of(cls, territory: Territory) -> "Surroundings":
        """One query, whatever the place."""
        return cls.of_each([territory])[0]

    @classmethod
    def of_each(cls, territories: list[Territory]) -> "list[Surroundings]":
        """One query for all of them."""
        found = {here.pk: cls(here, [here.pk], [here.pk], [], []) for here in territories}
        with connection.cursor() as cursor:
            cursor.execute(_AROUND, {"here": list(found), "km": NEARBY_KM})
            rows = cursor.fetchall()
        for here, how, pk in rows:
            around = found[here]
            for ids in {
                "same": (around.inside, around.covering),
                "within": (around.inside, around.part),
                "covers": (around.covering,),
                "overlaps": (around.part,),
                "declared": (around.part,),
                "near": (around.near,),
            }[how]:
                ids.append(pk)
        return [found[here.pk] for here in territories]


# How other territories relate to each place. The box is wider than the circle; an index finds the communes in it.
_AROUND = """
SELECT to_territory_id, kind, from_territory_id FROM territories_territoryrelation
WHERE to_territory_id = ANY(%(here)s)
UNION ALL
SELECT d.to_territory_id, 'declared', t.id FROM territories_territory_declared_touching d
JOIN territories_territory t ON t.id = d.from_territory_id AND t.composition = 'unknown'
WHERE d.to_territory_id = ANY(%(here)s)
UNION ALL
SELECT h.id, 'near', t.id FROM territories_territory h JOIN territories_territory t
  ON t.kind = 'commune' AND t.lat BETWEEN h.lat - 0.3 AND h.lat + 0.3 AND t.lon BETWEEN h.lon - 0.6 AND h.lon + 0.6
  AND territory_distance_km(t.lon, t.lat, h.lon, h.lat) <= %(km)s
WHERE h.id = ANY(%(here)s)
"""
