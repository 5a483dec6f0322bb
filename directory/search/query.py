"""A search of actors from its URL to its results: what the page, the CSV and the feed all show."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from territories.models import Territory

from ..filters import BY_RANK, SORTS, ActorFilter
from ..models import SearchEntry
from .bonds import Bond, Surroundings
from .facets import CAP, Facet, facets
from .reading import Reading, clean, correct, read
from .reasons import bond_reasons, reasons

PAGE_SIZE = 20


@dataclass(frozen=True)
class Answer:
    """Who answers: at most `CAP` + 1 ids, of rows matching `reading`, every part of it or (`is_widened`) one."""

    reading: Reading
    is_widened: bool
    filterset: ActorFilter
    ids: list[int]

    @property
    def is_full(self) -> bool:
        """More than are sorted and counted."""
        return len(self.ids) > CAP


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
        if self.asked_places:
            return self.asked_places[0]
        place = self._first_reading.place
        return Territory.objects.filter(pk=place.territory_id).first() if place else None

    @cached_property
    def surroundings(self) -> Surroundings | None:
        return Surroundings.of(self.territory) if self.territory else None

    @cached_property
    def _first_reading(self) -> Reading:
        return read(self.q, with_place=not self.typed_place, literal=self.is_literal)

    @cached_property
    def answer(self) -> Answer:
        """As typed; if nobody answers, with its errors corrected; if nobody still, whoever answers a part."""
        first = self._ask(self._first_reading)
        if first.ids or self.is_literal or self._first_reading.is_empty or self._exists(self._first_reading):
            return first
        corrected = correct(self._first_reading)
        if corrected and self._exists(corrected):
            return self._ask(corrected)
        widened = self._ask(self._first_reading, every=False)
        return widened if widened.ids else first

    def _exists(self, reading: Reading) -> bool:
        """Whether anybody answers, wherever they are and whatever facets are chosen."""
        return SearchEntry.objects.matching(reading).exists()

    def _ask(self, reading: Reading, *, every: bool = True) -> Answer:
        rows = SearchEntry.objects.matching(reading, every=every)
        if self.surroundings:
            rows = rows.bound_to(self.surroundings)
        filterset = ActorFilter(self.data, queryset=rows)
        ids = _capped(filterset.qs)
        if len(ids) > CAP and self.surroundings and Bond.UNKNOWN not in filterset.chosen("lien"):
            # Too many to be sorted by nearness: those of whom no place is known make room for the others.
            filterset = ActorFilter(self.data, queryset=rows.exclude(bond=Bond.UNKNOWN))
            ids = _capped(filterset.qs)
        return Answer(reading, not every, filterset, ids)

    @property
    def reading(self) -> Reading:
        return self.answer.reading

    @property
    def is_widened(self) -> bool:
        return self.answer.is_widened

    @property
    def is_full(self) -> bool:
        return self.answer.is_full

    @cached_property
    def rows(self) -> QuerySet:
        """Every result in order; of a full answer, the rows in the order of an index."""
        answer, sort = self.answer, SORTS[self.sort]
        if answer.is_full:
            rows, order = answer.filterset.qs, sort.get("full", BY_RANK)
        else:
            rows, order = SearchEntry.objects.among(answer.ids).with_score(answer.reading), sort["whole"]
            if self.surroundings:
                rows = rows.bound_to(self.surroundings)
            else:
                order = [column for column in order if column != "bond_order"]
        if self.territory:
            rows = rows.with_seat_distance(self.territory)
        return rows.order_by(*order).with_what_a_line_prints()

    @cached_property
    def page(self):
        paginator = Paginator(self.rows, PAGE_SIZE)
        paginator.count = min(len(self.answer.ids), CAP)  # known already: no second count
        number = self.data.get("page", "1")
        wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
        page = paginator.get_page(wanted)
        page.object_list = list(page.object_list)
        return page

    @property
    def count(self) -> int:
        """How many answer; `CAP` when there are more (`is_full`)."""
        return self.page.paginator.count

    @cached_property
    def facets(self) -> list[Facet]:
        """Each facet counts the rows that the others leave: the answer itself where nothing is chosen in it."""
        filterset = self.answer.filterset
        names = [name for name in filterset.FACETS if name != "lien" or self.surroundings]
        return facets(filterset, {name: self._base(name) for name in names})

    def _base(self, name: str) -> QuerySet:
        filterset = self.answer.filterset
        if filterset.chosen(name):
            rows = SearchEntry.objects.filter(
                pk__in=filterset.without(name).order_by().values("pk")[: CAP + 1]
            )
        else:
            rows = SearchEntry.objects.among(self.answer.ids)
        return rows.bound_to(self.surroundings) if name == "lien" else rows

    @cached_property
    def results(self) -> list[dict]:
        """The page's entries, each with what it is, its reason and its bond."""
        entries = self.page.object_list
        why = reasons([entry.pk for entry in entries], self.reading)
        bonds = bond_reasons(entries, self.surroundings) if self.surroundings else {}
        return [
            {"entry": entry, "actor": entry.actor, "reason": why.get(entry.pk), "bond": bonds.get(entry.pk)}
            for entry in entries
        ]


def _capped(rows: QuerySet) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True)[: CAP + 1])
