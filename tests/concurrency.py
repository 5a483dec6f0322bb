"""Several connections at once: each act waits where the others do, and says what it was told."""

import threading
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import QuerySet


def wait_until(count: int, deadline: float = 60) -> None:
    """Until `count` connections wait for a lock that this one holds. AssertionError after `deadline` seconds."""
    end = time.monotonic() + deadline
    waiting = 0
    while time.monotonic() < end and waiting < count:
        time.sleep(0.05)
        with connection.cursor() as cursor:
            # Not pg_stat_activity, which shows the same all along a transaction.
            cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
            waiting = cursor.fetchone()[0]
    assert waiting >= count, f"{waiting} wait"


def at_once(locked: QuerySet, *acts: Callable[[], object], told: type[Exception]) -> list[object]:
    """What each act, in a thread of its own, returned, or the `told` that it raised.

    All of them wait for the rows of `locked` first, which this connection lets go when all are there.
    """
    results: list[object] = [None] * len(acts)

    def run(number: int) -> None:
        try:
            results[number] = acts[number]()
        except told as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    with transaction.atomic():
        list(locked.select_for_update())
        for thread in threads:
            thread.start()
        wait_until(len(acts))
    for thread in threads:
        thread.join(timeout=60)
    return results
