"""Abstract bases and fields that know nothing of the domain."""

import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Least, Left, Length
from django.utils import timezone


class SortKey(Func):
    """The SQL function `sort_key` (first migration): lower case, no accents, separators folded to one space."""

    function = "sort_key"
    output_field = models.TextField()


class PartialDateField(models.CharField):
    """A date as precise as its source: `2019`, `2019-03` or `2019-03-14` (Popolo's fuzzy dates); empty when unknown."""

    description = "Date, éventuellement incomplète"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault("help_text", "Une année (2019), un mois (2019-03) ou un jour (2019-03-14).")
        super().__init__(*args, **kwargs)
        self.validators = [
            *self.validators,
            RegexValidator(
                r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
                "Écrivez une année (2019), un mois (2019-03) ou un jour (2019-03-14).",
            ),
        ]


def partial_date_is_valid(field: str) -> Q:
    """Condition for a CheckConstraint: `field` is empty or a partial date."""
    return Q(**{field: ""}) | Q(**{f"{field}__regex": r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"})


def dates_in_order(since: str, until: str) -> Q:
    """Condition for a CheckConstraint: the end is not before the beginning, compared at the coarser precision."""
    shared = Least(Length(F(since)), Length(F(until)))
    starts, ends = Left(F(since), shared), Left(F(until), shared)
    # A Q joined with a lookup is a Q, which the stubs do not know.
    return Q(**{since: ""}) | Q(**{until: ""}) | models.lookups.LessThanOrEqual(starts, ends)  # type: ignore[return-value]


class State(models.TextChoices):
    DRAFT = "draft", "brouillon"
    PUBLISHED = "published", "publié"


class PublishableQuerySet(models.QuerySet):
    def published(self):
        """Only what the public may see."""
        return self.filter(state=State.PUBLISHED)


class Publishable(models.Model):
    """Draft until an animator publishes it."""

    state = models.CharField("état", max_length=9, choices=State, default=State.DRAFT)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


class Versioned(models.Model):
    """A row that knows how often it changed, so that a form can refuse to overwrite someone else's change.

    The database counts (a trigger before each update), so that no writer, shell or bulk, can forget to.
    """

    version = models.PositiveIntegerField("version", default=0, editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="count_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="NEW.version = OLD.version + 1; RETURN NEW;",
            )
        ]


class Dated(models.Model):
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("modifié le", auto_now=True, editable=False)

    class Meta:
        abstract = True


class ThrottleCount(models.Model):
    """How many times something was done in an hour; see `foundations.throttle`, its only writer."""

    key = models.CharField("empreinte", max_length=64, primary_key=True)
    hour = models.DateTimeField("heure", db_index=True)
    count = models.PositiveIntegerField("nombre")

    class Meta:
        verbose_name = "compte de demandes"
        verbose_name_plural = "comptes de demandes"

    def __str__(self):
        return f"{self.count} à {self.hour:%H h}"
