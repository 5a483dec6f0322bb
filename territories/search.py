"""Finding a place from a few letters, a former name or a postal code; the most likely one first."""

from dataclasses import dataclass

from .models import Territory
from .ranking import rank
from .search_words import read_query


@dataclass(frozen=True)
class Place:
    """A territory that answers, and the other name by which it was found (« Chaméane »), if any."""

    territory: Territory
    via: str = ""


def search_places(text: str, limit: int = 10, *, guesses: bool = True) -> list[Place]:
    """At most `limit` current territories that answer to `text`, the most likely first; two queries.

    `guesses`: whether a name may be misspelt; not where the text is perhaps no place at all.
    """
    ranked = rank(read_query(text), limit, guesses=guesses)
    found = Territory.objects.in_bulk([pk for pk, _via in ranked])
    return [Place(found[pk], via) for pk, via in ranked if pk in found]
