"""What a load balancer asks."""

import pytest
from django.db import DatabaseError, connection


@pytest.mark.django_db
def test_all_is_well(client):
    response = client.get("/sante/")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_database_is_away(client, monkeypatch):
    def away():
        raise DatabaseError("away")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        response = client.get("/sante/")
    assert response.status_code == 503
    assert response.content.decode() == "base de données injoignable"


def test_load_balancer_is_not_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/").status_code == 301


@pytest.mark.django_db
def test_health_is_asked_in_the_clear(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/sante/").status_code == 200
