"""A place: commune, grouping of communes, département, région… Every one of them is a set of communes."""

from collections.abc import Iterable

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from foundations.models import SortKey

from ..distance import DistanceKm
from ..ranking import matching


class Kind(models.TextChoices):
    COMMUNE = "commune", "commune"
    EPCI = "epci", "intercommunalité"
    EPT = "ept", "établissement public territorial"
    PETR = "petr", "pôle d’équilibre territorial et rural"
    PNR = "pnr", "parc naturel régional"
    DEPARTEMENT = "departement", "département"
    REGION = "region", "région"
    ACADEMIE = "academie", "académie"
    COM = "com", "collectivité d’outre-mer"
    OTHER = "other", "autre territoire"


class Composition(models.TextChoices):
    KNOWN = "known", "connue"
    UNKNOWN = "unknown", "non connue"


class TerritoryQuerySet(models.QuerySet):
    """Reads of territories. Relations come from `TerritoryRelation`, derived from commune sets by `algebra`."""

    def get_by_natural_key(self, kind: str, code: str) -> "Territory":
        return self.get(kind=kind, code=code)

    def current(self):
        """Territories that exist today (an obsolete one keeps its page, but is not proposed)."""
        return self.filter(is_obsolete=False)

    def of_kind(self, *kinds: str):
        """Only territories of these kinds (`Kind` values)."""
        return self.filter(kind__in=kinds)

    def covering(self, territory: "Territory", *, strict: bool = False):
        """Territories that contain every commune of `territory`: itself, its equals and the wider ones.

        `strict=True` leaves only the wider ones.
        """
        return self._related(territory, ["covers"], strict)

    def within(self, territory: "Territory", *, strict: bool = False):
        """Territories all of whose communes lie in `territory`: itself, its equals and the smaller ones.

        `strict=True` leaves only the smaller ones.
        """
        return self._related(territory, ["within"], strict)

    def same_as(self, territory: "Territory"):
        """Other territories made of exactly the same communes (a département that is a région)."""
        return self.filter(relations__to_territory=territory, relations__kind="same")

    def overlapping(self, territory: "Territory"):
        """Territories that share some communes with `territory` while each also has others."""
        return self.filter(relations__to_territory=territory, relations__kind="overlaps")

    def touching(self, territory: "Territory"):
        """Every other territory that shares at least one commune with `territory`."""
        return self.filter(relations__to_territory=territory)

    def with_relation_to(self, territory: "Territory"):
        """Every other territory that shares a commune with `territory`, told how.

        Adds `relation` (how the row relates to `territory`), `own_commune_share` and `own_population_share` (the part
        of the row that lies in `territory`), `commune_share` and `population_share` (the part of `territory` that
        lies in the row): numbers from 0 to 1, None where a population is unknown or zero.
        """
        return self.touching(territory).annotate(
            relation=F("relations__kind"),
            own_commune_share=F("relations__commune_share"),
            own_population_share=F("relations__population_share"),
            commune_share=F("relations__commune_share_back"),
            population_share=F("relations__population_share_back"),
        )

    def declared_in(self, territory: "Territory"):
        """Territories of unknown composition that a source declares to lie, at least in part, in `territory`."""
        return self.filter(composition=Composition.UNKNOWN, declared_touching=territory)

    def with_distance_to(self, territory: "Territory"):
        """Adds `distance_km` between points inside both territories; None where one of them has no point."""
        return self.annotate(distance_km=DistanceKm(F("lon"), F("lat"), territory.lon, territory.lat))

    def search(self, text: str):
        """Current territories that answer to `text` (name, former name, postal code), the best first."""
        return matching(self, text)

    def _related(self, territory: "Territory", kinds: Iterable[str], strict: bool):
        wanted = list(kinds) if strict else [*kinds, "same"]
        relations = self.model._meta.get_field("relations").related_model.objects
        ids = relations.filter(to_territory=territory, kind__in=wanted).values("from_territory")
        return self.filter(pk__in=ids) if strict else self.filter(Q(pk=territory.pk) | Q(pk__in=ids))


class Territory(models.Model):
    """One place. `code`: the INSEE code (commune, département, région), the SIREN number (grouping), else a slug."""

    kind = models.CharField("nature", max_length=12, choices=Kind)
    code = models.CharField(
        "code", max_length=60, help_text="Code INSEE, numéro SIREN ou, à défaut, identifiant court."
    )
    name = models.CharField("nom", max_length=200)
    sort_name = models.GeneratedField(
        expression=SortKey("name"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name="nom pour le tri",
    )
    slug = models.SlugField("adresse de la page", max_length=120, unique=True)
    nature = models.CharField(
        "forme", max_length=80, blank=True, help_text="Par exemple : communauté de communes, métropole."
    )
    population = models.PositiveIntegerField("population", null=True, blank=True)
    commune_count = models.PositiveIntegerField("nombre de communes", null=True, blank=True, editable=False)
    lon = models.FloatField("longitude", null=True, blank=True)
    lat = models.FloatField("latitude", null=True, blank=True)
    located_in = models.CharField(
        "départements",
        max_length=200,
        blank=True,
        editable=False,
        help_text="Les départements de ses communes.",
    )
    is_homonym = models.BooleanField("porte le nom d’un autre", default=False, editable=False)

    composition = models.CharField(
        "composition", max_length=7, choices=Composition, default=Composition.KNOWN,
        help_text="Non connue : aucune liste de ses communes n’a été trouvée.",
    )  # fmt: skip
    declared = models.TextField(
        "ce qui est déclaré de lui",
        blank=True,
        help_text="Quand sa composition n’est pas connue, ce qu’une source en dit.",
    )
    declared_touching = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="+",
        verbose_name="s’étend, d’après cette source, sur",
    )
    origin = models.CharField("origine des données", max_length=300, blank=True)
    is_official = models.BooleanField(
        "du découpage officiel", default=False, editable=False,
        help_text="Tenu à jour par le chargement du code officiel géographique.",
    )  # fmt: skip

    is_obsolete = models.BooleanField("n’existe plus", default=False)
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="remplacé par",
    )
    communes = models.ManyToManyField(
        "self", symmetrical=False, related_name="groupings", verbose_name="communes",
        through="TerritoryCommune", through_fields=("territory", "commune"),
    )  # fmt: skip

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        ordering = ["sort_name", "code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="territory_kind_code"),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(is_obsolete=True), name="territory_successor_means_obsolete"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("id")),
                name="territory_not_its_own_successor",
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None)
                | Q(lon__isnull=False, lat__isnull=False, lon__range=(-180, 180), lat__range=(-90, 90)),
                name="territory_point_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.COMMUNE, composition=Composition.UNKNOWN),
                name="territory_commune_is_known",
            ),
        ]
        indexes = [
            GinIndex(OpClass("sort_name", name="gin_trgm_ops"), name="territory_sort_name_trgm"),
            models.Index(OpClass("sort_name", name="text_pattern_ops"), name="territory_sort_name_prefix"),
            models.Index(fields=["lat", "lon"], name="territory_point"),  # what lies near
        ]

    def __str__(self):
        return self.label

    def natural_key(self) -> tuple[str, str]:
        return (self.kind, self.code)

    def get_absolute_url(self) -> str:
        return reverse("territory", args=[self.slug])

    @property
    def label(self) -> str:
        """The name, told apart from its homonyms: « Vitry (Moselle) », « Mayenne (département) »."""
        if not self.is_homonym:
            return self.name
        place = self.located_in if self.located_in != self.name else ""
        return f"{self.name} ({place or self.get_kind_display()})"

    @property
    def kind_label(self) -> str:
        """What kind of place it is, as precisely as known: « communauté de communes », « commune »."""
        return self.nature or self.get_kind_display()

    @property
    def is_known(self) -> bool:
        """Whether its communes are known, so that it can be compared with others."""
        return self.composition == Composition.KNOWN


class TerritoryContour(models.Model):
    """A simplified outline, apart from the territory so that lists never carry it."""

    territory = models.OneToOneField(
        Territory, models.CASCADE, primary_key=True, related_name="contour", verbose_name="territoire"
    )
    geometry = models.JSONField("contour", help_text="Géométrie GeoJSON, en degrés (WGS 84).")
    west = models.FloatField("ouest")
    south = models.FloatField("sud")
    east = models.FloatField("est")
    north = models.FloatField("nord")

    class Meta:
        verbose_name = "contour"
        verbose_name_plural = "contours"
        indexes = [models.Index(fields=["west", "south", "east", "north"], name="territory_contour_box")]

    def __str__(self):
        return f"contour de {self.territory}"
