"""One search over all that the directory holds, each sort of thing in its group, with its true count."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString

from actors.models import Actor, Initiative
from foundations.typography import day_in_words
from territories.models import Territory
from territories.search import search_places
from territories.telling import place_in_words
from workshops.models import Finding, Recommendation, Workshop
from workshops.reading.words import initiative_url

from .query import Search
from .reading import clean, told_apart, without_asking
from .reasons import START, STOP, Reason, marked

SHOWN, PAGE_SIZE = 4, 20  # of each group on the page of all; on the page of one
MOST_PLACES = 30  # as many as the page « Lequel ? » of places lists

_WORKSHOP = "JOIN workshops_workshop w ON w.id = g.workshop_id AND w.state = 'published'"
# Group → rows, their document (as it is indexed, see `sql.DOCUMENTS`), their title and what is quoted of them.
_SOURCES = {
    "initiatives": (
        "actors_initiative g",
        "g.state = 'published'",
        "directory_document(g.name::text, g.acronym::text, g.summary)",
        "g.name",
        "g.summary",
    ),
    "constats": (
        f"workshops_finding g {_WORKSHOP}",
        "true",
        "directory_document(VARIADIC ARRAY[g.title::text, g.statement, g.quotation] || g.points)",
        "coalesce(nullif(g.title, ''), g.statement)",
        "concat_ws(' ', CASE WHEN g.title <> '' THEN g.statement END, array_to_string(g.points, ' '), g.quotation)",
    ),
    "recommandations": (
        f"workshops_recommendation g {_WORKSHOP}",
        "true",
        "directory_document(g.title::text, g.statement)",
        "g.title",
        "g.statement",
    ),
    "ateliers": (
        "workshops_workshop g LEFT JOIN territories_territory t ON t.id = g.place_id",
        "g.state = 'published'",
        "directory_document(g.title::text, g.summary, g.venue::text, g.perimeter::text, t.name::text)",
        "g.title",
        "g.summary",
    ),
}
_GROUP = """
SELECT what, id, n, ts_headline('francais', title, query, %(title_options)s),
       CASE WHEN directory_words(passage) @@ query
            THEN ts_headline('francais', passage, query, %(options)s) ELSE '' END
FROM (
  SELECT '{what}' AS what, g.id, count(*) OVER () AS n, {title} AS title, {passage} AS passage, q.query
  FROM (SELECT websearch_to_tsquery('francais', %(words)s) AS query) q, {rows}
  WHERE {condition} AND {document} @@ q.query
  ORDER BY ts_rank({document}, q.query) DESC, g.id LIMIT %(limit)s OFFSET %(offset)s
) found
"""
LABELS = {
    "acteurs": "Acteurs",
    "initiatives": "Initiatives",
    "constats": "Constats",
    "recommandations": "Recommandations",
    "ateliers": "Ateliers",
    "territoires": "Territoires",
}


@dataclass(frozen=True)
class Item:
    """`title` and `passage` with the words marked; `detail`: what tells it from its likes."""

    title: SafeString | str
    url: str
    detail: str = ""
    passage: SafeString | str = ""


@dataclass(frozen=True)
class Group:
    """`more_than`: where one stops counting; `url`: the whole list; `is_widened`: a part of the words answers."""

    name: str
    label: str
    count: int
    items: list[Item]
    url: str
    more_than: bool = False
    is_widened: bool = False


class Everything:
    """`data`: the query string (`q`, and `dans` for one group alone, by `page`). The same number of queries always."""

    def __init__(self, data: QueryDict):
        self.q = clean(data.get("q", ""))
        self.only = data.get("dans", "") if data.get("dans") in _SOURCES else ""
        number = data.get("page", "1")
        self.number = int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 1
        asked = QueryDict(mutable=True)
        asked["q"] = self.q
        self.search = Search(asked)

    @cached_property
    def groups(self) -> list[Group]:
        """Groups that have something, in the order of `LABELS`; none for no words."""
        if not self.q:
            return []
        found = self._found
        groups = [found[name] for name in LABELS if name in found]
        if not self.only:
            groups = [self._actors(), *groups, self._territories()]
        return [group for group in groups if group.count]

    @property
    def label(self) -> str:
        """Of the one group asked for."""
        return LABELS.get(self.only, "")

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @cached_property
    def page(self):
        """The page of the one group asked for (`dans`)."""
        count = self.groups[0].count if self.groups else 0
        return Paginator(range(count), PAGE_SIZE).get_page(self.number)

    @property
    def words(self) -> str:
        """What is looked for in texts: what was understood of the need, without the words that ask; for competences
        alone any of their names, and when nobody answers to all of the need, any of its competences."""
        first = self.search.first_reading
        if not first.typed:
            return without_asking(self.q)
        if self._is_widened:
            return first.any_name
        place = [first.place.typed] if first.place else []
        typed = " ".join([*first.typed, *(word.typed for word in first.natures), *place, *first.excluded])
        names = [f'"{term.name}"' for term in self._reading.terms if term.is_synonym]
        return " or ".join([typed, *names]) if not self._reading.words else typed

    @property
    def _is_widened(self) -> bool:
        return self.search.is_widened and bool(self.search.first_reading.terms)

    @property
    def _reading(self):
        return self.search.reading

    @cached_property
    def _found(self) -> dict[str, Group]:
        names = [self.only] if self.only else list(_SOURCES)
        rows = self._rows(names)
        if not rows and self.only and self.number > 1:  # past the last page
            self.number = 1
            rows = self._rows(names)
        told = {name: _TELLERS[name]([row[1] for row in rows if row[0] == name]) for name in names}
        return {name: self._group(name, rows, told[name]) for name in names}

    def _rows(self, names: list[str]) -> list[tuple]:
        limit, offset = (PAGE_SIZE, (max(1, self.number) - 1) * PAGE_SIZE) if self.only else (SHOWN, 0)
        sql = " UNION ALL ".join(f"({_statement(name)})" for name in names)
        marks = f"StartSel={START}, StopSel={STOP}"
        parameters = {
            "words": told_apart(self.words),
            "limit": limit,
            "offset": offset,
            "options": f"{marks}, MaxFragments=1, MaxWords=28, MinWords=12",
            "title_options": f"{marks}, HighlightAll=true",
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def _group(self, name: str, rows: list[tuple], told: dict[int, tuple[str, str]]) -> Group:
        items = [
            Item(marked(title), told[pk][0], told[pk][1], marked(passage))
            for what, pk, _, title, passage in rows
            if what == name and pk in told
        ]
        count = next((n for what, _, n, *_ in rows if what == name), 0)
        url = f"{reverse('search_everything')}?{urlencode({'q': self.q, 'dans': name})}"
        return Group(name, LABELS[name], count, items, url, is_widened=self._is_widened)

    def _actors(self) -> Group:
        """The same answer as the list of actors gives."""
        items = [_actor(result["actor"], result["reason"]) for result in self.search.results[:SHOWN]]
        url = f"{reverse('actor_list')}?{urlencode({'q': self.q})}"
        found = self.search
        return Group("acteurs", LABELS["acteurs"], found.count, items, url, found.is_full, found.is_widened)

    def _territories(self) -> Group:
        """Places that are called so; else the one that was recognised among the words."""
        places = [
            (place.territory, place.via) for place in search_places(self.q, MOST_PLACES + 1, guesses=False)
        ]
        if not places and self.search.territory:
            places = [(self.search.territory, "")]
        items = [
            Item(territory.label, territory.get_absolute_url(), place_in_words(territory, via=via))
            for territory, via in places[:SHOWN]
        ]
        url = f"{reverse('territory_search_page')}?{urlencode({'q': self.q})}"
        count = min(len(places), MOST_PLACES)
        return Group("territoires", LABELS["territoires"], count, items, url, len(places) > MOST_PLACES)


def _statement(name: str) -> str:
    rows, condition, document, title, passage = _SOURCES[name]
    return _GROUP.format(
        what=name, rows=rows, condition=condition, document=document, title=title, passage=passage
    )


def _actor(actor: Actor, reason: Reason | None) -> Item:
    """The name marked where it is what matched; else the passage that did."""
    told = [actor.nature_label, _label(actor.seat)]
    passage = reason.passage if reason and reason.field != "nature" else ""
    named = bool(passage) and strip_tags(passage) == escape(actor.name)
    return Item(
        passage if named else actor.name,
        actor.get_absolute_url(),
        ", ".join(filter(None, told)),
        "" if named else passage,
    )


def _initiatives(ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = Initiative.objects.select_related("same_as", "place").in_bulk(ids)
    return {
        pk: (initiative_url(row), ", ".join(filter(None, [row.get_kind_display(), _label(row.place)])))
        for pk, row in rows.items()
    }


def _findings(ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = Finding.objects.select_related("workshop").in_bulk(ids)
    return {
        pk: (row.get_absolute_url(), f"{row.get_kind_display()}, {row.workshop.title}")
        for pk, row in rows.items()
    }


def _recommendations(ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = Recommendation.objects.select_related("workshop").in_bulk(ids)
    return {pk: (row.get_absolute_url(), row.workshop.title) for pk, row in rows.items()}


def _workshops(ids: list[int]) -> dict[int, tuple[str, str]]:
    rows = Workshop.objects.select_related("place").in_bulk(ids)
    return {
        pk: (row.get_absolute_url(), ", ".join(filter(None, [day_in_words(row.date), _label(row.place)])))
        for pk, row in rows.items()
    }


def _label(place: Territory | None) -> str:
    return place.label if place else ""


# Group → a function from ids to {id: (address, what tells it from its likes)}, in one query.
_TELLERS = {
    "initiatives": _initiatives,
    "constats": _findings,
    "recommandations": _recommendations,
    "ateliers": _workshops,
}
