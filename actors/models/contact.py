"""Reaching someone: what is published, what stays private, and the requests of visitors."""

import secrets

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from foundations.models import Dated, Versioned

from .actor import Actor
from .guards import must_be
from .source import Sourced


class ContactKind(models.TextChoices):
    PHONE = "phone", "standard téléphonique"
    ADDRESS = "address", "adresse postale"
    FORM = "form", "formulaire de contact"
    WEBSITE = "website", "site web"


@pghistory.track()
class PublishedContact(Sourced):
    """An organisation's own published way in: switchboard, postal address, form. Never a person's."""

    actor = models.ForeignKey(
        Actor, models.CASCADE, related_name="published_contacts", verbose_name="organisation"
    )
    kind = models.CharField("genre", max_length=8, choices=ContactKind)
    value = models.CharField("valeur", max_length=500)

    class Meta(Sourced.Meta):
        verbose_name = "coordonnée publiée"
        verbose_name_plural = "coordonnées publiées"
        constraints = [
            models.UniqueConstraint(fields=["actor", "kind", "value"], name="published_contact_once")
        ]
        triggers = [*Sourced.Meta.triggers, must_be("organisation", "actor_id")]

    def __str__(self):
        return self.value


class ContactPoint(models.Model):
    """An e-mail or a telephone of a person, for the animator alone: not in history, index or any output."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="contact_points", verbose_name="acteur")
    email = models.EmailField("adresse e-mail", blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    basis = models.CharField("pourquoi nous l’avons", max_length=200)
    keep_until = models.DateField("à effacer après le")

    class Meta:
        verbose_name = "coordonnée privée"
        verbose_name_plural = "coordonnées privées"
        constraints = [
            models.CheckConstraint(condition=~Q(email="", phone=""), name="contact_point_is_not_empty")
        ]

    def __str__(self):
        return f"coordonnée de {self.actor}"


class PrivateNote(Dated):
    """A note of the animators about an actor; with a date, a line of the call-back list."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="private_notes", verbose_name="acteur")
    text = models.TextField("note")
    call_back_on = models.DateField("à rappeler le", null=True, blank=True)
    is_done = models.BooleanField("fait", default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        verbose_name="par",
        related_name="+",
    )

    class Meta:
        verbose_name = "note privée"
        verbose_name_plural = "notes privées"
        ordering = ["call_back_on", "-created_at"]

    def __str__(self):
        return self.text[:60]


def new_token() -> str:
    """A private link nobody guesses: 192 bits."""
    return secrets.token_urlsafe(24)


class RequestState(models.TextChoices):
    RECEIVED = "received", "reçue"
    RELAYED = "relayed", "transmise"
    ANSWERED = "answered", "répondue"
    CLOSED = "closed", "close"


class VisitorRequest(Versioned, Dated):
    """What a visitor wrote, followed by a private link, erased twelve months later."""

    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    name = models.CharField("votre nom", max_length=120)
    email = models.EmailField("votre adresse e-mail")
    organisation = models.CharField("votre organisation ou commune", max_length=200, blank=True)
    message = models.TextField("votre message", max_length=4000)
    state = models.CharField("état", max_length=8, choices=RequestState, default=RequestState.RECEIVED)
    state_on = models.DateTimeField("depuis le", default=timezone.now, editable=False)
    answer = models.TextField("réponse visible par le demandeur", blank=True)

    class Meta:
        abstract = True
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self._meta.verbose_name} du {self.created_at:%d/%m/%Y}"


class ContactRequest(VisitorRequest):
    """Someone asks to be put in touch with an actor; the animator relays, neither address is disclosed."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="contact_requests", verbose_name="acteur")

    class Meta(VisitorRequest.Meta):
        verbose_name = "demande de mise en relation"
        verbose_name_plural = "demandes de mise en relation"
        triggers = Versioned.Meta.triggers

    def get_absolute_url(self):
        return reverse("contact_request_status", kwargs={"token": self.token})


class CorrectionRequest(VisitorRequest):
    """Someone says that a page is wrong, or tells what became of something."""

    page = models.CharField("page", max_length=300, help_text="Adresse de la page dans le site.")
    page_title = models.CharField("titre de la page", max_length=300, blank=True)

    class Meta(VisitorRequest.Meta):
        verbose_name = "proposition de correction"
        verbose_name_plural = "propositions de correction"
        triggers = Versioned.Meta.triggers

    def get_absolute_url(self):
        return reverse("correction_request_status", kwargs={"token": self.token})


class Withdrawal(models.Model):
    """A person asked to disappear: only a keyed hash of the name stays, so that no import brings them back."""

    fingerprint = models.CharField("empreinte", max_length=64, unique=True)
    withdrawn_on = models.DateField("le", default=timezone.localdate)

    class Meta:
        verbose_name = "retrait"
        verbose_name_plural = "retraits"

    def __str__(self):
        return f"retrait du {self.withdrawn_on:%d/%m/%Y}"
