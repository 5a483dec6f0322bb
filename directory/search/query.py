"""A search of actors from its URL to its results: what the page, the CSV and the feed all show."""

from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse

from actors.models import Competence
from territories.models import Territory

from ..filters import SORTS, ActorFilter
from ..models import SearchEntry
from .bonds import Surroundings
from .facets import facets
from .reading import Reading, clean, correct, read
from .reasons import bond_reasons, facts_of, reasons

PAGE_SIZE = 20
MAX_PAGE = 500


class Search:
    """`data`: the query string. Every property is computed once; nothing is written."""

    def __init__(self, data: QueryDict):
        self.data = data
        self.q = clean(data.get("q", ""))
        self.typed_place = clean(data.get("territoire", ""))
        self.is_literal = data.get("exact") == "1"
        self.sort = data.get("tri", "") if data.get("tri") in SORTS else ""

    @cached_property
    def asked_places(self) -> list[Territory]:
        """The territories that « Votre commune » may mean, the best first."""
        if not self.typed_place:
            return []
        exact = Territory.objects.filter(slug=self.typed_place.lower()).first()
        return [exact] if exact else list(Territory.objects.search(self.typed_place)[:6])

    @cached_property
    def territory(self) -> Territory | None:
        return self.asked_places[0] if self.asked_places else self.reading.place

    @cached_property
    def first_reading(self) -> Reading:
        return read(self.q, with_place=not self.typed_place, literal=self.is_literal)

    @cached_property
    def reading(self) -> Reading:
        """What the query means; corrected when, as typed, nobody answers."""
        reading = self.first_reading
        if self.is_literal or reading.is_empty or self._rows(reading).exists():
            return reading
        corrected = correct(reading)
        return corrected if corrected and self._rows(corrected).exists() else reading

    @cached_property
    def is_widened(self) -> bool:
        """Nobody answers every part of the query: those that answer one part are shown."""
        return not self.reading.is_empty and not self._rows(self.reading).exists()

    def _rows(self, reading: Reading):
        return SearchEntry.objects.matching(reading)

    @cached_property
    def surroundings(self) -> Surroundings | None:
        return Surroundings.of(self.territory) if self.territory else None

    @cached_property
    def filterset(self) -> ActorFilter:
        rows = SearchEntry.objects.matching(self.reading, every=not self.is_widened).with_score(self.reading)
        if self.surroundings:
            rows = rows.bound_to(self.surroundings)
        return ActorFilter(self.data, queryset=rows)

    @cached_property
    def rows(self):
        """Every result in order: a total order, stable from page to page."""
        _, order = SORTS[self.sort]
        if not self.surroundings:
            order = [column for column in order if column != "bond_order"]
        return self.filterset.qs.order_by(*order).select_related("actor__seat", "actor__governs", "seat")

    @cached_property
    def page(self):
        paginator = Paginator(self.rows, PAGE_SIZE)
        number = self.data.get("page", "1")
        wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
        page = paginator.get_page(min(wanted, MAX_PAGE))
        page.object_list = list(page.object_list)
        return page

    @cached_property
    def facets(self):
        return facets(self.filterset)

    @cached_property
    def results(self) -> list[dict]:
        """The page's entries, each with what it is, its reason and its bond."""
        entries = self.page.object_list
        ids = [entry.pk for entry in entries]
        why = reasons(ids, self.reading)
        bonds = bond_reasons(entries, self.surroundings) if self.surroundings else {}
        facts = facts_of(ids)
        return [
            {
                "entry": entry,
                "actor": entry.actor,
                "facts": facts[entry.pk],
                "reason": why.get(entry.pk),
                "bond": bonds.get(entry.pk),
            }
            for entry in entries
        ]

    @cached_property
    def removable(self) -> list[dict]:
        """What narrows the search, each with the query string that takes it away."""
        chips = [
            {
                "label": f"{term.typed} ≈ {term.name}" if term.is_synonym else term.name,
                "url": self._less(term.typed),
            }
            for term in self.reading.terms
        ]
        if self.asked_places:
            chips.append(
                {
                    "label": self.territory.label,
                    "url": self.url(territoire=None),
                }
            )
        elif self.reading.place:
            chips.append(
                {
                    "label": self.reading.place.label,
                    "url": self._less(self.reading.place.name),
                }
            )
        chips += [
            {"label": choice.label, "url": self.url(drop=(facet.name, choice.value))}
            for facet in self.facets
            for choice in facet.choices
            if choice.checked
        ]
        return chips

    def _less(self, typed: str) -> str:
        """The search without the words `typed`, or with the words as they stand when they cannot be cut out."""
        shorter = self.q.replace(typed, " ").strip()
        if shorter == self.q:
            return self.url(exact="1")
        return self.url(q=" ".join(shorter.split()) or None)

    def url(self, drop: tuple[str, str] | None = None, **changes) -> str:
        """The address of this search with `changes`, back on the first page."""
        query = self.query_string(drop, **changes)
        return f"{reverse('actor_list')}?{query}" if query else reverse("actor_list")

    def query_string(self, drop: tuple[str, str] | None = None, **changes) -> str:
        """The present query string with `changes` (None removes), always back on the first page."""
        data = self.data.copy()
        data.pop("page", None)
        for name, value in changes.items():
            data.pop(name, None)
            if value is not None:
                data[name] = value
        if drop:
            name, value = drop
            data.setlist(name, [kept for kept in data.getlist(name) if kept != value])
        return data.urlencode()

    @cached_property
    def wider(self) -> list[tuple[Territory, int]]:
        """When nobody is found here: wider places where somebody is, the smallest first, with the count."""
        if not self.territory or self.page.paginator.count:
            return []
        found = []
        wider = Territory.objects.covering(self.territory, strict=True).of_kind(
            "epci", "petr", "departement", "region"
        )
        for place in wider.order_by("commune_count")[:4]:
            rows = SearchEntry.objects.matching(self.reading).bound_to(Surroundings.of(place))
            if count := ActorFilter(self.data, queryset=rows).qs.count():
                found.append((place, count))
        return found

    @property
    def place_label(self) -> str:
        """What the box « Votre commune » shows."""
        return self.asked_places[0].label if self.asked_places else self.typed_place

    @property
    def other_places(self) -> list[dict]:
        """Homonyms of the place that was typed, to choose from."""
        return [
            {"label": place.label, "query": self.query_string(territoire=place.slug)}
            for place in self.asked_places[1:]
        ]

    @property
    def export_query(self) -> str:
        return self.query_string()

    @property
    def literal_query(self) -> str:
        return self.query_string(exact="1")

    @property
    def q_query(self) -> str:
        """The words alone, without place nor filters."""
        return urlencode({"q": self.q})

    @cached_property
    def sort_links(self) -> list[dict]:
        """The ways to order the results, each with its query string; by nearness only where there is a place."""
        return [
            {"label": label, "query": self.query_string(tri=key or None), "current": key == self.sort}
            for key, (label, _) in SORTS.items()
            if key != "proche" or self.territory
        ]

    @cached_property
    def neighbouring_competences(self) -> list[Competence]:
        """Terms beside those of the query, for a search that found nobody."""
        ids = [term.competence_id for term in self.reading.terms]
        return (
            list(Competence.objects.filter(related__in=ids).exclude(pk__in=ids).distinct()[:6]) if ids else []
        )
