"""How an actor is bound to a place: by its seat, by where it acts, in part, or from next door."""

from dataclasses import dataclass

from django.db.models import TextChoices

from territories.models import Territory, TerritoryRelation

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
        """Three queries, whatever the place."""
        inside, covering, part = [territory.pk], [territory.pk], []
        relations = TerritoryRelation.objects.filter(to_territory=territory).values_list(
            "from_territory_id", "kind"
        )
        for pk, kind in relations:
            if kind in ("same", "within"):
                inside.append(pk)
            if kind in ("same", "covers"):
                covering.append(pk)
            if kind in ("within", "overlaps"):
                part.append(pk)
        around = Territory.objects.none()
        if territory.lon is not None:
            around = Territory.objects.filter(
                kind="commune",
                lon__range=(territory.lon - 0.6, territory.lon + 0.6),
                lat__range=(territory.lat - 0.4, territory.lat + 0.4),
            )
            around = around.with_distance_to(territory).filter(distance_km__lte=NEARBY_KM)
        declared = Territory.objects.declared_in(territory)
        return cls(
            territory,
            inside,
            covering,
            part + list(declared.values_list("pk", flat=True)),
            list(around.values_list("pk", flat=True)),
        )
