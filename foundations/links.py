"""Private links: signed, kept as a hash only, good until a day, revocable. Each floor makes its own kind.

The token is drawn at random, then signed: one that was forged or badly copied is refused without asking the database,
and one made for a purpose opens nothing else. The database keeps a hash, so that nobody can use the links of a stolen
backup; the token itself is in the e-mail and nowhere else.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone

# Among the signs that need no escape in an address (RFC 3986), and not one of base64's.
_SEPARATOR = "~"
LONGEST_TOKEN = 200


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"foundations.links.{purpose}", sep=_SEPARATOR)


def _digest(token: str) -> str:
    # 192 random bits need no slow hash: nobody can try them all.
    return hashlib.sha256(token.encode()).hexdigest()


class PrivateLinkQuerySet(models.QuerySet):
    def alive(self):
        """Those that open their page today."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def opened_by(self, token: str):
        """The living link of `token`; none for a token that is forged, unknown, expired or revoked: all look alike."""
        if len(token) > LONGEST_TOKEN:
            return self.none()
        try:
            _signer(self.model._meta.label).unsign(token)
        except signing.BadSignature:
            return self.none()
        return self.alive().filter(digest=_digest(token))

    def revoke(self) -> int:
        """Closes those that are open; returns how many."""
        return self.alive().update(revoked_at=timezone.now())

    def expired(self):
        """Those whose day has passed: to be erased, revoked or not."""
        return self.filter(expires_at__lte=timezone.now())


class PrivateLink(models.Model):
    """Abstract: who may open a page without an account, until when."""

    digest = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("valable jusqu’au", editable=False)
    revoked_at = models.DateTimeField("révoqué le", null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        verbose_name="créé par",
        related_name="+",
    )

    objects = PrivateLinkQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.verbose_name} jusqu’au {self.expires_at:%d/%m/%Y}"

    @classmethod
    def issue(cls, *, lasting: timedelta, **columns: Any) -> tuple[Self, str]:
        """A new link, and its token: the only time that it is known."""
        token = _signer(cls._meta.label).sign(secrets.token_urlsafe(24))
        row = cls(digest=_digest(token), expires_at=timezone.now() + lasting, **columns)
        row.save(force_insert=True)
        return row, token
