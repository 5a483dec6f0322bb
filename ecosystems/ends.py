"""The two ends of « Par qui y arriver ? »: what was typed or chosen, as the actors it stands for."""

from dataclasses import dataclass, field

from django.db.models import Q

from actors.models import Actor, Competence
from foundations.text import sort_key
from territories.models import Territory
from territories.search import search_places
from territories.telling import place_in_words

from .edges import node_id

PROPOSED = 6
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Choice:
    """What may stand at an end: `value` is what the address says."""

    group: str
    label: str
    detail: str
    value: str


@dataclass(frozen=True)
class End:
    """`nodes`: the actors it stands for; `choices`: what to choose from, where what was typed names nothing alone."""

    value: str = ""
    label: str = ""
    actor: Actor | None = None
    territory: Territory | None = None
    competence: Competence | None = None
    nodes: frozenset[str] = frozenset()
    choices: tuple[Choice, ...] = field(default=())

    @property
    def is_found(self) -> bool:
        return bool(self.actor or self.territory or self.competence)


def origin(text: str) -> End:
    """Whence: an actor, or a place (those who govern it or are seated in it)."""
    return _end(text, _actor, _territory)


def goal(text: str) -> End:
    """Whither: an actor, or a competence (those who have a published proof of it)."""
    return _end(text, _actor, _competence)


def _end(text: str, *readings) -> End:
    value = text.strip()[:LONGEST_TEXT]
    if not value:
        return End()
    for reading in readings:
        found = reading(value)
        if found:
            return found
    choices = propose(value, places=_territory in readings)
    if len(choices) == 1:
        return _end(choices[0].value, *readings)
    return End(value, value, choices=tuple(choices))


def _actor(value: str) -> End | None:
    actor = Actor.objects.published().filter(slug=value).first()
    return End(actor.slug, actor.name, actor=actor, nodes=frozenset({node_id(actor.pk)})) if actor else None


def _territory(value: str) -> End | None:
    place = Territory.objects.filter(slug=value).first()
    if not place:
        return None
    inside = Territory.objects.within(place).values("pk")
    same = Q(governs=place) | Q(governs__in=Territory.objects.same_as(place).values("pk"))
    here = Actor.objects.published().filter(same | Q(seat__in=inside))
    nodes = frozenset(node_id(pk) for pk in here.values_list("pk", flat=True))
    return End(place.slug, place.label, territory=place, nodes=nodes)


def _competence(value: str) -> End | None:
    term = Competence.objects.filter(slug=value).first()
    if not term:
        return None
    knowing = Actor.objects.published().knowing(term).values_list("pk", flat=True)
    return End(term.slug, term.name, competence=term, nodes=frozenset(node_id(pk) for pk in knowing))


def propose(text: str, *, places: bool) -> list[Choice]:
    """What `text` may mean: actors, and places or competences; a whole name alone, when there is one."""
    key = sort_key(text)[:LONGEST_TEXT]
    if len(key) < 2:
        return []
    found = [*_actors(key), *(_places(text) if places else _competences(key))]
    whole = [choice for choice in found if sort_key(choice.label) == key]
    return whole if len(whole) == 1 else found


def propose_actors(text: str) -> list[Choice]:
    """Published actors that `text` may name."""
    key = sort_key(text)[:LONGEST_TEXT]
    return _actors(key) if len(key) >= 2 else []


def _actors(key: str) -> list[Choice]:
    named = Actor.objects.published().filter(Q(sort_name__contains=key) | Q(other_names__name__icontains=key))
    rows = named.distinct().order_by("sort_name", "pk")[:PROPOSED]
    return [Choice("Acteurs", actor.name, actor.nature_label, actor.slug) for actor in rows]


def _places(text: str) -> list[Choice]:
    return [
        Choice(
            "Lieux",
            place.territory.label,
            place_in_words(place.territory, via=place.via),
            place.territory.slug,
        )
        for place in search_places(text, PROPOSED, guesses=False)
    ]


def _competences(key: str) -> list[Choice]:
    named = Competence.objects.filter(
        Q(sort_name__contains=key) | Q(synonyms__sort_name__contains=key)
    ).select_related("parent")
    rows = named.distinct().order_by("sort_name")[:PROPOSED]
    return [
        Choice("Compétences", term.name, term.parent.name if term.parent else "", term.slug) for term in rows
    ]
