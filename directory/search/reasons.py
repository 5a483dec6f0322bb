"""Why each result is there: the passage that matched, marked, with its source page; its bond to the place in words."""

from dataclasses import dataclass, replace
from html import escape

from django.db import connection
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from actors.models import Actor, Basis, Kind, Source
from territories.models import RelationKind, Territory
from workshops.reading.words import page_url

from .bonds import Bond, Surroundings
from .reading import Reading

# Marks that no text holds (control characters are refused on entry), turned into <mark> after escaping.
START, STOP = "\x02", "\x03"

FIELDS = {
    "name": "nom",
    "competence": "compétence",
    "evidence": "passage",
    "function": "fonction",
    "summary": "présentation",
    "attachment": "rattachement",
    "tie": "lien",
    "initiative": "expérience",
    "finding": "ce qu’on en dit",
}

# Each passage is read once, and only the one that is kept is marked: both cost more than all the rest.
_REASONS = """
WITH q AS MATERIALIZED (SELECT websearch_to_tsquery('francais', %(words)s) AS query),
said AS MATERIALIZED (
  SELECT p.*, directory_words(p.text) @@ q.query AS is_said FROM directory_passage p CROSS JOIN q
  WHERE p.actor_id = ANY(%(actors)s)
), best AS (
  SELECT DISTINCT ON (p.actor_id) p.*
  FROM said p LEFT JOIN actors_competence c ON p.field = 'competence' AND c.name = p.text
  WHERE c.id = ANY(%(competences)s) OR p.is_said
     OR p.field = 'function' AND EXISTS (
       SELECT FROM actors_membership m JOIN actors_actor o ON o.id = m.organisation_id
       WHERE m.member_id = p.actor_id AND o.nature = ANY(%(natures)s) AND strpos(p.text, o.name) > 0)
  ORDER BY p.actor_id, (c.id IS NULL), NOT p.is_said, p.weight, (p.basis <> 'stated'), p.text
)
SELECT b.actor_id, b.field, ts_headline('francais', b.text, q.query, %(options)s), b.text, b.pages, b.basis,
       s.id, s.slug, s.title, s.kind, s.date
FROM best b CROSS JOIN q LEFT JOIN actors_source s ON s.id = b.source_id
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
    """The best reason of each actor of a page of results, in one query."""
    if reading.is_empty or not actor_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _REASONS,
            {
                "actors": actor_ids,
                "words": reading.any_name,
                "competences": [pk for term in reading.terms for pk in term.ids],
                "natures": [word.nature.value for word in reading.natures],
                "options": f"StartSel={START}, StopSel={STOP}, MaxFragments=1, MaxWords=28, MinWords=12",
            },
        )
        rows = cursor.fetchall()
    return {
        actor: Reason(FIELDS[field], marked(_with_dots(part, whole)), _source(*source), pages or [], basis)
        for actor, field, part, whole, pages, basis, *source in rows
    }


def nature_reason(actor: Actor, reading: Reading) -> Reason | None:
    """Of who answers by its nature alone (« EPCI »), which no passage says."""
    if actor.nature not in {word.nature.value for word in reading.natures}:
        return None
    return Reason("nature", format_html("<mark>{}</mark>", actor.nature_label), None, [], actor.nature_basis)


def _source(pk, slug, title, kind, date) -> Source | None:
    return Source(id=pk, slug=slug, title=title, kind=kind, date=date) if pk else None


def _with_dots(part: str, whole: str) -> str:
    """`part` of a passage, with dots where it was cut."""
    bare = part.replace(START, "").replace(STOP, "").strip()
    before = "" if whole.lstrip().startswith(bare) else "… "
    after = "" if whole.rstrip().endswith(bare) else " …"
    return f"{before}{part.strip()}{after}"


def marked(text: str) -> SafeString:
    """What `ts_headline` gave with our marks, as safe HTML."""
    html = escape(text).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(html)  # noqa: S308  (escaped just above: only our own marks are tags)


@dataclass(frozen=True)
class BondReason:
    """A bond in words: « dans une partie », « 12 % des habitants », « à 14 km »."""

    bond: Bond
    detail: str = ""
    by_function: bool = False

    @property
    def css(self) -> str:
        return {Bond.PART: "overlap", Bond.NEAR: "near", Bond.UNKNOWN: "unknown"}.get(self.bond, "")


# « à l’échelle … »: an area wider than the place, told by what sort of territory it is.
SCALES = {
    "commune": "de la commune",
    "epci": "de l’intercommunalité",
    "ept": "de l’établissement public territorial",
    "petr": "du PETR",
    "pnr": "du parc",
    "departement": "du département",
    "region": "de la région",
    "academie": "de l’académie",
}


def bond_reasons(entries, surroundings: Surroundings) -> dict[int, BondReason]:
    """Why each entry is bound to the place. `entries` are those of `with_bond` and `with_way_to`; no query."""
    return {
        entry.pk: replace(
            _bond_reason(entry, surroundings.territory),
            by_function=entry.kind == Kind.PERSON and entry.bond != Bond.UNKNOWN,
        )
        for entry in entries
    }


def _bond_reason(entry, here: Territory) -> BondReason:
    bond = Bond(entry.bond)
    areas = entry.areas_there or []
    if bond == Bond.ACTS and here.pk not in entry.area_ids:
        wider = [area for area in areas if area["relation"] == RelationKind.COVERS]
        if wider:
            nearest = min(wider, key=lambda area: area["communes"])
            scale = SCALES.get(nearest["kind"], f": {nearest['name']}")
            return BondReason(bond, f"à l’échelle {scale}")
    if bond == Bond.PART:
        shares = [area["share"] for area in areas if area["share"] is not None]
        return BondReason(bond, share_in_words(max(shares)) if shares else "part non connue")
    if bond == Bond.NEAR and entry.distance_km is not None:
        return BondReason(bond, f"{entry.seat.name}, à {max(1, round(entry.distance_km))} km")
    return BondReason(bond)


def share_in_words(share: float) -> str:
    """A share of inhabitants (0 to 1) as a person would say it."""
    if share < 0.01:
        return "moins de 1 % des habitants"
    return f"{round(share * 100)} % des habitants"
