"""Territories: load of the whole country, relations of all of them, finding a place.

Run: `python -m benchmarks.territories`, with DATABASE_URL naming a server: it makes a database of its own beside the
one named, and drops it.

The naive way, comparing every pair of sets, is timed on a part of the groupings and carried to the whole, since all
pairs of 36 000 territories would take hours; both ways are given for the same part too.
"""

import os
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()  # before the models can be imported, hence the E402 exceptions

from django.db import connection  # noqa: E402

from territories import algebra, layers  # noqa: E402
from territories.loading import load  # noqa: E402
from territories.models import Kind, Territory, TerritoryCommune, TerritoryRelation  # noqa: E402
from territories.search import search_places  # noqa: E402

SAMPLE = 400  # groupings compared pair by pair
TYPED = [
    "clerm",
    "63270",
    "vic le comte",
    "grand clermont",
    "sancy",
    "st eloy",
    "saint",
    "clermon ferand",
    "la",
]


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds, and what the work gave."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def sets_of(ids: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {pk: set() for pk in ids}
    rows = TerritoryCommune.objects.filter(territory__in=ids).values_list("territory_id", "commune_id")
    for territory, commune in rows.iterator():
        found[territory].add(commune)
    return found


def every_pair(sets: dict[int, set[int]]) -> int:
    """The naive method: each set against each other set; returns how many pairs share a commune."""
    return sum(
        1 for a, ours in sets.items() for b, theirs in sets.items() if a != b and not ours.isdisjoint(theirs)
    )


def measure_load() -> None:
    seconds, report = timed(load)
    print(f"load of France from nothing   {seconds:7.2f} s   {sum(report.created.values())} territories")
    seconds_again, report = timed(load)
    assert report.is_empty
    print(
        f"the same load again           {seconds_again:7.2f} s   changes nothing, ratio {seconds / seconds_again:.1f}"
    )


def measure_relations() -> None:
    TerritoryRelation.objects.all().delete()
    whole, rows = timed(algebra.rebuild_relations)
    total = Territory.objects.filter(composition="known").count()
    print(f"all relations, set-based SQL  {whole:7.2f} s   {rows} relations of {total} territories")
    ids = list(
        Territory.objects.exclude(kind=Kind.COMMUNE).order_by("pk").values_list("pk", flat=True)[:SAMPLE]
    )
    sets = sets_of(ids)
    naive, _pairs = timed(lambda: every_pair(sets))
    carried = naive * (total / len(ids)) ** 2
    print(f"every pair of {len(ids)} groupings     {naive:7.2f} s   carried to all: {carried:.0f} s")
    print(f"ratio, naive / set-based      {carried / whole:7.0f}")
    petr = Territory.objects.get(code="petr-grand-clermont")
    one, _rows = timed(lambda: algebra.rebuild_relations([petr.pk]))
    print(f"relations of one PETR         {one * 1000:7.1f} ms  ratio to all {whole / one:.0f}")


def measure_search() -> None:
    for text in TYPED:
        best = min(timed(lambda text=text: search_places(text))[0] for _ in range(5))
        print(f"search « {text} »".ljust(30) + f"{best * 1000:7.1f} ms")


def measure_layers() -> None:
    region = Territory.objects.get(kind=Kind.REGION, code="84")
    seconds, layer = timed(lambda: layers.collection(layers.inside(region, Kind.EPCI)))
    print(f"layer of the EPCI of a région {seconds * 1000:7.1f} ms  {len(str(layer).encode()) // 1000} kB")


def main() -> None:
    connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}_benchmark"
    former = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        measure_load()
        measure_relations()
        measure_search()
        measure_layers()
    finally:
        connection.creation.destroy_test_db(former, verbosity=0)


if __name__ == "__main__":
    main()
