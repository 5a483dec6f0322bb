"""Nobody who reads the log may open a private page with it."""

import logging

import pytest
from django.core import signing

from actors.models.contact import new_token
from foundations.logs import WithoutSecrets, without_secrets


@pytest.mark.parametrize(
    "page", ["/suivi/{}/arret/", "/demande/correction/{}/", "/ou-en-est-on/{}/", "/ma-fiche/{}"]
)
@pytest.mark.parametrize("signed", [False, True])
def test_private_addresses_are_cut(page, signed):
    token = signing.Signer(key="k", sep="~").sign(new_token()) if signed else new_token()
    told = without_secrets(page.format(token))
    assert token not in told
    assert told == page.format("…")


@pytest.mark.parametrize(
    "path",
    [
        "/ateliers/atelier-des-ecosystemes-de-l-innovation-publique-de-clermont-ferrand/",
        "/acteurs/?q=Une+recherche+de+plus+de+trente+deux+signes",
        "/acteurs/Un-Nom-Court/",
    ],
)
def test_other_addresses_are_told_whole(path):
    assert without_secrets(path) == path


def test_what_django_says_of_a_refused_request(client, caplog, settings):
    handler = settings.LOGGING["handlers"]["stderr"]
    assert handler["filters"] == ["without_secrets"]
    token = new_token()
    record = logging.LogRecord(
        "django.request", logging.WARNING, "x", 1, "%s: %s", ("Bad Request", f"/ma-fiche/{token}/"), None
    )
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "Bad Request: /ma-fiche/…/"
