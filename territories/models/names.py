"""Other words by which a place is looked for."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from foundations.models import SortKey

from .territory import Territory


class TerritoryName(models.Model):
    """A search key that leads to a territory: former or delegated commune, postal code, acronym, usual name."""

    class Kind(models.TextChoices):
        DELEGATED = "delegated", "commune déléguée ou associée"
        FORMER = "former", "ancien nom"
        DISTRICT = "district", "arrondissement municipal"
        POSTAL = "postal", "code postal"
        USUAL = "usual", "nom d’usage ou sigle"

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="names", verbose_name="territoire")
    kind = models.CharField("nature", max_length=9, choices=Kind)
    name = models.CharField("nom", max_length=200)
    sort_name = models.GeneratedField(
        expression=SortKey("name"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name="nom pour le tri",
    )
    code = models.CharField("ancien code INSEE", max_length=60, blank=True)
    is_official = models.BooleanField("du découpage officiel", default=False, editable=False)

    class Meta:
        verbose_name = "autre nom de territoire"
        verbose_name_plural = "autres noms de territoires"
        ordering = ["kind", "sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "kind", "name", "code"], name="territory_name_once"),
        ]
        indexes = [
            GinIndex(OpClass("sort_name", name="gin_trgm_ops"), name="territory_name_trgm"),
            models.Index(OpClass("sort_name", name="text_pattern_ops"), name="territory_name_prefix"),
            models.Index(fields=["code"], name="territory_name_code"),
        ]

    def __str__(self):
        return f"{self.name} → {self.territory}"
