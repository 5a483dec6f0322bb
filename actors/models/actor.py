"""People and organisations: one table, so that one history, one search and one set of ties serve both."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.db.models.functions import Concat
from django.urls import reverse

from foundations.models import (
    Dated,
    PartialDateField,
    Publishable,
    PublishableQuerySet,
    SortKey,
    Versioned,
    dates_in_order,
    partial_date_is_valid,
)
from territories.models import Territory

from .guards import absorbed_stays_a_draft
from .source import Basis, Sourced


class Kind(models.TextChoices):
    PERSON = "person", "personne"
    ORGANISATION = "organisation", "organisation"


class Nature(models.TextChoices):
    """What sort of body an organisation is; the words are those of the field, the order that of the lists."""

    LOCAL_AUTHORITY = "local", "commune ou collectivité"
    INTERMUNICIPAL = "intermunicipal", "intercommunalité"
    MIXED_SYNDICATE = "petr", "PETR ou syndicat mixte"
    PARK = "park", "parc naturel"
    STATE = "state", "service de l’État"
    PUBLIC_BODY = "public", "établissement public"
    SCHOOL = "school", "université ou école"
    LAB = "lab", "chaire ou laboratoire"
    ASSOCIATION = "association", "association"
    COMPANY = "company", "entreprise"
    MIXED_COMPANY = "mixed", "entreprise publique locale"
    NETWORK = "network", "réseau ou communauté"
    UNKNOWN = "unknown", "nature non précisée"


class Life(models.TextChoices):
    EMERGING = "emerging", "en formation"
    ACTIVE = "active", "en activité"
    DISSOLVED = "dissolved", "disparue"
    UNKNOWN = "unknown", "non précisé"


class PublicationBasis(models.TextChoices):
    """Why a person may be named (règlement général sur la protection des données, art. 6)."""

    PUBLIC_REPORT = "report", "nommée dans un compte rendu public"
    CONSENT = "consent", "avec son accord"
    OBJECTION = "objection", "s’y oppose"


class ActorQuerySet(PublishableQuerySet):
    def persons(self):
        return self.filter(kind=Kind.PERSON)

    def organisations(self):
        return self.filter(kind=Kind.ORGANISATION)

    def standing(self):
        """Without those that were found to be another, and merged into it."""
        merged = self.model.objects.filter(merges_into__isnull=False, merges_into__undone_on=None)
        return self.exclude(pk__in=merged.values("pk"))

    def knowing(self, *competences):
        """Actors with a published proof of one of `competences` or of a term below one of them."""
        wanted = Q(expertises__competence__in=competences) | Q(expertises__competence__parent__in=competences)
        return self.filter(pk__in=self.model.objects.filter(wanted).values("pk"))

    def indexable(self):
        """Published, and of a person only with consent: what search engines may list (`may_be_indexed`)."""
        agreed = Q(kind=Kind.ORGANISATION) | Q(publication_basis=PublicationBasis.CONSENT)
        return self.published().filter(agreed)

    def acting_in(self, territory: Territory):
        """Actors who act in all of `territory`: they govern it or a wider one, or a source says that they do."""
        covering = Territory.objects.covering(territory).values("pk")
        acting = Q(governs__in=covering) | Q(areas__territory__in=covering)
        return self.filter(pk__in=self.model.objects.filter(acting).values("pk"))

    def with_territories(self):
        """Loads what a list line prints, in a constant number of queries."""
        return self.select_related("seat", "governs")


class ActorManager(models.Manager.from_queryset(ActorQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


_ORGANISATION_ONLY = Q(
    nature="",
    nature_basis="",
    nature_note="",
    governs__isnull=True,
    life="",
    founded="",
    dissolved="",
    size__isnull=True,
    is_named=True,
)
_PERSON_ONLY = Q(family_name="", publication_basis="", publication_basis_on__isnull=True)


@pghistory.track(model_name="ActorEvent")
class Actor(Publishable, Versioned, Dated):
    kind = models.CharField("genre", max_length=12, choices=Kind)
    name = models.CharField("nom", max_length=250)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    summary = models.TextField(
        "présentation", blank=True, help_text="Une ou deux phrases, telles qu’une source les dit."
    )
    website = models.URLField("site web", max_length=500, blank=True)
    seat = models.ForeignKey(
        Territory,
        models.PROTECT,
        verbose_name="implantation",
        null=True,
        blank=True,
        related_name="seated_actors",
    )
    seat_basis = models.CharField("fondement de l’implantation", max_length=9, choices=Basis, blank=True)
    last_confirmed_on = models.DateField("confirmé le", null=True, blank=True)

    # Persons
    family_name = models.CharField("nom de famille", max_length=120, blank=True)
    publication_basis = models.CharField(
        "fondement de la publication", max_length=9, choices=PublicationBasis, blank=True
    )
    publication_basis_on = models.DateField("depuis le", null=True, blank=True)

    # Organisations
    is_named = models.BooleanField(
        "a un nom propre", default=True, help_text="Non : « le bailleur social fusionné… »."
    )
    nature = models.CharField("nature", max_length=14, choices=Nature, blank=True)
    nature_basis = models.CharField("fondement de la nature", max_length=9, choices=Basis, blank=True)
    nature_note = models.CharField("précision sur la nature", max_length=200, blank=True)
    governs = models.ForeignKey(
        Territory,
        models.PROTECT,
        verbose_name="gouverne",
        null=True,
        blank=True,
        related_name="governing_actors",
    )
    life = models.CharField("vie", max_length=9, choices=Life, blank=True)
    founded = PartialDateField("fondée en")
    dissolved = PartialDateField("disparue en")
    size = models.PositiveIntegerField("effectif", null=True, blank=True)

    sort_name = GeneratedField(
        expression=SortKey(
            Concat(F("family_name"), models.Value(" "), F("name")),
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = ActorManager()

    class Meta:
        verbose_name = "acteur"
        verbose_name_plural = "acteurs"
        ordering = ["sort_name", "id"]
        indexes = [
            models.Index(fields=["state", "sort_name", "id"], name="actor_list"),
            models.Index(fields=["kind", "state"], name="actor_kind"),
            GinIndex(OpClass("sort_name", name="gin_trgm_ops"), name="actor_sort_name_trgm"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=Kind.PERSON) & _ORGANISATION_ONLY)
                | (
                    Q(kind=Kind.ORGANISATION)
                    & _PERSON_ONLY
                    & ~Q(nature="")
                    & ~Q(nature_basis="")
                    & ~Q(life="")
                ),
                name="actor_columns_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(publication_basis="") | Q(publication_basis_on__isnull=False),
                name="actor_basis_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(publication_basis="objection"),
                name="actor_objection_unpublishes",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.PERSON) | ~Q(state="published") | ~Q(publication_basis=""),
                name="actor_person_has_a_basis",
            ),
            models.CheckConstraint(
                condition=Q(seat__isnull=True, seat_basis="") | (Q(seat__isnull=False) & ~Q(seat_basis="")),
                name="actor_seat_has_a_basis",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="actor_has_a_name"),
            models.CheckConstraint(
                condition=partial_date_is_valid("founded") & partial_date_is_valid("dissolved"),
                name="actor_dates_are_dates",
            ),
            models.CheckConstraint(
                condition=dates_in_order("founded", "dissolved"), name="actor_dates_in_order"
            ),
        ]
        triggers = [
            *Versioned.Meta.triggers,
            pgtrigger.Protect(
                name="kind_is_for_life",
                operation=pgtrigger.UpdateOf("kind"),
                condition=pgtrigger.Condition("OLD.kind IS DISTINCT FROM NEW.kind"),
            ),
            absorbed_stays_a_draft(),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["territories.territory"]

    def get_absolute_url(self):
        return reverse("actor", kwargs={"slug": self.slug})

    @property
    def is_person(self) -> bool:
        return self.kind == Kind.PERSON

    @property
    def may_be_indexed(self) -> bool:
        """Whether search engines may list the page: a person named by a report alone is for readers of the site."""
        agreed = not self.is_person or self.publication_basis == PublicationBasis.CONSENT
        return self.is_published and agreed

    @property
    def look(self) -> str:
        """Name of the marker (colour and shape) of the actor's nature."""
        return "person" if self.is_person else LOOKS[self.nature]

    @property
    def nature_label(self) -> str:
        """What sort of actor this is, in plain words."""
        return "personne" if self.is_person else self.get_nature_display()


# Thirteen natures, six markers: more would not be told apart.
LOOKS = {
    Nature.LOCAL_AUTHORITY: "local",
    Nature.INTERMUNICIPAL: "local",
    Nature.MIXED_SYNDICATE: "local",
    Nature.PARK: "local",
    Nature.STATE: "state",
    Nature.PUBLIC_BODY: "state",
    Nature.SCHOOL: "research",
    Nature.LAB: "research",
    Nature.ASSOCIATION: "assoc",
    Nature.NETWORK: "assoc",
    Nature.COMPANY: "private",
    Nature.MIXED_COMPANY: "private",
    Nature.UNKNOWN: "unknown",
}


class PersonManager(ActorManager):
    def get_queryset(self):
        return super().get_queryset().persons()


class Person(Actor):
    objects = PersonManager()

    class Meta:
        proxy = True
        verbose_name = "personne"
        verbose_name_plural = "personnes"

    def __init__(self, *args, **kwargs):
        if not args:  # rows read from the database come as positional arguments
            kwargs.setdefault("kind", Kind.PERSON)
        super().__init__(*args, **kwargs)


class OrganisationManager(ActorManager):
    def get_queryset(self):
        return super().get_queryset().organisations()


class Organisation(Actor):
    objects = OrganisationManager()

    class Meta:
        proxy = True
        verbose_name = "organisation"
        verbose_name_plural = "organisations"

    def __init__(self, *args, **kwargs):
        if not args:
            unknown = {"nature": Nature.UNKNOWN, "nature_basis": Basis.UNCERTAIN, "life": Life.UNKNOWN}
            kwargs = {"kind": Kind.ORGANISATION} | unknown | kwargs
        super().__init__(*args, **kwargs)


class NameKind(models.TextChoices):
    SPELLING = "spelling", "autre écriture"
    ACRONYM = "acronym", "sigle"
    FORMER = "former", "ancien nom"


@pghistory.track()
class ActorName(models.Model):
    """Another spelling, an acronym or a former name; the source that writes it so, when there is one."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="other_names", verbose_name="acteur")
    name = models.CharField("écriture", max_length=250)
    kind = models.CharField("genre", max_length=8, choices=NameKind, default=NameKind.SPELLING)

    class Meta:
        verbose_name = "autre écriture"
        verbose_name_plural = "autres écritures"
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["actor", "name"], name="actor_name_once")]
        indexes = [GinIndex(OpClass(SortKey("name"), name="gin_trgm_ops"), name="actor_name_trgm")]

    def __str__(self):
        return self.name


class FormerSlug(models.Model):
    """An old address of an actor: it redirects for good."""

    slug = models.SlugField("ancienne adresse", max_length=120, unique=True)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = "ancienne adresse"
        verbose_name_plural = "anciennes adresses"

    def __str__(self):
        return self.slug


@pghistory.track()
class ActorArea(Sourced):
    """A territory where an actor says, or a source says, that it acts."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="areas", verbose_name="acteur")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", verbose_name="territoire")

    class Meta(Sourced.Meta):
        verbose_name = "territoire d’intervention"
        verbose_name_plural = "territoires d’intervention"
        constraints = [
            models.UniqueConstraint(fields=["actor", "territory", "source"], name="actor_area_once_a_source")
        ]

    def __str__(self):
        return f"{self.actor} : {self.territory}"


@pghistory.track()
class Mention(Sourced):
    """Where a source names an organisation or a person, outside of any statement about it."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="mentions", verbose_name="acteur")
    note = models.CharField("précision", max_length=400, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = "mention"
        verbose_name_plural = "mentions"
        constraints = [models.UniqueConstraint(fields=["actor", "source"], name="mention_once_a_source")]

    def __str__(self):
        return f"{self.actor}, {self.source}"
