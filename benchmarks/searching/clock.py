"""Times and their percentiles."""

import statistics
import time
from collections.abc import Callable, Iterable

ROUNDS = 3


def times_ms(works: Iterable[Callable[[], object]], *, rounds: int = ROUNDS) -> list[list[float]]:
    """For each work, its times in milliseconds over `rounds`, taken in turn after one round that is not counted."""
    works = list(works)
    taken: list[list[float]] = [[] for _ in works]
    for counted in range(rounds + 1):
        for spent, work in zip(taken, works, strict=True):
            start = time.perf_counter()
            work()
            if counted:
                spent.append((time.perf_counter() - start) * 1000)
    return taken


def percentile(values: list[float], percent: float) -> float:
    """Nearest rank. `values` in any order, not empty."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def medians(taken: list[list[float]]) -> list[float]:
    return [statistics.median(spent) for spent in taken]
