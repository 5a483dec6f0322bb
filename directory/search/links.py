"""The links of a page of results: what narrows it can be taken away; other orders, the sheet, the feed."""

from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from actors.letters import mail_is_set

from ..filters import SORTS
from .criteria import criteria_of
from .query import Search


class SearchLinks:
    """`search`, and the ways on from it. Every link carries the whole state of the search."""

    def __init__(self, search: Search):
        self.search = search

    def query_string(self, drop: tuple[str, str] | None = None, **changes: str | None) -> str:
        """The present query string with `changes` (None removes), always back on the first page."""
        data = self.search.data.copy()
        data.pop("page", None)
        for name, value in changes.items():
            data.pop(name, None)
            if value is not None:
                data[name] = value
        if drop:
            name, value = drop
            data.setlist(name, [kept for kept in data.getlist(name) if kept != value])
        return data.urlencode()

    def url(self, drop: tuple[str, str] | None = None, **changes: str | None) -> str:
        """The address of this search with `changes`."""
        query = self.query_string(drop, **changes)
        return f"{reverse('actor_list')}?{query}" if query else reverse("actor_list")

    @cached_property
    def removable(self) -> list[dict]:
        """What narrows the search, each with the address that takes it away."""
        search, reading = self.search, self.search.reading
        chips = [
            {
                "label": f"{term.typed} ≈ {term.name}" if term.is_synonym else term.name,
                "url": self._less(term.typed),
            }
            for term in reading.terms
        ]
        chips += [{"label": word.nature.label, "url": self._less(word.typed)} for word in reading.natures]
        if search.asked_places:
            chips.append({"label": search.territory.label, "url": self.url(territoire=None)})
        elif search.territory:
            chips.append(
                {
                    "label": search.territory.label,
                    "url": self._less(reading.place.typed if reading.place else ""),
                }
            )
        return chips + [
            {"label": choice.label, "url": self.url(drop=(facet.name, choice.value))}
            for facet in search.facets
            for choice in facet.choices
            if choice.checked
        ]

    def _less(self, typed: str) -> str:
        """The search without the words `typed`, or with the words as they stand when they cannot be cut out."""
        shorter = self.search.q.replace(typed, " ").strip() if typed else self.search.q
        if shorter == self.search.q:
            return self.url(exact="1")
        return self.url(q=" ".join(shorter.split()) or None)

    @property
    def place_label(self) -> str:
        """What the box « Votre commune » shows."""
        search = self.search
        return search.asked_places[0].label if search.asked_places else search.typed_place

    @property
    def other_places(self) -> list[dict]:
        """Homonyms of the place that was typed, to choose from."""
        return [
            {"label": place.label, "url": self.url(territoire=place.slug)}
            for place in self.search.asked_places[1:]
        ]

    @property
    def csv(self) -> str:
        query = self.query_string()
        return f"{reverse('actor_csv')}?{query}" if query else reverse("actor_csv")

    @property
    def literal(self) -> str:
        return self.url(exact="1")

    @property
    def feed(self) -> str:
        """The same search as an Atom feed."""
        query = self.query_string(tri=None)
        return f"{reverse('actor_feed')}?{query}" if query else reverse("actor_feed")

    @cached_property
    def follow(self) -> str:
        """Where one leaves an address to follow this search; empty where there is nothing to follow, or no e-mail."""
        search = self.search
        if search.is_full or not mail_is_set() or not criteria_of(search.data, search.answer.filterset):
            return ""
        return f"{reverse('follow_search')}?{self.query_string(tri=None)}"

    @property
    def everything(self) -> str:
        """The same words, looked for in all that the directory holds."""
        return f"{reverse('search_everything')}?{urlencode({'q': self.search.q})}"

    @property
    def sorts(self) -> list[dict]:
        """The ways to order the results; by nearness only where there is a place."""
        return [
            {"label": sort["label"], "url": self.url(tri=key or None), "current": key == self.search.sort}
            for key, sort in SORTS.items()
            if key != "proche" or self.search.territory
        ]
