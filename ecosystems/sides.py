"""On which side of a line each actor stands: city or countryside, public or private, inside or outside. Never guessed.

An actor whose side no source gives has none. A person has no side: who holds functions on both sides links them.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from actors.models import Actor, Nature
from territories.models import Kind as Place
from territories.models import RelationKind, Territory

from .edges import node_id
from .models import Ecosystem

CITY, COUNTRY = "ville", "campagne"
PUBLIC, PRIVATE = "public", "privé"
INSIDE, OUTSIDE = "dedans", "dehors"

# Code général de la fonction publique, art. L2 and L4: State, local authorities and their groupings, public bodies.
# Schools, labs, networks and mixed companies are of either law: no side.
LAW = {
    Nature.LOCAL_AUTHORITY: PUBLIC,
    Nature.INTERMUNICIPAL: PUBLIC,
    Nature.MIXED_SYNDICATE: PUBLIC,
    Nature.PARK: PUBLIC,
    Nature.STATE: PUBLIC,
    Nature.PUBLIC_BODY: PUBLIC,
    Nature.ASSOCIATION: PRIVATE,
    Nature.COMPANY: PRIVATE,
}
# Code général des collectivités territoriales: an agglomération, a communauté urbaine, a métropole is made around a
# town (art. L5216-1, L5215-1, L5217-1); a communauté de communes need not be (L5214-1).
SHAPES = {"communauté de communes": COUNTRY}
SHAPES |= dict.fromkeys(("communauté d’agglomération", "communauté urbaine", "métropole"), CITY)


class Placed(NamedTuple):
    """An actor, and its place: what it governs, else where it is seated."""

    pk: int
    nature: str
    place: Territory | None


def read_places(actors: QuerySet[Actor]) -> list[Placed]:
    """What is needed of each to know its side, in two queries: they may be thousands."""
    rows = list(actors.values_list("pk", "nature", "governs", "seat"))
    places = Territory.objects.only("nature", "composition").in_bulk(
        {governs or seat for _, _, governs, seat in rows} - {None}
    )
    return [Placed(pk, nature, places.get(governs or seat)) for pk, nature, governs, seat in rows]


def law_of(actors: Iterable[Placed]) -> dict[str, str]:
    """Public or private law, by the nature of the organisation."""
    return {node_id(actor.pk): LAW[actor.nature] for actor in actors if actor.nature in LAW}


def town_of(actors: Iterable[Placed]) -> dict[str, str]:
    """City or countryside, by the form of the grouping in which the commune of the actor lies. One query."""
    places = _places(actors)
    around = Territory.objects.filter(
        kind=Place.EPCI,
        is_obsolete=False,
        relations_to__from_territory__in=set(places.values()),
        relations_to__kind__in=(RelationKind.WITHIN, RelationKind.SAME),
    ).values_list("relations_to__from_territory", "nature")
    shapes = {place: SHAPES[nature] for place, nature in around if nature in SHAPES}
    own = {
        actor.place.pk: SHAPES[actor.place.nature]
        for actor in actors
        if actor.place and actor.place.nature in SHAPES
    }
    shapes |= own
    return {node: shapes[place] for node, place in places.items() if place in shapes}


def territory_of(actors: Iterable[Placed], ecosystem: Ecosystem) -> dict[str, str]:
    """Inside: its place lies in a territory of the ecosystem. Outside: it shares no commune with any. Two queries."""
    within = {RelationKind.WITHIN, RelationKind.SAME}
    territories = set(ecosystem.territories.filter(composition="known").values_list("pk", flat=True))
    places = _places(actors)
    touching: dict[int, bool] = dict.fromkeys(territories, True)
    related = Territory.objects.filter(relations__to_territory__in=territories, pk__in=set(places.values()))
    for place, kind in related.values_list("pk", "relations__kind"):
        touching[place] = touching.get(place, False) or kind in within
    known = {actor.place.pk for actor in actors if actor.place and actor.place.composition == "known"}
    if not territories:
        return {}
    return {
        node: (INSIDE if touching[place] else "") if place in touching else OUTSIDE
        for node, place in places.items()
        if place in known
    }


def _places(actors: Iterable[Placed]) -> dict[str, int]:
    return {node_id(actor.pk): actor.place.pk for actor in actors if actor.place}
