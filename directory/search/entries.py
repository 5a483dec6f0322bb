"""Reads of the search table: who matches, who is bound to a place, and what a line of results prints."""

# ruff: noqa: S611 — the SQL is ours (`conditions`); what a visitor typed is a parameter

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.db.models.expressions import RawSQL

from territories.distance import DistanceKm

from . import conditions
from .bonds import Surroundings
from .reading import Reading


def _is(condition: conditions.SQL) -> RawSQL:
    return RawSQL(*condition, output_field=models.BooleanField())


_AREAS_THERE = """(
SELECT jsonb_agg(jsonb_build_object('relation', r.kind, 'share', r.population_share_back, 'kind', t.kind,
                                    'name', t.name, 'communes', coalesce(t.commune_count, 0)) ORDER BY t.id)
FROM territories_territoryrelation r JOIN territories_territory t ON t.id = r.from_territory_id
WHERE r.to_territory_id = %s AND r.from_territory_id = ANY("directory_searchentry".area_ids))"""

_HELD = """
FROM actors_membership m
JOIN actors_actor o ON o.id = m.organisation_id AND o.state = 'published'
JOIN actors_actor p ON p.id = m.member_id AND p.state = 'published'
WHERE m.until = ''"""
_TITLES = f"""ARRAY(
SELECT concat_ws(', ', nullif(m.role, ''), nullif(m.unit, ''), o.name) {_HELD}
AND m.member_id = "directory_searchentry".actor_id ORDER BY m.id)"""
_PEOPLE = f"""(
SELECT count(DISTINCT m.member_id) {_HELD} AND m.organisation_id = "directory_searchentry".actor_id)"""


class SearchEntryQuerySet(models.QuerySet):
    def among(self, ids: list[int]):
        """Entries of these actors: one parameter, however many."""
        text = '"directory_searchentry".actor_id = ANY(%s::bigint[])'
        return self.filter(_is((text, [conditions.array(ids)])))

    def in_order_of(self, ids: list[int]):
        """Entries of these actors, in the order of `ids`."""
        text = 'array_position(%s::bigint[], "directory_searchentry".actor_id)'
        place = RawSQL(text, [conditions.array(ids)], output_field=models.IntegerField())
        return self.among(ids).order_by(place)

    def matching(self, reading: Reading, *, every: bool = True):
        """Entries that answer every part of `reading`; with `every=False`, at least one part."""
        return self.filter(_is(conditions.matching(reading, every=every)))

    def with_bond(self, surroundings: Surroundings | None):
        """Annotates `bond` and `bond_order`, both null for whoever is elsewhere; without a place, nothing."""
        if not surroundings:
            return self
        return self.annotate(
            bond=RawSQL(*conditions.bond(surroundings), output_field=models.CharField()),
            bond_order=RawSQL(*conditions.bond_order(surroundings), output_field=models.IntegerField()),
        )

    def around(self, surroundings: Surroundings, **how: bool):
        """Leaves out the actors known to be elsewhere; `unknown`, `walked`: see `conditions.around`."""
        return self.filter(_is(conditions.around(surroundings, **how)))

    def nowhere(self):
        """Actors of whom no place is known."""
        return self.filter(_is(conditions.nowhere()))

    def bound_to(self, surroundings: Surroundings):
        """Annotates `bond` and `bond_order`; leaves out the actors known to be elsewhere."""
        return self.with_bond(surroundings).around(surroundings)

    def with_way_to(self, territory):
        """What tells the bond in words (`reasons.bond_reasons`): `distance_km` from the seat to `territory`, None where
        one of them has no point; `areas_there`, those of its areas that share a commune with it."""
        return self.annotate(
            distance_km=DistanceKm(F("seat__lon"), F("seat__lat"), territory.lon, territory.lat),
            areas_there=RawSQL(_AREAS_THERE, [territory.pk], output_field=models.JSONField()),
        )

    def with_what_a_line_prints(self):
        """Loads the actor and its seat; annotates `titles` (functions held) and `people` (how many hold one there)."""
        return self.select_related("actor__seat", "seat").annotate(
            titles=RawSQL(_TITLES, [], output_field=ArrayField(models.TextField())),
            people=RawSQL(_PEOPLE, [], output_field=models.IntegerField()),
        )
