"""What actors do: experiences, projects, programmes; and what set things off."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from foundations.models import Dated, Publishable, PublishableQuerySet, Versioned
from territories.models import Territory

from .actor import Actor
from .source import Sourced


class TriggerKind(models.TextChoices):
    CRISIS = "crisis", "crise"
    LAW = "law", "loi"
    TRAINING = "training", "formation"
    SOCIETY = "society", "évolution de la société"
    POLITICS = "politics", "vie politique"


class TriggerManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


@pghistory.track(model_name="TriggerEvent")
class Trigger(Sourced):
    """What set something off: Covid, a law, a training course. One trigger may have several effects."""

    name = models.CharField("nom", max_length=200)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    kind = models.CharField("genre", max_length=8, choices=TriggerKind)
    note = models.CharField("précision", max_length=300, blank=True)

    objects = TriggerManager()

    class Meta(Sourced.Meta):
        verbose_name = "déclencheur"
        verbose_name_plural = "déclencheurs"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)


class InitiativeKind(models.TextChoices):
    EXPERIENCE = "experience", "expérience"
    PROJECT = "project", "projet"
    PROGRAMME = "programme", "programme"


class Modality(models.TextChoices):
    """With what strength a source says something."""

    ASSERTED = "asserted", "affirmé"
    NUANCED = "nuanced", "nuancé"
    CRITICISM = "criticism", "critique rapportée"
    CONDITION = "condition", "condition"
    INTUITION = "intuition", "intuition"
    QUESTION = "question", "question ouverte"
    EXAMPLE = "example", "exemple"
    UNCERTAIN = "uncertain", "incertain"


class InitiativeQuerySet(PublishableQuerySet):
    def told_here(self):
        """Without those that are told on an organisation's page: one thing, told once."""
        return self.filter(same_as__isnull=True)

    def told_in_lists(self):
        """With what a card prints (place, bearers), in a constant number of queries; by kind, then name."""
        bearers = InitiativeBearer.objects.select_related("actor")
        return (
            self.select_related("place", "same_as", "source")
            .prefetch_related(models.Prefetch("bearers", bearers))
            .order_by("kind", "name")
        )


class InitiativeManager(models.Manager.from_queryset(InitiativeQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


@pghistory.track(model_name="InitiativeEvent")
class Initiative(Sourced, Publishable, Versioned, Dated):
    name = models.CharField("nom", max_length=250)
    acronym = models.CharField("sigle", max_length=40, blank=True)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    kind = models.CharField("genre", max_length=10, choices=InitiativeKind, default=InitiativeKind.EXPERIENCE)
    summary = models.TextField("en quelques mots", blank=True)
    status = models.CharField("où elle en est", max_length=200, blank=True)
    modality = models.CharField("modalité", max_length=9, choices=Modality, default=Modality.ASSERTED)
    place = models.ForeignKey(
        Territory, models.PROTECT, verbose_name="lieu", null=True, blank=True, related_name="initiatives"
    )
    place_note = models.CharField("lieu, dans les mots de la source", max_length=200, blank=True)
    place_basis_note = models.CharField("précision sur le lieu", max_length=200, blank=True)
    note = models.TextField("ce que la source ne dit pas", blank=True)
    triggers = models.ManyToManyField(
        Trigger, verbose_name="déclencheurs", blank=True, related_name="initiatives"
    )
    same_as = models.OneToOneField(
        Actor,
        models.PROTECT,
        verbose_name="racontée comme une organisation",
        null=True,
        blank=True,
        related_name="as_initiative",
        help_text="Une seule chose, racontée une fois : la page est celle de l’organisation.",
    )

    objects = InitiativeManager()

    class Meta(Sourced.Meta):
        verbose_name = "initiative"
        verbose_name_plural = "initiatives"
        ordering = ["name"]
        triggers = [*Sourced.Meta.triggers, *Versioned.Meta.triggers]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("initiative", kwargs={"slug": self.slug})

    @property
    def bearer_words(self) -> str:
        """Who bears it, in a line; empty when the source names nobody. Reads the loaded `bearers`."""
        named = [
            bearer.unnamed or bearer.actor.name
            for bearer in self.bearers.all()
            if bearer.unnamed or bearer.actor.is_published
        ]
        return ", ".join(named)


class BearerPart(models.TextChoices):
    BEARS = "bears", "porte"
    SETS_UP = "sets_up", "met en place"
    TAKES_PART = "takes_part", "y prend part"


@pghistory.track()
class InitiativeBearer(Sourced):
    """Who bears an initiative: an actor, or words where the source names nobody."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="bearers", verbose_name="initiative"
    )
    actor = models.ForeignKey(
        Actor, models.CASCADE, related_name="borne_initiatives", verbose_name="acteur", null=True, blank=True
    )
    unnamed = models.CharField("porteur non nommé", max_length=200, blank=True)
    part = models.CharField("part", max_length=10, choices=BearerPart, default=BearerPart.BEARS)

    class Meta(Sourced.Meta):
        verbose_name = "porteur"
        verbose_name_plural = "porteurs"
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False, unnamed="") | (Q(actor__isnull=True) & ~Q(unnamed="")),
                name="bearer_is_an_actor_or_words",
            ),
            models.UniqueConstraint(
                fields=["initiative", "actor", "unnamed", "part", "source"],
                name="bearer_once_a_source",
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.actor or self.unnamed} {self.get_part_display()} {self.initiative}"


@pghistory.track()
class InitiativeLineage(Sourced):
    """An initiative made another possible: a training course, then a network."""

    earlier = models.ForeignKey(Initiative, models.CASCADE, related_name="led_to", verbose_name="initiative")
    later = models.ForeignKey(Initiative, models.CASCADE, related_name="came_from", verbose_name="a permis")
    label = models.CharField("dans les mots de la source", max_length=200, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = "suite d’une initiative"
        verbose_name_plural = "suites d’une initiative"
        constraints = [
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="initiative_lineage_to_another"),
            models.UniqueConstraint(
                fields=["earlier", "later", "source"], name="initiative_lineage_once_a_source"
            ),
        ]

    def __str__(self):
        return f"{self.earlier} → {self.later}"
