"""Searches that someone follows by e-mail. Private: in no history, no index, no output."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from actors.models.contact import new_token

NOT_MORE_THAN_EVERY = timedelta(days=7)
CONFIRM_WITHIN = timedelta(days=7)  # an address that nobody confirmed is somebody else's, perhaps
KEPT_WITHOUT_SIGN = timedelta(days=365)


class FollowedSearchQuerySet(models.QuerySet):
    def due(self, now: datetime):
        """Confirmed, alive, and not written to for a week."""
        written_lately = models.Q(last_sent_at__gt=now - NOT_MORE_THAN_EVERY)
        alive = models.Q(last_sign_at__gte=now - KEPT_WITHOUT_SIGN)
        return self.filter(alive, confirmed_at__isnull=False).exclude(written_lately).exclude(email="")

    def expired(self, now: datetime):
        """To be erased: never confirmed, a year without a sign of life, or the address of someone who withdrew."""
        never_confirmed = models.Q(confirmed_at=None, created_at__lt=now - CONFIRM_WITHIN)
        silent = models.Q(last_sign_at__lt=now - KEPT_WITHOUT_SIGN)
        return self.filter(never_confirmed | silent | models.Q(email=""))


class FollowedSearch(models.Model):
    """An address, what it searches for, and who was already known to answer."""

    token = models.CharField("jeton", max_length=40, unique=True, default=new_token, editable=False)
    email = models.EmailField("adresse e-mail")
    # Parameters of the list of actors, validated: {"q": ["débat public"], "territoire": ["vic-le-comte"]}. Not an
    # encoded string, in which a name that must disappear would not be found.
    criteria = models.JSONField("recherche")
    label = models.CharField("en mots", max_length=300)
    site = models.CharField(
        "adresse du site", max_length=200
    )  # with its scheme, for the links of the e-mails
    known_ids = ArrayField(models.BigIntegerField(), verbose_name="acteurs déjà connus", default=list)
    created_at = models.DateTimeField("demandé le", default=timezone.now)
    confirmed_at = models.DateTimeField("confirmé le", null=True)
    last_sign_at = models.DateTimeField("dernier signe de vie le", default=timezone.now)
    last_sent_at = models.DateTimeField("dernier envoi le", null=True)

    objects = FollowedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "recherche suivie"
        verbose_name_plural = "recherches suivies"
        constraints = [
            # An address that was masked is none; the row goes with the next purge.
            models.UniqueConstraint(
                fields=["email", "criteria"], condition=~models.Q(email=""), name="followed_search_once"
            )
        ]
        indexes = [models.Index(fields=["last_sign_at"], name="followed_search_sign")]

    def __str__(self):
        return f"recherche suivie depuis le {self.created_at:%d/%m/%Y}"

    def get_absolute_url(self):
        """The private page of whoever follows: confirm, go on, stop."""
        return reverse("followed_search", kwargs={"token": self.token})

    @property
    def query(self) -> QueryDict:
        """The search, as the list of actors reads it."""
        data = QueryDict(mutable=True)
        for name in sorted(self.criteria):
            data.setlist(name, self.criteria[name])
        return data

    @property
    def results_url(self) -> str:
        return f"{reverse('actor_list')}?{self.query.urlencode()}"

    @property
    def erased_on(self) -> datetime:
        """When the address is erased without a further sign of life."""
        return self.last_sign_at + KEPT_WITHOUT_SIGN
