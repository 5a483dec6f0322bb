"""What animators said of who is who, remembered so that nobody is asked twice."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .actor import Actor, Kind


class DecidedBy(models.Model):
    """Who said so, and when."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="par",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    on = models.DateTimeField("le", default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Distinction(DecidedBy):
    """Two actors that resemble each other and are not the same: never proposed again. `one` has the lower number."""

    one = models.ForeignKey(Actor, models.CASCADE, related_name="distinctions", verbose_name="acteur")
    other = models.ForeignKey(Actor, models.CASCADE, related_name="distinctions_of", verbose_name="n’est pas")

    class Meta:
        verbose_name = "distinction"
        verbose_name_plural = "distinctions"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distinction_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="distinction_in_order"),
        ]

    def __str__(self):
        return f"{self.one} n’est pas {self.other}"


class NameDecision(DecidedBy):
    """A name as a list wrote it, in the context it had there, is this actor, or is not.

    Names of people are kept as keyed prints (`actors.fingerprint`), never in clear: what was decided of someone must
    not be one more list of names.
    """

    kind = models.CharField("genre", max_length=12, choices=Kind)
    name_print = models.CharField("empreinte du nom", max_length=64)
    context_print = models.CharField("empreinte de l’organisation", max_length=64, blank=True)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="name_decisions", verbose_name="acteur")
    is_same = models.BooleanField("est le même")

    class Meta:
        verbose_name = "nom reconnu"
        verbose_name_plural = "noms reconnus"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name_print", "context_print", "actor"], name="name_decision_once"
            ),
            # One name in one context is one actor; several others it may not be.
            models.UniqueConstraint(
                fields=["kind", "name_print", "context_print"],
                condition=Q(is_same=True),
                name="name_decision_of_one_actor",
            ),
        ]

    def __str__(self):
        return f"un nom {'est' if self.is_same else 'n’est pas'} {self.actor}"
