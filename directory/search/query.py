"""A search of actors from its URL to its results: what the page, the CSV and the feed all show."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.core.validators import slug_re
from django.db.models import QuerySet
from django.http import QueryDict

from territories.models import Territory

from ..filters import BY_RANK, SORTS, ActorFilter
from ..models import SearchEntry
from .bonds import Bond, Surroundings
from .facets import Facet, facets
from .probe import CAP, Found, probe
from .reading import Reading, clean, correct, read
from .reasons import bond_reasons, nature_reason, reasons
from .walk import walk

PAGE_SIZE = 20


@dataclass(frozen=True)
class Answer:
    """Who answers: rows matching `reading`, every part of it or (`is_widened`) one."""

    reading: Reading
    is_widened: bool
    filterset: ActorFilter
    found: Found

    @property
    def ids(self) -> list[int]:
        """In order; of a full answer, `CAP` + 1 of them in any order."""
        return self.found.ids

    @property
    def is_full(self) -> bool:
        """More than are sorted and counted."""
        return self.found.is_full


class Search:
    """`data`: the query string. Every property is computed once; nothing is written."""

    def __init__(self, data: QueryDict):
        self.data = data
        self.q = clean(data.get("q", ""))
        self.typed_place = clean(data.get("territoire", ""))
        self.is_literal = data.get("exact") == "1"
        self.sort = data.get("tri", "") if data.get("tri") in SORTS else ""
        self._known: dict[Reading, bool] = {}

    @cached_property
    def _asked(self) -> list[Surroundings]:
        """The territories that « Votre commune » may mean, the best first, each with what is around it."""
        if not self.typed_place:
            return []
        # An address holds the slug; a name that is typed is seldom written as one.
        exact = Territory.objects.filter(slug=self.typed_place)
        found = (
            Surroundings.of_each(exact)
            if slug_re.match(self.typed_place) and self.typed_place.islower()
            else []
        )
        return found or Surroundings.of_each(Territory.objects.search(self.typed_place)[:6])

    @property
    def asked_places(self) -> list[Territory]:
        """The territories that « Votre commune » may mean, the best first."""
        return [around.territory for around in self._asked]

    @property
    def territory(self) -> Territory | None:
        return self.surroundings.territory if self.surroundings else None

    @cached_property
    def surroundings(self) -> Surroundings | None:
        """What is around the place that was asked for, else around the one that was recognised among the words."""
        if self._asked:
            return self._asked[0]
        place = self.first_reading.place
        found = Surroundings.of_each(Territory.objects.filter(pk=place.territory_id)) if place else []
        return found[0] if found else None

    @cached_property
    def first_reading(self) -> Reading:
        return read(self.q, with_place=not self.typed_place, literal=self.is_literal)

    @cached_property
    def answer(self) -> Answer:
        """As typed; if nobody answers, with its errors corrected; if nobody still, whoever answers a part."""
        first = self._ask(self.first_reading)
        if first.ids or self.is_literal or self.first_reading.is_empty or self.exists(self.first_reading):
            return first
        corrected = correct(self.first_reading, first.found.words)
        if corrected:
            better = self._ask(corrected)
            if better.ids or self.exists(corrected):
                return better
        widened = self._ask(self.first_reading, every=False)
        return widened if widened.ids else first

    @property
    def words_without_place(self) -> str:
        """What was typed in the first box, but for the place that was recognised in it."""
        place = self.first_reading.place
        return " ".join(self.q.replace(place.typed, " ", 1).split()) if place else self.q

    def exists(self, reading: Reading) -> bool:
        """Whether anybody answers, wherever they are and whatever facets are chosen; to nothing, anybody does."""
        if reading.is_empty:
            return True
        if reading not in self._known:
            self._known[reading] = SearchEntry.objects.matching(reading).exists()
        return self._known[reading]

    def _ask(self, reading: Reading, *, every: bool = True) -> Answer:
        rows = SearchEntry.objects.matching(reading, every=every)
        filterset = ActorFilter(self.data, queryset=rows.with_bond(self.surroundings))
        bases = {"": self._located(filterset.qs, filterset)}
        for name in filterset.FACETS:
            if filterset.chosen(name) and (self.surroundings or name != "lien"):
                bases[name] = self._located(filterset.without(name), filterset)
        order = SORTS[self.sort]["whole"]
        anywhere = rows if every and not reading.is_empty else None
        found = probe(bases, reading, order, anywhere, filterset.chosen("atelier"))
        if every:
            self._known[reading] = bool(found.ids) or found.anybody
        return Answer(reading, not every, filterset, found)

    def _located(self, rows: QuerySet, filterset: ActorFilter) -> list[QuerySet]:
        """The sets to read one after the other: where there is a place, those bound to it, then the unplaced."""
        if not self.surroundings:
            return [rows]
        if Bond.UNKNOWN in filterset.chosen("lien"):
            return [rows.around(self.surroundings)]
        return [rows.around(self.surroundings, unknown=False), rows.nowhere()]

    @property
    def reading(self) -> Reading:
        return self.answer.reading

    @property
    def is_narrowed(self) -> bool:
        """Whether a facet is chosen."""
        filterset = self.answer.filterset
        return any(filterset.chosen(name) for name in filterset.FACETS)

    @property
    def is_widened(self) -> bool:
        return self.answer.is_widened

    @property
    def is_full(self) -> bool:
        return self.answer.is_full

    @cached_property
    def rows(self) -> QuerySet:
        """Every result in order; of a full answer, the rows in the order of an index."""
        return self._lines(self._walked if self.is_full else SearchEntry.objects.in_order_of(self.answer.ids))

    @property
    def _walked(self) -> QuerySet:
        """Too many to be sorted: those of whom no place is known make room for the others."""
        rows, order = self.answer.filterset.qs, SORTS[self.sort].get("full", BY_RANK)
        if self.surroundings:
            unknown = Bond.UNKNOWN in self.answer.filterset.chosen("lien")
            rows = rows.around(self.surroundings, unknown=unknown, walked=True)
        return rows.order_by(*order)

    def _walked_ids(self, shown: slice) -> list[int]:
        """Of `_walked`, the page `shown`."""
        rows = found = self.answer.filterset.qs
        if self.surroundings:
            unknown = Bond.UNKNOWN in self.answer.filterset.chosen("lien")
            rows = rows.around(self.surroundings, unknown=unknown, walked=True)
            found = found.around(self.surroundings, unknown=unknown)
        return walk(rows, found, "name" if self.sort == "nom" else "rank", shown.start, shown.stop)

    def _lines(self, rows: QuerySet) -> QuerySet:
        rows = rows.with_what_a_line_prints()
        if self.surroundings:
            rows = rows.with_way_to(self.territory)
            if "bond" not in rows.query.annotations:
                rows = rows.with_bond(self.surroundings)
        return rows

    @cached_property
    def page(self):
        paginator = Paginator(range(min(len(self.answer.ids), CAP)), PAGE_SIZE)
        number = self.data.get("page", "1")
        wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
        page = paginator.get_page(wanted)
        shown = slice(page.object_list.start, page.object_list.stop)
        # Only the lines of this page are read: their order is known, or that of an index.
        ids = self._walked_ids(shown) if self.is_full else self.answer.ids[shown]
        page.object_list = list(self._lines(SearchEntry.objects.in_order_of(ids))) if ids else []
        return page

    @property
    def count(self) -> int:
        """How many answer; `CAP` when there are more (`is_full`)."""
        return self.page.paginator.count

    @cached_property
    def facets(self) -> list[Facet]:
        """Each facet counts the rows that the others leave: the answer itself where nothing is chosen in it."""
        return facets(self.answer.filterset, self.answer.found, with_place=bool(self.surroundings))

    @cached_property
    def results(self) -> list[dict]:
        """The page's entries, each with what it is, its reason and its bond."""
        entries = self.page.object_list
        why = reasons([entry.pk for entry in entries], self.reading)
        bonds = bond_reasons(entries, self.surroundings) if self.surroundings else {}
        return [
            {
                "entry": entry,
                "actor": entry.actor,
                "reason": why.get(entry.pk) or nature_reason(entry.actor, self.reading),
                "bond": bonds.get(entry.pk),
            }
            for entry in entries
        ]
