"""A finding while it is typed, or proposed from notes: kept by the server, shown to those who enter the workshop."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import Actor, Initiative, Modality, Trigger

from .finding import FindingKind, Level, Theme, Voice
from .workshop import Session, Workshop


class DraftState(models.TextChoices):
    PROPOSED = "proposed", "proposé d’après les notes"
    TYPED = "typed", "saisi"


class DraftFindingQuerySet(models.QuerySet):
    def typed(self):
        return self.filter(state=DraftState.TYPED)

    def proposed(self):
        return self.filter(state=DraftState.PROPOSED)

    def in_order(self):
        """By session, those of none last, then in the order of the page."""
        return self.order_by(models.F("session__order").asc(nulls_last=True), "position", "id")

    def told(self):
        """Loads what a line of the page prints, in a constant number of queries."""
        return self.select_related("updated_by").prefetch_related(
            "themes", "actors", "initiatives", "triggers"
        )


class DraftFinding(models.Model):
    """One line of the page where findings are typed; it becomes a `Finding`, and then is no more.

    `key` is chosen by the page, so that a line sent twice over a bad connection is one line. `version` counts what is
    said of the finding, and not its moves: nobody's words are overwritten because someone else reordered the lines.
    """

    key = models.UUIDField("clé", unique=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(
        Workshop, models.CASCADE, related_name="draft_findings", verbose_name="atelier"
    )
    session = models.ForeignKey(
        Session, models.SET_NULL, verbose_name="séance", null=True, blank=True, related_name="draft_findings"
    )
    state = models.CharField("état", max_length=8, choices=DraftState, default=DraftState.TYPED)
    kind = models.CharField("genre", max_length=14, choices=FindingKind, default=FindingKind.CONSTAT)
    kind_is_sure = models.BooleanField("genre dit par les notes", default=True)
    title = models.CharField("titre dans la source", max_length=250, blank=True)
    statement = models.TextField("énoncé", blank=True)
    points = ArrayField(models.TextField(), verbose_name="points développés", default=list, blank=True)
    quotation = models.TextField("citation courte", blank=True)
    pages = ArrayField(models.PositiveSmallIntegerField(), verbose_name="pages", default=list, blank=True)
    level = models.CharField("niveau", max_length=11, choices=Level, default=Level.UNSPECIFIED)
    voice = models.CharField("voix", max_length=12, choices=Voice, default=Voice.PARTICIPANTS)
    modality = models.CharField("modalité", max_length=9, choices=Modality, default=Modality.ASSERTED)
    themes = models.ManyToManyField(Theme, verbose_name="thèmes", blank=True, related_name="+")
    actors = models.ManyToManyField(Actor, verbose_name="acteurs cités", blank=True, related_name="+")
    initiatives = models.ManyToManyField(Initiative, verbose_name="initiatives", blank=True, related_name="+")
    triggers = models.ManyToManyField(Trigger, verbose_name="déclencheurs", blank=True, related_name="+")
    position = models.PositiveSmallIntegerField("rang", default=0)
    version = models.PositiveIntegerField("version", default=1, editable=False)
    updated_at = models.DateTimeField("modifié le", default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="modifié par",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = DraftFindingQuerySet.as_manager()

    class Meta:
        verbose_name = "constat en cours de saisie"
        verbose_name_plural = "constats en cours de saisie"
        ordering = ["workshop", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DraftState.TYPED) | ~Q(statement=""), name="draft_proposal_says_something"
            ),
        ]

    def __str__(self):
        return self.statement or self.title or "ligne vide"
