"""What was recommended, and what became of it, as told by dated follow-ups."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor, Basis, Initiative, Source, Sourced
from foundations.models import Versioned

from .finding import Finding, Theme
from .workshop import Session, Workshop, may_preview


class Bearing(models.TextChoices):
    NOBODY = "nobody", "portée par personne"
    PROPOSED = "proposed", "porteur pressenti"
    ACCEPTED = "accepted", "portée"


class Progress(models.TextChoices):
    UNKNOWN = "unknown", "suite inconnue"
    NOT_BEGUN = "not_begun", "pas commencée"
    UNDER_WAY = "under_way", "en cours"
    BLOCKED = "blocked", "bloquée"
    DONE = "done", "faite"
    DROPPED = "dropped", "abandonnée"


class RecommendationQuerySet(models.QuerySet):
    def published(self):
        return self.filter(workshop__state="published")

    def whole(self):
        """Recommendations, without their parts."""
        return self.filter(parent__isnull=True)

    def visible_to(self, user):
        """What `user` may read: those of published workshops, and of drafts too for staff who may see them."""
        return self if may_preview(user) else self.published()

    def on_themes(self, themes):
        """Recommendations that carry one of `themes` (a queryset), or answer a finding that does."""
        carried = Q(themes__in=themes) | Q(findings__themes__in=themes)
        return self.filter(pk__in=Recommendation.objects.filter(carried).values("pk"))

    def told(self):
        """After `with_state`: loads all that a line or a card prints, in a constant number of queries."""
        return self.select_related("workshop", "session", "source").prefetch_related("themes")

    def with_answers(self):
        """Loads the findings answered, with their themes."""
        answers = RecommendationAnswer.objects.select_related("finding__workshop", "finding__source")
        return self.prefetch_related(
            Prefetch("answers", answers.order_by("finding__position", "finding_id")),
            "answers__finding__themes",
        )

    def with_state(self):
        """Annotates `bearing`, `bearer_id`, `progress` and `last_said_on`, read from the follow-ups that stand."""
        standing = (
            FollowUp.objects.standing().filter(recommendation=OuterRef("pk")).order_by("-said_on", "-id")
        )
        bearing, progress = standing.exclude(bearing=""), standing.exclude(progress="")
        return self.annotate(
            bearing=Coalesce(Subquery(bearing.values("bearing")[:1]), Value(Bearing.NOBODY.value)),
            bearer_id=Subquery(bearing.values("bearer_id")[:1]),
            progress=Coalesce(Subquery(progress.values("progress")[:1]), Value(Progress.UNKNOWN.value)),
            last_said_on=Subquery(standing.values("said_on")[:1]),
        )

    def borne_by(self, actor):
        """With their state: those that `actor` was last said to bear, or was thought of to bear."""
        borne = self.with_state().filter(bearing__in=[Bearing.PROPOSED, Bearing.ACCEPTED])
        return borne.filter(bearer_id=actor.pk)

    def forgotten_first(self):
        """After `with_state`: annotates `news_on`, the day of the last news, or of the workshop when there is none.

        The oldest news first; what is done or dropped is not forgotten and comes last.
        """
        closed = Q(progress__in=[Progress.DONE, Progress.DROPPED])
        return self.annotate(
            news_on=Coalesce("last_said_on", "workshop__date"),
            is_closed=Case(When(closed, then=Value(True)), default=Value(False)),
        ).order_by("is_closed", "news_on", "workshop", "position", "id")


class RecommendationManager(models.Manager.from_queryset(RecommendationQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


@pghistory.track(model_name="RecommendationEvent")
class Recommendation(Sourced, Versioned):
    """A recommendation or, with `parent`, a part of one. Its state is stored nowhere: see `with_state`."""

    workshop = models.ForeignKey(
        Workshop, models.CASCADE, related_name="recommendations", verbose_name="atelier"
    )
    session = models.ForeignKey(
        Session, models.SET_NULL, verbose_name="séance", null=True, blank=True, related_name="recommendations"
    )
    title = models.CharField("titre", max_length=300)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    statement = models.TextField("en quelques mots", blank=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, verbose_name="partie de", null=True, blank=True, related_name="parts"
    )
    position = models.PositiveSmallIntegerField("rang", default=0)
    voice_note = models.CharField("formulée par", max_length=200, blank=True)
    inspirations = ArrayField(
        models.CharField(max_length=300), verbose_name="inspirations", default=list, blank=True
    )
    due_on = models.DateField("échéance", null=True, blank=True)
    findings = models.ManyToManyField(
        Finding,
        through="RecommendationAnswer",
        verbose_name="constats auxquels elle répond",
        blank=True,
        related_name="recommendations",
    )
    questions = models.ManyToManyField(
        Finding, verbose_name="questions ouvertes", blank=True, related_name="questioned_recommendations"
    )
    initiatives = models.ManyToManyField(
        Initiative,
        verbose_name="initiatives qui la mettent en œuvre",
        blank=True,
        related_name="recommendations",
    )
    themes = models.ManyToManyField(Theme, verbose_name="thèmes", blank=True, related_name="recommendations")

    objects = RecommendationManager()

    class Meta(Sourced.Meta):
        verbose_name = "recommandation"
        verbose_name_plural = "recommandations"
        ordering = ["workshop", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="recommendation_not_part_of_itself")
        ]
        triggers = [*Sourced.Meta.triggers, *Versioned.Meta.triggers]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        whole = self.parent or self
        url = reverse("recommendation", kwargs={"slug": whole.slug})
        return f"{url}#partie-{self.pk}" if self.parent_id else url


@pghistory.track()
class RecommendationAnswer(models.Model):
    """A recommendation answers a finding; says whether the source ties the two or we do."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="answers")
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="answered_by", verbose_name="constat")
    basis = models.CharField("fondement", max_length=9, choices=Basis, default=Basis.STATED)

    class Meta:
        verbose_name = "constat auquel elle répond"
        verbose_name_plural = "constats auxquels elle répond"
        constraints = [models.UniqueConstraint(fields=["recommendation", "finding"], name="answer_once")]

    def __str__(self):
        return f"{self.recommendation} répond à : {self.finding}"


class FollowUpQuerySet(models.QuerySet):
    def standing(self):
        """Without those that a later one corrects."""
        return self.exclude(Exists(FollowUp.objects.filter(corrects=OuterRef("pk"))))

    def told(self):
        """Loads what a timeline prints, oldest first."""
        return self.select_related(
            "recommendation", "bearer", "said_by", "source", "corrected_by__source"
        ).order_by("said_on", "id")


class FollowUp(models.Model):
    """What someone said, on a day, of a recommendation. Never edited nor deleted: a later one corrects it."""

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="follow_ups", verbose_name="recommandation"
    )
    said_on = models.DateField("dit le", default=timezone.localdate)
    bearing = models.CharField("qui la porte", max_length=8, choices=Bearing, blank=True)
    bearer = models.ForeignKey(
        Actor,
        models.PROTECT,
        verbose_name="porteur",
        null=True,
        blank=True,
        related_name="borne_recommendations",
    )
    progress = models.CharField("avancement", max_length=9, choices=Progress, blank=True)
    note = models.TextField("ce qu’on en dit", blank=True)
    said_by = models.ForeignKey(
        Actor, models.PROTECT, verbose_name="dit par", null=True, blank=True, related_name="told_follow_ups"
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="source", related_name="+")
    corrects = models.OneToOneField(
        "self", models.PROTECT, verbose_name="corrige", null=True, blank=True, related_name="corrected_by"
    )
    recorded_at = models.DateTimeField("saisi le", default=timezone.now, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "suite"
        verbose_name_plural = "suites"
        ordering = ["-said_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(bearing="", progress="", note=""), name="follow_up_says_something"
            ),
            models.CheckConstraint(
                condition=Q(bearing__in=["", Bearing.NOBODY], bearer__isnull=True)
                | Q(bearing__in=[Bearing.PROPOSED, Bearing.ACCEPTED], bearer__isnull=False),
                name="follow_up_bearer_of_a_bearing",
            ),
            models.CheckConstraint(condition=~Q(corrects=F("id")), name="follow_up_corrects_another"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.recommendation} : {self.get_progress_display() or self.get_bearing_display() or self.note[:60]}"
