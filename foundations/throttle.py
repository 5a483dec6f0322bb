"""How often a visitor may do something that costs others their time, counted in the database for all servers.

No address is stored: a row holds a keyed hash of what is counted, of the address and of the hour, so that not even two
hours of one visitor can be told to be the same. `manage.py purge_expired` drops the rows of past days.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import ThrottleCount


class HourlyLimit(NamedTuple):
    """How many times an hour one address may, and all addresses together may."""

    per_address: int
    overall: int


def allowed(scope: str, address: str | None, limit: HourlyLimit) -> bool:
    """Counts one more time for `scope` ("contact"), and says whether it is within `limit`.

    One address past its own limit does not eat into everybody's. Visitors without an address share one count.
    """
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    if _count(f"{scope}|address|{address or ''}", hour) > limit.per_address:
        return False
    return _count(f"{scope}|overall", hour) <= limit.overall


def _count(what: str, hour: datetime) -> int:
    """Adds one and returns the count, in one statement: two servers counting at once lose nothing."""
    key = salted_hmac("foundations.throttle", f"{what}|{hour.isoformat()}", algorithm="sha256").hexdigest()
    table = ThrottleCount._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS t (key, hour, count) VALUES (%s, %s, 1) "  # noqa: S608 — our own table's name
            "ON CONFLICT (key) DO UPDATE SET count = t.count + 1 RETURNING count",
            [key, hour],
        )
        return cursor.fetchone()[0]
