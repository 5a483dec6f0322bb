"""Log-ins are throttled by account and by address; a forged header does not help."""

import pytest
from django.contrib.auth.models import User

from foundations.clients import client_address, throttled_address

LOGIN = "/admin/login/"


@pytest.fixture
def animator(db):
    return User.objects.create_superuser("anima", password="the right one")


@pytest.fixture
def attempt(client):
    def attempt(username="anima", password="wrong", address="192.0.2.1", forwarded=None):
        headers = {"X-Forwarded-For": forwarded} if forwarded else {}
        form = {"username": username, "password": password}
        return client.post(LOGIN, form, REMOTE_ADDR=address, headers=headers).status_code

    return attempt


def test_right_password_enters(animator, attempt):
    assert attempt(password="the right one") == 302


def test_account_is_throttled_from_many_addresses(animator, attempt, settings):
    for number in range(settings.AXES_FAILURE_LIMIT):
        attempt(address=f"192.0.2.{number + 1}")
    assert attempt(password="the right one", address="198.51.100.7") == 429


def test_address_is_throttled_over_many_accounts(animator, attempt, settings):
    for number in range(settings.AXES_FAILURE_LIMIT):
        attempt(username=f"someone{number}")
    assert attempt(password="the right one") == 429
    assert attempt(password="the right one", address="198.51.100.7") == 302


def test_forged_header_does_not_help(animator, attempt, settings):
    for number in range(settings.AXES_FAILURE_LIMIT):
        attempt(username=f"someone{number}", forwarded=f"203.0.113.{number}")
    assert attempt(password="the right one", forwarded="203.0.113.99") == 429


def test_forged_header_does_not_help_behind_a_proxy(animator, attempt, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(settings.AXES_FAILURE_LIMIT):
        attempt(username=f"someone{number}", address="10.0.0.1", forwarded=f"203.0.113.{number}, 192.0.2.66")
    assert attempt(password="the right one", address="10.0.0.1", forwarded="203.0.113.99, 192.0.2.66") == 429
    assert attempt(password="the right one", address="10.0.0.1", forwarded="192.0.2.67") == 302


def test_own_account_does_not_clear_the_count(animator, attempt, settings):
    User.objects.create_superuser("robber", password="my own")
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        attempt()
    assert attempt(username="robber", password="my own") == 302
    attempt()
    assert attempt(password="the right one", address="198.51.100.7") == 429


@pytest.mark.parametrize(
    ("proxies", "direct", "forwarded", "address"),
    [
        (0, "192.0.2.1", "", "192.0.2.1"),
        (0, "192.0.2.1", "203.0.113.5", "192.0.2.1"),
        (1, "10.0.0.1", "203.0.113.5", "203.0.113.5"),
        (1, "10.0.0.1", "1.2.3.4, 203.0.113.5", "203.0.113.5"),
        (2, "10.0.0.1", "1.2.3.4, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        (2, "10.0.0.1", "203.0.113.5", "10.0.0.1"),
        (1, "10.0.0.1", "nonsense", "10.0.0.1"),
        (1, "10.0.0.1", "203.0.113.5:4711", "203.0.113.5"),
        (1, "10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "10.0.0.1", "::ffff:203.0.113.5", "203.0.113.5"),
        (0, "", "", ""),
    ],
)
def test_address_of_the_visitor(rf, settings, proxies, direct, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR=direct, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


def test_ipv6_visitor_is_counted_by_network(rf):
    assert throttled_address(rf.get("/", REMOTE_ADDR="2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::"
    assert throttled_address(rf.get("/", REMOTE_ADDR="192.0.2.1")) == "192.0.2.1"
    assert throttled_address(rf.get("/", REMOTE_ADDR="")) is None
