"""One place, as all floors know it: who is there, what happened there, what is missing."""

from functools import cached_property

from django.db.models import F

from actors.models import Competence, Initiative
from territories.distance import DistanceKm
from territories.models import RelationKind, Territory
from workshops.models import Recommendation, Theme, Workshop

from ..models import SearchEntry
from ..search.bonds import Bond, Surroundings
from ..search.reasons import bond_reasons, share_in_words

NEAREST_READ = 500  # actors looked at, from the nearest, for someone who has what is missing
ACTORS_SHOWN = 40  # beyond, the search has pages and filters


def overlap_in_words(place: Territory) -> str:
    """How much of each lies in the other, of inhabitants where known and of communes else; see `with_relation_to`."""
    if place.population_share is not None and place.own_population_share is not None:
        own, here = share_in_words(place.population_share), share_in_words(place.own_population_share)
        return f"{own} d’ici y vivent, soit {here} de là-bas"
    share, own = place.commune_share, place.own_commune_share
    return f"{share:.0%} des communes d’ici en sont, soit {own:.0%} des siennes"


class TerritoryPage:
    def __init__(self, territory: Territory):
        self.territory = territory

    @cached_property
    def surroundings(self) -> Surroundings:
        return Surroundings.of(self.territory)

    @cached_property
    def _related(self) -> list[Territory]:
        """Every territory that shares a commune with this one, told how; the communes of a wide one are left out."""
        found = Territory.objects.current().with_relation_to(self.territory)
        if self.territory.kind in ("departement", "region", "academie"):
            found = found.exclude(kind="commune")
        return list(found.order_by("kind", "sort_name"))

    def _of(self, relation: str) -> list[Territory]:
        return [place for place in self._related if place.relation == relation]

    @cached_property
    def containing(self) -> list[Territory]:
        """From the nearest to the widest."""
        return sorted(self._of(RelationKind.COVERS), key=lambda place: place.commune_count or 0)

    @property
    def nearest(self) -> Territory | None:
        """The smallest place around this one, for the way back."""
        return self.containing[0] if self.containing else None

    @cached_property
    def same(self) -> list[Territory]:
        return self._of(RelationKind.SAME)

    @cached_property
    def contained(self) -> list[Territory]:
        return self._of(RelationKind.WITHIN)

    @property
    def has_inside(self) -> bool:
        """Whether the map has something to draw within the outline."""
        return self.territory.kind != "commune" and bool(self.territory.commune_count)

    @cached_property
    def overlapping(self) -> list[dict]:
        """Territories that share a part of this one while each also has another, told both ways."""
        places = sorted(self._of(RelationKind.OVERLAPS), key=lambda place: -(place.commune_share or 0))
        return [{"territory": place, "words": overlap_in_words(place)} for place in places]

    @cached_property
    def declared(self) -> list[Territory]:
        """Places of unknown composition that a source declares to reach here."""
        return list(Territory.objects.current().declared_in(self.territory))

    @cached_property
    def _entries(self) -> list[SearchEntry]:
        rows = SearchEntry.objects.bound_to(self.surroundings).exclude(bond=Bond.UNKNOWN)
        rows = rows.select_related("actor", "seat").with_way_to(self.territory)
        rows = rows.order_by("bond_order", "sort_name", "actor_id")
        return list(rows[: ACTORS_SHOWN + 1])

    @cached_property
    def has_more_actors(self) -> bool:
        return len(self._entries) > ACTORS_SHOWN

    @cached_property
    def groups(self) -> list[dict]:
        """Actors by bond, each bond in words."""
        entries = self._entries[:ACTORS_SHOWN]
        why = bond_reasons(entries, self.surroundings)
        return [
            {
                "bond": bond,
                "rows": [
                    {"actor": entry.actor, "why": why[entry.pk]} for entry in entries if entry.bond == bond
                ],
            }
            for bond in Bond
            if any(entry.bond == bond for entry in entries)
        ]

    @cached_property
    def workshops(self) -> list[Workshop]:
        """Held here, or about a territory that lies here, covers it or overlaps it."""
        around = [*self.surroundings.inside, *self.surroundings.covering, *self.surroundings.part]
        about = Workshop.objects.published().filter(territories__in=around)
        held = Workshop.objects.published().filter(place__in=self.surroundings.inside)
        return list((about | held).distinct())

    @cached_property
    def attended(self) -> list[Workshop]:
        """Workshops held elsewhere where somebody based here, or the body that governs here, was."""
        entries = SearchEntry.objects.bound_to(self.surroundings)
        mine = entries.filter(bond=Bond.BASED) | entries.filter(area_ids__contains=[self.territory.pk])
        ids = {pk for ids in mine.values_list("workshop_ids", flat=True) for pk in ids}
        held = {workshop.pk for workshop in self.workshops}
        return list(Workshop.objects.published().filter(pk__in=ids - held))

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        return list(
            Recommendation.objects.published()
            .whole()
            .with_state()
            .filter(workshop__in=[*self.workshops, *self.attended])
            .select_related("workshop")
        )

    @cached_property
    def initiatives(self) -> list[Initiative]:
        return list(Initiative.objects.published().told_in_lists().filter(place__in=self.surroundings.inside))

    @cached_property
    def gaps(self) -> list[dict]:
        """Competences that the findings and recommendations made here call for, and that no actor bound here is
        known for; with somebody who is known for it elsewhere, the best attested first."""
        said = [*self.workshops, *self.attended]
        themes = Theme.objects.filter(findings__workshop__in=said) | Theme.objects.filter(
            recommendations__workshop__in=said
        )
        called = Competence.objects.filter(themes__in=themes).distinct().order_by("sort_name")
        here = SearchEntry.objects.bound_to(self.surroundings).exclude(bond=Bond.UNKNOWN)
        offered = {pk for ids in here.values_list("competence_ids", flat=True) for pk in ids}
        missing = [term for term in called if term.pk not in offered]
        return [{"competence": term, "elsewhere": self._elsewhere.get(term.pk)} for term in missing]

    @property
    def gaps_known_elsewhere(self) -> list[dict]:
        return [gap for gap in self.gaps if gap["elsewhere"]]

    @property
    def gaps_known_nowhere(self) -> list[Competence]:
        return [gap["competence"] for gap in self.gaps if not gap["elsewhere"]]

    @cached_property
    def _elsewhere(self) -> dict[int, SearchEntry]:
        """The nearest actor by competence; those whose seat is not known come last."""
        rows = SearchEntry.objects.exclude(competence_ids=[]).select_related("actor", "seat")
        if self.territory.lon is not None:
            away = DistanceKm(F("seat__lon"), F("seat__lat"), self.territory.lon, self.territory.lat)
            rows = rows.annotate(distance_km=away).order_by(
                F("distance_km").asc(nulls_last=True), "sort_name"
            )
        else:
            rows = rows.order_by("sort_name")
        found: dict[int, SearchEntry] = {}
        for entry in rows[:NEAREST_READ]:
            for pk in entry.competence_ids:
                found.setdefault(pk, entry)
        return found
