"""A gathering of territories, actors and workshops, and the animators who look after it."""

import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse

from actors.models import Actor
from foundations.models import Dated, Publishable, PublishableQuerySet, Versioned
from territories.models import Territory
from workshops.models import Workshop


class EcosystemManager(models.Manager.from_queryset(PublishableQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


@pghistory.track(model_name="EcosystemEvent")
class Ecosystem(Publishable, Versioned, Dated):
    name = models.CharField("nom", max_length=250)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    summary = models.TextField("en quelques mots", blank=True)
    territories = models.ManyToManyField(
        Territory, verbose_name="territoires", blank=True, related_name="ecosystems"
    )
    actors = models.ManyToManyField(Actor, verbose_name="acteurs", blank=True, related_name="ecosystems")
    workshops = models.ManyToManyField(
        Workshop, verbose_name="ateliers", blank=True, related_name="ecosystems"
    )

    objects = EcosystemManager()

    class Meta:
        verbose_name = "écosystème"
        verbose_name_plural = "écosystèmes"
        ordering = ["name"]
        triggers = Versioned.Meta.triggers

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("ecosystem", kwargs={"slug": self.slug})


class Role(models.TextChoices):
    ANIMATOR = "animator", "animateur"
    REVIEWER = "reviewer", "relecteur"


class Caretaker(models.Model):
    """What a user may do in an ecosystem: an animator enters and publishes, a reviewer reads drafts and comments."""

    ecosystem = models.ForeignKey(
        Ecosystem, models.CASCADE, related_name="caretakers", verbose_name="écosystème"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="ecosystems_cared_for", verbose_name="compte"
    )
    role = models.CharField("rôle", max_length=8, choices=Role)

    class Meta:
        verbose_name = "responsable"
        verbose_name_plural = "responsables"
        constraints = [models.UniqueConstraint(fields=["ecosystem", "user"], name="caretaker_once")]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"


class Passages(models.Model):
    """Who is passed through in a large network, as last measured (see `passages.py`). Made anew, never edited."""

    ecosystem = models.ForeignKey(
        Ecosystem, models.CASCADE, related_name="passages", verbose_name="écosystème"
    )
    layers = models.CharField("couches", max_length=200)
    digest = models.CharField("empreinte des liens", max_length=32)
    measured_at = models.DateTimeField("mesuré le")
    ties = models.PositiveIntegerField("liens")
    shares = models.JSONField("part de chacun")  # by node of the graph; those without any are left out

    class Meta:
        verbose_name = "mesure d’un grand réseau"
        verbose_name_plural = "mesures des grands réseaux"
        constraints = [models.UniqueConstraint(fields=["ecosystem", "layers"], name="passages_once")]

    def __str__(self):
        return f"{self.ecosystem} ({self.layers})"
