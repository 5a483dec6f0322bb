"""What participants of a workshop draw on their telephones, until an animator has read it.

Private: in no history, index, list or output. What is accepted becomes `Tie`s; the drawing itself is then erased.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor, Closeness, Frequency, Kind, Source, Tie
from foundations.models import PartialDateField, partial_date_is_valid
from workshops.models import Workshop

# Typed by hand from a screen: no letter that is taken for another (0 and o, 1, i and l).
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
TOKEN_LENGTH = 8  # 31^8: nobody guesses one in the hours it is open
MOST_TIES = 60  # of a drawing; nobody draws more on a telephone in a workshop


def new_token() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))


class Collection(models.Model):
    """The evening's gathering of drawings, one a workshop. Its address holds its token and nothing else is asked."""

    KEPT = timedelta(days=30)  # what nobody has read after this goes unread

    workshop = models.OneToOneField(
        Workshop, models.CASCADE, related_name="collection", verbose_name="atelier"
    )
    token = models.CharField("code", max_length=20, unique=True, default=new_token, editable=False)
    opened_at = models.DateTimeField("ouverte le", default=timezone.now, editable=False)
    closes_at = models.DateTimeField("se ferme le")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="ouverte par",
        null=True,
        blank=True,
        related_name="+",
    )

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        verbose_name="source des liens repris",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = "collecte de dessins"
        verbose_name_plural = "collectes de dessins"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gte=F("opened_at")), name="collection_closes_after_opening"
            )
        ]

    def __str__(self):
        return f"dessins de {self.workshop}"

    def get_absolute_url(self):
        return reverse("drawing", kwargs={"token": self.token})

    @property
    def is_open(self) -> bool:
        return timezone.now() < self.closes_at


class Sending(models.TextChoices):
    DRAFT = "draft", "en cours"
    SENT = "sent", "à relire"
    ACCEPTED = "accepted", "repris"
    REFUSED = "refused", "écarté"


class DrawingQuerySet(models.QuerySet):
    def arrived(self):
        """What participants sent, read or not; not what they are still typing."""
        return self.exclude(state=Sending.DRAFT)

    def with_counts(self):
        """Annotates `tie_count`; what waits to be read first, in the order of arrival."""
        return self.annotate(tie_count=Count("ties")).order_by(
            F("reviewed_at").asc(nulls_first=True), "sent_at", "id"
        )

    def told(self):
        """Loads what a page prints of a drawing, in a constant number of queries."""
        return self.select_related("organisation_actor").prefetch_related(
            models.Prefetch("ties", DrawnTie.objects.select_related("actor"))
        )

    def last_change(self) -> tuple:
        """What changes whenever one of them does: a validator for pages that are asked for again and again."""
        return tuple(self.aggregate(latest=Max("updated_at"), number=Count("pk")).values())

    def expired(self, now):
        """Read before today (a mistake may be undone the same day), or left unread too long; or never sent."""
        today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(
            Q(reviewed_at__lt=today)
            | Q(state=Sending.DRAFT, collection__closes_at__lt=today)
            | Q(collection__closes_at__lt=now - Collection.KEPT)
        )


class Drawing(models.Model):
    """The ecosystem of one participant, as typed.

    `key` is chosen by the telephone: what is sent twice over a bad connection is one drawing. `revision` counts what
    that telephone sent, so that an older sending that comes late changes nothing.
    """

    collection = models.ForeignKey(
        Collection, models.CASCADE, related_name="drawings", verbose_name="collecte"
    )
    key = models.UUIDField("clé", editable=False)
    revision = models.PositiveIntegerField("révision", default=0, editable=False)
    state = models.CharField("état", max_length=8, choices=Sending, default=Sending.DRAFT)
    name = models.CharField("nom", max_length=120, blank=True)
    function = models.CharField("fonction", max_length=200, blank=True)
    organisation = models.CharField("organisation", max_length=200, blank=True)
    organisation_actor = models.ForeignKey(
        Actor, models.SET_NULL, verbose_name="acteur", null=True, blank=True, related_name="+"
    )
    may_be_named = models.BooleanField("accepte d’être nommé", default=False)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    updated_at = models.DateTimeField("modifié le", default=timezone.now, editable=False)
    reviewed_at = models.DateTimeField("relu le", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="relu par", null=True, related_name="+"
    )
    # What accepting it created: undoing takes these away, and nothing that was there before.
    made_ties = ArrayField(models.BigIntegerField(), verbose_name="liens créés", default=list, blank=True)
    made_actors = ArrayField(models.BigIntegerField(), verbose_name="acteurs créés", default=list, blank=True)

    objects = DrawingQuerySet.as_manager()

    class Meta:
        verbose_name = "dessin d’un participant"
        verbose_name_plural = "dessins des participants"
        ordering = ["sent_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "key"], name="drawing_once_a_telephone"),
            models.CheckConstraint(
                condition=~Q(name="", organisation=""), name="drawing_is_of_someone_or_some_body"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True)
                | (~Q(state="draft") & Q(sent_at__isnull=False)),
                name="drawing_sent_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "refused"], reviewed_at__isnull=False)
                | (Q(state__in=["draft", "sent"]) & Q(reviewed_at__isnull=True)),
                name="drawing_read_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") | Q(made_ties=[], made_actors=[]),
                name="drawing_makes_when_accepted",
            ),
        ]

    def __str__(self):
        return self.organisation or "une personne"

    @property
    def is_reviewed(self) -> bool:
        return self.state in (Sending.ACCEPTED, Sending.REFUSED)

    @property
    def may_be_undone(self) -> bool:
        """The same day, in Paris; tomorrow it is erased."""
        return bool(self.reviewed_at and timezone.localdate(self.reviewed_at) == timezone.localdate())


class DrawnTie(models.Model):
    """One actor that the participant works with, as typed; `tie` is what it became."""

    drawing = models.ForeignKey(Drawing, models.CASCADE, related_name="ties", verbose_name="dessin")
    position = models.PositiveSmallIntegerField("rang")
    name = models.CharField("avec qui", max_length=200)
    actor = models.ForeignKey(
        Actor, models.SET_NULL, verbose_name="acteur", null=True, blank=True, related_name="+"
    )
    kind = models.CharField("genre", max_length=12, choices=Kind, default=Kind.ORGANISATION)
    subject = models.CharField("à quel sujet", max_length=200, blank=True)
    frequency = models.CharField("à quelle fréquence", max_length=8, choices=Frequency, blank=True)
    since = PartialDateField("depuis quand")
    occasion = models.CharField("né de quelle occasion", max_length=200, blank=True)
    closeness = models.CharField("près ou loin", max_length=4, choices=Closeness, blank=True)
    tie = models.ForeignKey(
        Tie, models.SET_NULL, verbose_name="lien", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "lien dessiné"
        verbose_name_plural = "liens dessinés"
        ordering = ["drawing", "position"]
        constraints = [
            models.UniqueConstraint(fields=["drawing", "position"], name="drawn_tie_position_once"),
            models.CheckConstraint(condition=~Q(name=""), name="drawn_tie_is_with_someone"),
            models.CheckConstraint(condition=partial_date_is_valid("since"), name="drawn_tie_date_is_a_date"),
            models.CheckConstraint(condition=Q(position__lt=MOST_TIES), name="drawn_tie_within_reason"),
        ]

    def __str__(self):
        return self.name
