"""The graph of an ecosystem at 30, 1 000 and 5 000 actors, three ties each.

Run: `python -m benchmarks.graph`, with DATABASE_URL naming a server: it makes a database of its own beside the one
named, and drops it. Actors and ties are made up, from a fixed seed.

Says, for each size: how many queries read the graph; for each page, its median time warm and its size; and how long our
measures take against `rustworkx` called alone on the same edges.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()  # before the models can be imported, hence the E402 exceptions

import rustworkx as rx  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from actors.models import Actor, Basis, Kind, Life, Nature, Source, Tie  # noqa: E402
from ecosystems.edges import DEFAULT, LAYERS, read_graph  # noqa: E402
from ecosystems.graph import doors, layout, measures  # noqa: E402
from ecosystems.graph.model import Graph  # noqa: E402
from ecosystems.models import Ecosystem  # noqa: E402

SIZES = (30, 1_000, 5_000)
TIES = 3
TIMES = 5
PAGES = {
    "réseau": "/ecosystemes/{0}/reseau/",
    "réseau, données": "/ecosystemes/{0}/reseau.json",
    "voisinage": "/ecosystemes/{0}/reseau/?autour=acteur-{0}-7",
    "expansion": "/ecosystemes/{0}/expansion/",
    "passeurs": "/ecosystemes/{0}/passeurs/",
    "système solaire": "/acteurs/acteur-{0}-7/systeme/",
    "chemin": "/chemin/?de=acteur-{0}-7&vers=acteur-{0}-29",
}


def fill(count: int) -> Ecosystem:
    """An ecosystem of `count` made-up organisations, each tied to `TIES` others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET statement_timeout = 0"
        )  # so many rows at once, with their history, are no request
    chance = random.Random(count)  # noqa: S311  (no secret)
    source = Source.objects.create(
        title="Essai", slug=f"essai-{count}", kind="report", date=date(2022, 7, 4), page_count=5
    )
    natures = list(Nature)
    actors = Actor.objects.bulk_create(
        Actor(
            kind=Kind.ORGANISATION, name=f"Acteur {count} {i}", slug=f"acteur-{count}-{i}", state="published",
            nature=natures[i % len(natures)], nature_basis=Basis.STATED, life=Life.ACTIVE,
        )
        for i in range(count)
    )  # fmt: skip
    Tie.objects.bulk_create(
        Tie(from_actor=actors[i], to_actor=actors[j], kind="works_with", source=source, pages=[1])
        for i in range(count)
        for j in chance.sample([*range(i), *range(i + 1, count)], TIES)
    )
    ecosystem = Ecosystem.objects.create(name=f"Essai {count}", slug=str(count), state="published")
    ecosystem.actors.add(*actors)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself soon after so many writes
    return ecosystem


def clear() -> None:
    for model in (Tie, Ecosystem, Actor, Source):
        model.objects.all().delete()


def timed(work: Callable[[], object]) -> float:
    """Median milliseconds of `TIMES` runs, after one that warms."""
    work()
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def measure_reading(ecosystem: Ecosystem) -> Graph:
    with CaptureQueriesContext(connection) as queries:
        graph = read_graph(frozenset(LAYERS), ecosystem.actors.all())
    spent = timed(lambda: read_graph(DEFAULT, ecosystem.actors.all()))
    print(f"  graph read                   {spent:8.1f} ms   {len(queries)} queries with every layer")
    print(f"  places                       {timed(lambda: layout.places(graph)):8.1f} ms")
    return graph


def measure_pages(slug: str) -> None:
    client = Client(SERVER_NAME="localhost")
    for name, address in PAGES.items():
        url = address.format(slug)
        response = client.get(url)
        assert response.status_code == 200, url
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        count = len(queries)  # now: the next request forgets them
        spent = timed(lambda url=url: client.get(url))
        print(f"  {name:<28} {spent:8.1f} ms   {len(response.content) / 1000:7.1f} kB   {count} queries")


def bare(graph: Graph) -> rx.PyGraph:
    """The same edges, as rustworkx alone wants them."""
    index = {node: i for i, node in enumerate(sorted(graph.nodes))}
    simple = rx.PyGraph(multigraph=False)
    simple.add_nodes_from(range(len(index)))
    simple.add_edges_from_no_data([(index[edge.start], index[edge.end]) for edge in graph.edges])
    return simple


def measure_overhead(graph: Graph) -> None:
    """Each of our measures, all included, against the same made by rustworkx on edges it is given ready."""

    def alone() -> None:
        simple = bare(graph)
        rx.betweenness_centrality(simple, normalized=True)
        rx.articulation_points(simple)
        rx.connected_components(simple)

    pairs = [
        ("betweenness", lambda: measures.betweenness(graph), lambda: rx.betweenness_centrality(bare(graph))),
        ("doors, all included", lambda: doors.doors(graph, try_each=False), alone),
    ]
    for name, ours, theirs in pairs:
        mine, its = timed(ours), timed(theirs)
        print(f"  {name:<28} {mine:8.1f} ms   rustworkx alone {its:8.1f} ms   ratio {mine / its:.2f}")


def main() -> None:
    settings.DEBUG = False  # which would keep every query in memory
    connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}_benchmark_graph"
    former = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        for count in SIZES:
            clear()
            ecosystem = fill(count)
            print(f"{count} actors, {TIES * count} ties")
            graph = measure_reading(ecosystem)
            measure_pages(ecosystem.slug)
            measure_overhead(graph)
    finally:
        connection.creation.destroy_test_db(former, verbosity=0)


if __name__ == "__main__":
    main()
