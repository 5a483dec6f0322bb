"""A list of participants while it is being checked: private to those who enter the workshop, and erased soon after."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .attendance import AttendanceStatus
from .workshop import Workshop

LEFT_FOR = timedelta(days=30)  # a list begun and not confirmed


class RosterState(models.TextChoices):
    OPEN = "open", "à vérifier"
    CONFIRMED = "confirmed", "confirmée"


class RosterQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=RosterState.OPEN)

    def confirmed_on(self, day):
        """Those confirmed on `day`, which may still be undone that day; the last one first."""
        return self.filter(state=RosterState.CONFIRMED, confirmed_at__date=day).order_by("-confirmed_at")

    def expired(self, now, today):
        """Past the day on which they could be undone, or left unfinished: their names have no more reason to stay."""
        left = Q(state=RosterState.OPEN, updated_at__lt=now - LEFT_FOR)
        return self.filter(left | Q(state=RosterState.CONFIRMED, confirmed_at__date__lt=today))


class Roster(models.Model):
    """A pasted list. `organisations`: folded name → key of the actor it was said to be, or « new »."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="rosters", verbose_name="atelier")
    state = models.CharField("état", max_length=9, choices=RosterState, default=RosterState.OPEN)
    organisations = models.JSONField("organisations reconnues", default=dict, blank=True)
    made = models.JSONField("ce que la confirmation a écrit", default=dict, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)
    created_at = models.DateTimeField("créée le", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("modifiée le", default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="modifiée par",
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True, editable=False)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = "liste de participants"
        verbose_name_plural = "listes de participants"
        ordering = ["workshop", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop"], condition=Q(state=RosterState.OPEN), name="roster_one_open_a_workshop"
            ),
            models.CheckConstraint(
                condition=Q(state=RosterState.OPEN, confirmed_at__isnull=True)
                | Q(state=RosterState.CONFIRMED, confirmed_at__isnull=False),
                name="roster_confirmed_is_dated",
            ),
        ]

    def __str__(self):
        return f"liste de participants de {self.workshop}"


class RosterLine(models.Model):
    """One person, or one unnamed delegate, as read and as corrected.

    `capacities`: what they are there for, the first one first: dicts of role, unit and organisation. `alternatives`:
    other readings of the line (`workshops.roster.Alternative.as_dict`). `choice`: the key of the actor the person was
    said to be, « new », or nothing yet.
    """

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="lines", verbose_name="liste")
    position = models.PositiveSmallIntegerField("rang")
    person_name = models.CharField("nom", max_length=250, blank=True)
    status = models.CharField(
        "présence", max_length=11, choices=AttendanceStatus, default=AttendanceStatus.UNKNOWN
    )
    session_role = models.CharField("rôle dans la séance", max_length=120, blank=True)
    capacities = models.JSONField("à quels titres", default=list, blank=True)
    alternatives = models.JSONField("autres lectures", default=list, blank=True)
    is_sure = models.BooleanField("lecture sûre", default=True)
    choice = models.CharField("fiche", max_length=20, blank=True)
    listed_line = models.CharField("ligne de la liste", max_length=500, blank=True)
    emails = ArrayField(models.EmailField(), verbose_name="adresses e-mail", default=list, blank=True)
    phones = ArrayField(models.CharField(max_length=40), verbose_name="téléphones", default=list, blank=True)

    class Meta:
        verbose_name = "ligne d’une liste de participants"
        verbose_name_plural = "lignes d’une liste de participants"
        ordering = ["roster", "position"]
        constraints = [models.UniqueConstraint(fields=["roster", "position"], name="roster_line_order_once")]

    def __str__(self):
        return self.person_name or "personne non nommée"
