"""nDCG@10 and recall@20 of a list of actors against what was judged (Järvelin and Kekäläinen, 2002)."""

from collections.abc import Iterable
from math import log2

from django.http import QueryDict

from directory.search.query import PAGE_SIZE, Search

from .judged import Judged

BEST, GOOD = 3, 1  # what it is worth to show them


def found_by(judged: Judged) -> list[str]:
    """Addresses of the actors of the first page, in order."""
    asked = QueryDict(mutable=True)
    asked.update({"q": judged.query} | ({"territoire": judged.place} if judged.place else {}))
    return [entry.actor.slug for entry in Search(asked).page.object_list[:PAGE_SIZE]]


def ndcg(found: list[str], judged: Judged, depth: int = 10) -> float:
    """1 for the ideal order, 0 when nobody expected is among the first. Where nobody is expected, 1 for nobody."""
    worth = dict.fromkeys(judged.good, GOOD) | dict.fromkeys(judged.best, BEST)
    if not worth:
        return 1.0 if not found else 0.0
    return _gain(worth.get(slug, 0) for slug in found[:depth]) / _gain(
        sorted(worth.values(), reverse=True)[:depth]
    )


def _gain(worths: Iterable[int]) -> float:
    return sum((2**worth - 1) / log2(rank + 2) for rank, worth in enumerate(worths))


def recall(found: list[str], judged: Judged, depth: int = 20) -> float:
    """The share of the expected actors that are among the first `depth`."""
    expected = {*judged.best, *judged.good}
    return len(expected.intersection(found[:depth])) / len(expected) if expected else 1.0


def wrongly(found: list[str], judged: Judged) -> set[str]:
    """Those who must not be named, and are: of `*`, anybody who is not expected."""
    if "*" in judged.never:
        return set(found).difference(judged.best, judged.good)
    return set(judged.never).intersection(found)
