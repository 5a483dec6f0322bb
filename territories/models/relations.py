"""The commune sets, and what is derived from them and only from them."""

from django.db import models
from django.db.models import F, Q

from .territory import Territory


class TerritoryCommune(models.Model):
    """`commune` belongs to `territory`. A commune has one row: itself. An obsolete commune has its successor's."""

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="commune_rows", verbose_name="territoire"
    )
    commune = models.ForeignKey(
        Territory, models.CASCADE, related_name="grouping_rows", verbose_name="commune"
    )

    class Meta:
        verbose_name = "commune d’un territoire"
        verbose_name_plural = "communes d’un territoire"
        constraints = [
            models.UniqueConstraint(fields=["territory", "commune"], name="territory_commune_once")
        ]

    def __str__(self):
        return f"{self.commune} dans {self.territory}"


class RelationKind(models.TextChoices):
    SAME = "same", "est le même territoire que"
    WITHIN = "within", "est dans"
    COVERS = "covers", "contient"
    OVERLAPS = "overlaps", "chevauche"


def _share(field: str) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__gte": 0, f"{field}__lte": 1})


class TerritoryRelation(models.Model):
    """`from_territory` <kind> `to_territory`, for each pair that has a commune in common; both directions are stored.

    Written by `algebra.rebuild_relations` alone. Shares go from 0 to 1; population shares are None where the population
    they would be divided by is zero or unknown.
    """

    from_territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="relations", verbose_name="territoire"
    )
    to_territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="relations_to", verbose_name="par rapport à"
    )
    kind = models.CharField("relation", max_length=8, choices=RelationKind)
    shared_communes = models.PositiveIntegerField("communes en commun")
    shared_population = models.PositiveIntegerField("habitants en commun", null=True)
    commune_share = models.FloatField("part de ses communes")
    population_share = models.FloatField("part de ses habitants", null=True)
    commune_share_back = models.FloatField("part des communes de l’autre")
    population_share_back = models.FloatField("part des habitants de l’autre", null=True)

    class Meta:
        verbose_name = "relation entre territoires"
        verbose_name_plural = "relations entre territoires"
        constraints = [
            models.UniqueConstraint(
                fields=["from_territory", "to_territory"], include=["kind"], name="territory_relation_once"
            ),
            models.CheckConstraint(condition=~Q(from_territory=F("to_territory")), name="territory_relation_of_two"),
            models.CheckConstraint(
                condition=_share("population_share") & _share("population_share_back")
                & Q(commune_share__gt=0, commune_share__lte=1, commune_share_back__gt=0, commune_share_back__lte=1),
                name="territory_relation_shares",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["to_territory", "kind"], include=["from_territory"], name="territory_relation_to"
            )
        ]

    def __str__(self):
        return f"{self.from_territory} {self.get_kind_display()} {self.to_territory}"
