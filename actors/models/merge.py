"""Two actors were one: what was merged, by whom, and exactly what moved, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .actor import Actor
from .identity import DecidedBy


class MergeQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not undone."""
        return self.filter(undone_on=None)

    def told(self):
        return self.select_related("kept", "absorbed", "by", "undone_by")


class Merge(DecidedBy):
    """`absorbed` was found to be `kept`. The row of the absorbed one stays, a draft that no list shows.

    `moved`, `set_aside`, `added` and `columns` are written by `actors.actions.merge`, which alone reads them:
    which column of which rows pointed to what; rows taken out, whole; rows made; columns of the two, before and after.
    """

    kept = models.ForeignKey(Actor, models.CASCADE, related_name="merges", verbose_name="fiche gardée")
    absorbed = models.ForeignKey(
        Actor, models.CASCADE, related_name="merges_into", verbose_name="fiche absorbée"
    )
    moved = models.JSONField("ce qui a été rattaché", default=list, editable=False)
    set_aside = models.JSONField("ce qui a été mis de côté", default=list, editable=False)
    added = models.JSONField("ce qui a été ajouté", default=list, editable=False)
    columns = models.JSONField("valeurs reprises", default=dict, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="défaite par",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    undone_on = models.DateTimeField("défaite le", null=True, blank=True, editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "fusion"
        verbose_name_plural = "fusions"
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=False) | Q(undone_by=None), name="merge_undone_on_a_day"
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_on=None), name="merge_absorbed_once"
            ),
        ]

    def __str__(self):
        return f"{self.absorbed} dans {self.kept}"
