"""What a search asks for, as something that can be kept: only what it understands, in one writing."""

from django.http import QueryDict

from ..filters import ActorFilter
from .query import Search
from .reading import clean

LONGEST = 1_000  # characters of all the values: no search that a person makes is longer


def criteria_of(data: QueryDict, filterset: ActorFilter | None = None) -> dict[str, list[str]]:
    """The parameters of `data` that narrow a search, cleaned and sorted; empty when it asks for nothing or too much.

    `filterset`: that of `data`, where there is one already. Not the page, nor the order: they change nothing of who
    answers.
    """
    found = {name: [clean(data.get(name, ""))] for name in ("q", "territoire")}
    if data.get("exact") == "1":
        found["exact"] = ["1"]
    filterset = filterset or ActorFilter(data)
    found |= {name: sorted(set(filterset.chosen(name))) for name in filterset.FACETS}
    kept = {name: values for name, values in found.items() if any(values)}
    if set(kept) <= {"exact"} or sum(len(value) for values in kept.values() for value in values) > LONGEST:
        return {}
    return kept


def in_words(search: Search) -> str:
    """« débat public », près de Vic-le-Comte, Association: a search as a line of an e-mail."""
    parts = [f"« {search.q} »"] if search.q else []
    if search.territory and search.asked_places:
        parts.append(search.territory.label)
    parts += [choice.label for facet in search.facets for choice in facet.choices if choice.checked]
    return ", ".join(parts)[:300]


def answering_ids(search: Search) -> list[int]:
    """Who answers to all that is asked; nobody when the search had to be widened to find someone."""
    return [] if search.is_widened else search.answer.ids
