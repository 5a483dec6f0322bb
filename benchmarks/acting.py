"""Who acts here? Our stored relations against a plain join on commune sets, with 100 000 made-up actors.

Run: `python -m benchmarks.acting [--actors N]`. The question: the first 20 actors, by name, whose area (declared or
governed) contains every commune of a place: for a commune, an EPCI, a département, a région.
"""

import argparse
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()  # before the models can be imported, hence the E402 exceptions

from django.db import connection  # noqa: E402

from benchmarks.searching.clock import medians, times_ms  # noqa: E402
from benchmarks.searching.database import filled  # noqa: E402
from directory.models import SearchEntry  # noqa: E402
from directory.search.bonds import Bond, Surroundings  # noqa: E402
from territories.models import Territory  # noqa: E402

PLACES = {
    "commune": ("commune", "63457"),  # Vic-le-Comte
    "EPCI": ("epci", "200069177"),  # Mond'Arverne Communauté
    "département": ("departement", "63"),
    "région": ("region", "84"),
}
PLAIN = """
SELECT a.id FROM actors_actor a
WHERE a.state = 'published' AND EXISTS (
  SELECT 1 FROM (SELECT r.territory_id FROM actors_actorarea r WHERE r.actor_id = a.id
                 UNION SELECT a.governs_id WHERE a.governs_id IS NOT NULL) area
  WHERE NOT EXISTS (
    SELECT 1 FROM territories_territorycommune here
    WHERE here.territory_id = %(place)s AND NOT EXISTS (
      SELECT 1 FROM territories_territorycommune there
      WHERE there.territory_id = area.territory_id AND there.commune_id = here.commune_id)))
ORDER BY a.sort_name, a.id LIMIT 20
"""


def ours(place: Territory) -> list[int]:
    rows = SearchEntry.objects.bound_to(Surroundings.of(place)).filter(bond=Bond.ACTS)
    return list(rows.order_by("sort_name", "actor_id").values_list("pk", flat=True)[:20])


def plain(place: Territory) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, {"place": place.pk})
        return [pk for (pk,) in cursor.fetchall()]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--actors", type=int, default=20_000)
    actors = asked.parse_args().actors
    with filled(actors, "84", keep=False, say=lambda line: print(f"  {line}", file=sys.stderr)):
        print(f"{actors} actors; milliseconds for the first 20, median")
        for name, (kind, code) in PLACES.items():
            place = Territory.objects.get(kind=kind, code=code)
            mine, theirs = medians(times_ms([lambda p=place: ours(p), lambda p=place: plain(p)]))
            print(f"{name:12} ours {mine:8.1f}   commune sets {theirs:9.1f}   ratio {theirs / mine:6.1f}")


if __name__ == "__main__":
    main()
