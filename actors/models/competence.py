"""The vocabulary of competences, and who has which, with the proof."""

import pghistory
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.urls import reverse

from foundations.models import SortKey

from .actor import Actor
from .source import Sourced


class CompetenceQuerySet(models.QuerySet):
    def roots(self):
        return self.filter(parent__isnull=True)

    def with_published_actors(self):
        """Annotates `actor_count`: published actors with a proof of this term (not of those below it)."""
        published = Q(expertises__actor__state="published") & ~Q(
            expertises__actor__publication_basis="objection"
        )
        return self.annotate(actor_count=models.Count("expertises__actor", filter=published, distinct=True))


class CompetenceManager(models.Manager.from_queryset(CompetenceQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


@pghistory.track(model_name="CompetenceEvent")
class Competence(models.Model):
    """A term of a two-level tree (SKOS concept)."""

    name = models.CharField("nom", max_length=120, unique=True)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    definition = models.TextField("définition")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="terme plus large",
        null=True,
        blank=True,
        related_name="narrower",
    )
    related = models.ManyToManyField("self", verbose_name="termes voisins", blank=True)
    sort_name = GeneratedField(
        expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True
    )

    objects = CompetenceManager()

    class Meta:
        verbose_name = "compétence"
        verbose_name_plural = "compétences"
        ordering = ["sort_name"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="competence_not_under_itself")
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("competence", kwargs={"slug": self.slug})


@pghistory.track()
class CompetenceSynonym(models.Model):
    """Other words for the same competence; used when a search is read, never stored in the index."""

    competence = models.ForeignKey(
        Competence, models.CASCADE, related_name="synonyms", verbose_name="compétence"
    )
    name = models.CharField("synonyme", max_length=120)
    sort_name = GeneratedField(
        expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        verbose_name = "synonyme"
        verbose_name_plural = "synonymes"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["competence", "sort_name"], name="synonym_once")]

    def __str__(self):
        return self.name


@pghistory.track()
class Expertise(Sourced):
    """An actor has a competence; what proves it, in our words, with the page."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="expertises", verbose_name="acteur")
    competence = models.ForeignKey(
        Competence, models.PROTECT, related_name="expertises", verbose_name="compétence"
    )
    evidence = models.CharField(
        "preuve", max_length=300, help_text="La fonction ou le passage qui le montre."
    )
    helps = models.BooleanField(
        "propose son aide", null=True, blank=True, help_text="Seulement si l’acteur l’a dit."
    )
    help_audience = models.CharField("à qui", max_length=200, blank=True)
    help_terms = models.CharField("à quelles conditions", max_length=300, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = "savoir-faire"
        verbose_name_plural = "savoir-faire"
        constraints = [
            models.UniqueConstraint(fields=["actor", "competence", "source"], name="expertise_once_a_source"),
            models.CheckConstraint(
                condition=Q(helps=True) | Q(help_audience="", help_terms=""),
                name="expertise_terms_of_an_offer",
            ),
        ]

    def __str__(self):
        return f"{self.actor} : {self.competence}"
