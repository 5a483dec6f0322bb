"""A workshop, who invited and hosted, and its sessions."""

import pghistory
from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.urls import reverse

from actors.models import Actor, Initiative, Source, Sourced
from foundations.models import Dated, Publishable, PublishableQuerySet, Versioned
from territories.models import Territory


class HalfDay(models.TextChoices):
    MORNING = "morning", "matinée"
    AFTERNOON = "afternoon", "après-midi"
    EVENING = "evening", "soirée"
    DAY = "day", "journée"


class WorkshopQuerySet(PublishableQuerySet):
    def visible_to(self, user):
        """What `user` may read: the published, and drafts too for staff who may see them (preview)."""
        return self if may_preview(user) else self.published()

    def told(self):
        """Loads what the head of a workshop's page prints, and its hosts and sessions."""
        return self.select_related("place", "programme", "source").prefetch_related(
            "territories",
            Prefetch("hosts", WorkshopHost.objects.select_related("actor", "source").order_by("part", "id")),
            Prefetch("sessions", Session.objects.select_related("source", "parallel_to").order_by("order")),
        )

    def with_counts(self):
        """Annotates `finding_count`, `recommendation_count` (whole ones) and `listed_count` (lines of the list)."""
        whole = Q(recommendations__parent__isnull=True)
        return self.annotate(
            finding_count=Count("findings", distinct=True),
            recommendation_count=Count("recommendations", filter=whole, distinct=True),
            listed_count=Count("attendances", distinct=True),
        )


def may_preview(user) -> bool:
    """Whether `user` may read a draft on its real page, before it is published."""
    return user.is_staff and user.has_perm("workshops.view_workshop")


class WorkshopManager(models.Manager.from_queryset(WorkshopQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


@pghistory.track(model_name="WorkshopEvent")
class Workshop(Publishable, Versioned, Dated):
    title = models.CharField("titre", max_length=250)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    date = models.DateField("date")
    half_day = models.CharField("moment", max_length=9, choices=HalfDay, blank=True)
    venue = models.CharField("lieu", max_length=250, blank=True)
    place = models.ForeignKey(
        Territory,
        models.PROTECT,
        verbose_name="commune du lieu",
        null=True,
        blank=True,
        related_name="hosted_workshops",
    )
    territories = models.ManyToManyField(
        Territory, verbose_name="territoires concernés", blank=True, related_name="workshops"
    )
    perimeter = models.CharField("périmètre, dans les mots de la source", max_length=300, blank=True)
    perimeter_note = models.CharField("précision sur le périmètre", max_length=300, blank=True)
    programme = models.ForeignKey(
        Initiative, models.PROTECT, verbose_name="programme", null=True, blank=True, related_name="workshops"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, verbose_name="compte rendu", null=True, blank=True, related_name="workshops"
    )
    announced_attendance = models.CharField("participation annoncée", max_length=200, blank=True)
    attendance_note = models.TextField("précision sur la participation", blank=True)
    summary = models.TextField("en quelques mots", blank=True)

    objects = WorkshopManager()

    class Meta:
        verbose_name = "atelier"
        verbose_name_plural = "ateliers"
        ordering = ["-date", "title"]
        triggers = Versioned.Meta.triggers

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("workshop", kwargs={"slug": self.slug})


class HostPart(models.TextChoices):
    INVITES = "invites", "co-invite"
    HOSTS = "hosts", "accueille"
    ORGANISES = "organises", "organise"


@pghistory.track()
class WorkshopHost(Sourced):
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="hosts", verbose_name="atelier")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="hosted_workshops", verbose_name="acteur")
    part = models.CharField("part", max_length=9, choices=HostPart)

    class Meta(Sourced.Meta):
        verbose_name = "hôte"
        verbose_name_plural = "hôtes"
        constraints = [
            models.UniqueConstraint(fields=["workshop", "actor", "part", "source"], name="host_once_a_source")
        ]

    def __str__(self):
        return f"{self.actor} {self.get_part_display()}"


class SessionManager(models.Manager):
    def get_by_natural_key(self, workshop, order):
        return self.get(workshop__slug=workshop, order=order)


@pghistory.track(model_name="SessionEvent")
class Session(Sourced):
    """A part of a workshop; two sessions may run in parallel."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="sessions", verbose_name="atelier")
    order = models.PositiveSmallIntegerField("ordre")
    title = models.CharField("titre", max_length=250)
    form = models.CharField("forme", max_length=200, blank=True, help_text="Exercice commun, table ronde…")
    parallel_to = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="en parallèle de", null=True, blank=True, related_name="+"
    )
    note = models.CharField("précision", max_length=300, blank=True)

    objects = SessionManager()

    class Meta(Sourced.Meta):
        verbose_name = "séance"
        verbose_name_plural = "séances"
        ordering = ["workshop", "order"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "order"], name="session_order_once"),
            models.CheckConstraint(condition=~Q(parallel_to=F("id")), name="session_not_parallel_to_itself"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.workshop.slug, self.order)

    def get_absolute_url(self):
        return f"{self.workshop.get_absolute_url()}#seance-{self.order}"
