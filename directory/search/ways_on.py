"""Where to go when nobody answers: wider places, everywhere, near competences, who may know the right person."""

# ruff: noqa: S611 — the SQL is ours; what a visitor typed is a parameter

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import BooleanField, Exists, F, Func, IntegerField, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse

from actors.models import Actor, Competence, Nature
from territories.models import Territory
from workshops.models import WorkshopHost

from ..models import SearchEntry
from .bonds import Surroundings
from .conditions import SQL
from .links import SearchLinks
from .probe import CAP, counts_and_rows
from .query import Search
from .resembling import resembling
from .walk import few_or_best

# What those do who know many others, by whatever name the vocabulary of the day gives it.
BRIDGING = "animation de réseau"
SHOWN = 4
WEIGHED = 300  # of those who may know: more are not sorted by how near they are
NEIGHBOURS = 6
WIDER_KINDS = ("epci", "petr", "departement", "region")
_IS_BRIDGING = """"directory_searchentry".competence_ids && ARRAY(
  SELECT c.id FROM (SELECT id AS competence_id, name FROM actors_competence
                    UNION ALL SELECT competence_id, name FROM actors_competencesynonym) v
  JOIN actors_competence c ON v.competence_id IN (c.id, c.parent_id)
  WHERE phraseto_tsquery('francais', v.name) = phraseto_tsquery('francais', %s))"""
_KNOWN_FOR = """(SELECT count(*) FROM (
  SELECT FROM directory_searchentry e WHERE e.competence_ids @> ARRAY["actors_competence".id] LIMIT %s) n)"""


@dataclass(frozen=True)
class MayKnow:
    """An actor who may know the right person, and why one may think so."""

    actor: Actor
    why: str


class WaysOn:
    """Of a search that found nobody. Computed once, in four queries at most; none leads to nobody."""

    def __init__(self, search: Search):
        self.search = search
        self.links = SearchLinks(search)

    @cached_property
    def _is_known_elsewhere(self) -> bool:
        return self.search.exists(self.search.reading)

    @cached_property
    def _wider_places(self) -> list[Surroundings]:
        """The places around this one, the smallest first, when somebody answers somewhere."""
        here = self.search.territory
        if not here or not self._is_known_elsewhere:
            return []
        covering = Territory.objects.covering(here, strict=True).of_kind(*WIDER_KINDS)
        return Surroundings.of_each(covering.order_by("commune_count")[:4])

    @cached_property
    def _counted(self) -> tuple[list[int], list[list[dict]]]:
        """How many answer in each wider place, then everywhere; the neighbours; the names alike. One query."""
        search = self.search
        rows = SearchEntry.objects.matching(search.reading)
        narrow = search.answer.filterset.filter_queryset  # the same choices
        sets = [narrow(rows.bound_to(place)) for place in self._wider_places]
        if (
            self._is_known_elsewhere
            and not search.reading.is_empty
            and (search.territory or search.is_narrowed)
        ):
            sets.append(rows)
        lists = (self._near, resembling(search.reading))
        counts, rows = counts_and_rows(sets, [asked for asked in lists if asked])
        found = iter(rows)
        return counts, [next(found) if asked else [] for asked in lists]

    @property
    def wider(self) -> list[dict]:
        """Wider places where somebody is, the smallest first, with the count."""
        words = self.search.words_without_place or None
        return [
            _counted_link(count, self.links.url(q=words, territoire=place.territory.slug))
            | {"label": place.territory.label}
            for place, count in zip(self._wider_places, self._counted[0], strict=False)
            if count
        ]

    @property
    def everywhere(self) -> dict | None:
        """The same need without place nor filters: how many answer, and where."""
        left = self._counted[0][len(self._wider_places) :]
        url = f"{reverse('actor_list')}?{urlencode({'q': self.search.words_without_place})}"
        return _counted_link(left[0], url) if left and left[0] else None

    @property
    def _near(self) -> SQL | None:
        """Competences beside those that were recognised; else those whose definition has one of the words."""
        reading = self.search.reading
        ids = [term.competence_id for term in reading.terms]
        if ids:
            near = Competence.objects.filter(
                Q(related__in=ids) | Q(parent__narrower__in=ids) | Q(narrower__in=ids)
            )
        elif reading.words:
            words = SearchQuery(reading.any_word, config="francais", search_type="websearch")
            said = Func(F("definition"), function="directory_words", output_field=SearchVectorField())
            near = Competence.objects.alias(said=said).filter(said=words)
        else:
            return None
        near = Competence.objects.filter(pk__in=near.values("pk")).exclude(pk__in=ids)
        known_for = RawSQL(_KNOWN_FOR, [CAP], output_field=IntegerField())
        near = near.annotate(actor_count=known_for).filter(actor_count__gt=0)
        near = near.order_by("-actor_count", "sort_name").values("slug", "name", "actor_count")
        return near[:NEIGHBOURS].query.sql_with_params()

    @cached_property
    def neighbours(self) -> list[dict]:
        """Near competences that somebody has, with how many, the commonest first."""
        return [
            near | {"url": Competence(slug=near["slug"]).get_absolute_url()} for near in self._counted[1][0]
        ]

    @cached_property
    def names(self) -> list[dict]:
        """Actors whose name is one letter away from what was typed."""
        return [name | {"url": Actor(slug=name["slug"]).get_absolute_url()} for name in self._counted[1][1]]

    @cached_property
    def may_know(self) -> list[MayKnow]:
        """Those who bring others together, near the place if there is one: hosts of workshops, networks."""
        hosts = WorkshopHost.objects.filter(workshop__state="published", actor=OuterRef("pk"))
        rows = SearchEntry.objects.annotate(
            is_host=Exists(hosts), is_bridging=RawSQL(_IS_BRIDGING, [BRIDGING], output_field=BooleanField())
        ).filter(Q(is_host=True) | Q(is_bridging=True) | Q(nature=Nature.NETWORK))
        if not (here := self.search.surroundings):
            found = rows.order_by("-rank", "pk")  # the order of an index: it is walked
            return [MayKnow(entry.actor, _why(entry)) for entry in found.select_related("actor")[:SHOWN]]
        # Around here; hosts also where no place of theirs is known, as they are few. Near a large city all of them are
        # too many to be sorted by their bond: the best known are.
        nowhere = rows.filter(is_host=True).nowhere()
        checked = rows.around(here, unknown=False, walked=True) | nowhere
        known = few_or_best(checked, rows.around(here, unknown=False) | nowhere, WEIGHED, SHOWN)
        found = rows.among(known).with_bond(here).order_by("bond_order", "-rank", "pk")
        return [MayKnow(entry.actor, _why(entry)) for entry in found.select_related("actor")[:SHOWN]]


def _counted_link(count: int, url: str) -> dict:
    return {"count": min(count, CAP), "is_full": count > CAP, "url": url}


def _why(entry: SearchEntry) -> str:
    if entry.is_host:
        return "a réuni un atelier"
    return "anime des réseaux" if entry.is_bridging else "réseau ou communauté"
