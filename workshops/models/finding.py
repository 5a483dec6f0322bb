"""What a workshop found, in our words, and how findings answer one another."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from actors.models import (
    Actor,
    Basis,
    Competence,
    Initiative,
    InitiativeBearer,
    Modality,
    Sourced,
    Trigger,
)
from foundations.models import Versioned

from .workshop import Session, Workshop


def _published_count(column: str, among: models.QuerySet | None) -> Coalesce:
    """How many different `column`s the published findings of a theme have, or those of `among`.

    A subquery: a prefetch through findings would narrow a join to the findings at hand.
    """
    published = Finding.objects.published() if among is None else among
    findings = published.filter(themes=OuterRef("pk")).order_by().values("themes")
    return Coalesce(Subquery(findings.annotate(number=Count(column, distinct=True)).values("number")), 0)


class ThemeQuerySet(models.QuerySet):
    def with_recurrence(self, among: models.QuerySet | None = None):
        """Annotates `finding_count`, `session_count` and `workshop_count`: where published findings say it.

        `among`: those findings alone.
        """
        return self.annotate(
            finding_count=_published_count("pk", among),
            session_count=_published_count("session", among),
            workshop_count=_published_count("workshop", among),
        )

    def with_places_and_years(self, among: models.QuerySet | None = None):
        """Annotates `place_count` and `year_count`: in how many communes, in how many years."""
        return self.annotate(
            place_count=_published_count("workshop__place", among),
            year_count=_published_count("workshop__date__year", among),
        )

    def most_recurrent_first(self):
        """After `with_recurrence`: what comes back in most places, then in most sessions, then by name."""
        return self.order_by("-workshop_count", "-session_count", "-finding_count", "name")


class ThemeManager(models.Manager.from_queryset(ThemeQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


@pghistory.track(model_name="ThemeEvent")
class Theme(models.Model):
    """A shared word above wordings, so that an obstacle can recur; it points to the competences that help."""

    name = models.CharField("nom simple", max_length=120, unique=True)
    field_name = models.CharField("mot du métier", max_length=120, blank=True)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    definition = models.TextField("définition")
    competences = models.ManyToManyField(
        Competence, verbose_name="compétences qui aident", blank=True, related_name="themes"
    )

    objects = ThemeManager()

    class Meta:
        verbose_name = "thème"
        verbose_name_plural = "thèmes"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("theme", kwargs={"slug": self.slug})


class FindingKind(models.TextChoices):
    """The plain word comes first on the page, the field's word (the value) in small."""

    FREIN = "frein", "obstacle"
    MOTEUR = "moteur", "ce qui aide"
    INGREDIENT = "ingredient", "ingrédient"
    CONDITION = "condition", "condition"
    BESOIN = "besoin", "besoin"
    TENSION = "tension", "tension"
    QUESTION = "question", "question ouverte"
    REPRESENTATION = "representation", "représentation"
    CONSTAT = "constat", "constat"


class Level(models.TextChoices):
    BETWEEN = "between", "entre organisations"
    WITHIN = "within", "dans l’organisation"
    UNSPECIFIED = "unspecified", "non précisé"


class Voice(models.TextChoices):
    PARTICIPANTS = "participants", "les participants"
    SOME = "some", "certains participants"
    PERSON = "person", "une personne nommée"
    AUTHOR = "author", "l’auteur du compte rendu"
    UNSPECIFIED = "unspecified", "non précisé"


class FindingQuerySet(models.QuerySet):
    def published(self):
        return self.filter(workshop__state="published")

    def of_kind(self, *kinds):
        return self.filter(kind__in=kinds)

    def told(self):
        """Loads all that the telling of a finding prints, in a constant number of queries.

        Only published actors and initiatives are loaded, and links to findings of the same or a published workshop.
        """
        links = FindingLink.objects.readable().select_related("source")
        return self.select_related(
            "workshop", "session", "source", "voice_person", "part_of__workshop"
        ).prefetch_related(
            Prefetch("themes", Theme.objects.with_recurrence().order_by("name")),
            Prefetch("actors", Actor.objects.published()),
            Prefetch("initiatives", Initiative.objects.published().select_related("same_as")),
            Prefetch("initiatives__bearers", InitiativeBearer.objects.select_related("actor", "source")),
            "triggers",
            Prefetch("parts", Finding.objects.select_related("workshop").order_by("position", "id")),
            Prefetch("links_out", links.select_related("to_finding__workshop")),
            Prefetch("links_in", links.select_related("from_finding__workshop")),
            "answered_by__recommendation__parent",
            "answered_by__recommendation__workshop",
        )


class FindingManager(models.Manager.from_queryset(FindingQuerySet)):
    def get_by_natural_key(self, workshop, code):
        return self.get(workshop__slug=workshop, code=code)


@pghistory.track(model_name="FindingEvent")
class Finding(Sourced, Versioned):
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="findings", verbose_name="atelier")
    session = models.ForeignKey(
        Session, models.SET_NULL, verbose_name="séance", null=True, blank=True, related_name="findings"
    )
    code = models.CharField("repère", max_length=20, editable=False)
    kind = models.CharField("genre", max_length=14, choices=FindingKind)
    kind_basis = models.CharField("fondement du genre", max_length=9, choices=Basis, default=Basis.STATED)
    title = models.CharField("titre dans la source", max_length=250, blank=True)
    statement = models.TextField("énoncé", help_text="Dans nos mots.")
    points = ArrayField(models.TextField(), verbose_name="points développés", default=list, blank=True)
    quotation = models.TextField("citation courte", blank=True, help_text="Seulement ce que la source cite.")
    level = models.CharField("niveau", max_length=11, choices=Level, default=Level.UNSPECIFIED)
    level_basis = models.CharField("fondement du niveau", max_length=9, choices=Basis, default=Basis.STATED)
    voice = models.CharField("voix", max_length=12, choices=Voice, default=Voice.PARTICIPANTS)
    voice_person = models.ForeignKey(
        Actor, models.SET_NULL, verbose_name="dit par", null=True, blank=True, related_name="voiced_findings"
    )
    voice_note = models.CharField("précision sur la voix", max_length=200, blank=True)
    modality = models.CharField("modalité", max_length=9, choices=Modality, default=Modality.ASSERTED)
    concerns = models.CharField("pour qui", max_length=300, blank=True)
    note = models.TextField("ce que la source ne dit pas", blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    part_of = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="fait partie de", null=True, blank=True, related_name="parts"
    )
    themes = models.ManyToManyField(Theme, verbose_name="thèmes", blank=True, related_name="findings")
    actors = models.ManyToManyField(
        Actor, verbose_name="acteurs concernés", blank=True, related_name="findings"
    )
    initiatives = models.ManyToManyField(
        Initiative, verbose_name="initiatives", blank=True, related_name="findings"
    )
    triggers = models.ManyToManyField(
        Trigger, verbose_name="déclencheurs", blank=True, related_name="findings"
    )

    objects = FindingManager()

    class Meta(Sourced.Meta):
        verbose_name = "constat"
        verbose_name_plural = "constats"
        ordering = ["workshop", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "code"], name="finding_code_once"),
            models.CheckConstraint(condition=~Q(statement=""), name="finding_has_a_statement"),
            models.CheckConstraint(condition=~Q(part_of=F("id")), name="finding_not_part_of_itself"),
            # The person may be masked later (set to null), so one side only.
            models.CheckConstraint(
                condition=Q(voice_person__isnull=True) | Q(voice=Voice.PERSON),
                name="finding_voice_of_a_person",
            ),
        ]
        triggers = [*Sourced.Meta.triggers, *Versioned.Meta.triggers]

    def __str__(self):
        return self.title or self.statement

    def natural_key(self):
        return (self.workshop.slug, self.code)

    def get_absolute_url(self):
        return f"{self.workshop.get_absolute_url()}#constat-{self.pk}"


@pghistory.track(model_name="FindingThemeEvent")
class FindingTheme(Finding.themes.through):
    class Meta:
        proxy = True


@pghistory.track(model_name="FindingActorEvent")
class FindingActor(Finding.actors.through):
    class Meta:
        proxy = True


@pghistory.track(model_name="FindingInitiativeEvent")
class FindingInitiative(Finding.initiatives.through):
    class Meta:
        proxy = True


@pghistory.track(model_name="FindingTriggerEvent")
class FindingTrigger(Finding.triggers.through):
    class Meta:
        proxy = True


class LinkKind(models.TextChoices):
    ANSWERS = "answers", "répond à"
    NUANCES = "nuances", "nuance"
    TENSION = "tension", "en tension avec"
    REPEATS = "repeats", "redit"
    COUNTEREXAMPLE = "counterexample", "contredit"


class FindingLinkQuerySet(models.QuerySet):
    def readable(self):
        """Links within one workshop, or between two published ones."""
        return self.filter(
            Q(from_finding__workshop=F("to_finding__workshop"))
            | Q(from_finding__workshop__state="published", to_finding__workshop__state="published")
        )


@pghistory.track()
class FindingLink(Sourced):
    """How one finding bears on another."""

    from_finding = models.ForeignKey(
        Finding, models.CASCADE, related_name="links_out", verbose_name="constat"
    )
    to_finding = models.ForeignKey(
        Finding, models.CASCADE, related_name="links_in", verbose_name="autre constat"
    )
    kind = models.CharField("genre", max_length=14, choices=LinkKind)
    statement = models.TextField("en quoi", blank=True)

    objects = FindingLinkQuerySet.as_manager()

    class Meta(Sourced.Meta):
        verbose_name = "lien entre constats"
        verbose_name_plural = "liens entre constats"
        constraints = [
            models.UniqueConstraint(fields=["from_finding", "to_finding", "kind"], name="finding_link_once"),
            models.CheckConstraint(
                condition=~Q(from_finding=F("to_finding")), name="finding_link_to_another"
            ),
        ]

    def __str__(self):
        return f"{self.from_finding} {self.get_kind_display()} {self.to_finding}"
