"""The definition of relations between sets of communes, written as plainly as can be; the SQL is held to it."""

from collections.abc import Mapping


def relation(ours: frozenset, theirs: frozenset) -> str | None:
    if not ours & theirs:
        return None
    if ours == theirs:
        return "same"
    if ours < theirs:
        return "within"
    return "covers" if ours > theirs else "overlaps"


def population(communes: frozenset, people: Mapping[int, int | None]) -> int | None:
    counts = [people[commune] for commune in communes]
    return None if None in counts else sum(counts)


def share(ours: frozenset, theirs: frozenset, people: Mapping[int, int | None]) -> float | None:
    """Part of our inhabitants who live in what we share; unknown when one commune is not counted, or nobody lives."""
    whole = population(ours, people)
    return population(ours & theirs, people) / whole if whole else None


def relations(
    sets: Mapping[int, frozenset], people: Mapping[int, int | None]
) -> dict[tuple[int, int], tuple]:
    """(a, b) → (kind, communes in common, share of a's communes, share of a's inhabitants)."""
    found = {}
    for a, ours in sets.items():
        for b, theirs in sets.items():
            if a != b and (kind := relation(ours, theirs)):
                common = ours & theirs
                found[a, b] = (kind, len(common), len(common) / len(ours), share(ours, theirs, people))
    return found
