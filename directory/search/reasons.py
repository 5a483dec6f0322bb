"""Why each result is there: the passage that matched, marked, with its source page; and its bond to the place in words."""

from dataclasses import dataclass
from html import escape

from django.db import connection
from django.utils.safestring import SafeString, mark_safe

from actors.models import Basis, Source
from territories.models import TerritoryRelation
from workshops.reading.words import page_url

from .bonds import Bond, Surroundings
from .reading import Reading

# Marks that no text holds (control characters are refused on entry), turned into <mark> after escaping.
_START, _STOP = "\x02", "\x03"

FIELDS = {
    "name": "nom",
    "competence": "compétence",
    "evidence": "compétence",
    "function": "fonction",
    "summary": "présentation",
    "attachment": "rattachement",
    "tie": "lien",
    "initiative": "expérience",
    "finding": "ce qu’on en dit",
}

_REASONS = """
SELECT DISTINCT ON (p.actor_id) p.actor_id, p.field,
  ts_headline('francais', p.text, q.query, %(options)s), p.source_id, p.pages, p.basis
FROM directory_passage p
JOIN (SELECT websearch_to_tsquery('francais', %(words)s) AS query) q ON true
LEFT JOIN actors_competence c ON p.field = 'competence' AND c.name = p.text
WHERE p.actor_id = ANY(%(actors)s)
  AND (c.id = ANY(%(competences)s) OR to_tsvector('francais', p.text) @@ q.query)
ORDER BY p.actor_id, (c.id IS NULL), p.weight, (p.basis <> 'stated'), p.text
"""


@dataclass(frozen=True)
class Reason:
    """`field`: where it matched; `passage`: the text, marked; `source`, `pages`: the proof; `basis`: how sure."""

    field: str
    passage: SafeString
    source: Source | None
    pages: list[int]
    basis: str

    @property
    def source_url(self) -> str:
        return page_url(self.source, self.pages)

    @property
    def is_deduced(self) -> bool:
        return self.basis != Basis.STATED


def reasons(actor_ids: list[int], reading: Reading) -> dict[int, Reason]:
    """The best reason of each actor of a page of results, in two queries."""
    if reading.is_empty or not actor_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _REASONS,
            {
                "actors": actor_ids,
                "words": reading.any_word,
                "competences": [pk for term in reading.terms for pk in term.ids],
                "options": f"StartSel={_START}, StopSel={_STOP}, MaxFragments=1, MaxWords=28, MinWords=12",
            },
        )
        rows = cursor.fetchall()
    sources = Source.objects.in_bulk({row[3] for row in rows if row[3]})
    return {
        actor: Reason(FIELDS[field], _marked(text), sources.get(source), pages or [], basis)
        for actor, field, text, source, pages, basis in rows
    }


def _marked(text: str) -> SafeString:
    html = escape(text).replace(_START, "<mark>").replace(_STOP, "</mark>")
    return mark_safe(html)


@dataclass(frozen=True)
class BondReason:
    """A bond in words: « dans une partie », « 12 % des habitants », « à 14 km »."""

    bond: Bond
    detail: str = ""

    @property
    def css(self) -> str:
        return {Bond.PART: "overlap", Bond.NEAR: "near", Bond.UNKNOWN: "unknown"}.get(self.bond, "")


def bond_reasons(entries, surroundings: Surroundings) -> dict[int, BondReason]:
    """Why each entry is bound to the place, in two queries."""
    here = surroundings.territory
    relations = {
        relation.from_territory_id: relation
        for relation in TerritoryRelation.objects.filter(
            to_territory=here,
            from_territory__in={pk for entry in entries for pk in entry.area_ids},
        ).select_related("from_territory")
    }
    return {entry.pk: _bond_reason(entry, surroundings, relations) for entry in entries}


def _bond_reason(entry, surroundings, relations) -> BondReason:
    bond = Bond(entry.bond)
    if bond == Bond.ACTS:
        wider = [relations[pk] for pk in entry.area_ids if pk in relations and relations[pk].kind == "covers"]
        if surroundings.territory.pk in entry.area_ids or not wider:
            return BondReason(bond)
        nearest = min(wider, key=lambda relation: -relation.commune_share)
        return BondReason(bond, f"à l’échelle de : {nearest.from_territory.name}")
    if bond == Bond.PART:
        parts = [relations[pk] for pk in entry.area_ids if pk in relations]
        share = max((part.population_share_back or 0 for part in parts), default=0)
        return BondReason(bond, share_in_words(share) if share else "part non connue")
    if bond == Bond.NEAR and entry.seat:
        return BondReason(bond, f"à {entry.seat.name}")
    return BondReason(bond)


def share_in_words(share: float) -> str:
    """A share of inhabitants (0 to 1) as a person would say it."""
    if share < 0.01:
        return "moins de 1 % des habitants"
    return f"{round(share * 100)} % des habitants"
