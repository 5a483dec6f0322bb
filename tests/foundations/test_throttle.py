"""Counting attempts: for all servers, without an address."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from time_machine import travel

from foundations.models import ThrottleCount
from foundations.throttle import HourlyLimit, allowed

LIMIT = HourlyLimit(per_address=2, overall=3)


@pytest.mark.django_db
@travel("2026-01-01T12:30:00Z", tick=False)
def test_an_address_then_everybody():
    assert [allowed("x", "192.0.2.1", LIMIT) for _ in range(4)] == [True, True, False, False]
    # What the first was refused was not counted for all: one place is left, for another address.
    assert [allowed("x", "192.0.2.2", LIMIT) for _ in range(2)] == [True, False]
    assert allowed("another form", "192.0.2.1", LIMIT)


@pytest.mark.django_db
def test_a_new_hour_begins_anew_and_cannot_be_tied_to_the_last():
    with travel("2026-01-01T12:59:59Z", tick=False):
        assert [allowed("x", None, LIMIT) for _ in range(3)] == [True, True, False]
    before = set(ThrottleCount.objects.values_list("key", flat=True))
    with travel("2026-01-01T13:00:00Z", tick=False):
        assert allowed("x", None, LIMIT)
    after = set(ThrottleCount.objects.values_list("key", flat=True)) - before
    assert len(before) == len(after) == 2
    assert not any("192" in str(row) for row in ThrottleCount.objects.values())


@pytest.mark.django_db(transaction=True)
def test_servers_that_count_at_once_lose_nothing():
    def attempt(_) -> bool:
        try:
            return allowed("x", "192.0.2.1", HourlyLimit(per_address=5, overall=100))
        finally:
            connection.close()

    with travel("2026-01-01T12:30:00Z", tick=False), ThreadPoolExecutor(4) as servers:
        answers = list(servers.map(attempt, range(12)))
    assert answers.count(True) == 5
    assert sorted(ThrottleCount.objects.values_list("count", flat=True)) == [5, 12]
