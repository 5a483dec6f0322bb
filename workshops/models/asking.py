"""Asking the bearers of recommendations where things stand, and what they answer. Private: in no history, no output."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import Actor, ContactPoint
from foundations.links import PrivateLink
from foundations.models import Versioned

from .recommendation import Bearing, FollowUp, Progress, Recommendation


class BearerLink(PrivateLink):
    """By it an actor says, without account, where the recommendations stand that it bears or is thought to bear."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="bearer_links", verbose_name="porteur")

    class Meta:
        verbose_name = "lien d’un porteur"
        verbose_name_plural = "liens des porteurs"


class ProposalState(models.TextChoices):
    WAITING = "waiting", "à relire"
    APPROVED = "approved", "publiée"
    REFUSED = "refused", "non publiée"


class ProposedFollowUpQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=ProposalState.WAITING)

    def told(self):
        return self.select_related("recommendation__workshop", "actor", "follow_up__source")


class ProposedFollowUp(Versioned):
    """What a bearer says by its link. It is nowhere on the site until an animator approves it, as a `FollowUp`.

    `key` is drawn by the page, so that a form sent twice is said once. As long as it waits, the bearer may say it
    better: the same row is rewritten.
    """

    key = models.UUIDField("clé", unique=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(
        BearerLink, models.SET_NULL, null=True, editable=False, verbose_name="lien", related_name="proposals"
    )
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="proposed_follow_ups", verbose_name="recommandation"
    )
    actor = models.ForeignKey(
        Actor, models.CASCADE, related_name="proposed_follow_ups", verbose_name="dit par"
    )
    progress = models.CharField("avancement", max_length=9, choices=Progress, blank=True)
    bearing = models.CharField("qui la porte", max_length=8, choices=Bearing, blank=True)
    note = models.TextField("en une phrase", max_length=600, blank=True)
    said_at = models.DateTimeField("dit le", default=timezone.now, editable=False)
    state = models.CharField("état", max_length=8, choices=ProposalState, default=ProposalState.WAITING)
    decided_at = models.DateTimeField("décidé le", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        verbose_name="décidé par",
        related_name="+",
    )
    answer = models.TextField("mot de l’animateur", max_length=600, blank=True)
    follow_up = models.OneToOneField(
        FollowUp, models.PROTECT, null=True, editable=False, verbose_name="suite publiée", related_name="+"
    )

    objects = ProposedFollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "suite proposée"
        verbose_name_plural = "suites proposées"
        ordering = ["said_at", "id"]
        triggers = Versioned.Meta.triggers
        constraints = [
            models.CheckConstraint(
                condition=~Q(progress="", bearing="", note=""), name="proposal_says_something"
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.WAITING, decided_at=None)
                | (~Q(state=ProposalState.WAITING) & Q(decided_at__isnull=False)),
                name="proposal_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.APPROVED, follow_up__isnull=False)
                | (~Q(state=ProposalState.APPROVED) & Q(follow_up=None)),
                name="proposal_approved_is_a_follow_up",
            ),
            # The bearer is not the place: what says « porteur pressenti » is the animators'.
            models.CheckConstraint(
                condition=Q(bearing__in=["", Bearing.NOBODY, Bearing.ACCEPTED]), name="proposal_bearing"
            ),
            models.UniqueConstraint(
                fields=["link", "recommendation"],
                condition=Q(state=ProposalState.WAITING),
                name="proposal_waiting_once",
            ),
        ]

    def __str__(self):
        return f"{self.actor} : {self.recommendation}"


class Mailbox(models.Model):
    """An address that reminders go to, without the address: when it was last written to, whether it said stop.

    A keyed hash, so that whoever said stop is not written to again when an animator enters the address anew, and so
    that two actors who share an address get one message.
    """

    digest = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    last_written_on = models.DateField("dernier message le", null=True, editable=False)
    stopped_on = models.DateField("ne veut plus de rappel depuis le", null=True, editable=False)

    class Meta:
        verbose_name = "boîte de rappels"
        verbose_name_plural = "boîtes de rappels"

    def __str__(self):
        return f"boîte {self.pk}"


class ReminderState(models.TextChoices):
    PREPARED = "prepared", "à relire"
    APPROVED = "approved", "à envoyer"
    SENT = "sent", "envoyé"
    DROPPED = "dropped", "écarté"


class ReminderQuerySet(models.QuerySet):
    def open(self):
        """Not gone yet: to be read, or about to leave."""
        return self.filter(state__in=[ReminderState.PREPARED, ReminderState.APPROVED])


class Reminder(models.Model):
    """One message to one address, about all that its owner bears; listed for the animators before it goes."""

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="reminders", verbose_name="boîte")
    state = models.CharField("état", max_length=8, choices=ReminderState, default=ReminderState.PREPARED)
    prepared_on = models.DateField("préparé le", default=timezone.localdate, editable=False)
    # Kept for the console, which sends what could not leave at once and knows no address of its own.
    site = models.CharField("adresse du site", max_length=200, blank=True, editable=False)
    decided_on = models.DateField("décidé le", null=True, editable=False)
    sent_on = models.DateField("envoyé le", null=True, editable=False)
    # The first day of the month in which it left: the database itself refuses a second one.
    month = models.DateField("mois", null=True, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "rappel aux porteurs"
        verbose_name_plural = "rappels aux porteurs"
        ordering = ["prepared_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox"],
                condition=Q(state__in=[ReminderState.PREPARED, ReminderState.APPROVED]),
                name="reminder_one_at_a_time",
            ),
            models.UniqueConstraint(fields=["mailbox", "month"], name="reminder_once_a_month"),
            models.CheckConstraint(
                condition=Q(state=ReminderState.SENT, sent_on__isnull=False, month__isnull=False)
                | (~Q(state=ReminderState.SENT) & Q(sent_on=None, month=None)),
                name="reminder_sent_on_a_day",
            ),
        ]

    def __str__(self):
        return f"rappel préparé le {self.prepared_on:%d/%m/%Y}"


class ReminderLine(models.Model):
    """A recommendation that a reminder asks about. It goes with the address: no address, no line."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="lines", verbose_name="rappel")
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="reminder_lines", verbose_name="recommandation"
    )
    contact_point = models.ForeignKey(
        ContactPoint, models.CASCADE, related_name="reminder_lines", verbose_name="adresse"
    )
    is_dropped = models.BooleanField("écartée", default=False)

    class Meta:
        verbose_name = "ligne d’un rappel"
        verbose_name_plural = "lignes des rappels"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reminder", "recommendation", "contact_point"], name="reminder_line_once"
            )
        ]

    def __str__(self):
        return f"{self.recommendation} ({self.reminder})"
