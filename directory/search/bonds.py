"""How an actor is bound to a place: by its seat, by where it acts, in part, or from next door."""

from dataclasses import dataclass

from django.db.models import JSONField, QuerySet, TextChoices
from django.db.models.expressions import RawSQL

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
        return cls.of_each(Territory.objects.filter(pk=territory.pk))[0]

    @classmethod
    def of_each(cls, territories: QuerySet) -> "list[Surroundings]":
        """The surroundings of each place, in the order of the queryset; one query for them and their places."""
        known = territories.annotate(around=RawSQL(_AROUND, [NEARBY_KM], output_field=JSONField()))  # noqa: S611  (our own text)
        return [cls._from(here, here.around or {}) for here in known]

    @classmethod
    def _from(cls, here: Territory, around: dict[str, list[int]]) -> "Surroundings":
        same, within = around.get("same", []), around.get("within", [])
        return cls(
            here,
            inside=[here.pk, *same, *within],
            covering=[here.pk, *same, *around.get("covers", [])],
            part=[*within, *around.get("overlaps", []), *around.get("declared", [])],
            near=around.get("near", []),
        )


# How other territories relate to a place. The box is wider than the circle; an index finds the communes in it.
_AROUND = """(
SELECT jsonb_object_agg(kind, ids) FROM (
  SELECT r.kind, jsonb_agg(r.from_territory_id) AS ids FROM territories_territoryrelation r
  WHERE r.to_territory_id = "territories_territory".id GROUP BY r.kind
  UNION ALL
  SELECT 'declared', jsonb_agg(t.id) FROM territories_territory_declared_touching d
  JOIN territories_territory t ON t.id = d.from_territory_id AND t.composition = 'unknown'
  WHERE d.to_territory_id = "territories_territory".id HAVING count(*) > 0
  UNION ALL
  SELECT 'near', jsonb_agg(t.id) FROM territories_territory t
  WHERE t.kind = 'commune' AND t.lat BETWEEN "territories_territory".lat - 0.3 AND "territories_territory".lat + 0.3
    AND t.lon BETWEEN "territories_territory".lon - 0.6 AND "territories_territory".lon + 0.6
    AND territory_distance_km(t.lon, t.lat, "territories_territory".lon, "territories_territory".lat) <= %s
  HAVING count(*) > 0
) found)"""
