"""Where to go when nobody answers: everywhere, a neighbouring competence, who may know the right person."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q
from django.urls import reverse

from actors.models import Actor, Competence, Nature
from workshops.models import WorkshopHost

from ..models import SearchEntry
from .probe import CAP, counts
from .query import Search
from .reading import read

# What those do who know many others; understood as any search is, by the vocabulary of the day.
BRIDGING = "animation de réseau"
SHOWN = 4


@dataclass(frozen=True)
class MayKnow:
    """An actor who may know the right person, and why one may think so."""

    actor: Actor
    why: str


class WaysOn:
    """Of a search that found nobody. Each property is computed once, in a few queries; none leads to nobody."""

    def __init__(self, search: Search):
        self.search = search

    @cached_property
    def everywhere(self) -> dict | None:
        """The same need without place nor filters: how many answer, and where."""
        search = self.search
        narrowed = search.territory or search.is_narrowed
        if search.reading.is_empty or not narrowed or not search.exists(search.reading):
            return None
        answering = SearchEntry.objects.matching(search.reading).order_by()
        count = answering.values("pk")[: CAP + 1].count()
        url = f"{reverse('actor_list')}?{urlencode({'q': search.words_without_place})}"
        return {"count": min(count, CAP), "is_full": count > CAP, "url": url}

    @cached_property
    def neighbours(self) -> list[Competence]:
        """Competences beside those that were recognised; else those whose definition has one of the words."""
        ids = [term.competence_id for term in self.search.reading.terms]
        if ids:
            near = Competence.objects.filter(
                Q(related__in=ids) | Q(parent__narrower__in=ids) | Q(narrower__in=ids)
            )
        elif self.search.reading.words:
            words = SearchQuery(self.search.reading.any_word, config="francais", search_type="websearch")
            near = Competence.objects.alias(said=SearchVector("definition", config="francais")).filter(
                said=words
            )
        else:
            return []
        near = list(Competence.objects.filter(pk__in=near.values("pk")).exclude(pk__in=ids))
        having = [SearchEntry.objects.filter(competence_ids__contains=[term.pk]) for term in near]
        for term, count in zip(near, counts(having), strict=True):
            term.actor_count = min(count, CAP)
        known = [term for term in near if term.actor_count]
        return sorted(known, key=lambda term: (-term.actor_count, term.sort_name))[:6]

    @cached_property
    def may_know(self) -> list[MayKnow]:
        """Those who bring others together, near the place if there is one: hosts of workshops, networks."""
        hosts = set(WorkshopHost.objects.filter(workshop__state="published").values_list("actor", flat=True))
        bridging = [pk for term in read(BRIDGING, with_place=False).terms for pk in term.ids]
        rows = SearchEntry.objects.filter(
            Q(pk__in=hosts) | Q(competence_ids__overlap=bridging) | Q(nature=Nature.NETWORK)
        )
        order = ["-rank", "pk"]  # that of an index: without a place, it is walked
        if here := self.search.surroundings:
            rows = rows.with_bond(here)
            # Around here; hosts also where no place of theirs is known, as they are few.
            rows = rows.around(here, unknown=False) | rows.filter(pk__in=hosts).nowhere()
            order = ["bond_order", *order]
        found = rows.order_by(*order).select_related("actor")[:SHOWN]
        return [MayKnow(entry.actor, _why(entry, hosts, set(bridging))) for entry in found]


def _why(entry: SearchEntry, hosts: set[int], bridging: set[int]) -> str:
    if entry.pk in hosts:
        return "a réuni un atelier"
    if bridging & set(entry.competence_ids):
        return "anime des réseaux"
    return "réseau ou communauté"
