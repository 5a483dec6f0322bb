"""What sources say of one actor and another: attachment, membership, lineage, tie. Each is its own thing."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from foundations.models import PartialDateField, dates_in_order, partial_date_is_valid

from .actor import Actor
from .guards import must_be
from .initiative import Initiative, Trigger
from .source import Sourced


class Period(models.Model):
    """Since when and until when, as precisely as the source says; both empty when it says nothing."""

    since = PartialDateField("depuis")
    until = PartialDateField("jusqu’à")

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        return bool(self.until)


def period_constraints(table: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            condition=partial_date_is_valid("since") & partial_date_is_valid("until"),
            name=f"{table}_dates_are_dates",
        ),
        models.CheckConstraint(condition=dates_in_order("since", "until"), name=f"{table}_dates_in_order"),
    ]


@pghistory.track()
class Attachment(Sourced, Period):
    """An organisation is a part of another, or belongs to it: a chair and its school."""

    organisation = models.ForeignKey(
        Actor, models.CASCADE, related_name="attachments", verbose_name="organisation"
    )
    parent = models.ForeignKey(Actor, models.PROTECT, related_name="parts", verbose_name="rattachée à")

    class Meta(Sourced.Meta):
        verbose_name = "rattachement"
        verbose_name_plural = "rattachements"
        constraints = [
            models.CheckConstraint(condition=~Q(organisation=F("parent")), name="attachment_to_another"),
            models.UniqueConstraint(
                fields=["organisation", "parent", "source"], name="attachment_once_a_source"
            ),
            *period_constraints("attachment"),
        ]
        triggers = [
            *Sourced.Meta.triggers,
            must_be("organisation", "organisation_id"),
            must_be("organisation", "parent_id"),
        ]

    def __str__(self):
        return f"{self.organisation} rattachée à {self.parent}"


@pghistory.track()
class Membership(Sourced, Period):
    """A function held by an actor in an organisation. A unit is not a role; a delegation is not a job."""

    member = models.ForeignKey(Actor, models.CASCADE, related_name="memberships", verbose_name="membre")
    organisation = models.ForeignKey(
        Actor, models.PROTECT, related_name="members", verbose_name="organisation"
    )
    role = models.CharField("fonction", max_length=250, blank=True)
    unit = models.CharField("service", max_length=250, blank=True)
    delegations = ArrayField(
        models.CharField(max_length=200), verbose_name="délégations", default=list, blank=True
    )
    is_elected = models.BooleanField("mandat électif", default=False)
    programme = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        verbose_name="programme",
        null=True,
        blank=True,
        related_name="memberships",
    )
    note = models.CharField("précision", max_length=300, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = "appartenance"
        verbose_name_plural = "appartenances"
        constraints = [
            models.CheckConstraint(condition=~Q(member=F("organisation")), name="membership_not_in_oneself"),
            models.UniqueConstraint(
                fields=["member", "organisation", "role", "unit", "source"], name="membership_once_a_source"
            ),
            *period_constraints("membership"),
        ]
        triggers = [*Sourced.Meta.triggers, must_be("organisation", "organisation_id")]

    def __str__(self):
        return f"{self.member}, {self.title}"

    @property
    def title(self) -> str:
        """The function in one line: « directrice, CISCA »."""
        return ", ".join(part for part in (self.role, self.unit, self.organisation.name) if part)

    @property
    def title_alone(self) -> str:
        """The function without the organisation: « designer de services, direction innovation »."""
        return ", ".join(part for part in (self.role, self.unit) if part)


class LineageKind(models.TextChoices):
    MERGER = "merger", "issue de la fusion de"
    SPLIT = "split", "issue de la scission de"
    RENAMED = "renamed", "nouveau nom de"
    SUCCESSION = "succession", "a pris la suite de"


@pghistory.track()
class Lineage(Sourced):
    """An organisation was born of another."""

    successor = models.ForeignKey(
        Actor, models.CASCADE, related_name="predecessors", verbose_name="organisation"
    )
    predecessor = models.ForeignKey(Actor, models.PROTECT, related_name="successors", verbose_name="issue de")
    kind = models.CharField("comment", max_length=10, choices=LineageKind)
    happened = PartialDateField("en")

    class Meta(Sourced.Meta):
        verbose_name = "filiation"
        verbose_name_plural = "filiations"
        constraints = [
            models.CheckConstraint(condition=~Q(successor=F("predecessor")), name="lineage_from_another"),
            models.UniqueConstraint(
                fields=["successor", "predecessor", "source"], name="lineage_once_a_source"
            ),
            models.CheckConstraint(
                condition=partial_date_is_valid("happened"), name="lineage_date_is_a_date"
            ),
        ]
        triggers = [
            *Sourced.Meta.triggers,
            must_be("organisation", "successor_id"),
            must_be("organisation", "predecessor_id"),
        ]

    def __str__(self):
        return f"{self.successor} {self.get_kind_display()} {self.predecessor}"


class TieKind(models.TextChoices):
    WORKS_WITH = "works_with", "travaille avec"
    TALKS_TO = "talks_to", "échange avec"
    TRANSLATES = "translates", "fait le lien avec"
    FUNDS = "funds", "finance"
    ADVISES = "advises", "conseille"
    TRAINS = "trains", "forme"
    BELONGS_WITH = "belongs_with", "forme une communauté avec"
    OTHER = "other", "autre lien"


class Frequency(models.TextChoices):
    """How often, in the words that a participant chooses from."""

    WEEKLY = "weekly", "chaque semaine"
    MONTHLY = "monthly", "chaque mois"
    YEARLY = "yearly", "quelques fois par an"
    SELDOM = "seldom", "plus rarement"


class Closeness(models.TextChoices):
    """Where one places the other in one’s own ecosystem; not a distance on the ground."""

    NEAR = "near", "proche"
    FAR = "far", "loin"


class TieQuerySet(models.QuerySet):
    def between_actors(self):
        return self.filter(to_actor__isnull=False)

    def published(self):
        """Ties whose both ends the public may see."""
        seen = Actor.objects.published().values("pk")
        return self.filter(Q(to_actor__isnull=True) | Q(to_actor__in=seen), from_actor__in=seen)


@pghistory.track()
class Tie(Sourced, Period):
    """A tie that a source states, to an actor or to a category in the source's own words.

    Being at the same workshop is not a tie.
    """

    from_actor = models.ForeignKey(Actor, models.CASCADE, related_name="ties_out", verbose_name="acteur")
    to_actor = models.ForeignKey(
        Actor, models.CASCADE, related_name="ties_in", verbose_name="avec l’acteur", null=True, blank=True
    )
    to_category = models.CharField(
        "avec une catégorie",
        max_length=200,
        blank=True,
        help_text="Dans les mots de la source : « les citoyens ».",
    )
    kind = models.CharField("genre", max_length=12, choices=TieKind)
    label = models.CharField("dans les mots de la source", max_length=200, blank=True)
    subject = models.CharField("à quel sujet", max_length=300, blank=True)
    frequency = models.CharField("à quelle fréquence", max_length=8, choices=Frequency, blank=True)
    closeness = models.CharField(
        "près ou loin", max_length=4, choices=Closeness, blank=True, help_text="Tel que l’acteur le ressent."
    )
    trigger = models.ForeignKey(
        Trigger, models.SET_NULL, verbose_name="déclencheur", null=True, blank=True, related_name="ties"
    )
    voice = models.CharField(
        "selon", max_length=200, blank=True, help_text="Qui le dit, quand la source le précise."
    )
    voice_person = models.ForeignKey(
        Actor, models.SET_NULL, verbose_name="selon (personne)", null=True, blank=True, related_name="+"
    )

    objects = TieQuerySet.as_manager()

    class Meta(Sourced.Meta):
        verbose_name = "lien"
        verbose_name_plural = "liens"
        constraints = [
            models.CheckConstraint(
                condition=Q(to_actor__isnull=False, to_category="")
                | (Q(to_actor__isnull=True) & ~Q(to_category="")),
                name="tie_to_an_actor_or_a_category",
            ),
            models.CheckConstraint(condition=~Q(from_actor=F("to_actor")), name="tie_to_another"),
            models.UniqueConstraint(
                fields=["from_actor", "to_actor", "to_category", "kind", "subject", "source"],
                name="tie_once_a_source",
                nulls_distinct=False,
            ),
            *period_constraints("tie"),
        ]

    def __str__(self):
        return (
            f"{self.from_actor} {self.label or self.get_kind_display()} {self.to_actor or self.to_category}"
        )
