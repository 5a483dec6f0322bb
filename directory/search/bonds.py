"""How an actor is bound to a place: by its seat, by where it acts, in part, or from next door."""

from dataclasses import dataclass

from django.db.models import CharField, TextChoices, Value
from django.db.models.functions import Cast

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
        """One query, whatever the place."""
        inside, covering, part, near = [territory.pk], [territory.pk], [], []
        lists = {
            "same": (inside, covering),
            "within": (inside, part),
            "covers": (covering,),
            "overlaps": (part,),
            "declared": (part,),
            "near": (near,),
        }
        for pk, how in _around(territory):
            for ids in lists[how]:
                ids.append(pk)
        return cls(territory, inside, covering, part, near)


def _around(territory: Territory):
    """Pairs of a territory's id and how it relates to `territory`."""

    def tagged(places, how: str):
        return places.order_by().values_list("pk", Value(how, output_field=CharField()))

    related = TerritoryRelation.objects.filter(to_territory=territory)
    pairs = related.values_list("from_territory_id", Cast("kind", CharField()))
    others = [tagged(Territory.objects.declared_in(territory), "declared")]
    if territory.lon is not None:
        # The box is wider than the circle; it lets the database look at few communes.
        box = {"lon__range": (territory.lon - 0.6, territory.lon + 0.6)}
        box["lat__range"] = (territory.lat - 0.3, territory.lat + 0.3)
        around = Territory.objects.filter(kind="commune", **box).with_distance_to(territory)
        others.append(tagged(around.filter(distance_km__lte=NEARBY_KM), "near"))
    return pairs.union(*others, all=True)
