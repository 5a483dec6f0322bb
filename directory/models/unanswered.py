"""Searches that found nobody, gathered from the log for whoever keeps the vocabulary."""

from django.db import models
from django.db.models import Q

from actors.models import Competence


class UnansweredSearchQuerySet(models.QuerySet):
    def waiting(self):
        """Neither made a synonym nor set aside, the most asked for first."""
        return self.filter(competence=None, is_set_aside=False).order_by("-count", "-last_seen", "words")


class UnansweredSearch(models.Model):
    """Words that found nobody, how many times by day; nothing of who typed them."""

    words = models.CharField("mots cherchés", max_length=80, unique=True, editable=False)
    # By day, so that gathering the same log twice changes nothing.
    days = models.JSONField("par jour", default=dict, editable=False)
    count = models.PositiveIntegerField("fois", default=0, editable=False)
    first_seen = models.DateField("cherchés depuis le", editable=False)
    last_seen = models.DateField("dernière fois le", editable=False)
    competence = models.ForeignKey(
        Competence,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="synonyme de",
        help_text="Choisissez la compétence dont ces mots sont un autre nom : la recherche les comprendra aussitôt.",
    )
    is_set_aside = models.BooleanField("mis de côté", default=False)

    objects = UnansweredSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "recherche sans réponse"
        verbose_name_plural = "recherches sans réponse"
        ordering = ["-count", "-last_seen", "words"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_seen__lte=models.F("last_seen")), name="unanswered_days_in_order"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="unanswered_has_words"),
        ]

    def __str__(self):
        return self.words
