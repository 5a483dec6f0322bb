"""Reads of the search table: who matches, who is bound to a place, in what order."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models
from django.db.models import Case, Count, F, FloatField, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from actors.models import Membership
from territories.distance import DistanceKm

from .bonds import Bond, Surroundings
from .reading import Reading

CONFIG = "francais"
# D, C, B, A: a word said of an actor weighs little beside its name (document weights, see `sql.PASSAGES`).
WEIGHTS = [0.05, 0.2, 0.6, 1.0]
ATTESTED, DEDUCED = 1.0, 0.6


def _any_of(column: str, ids: list[int]) -> Func:
    """`column = ANY(ids)`: one parameter, however many ids."""
    return Func(
        F(column),
        Value(ids, output_field=ArrayField(models.BigIntegerField())),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=models.BooleanField(),
    )


def _phrase(text: str) -> SearchQuery:
    return SearchQuery(text, config=CONFIG, search_type="phrase")


def _words(text: str) -> SearchQuery:
    return SearchQuery(text, config=CONFIG, search_type="websearch")


class SearchEntryQuerySet(models.QuerySet):
    def among(self, ids: list[int]):
        """Entries of these actors: one parameter, however many."""
        return self.filter(_any_of("actor_id", ids))

    def matching(self, reading: Reading, *, every: bool = True):
        """Entries that answer every part of `reading`; with `every=False`, at least one part."""
        parts = [
            Q(competence_ids__overlap=list(term.ids)) | Q(document=_phrase(term.typed))
            for term in reading.terms
        ]
        parts += [Q(document=_words(word)) for word in reading.words]
        if reading.natures:
            parts.append(Q(nature__in=[word.nature for word in reading.natures]))
        wanted = Q()
        for part in parts:
            wanted = wanted & part if every else wanted | part
        for word in reading.excluded:
            wanted &= Q(document=_words(word))
        return self.filter(wanted)

    def with_score(self, reading: Reading):
        """Annotates `score`: competences attested, then deduced, then where the words stand."""
        if reading.is_empty:
            return self.annotate(score=Value(0.0, output_field=FloatField()))
        score = Value(0.0, output_field=FloatField())
        for term in reading.terms:
            score = score + Case(
                When(attested_ids__overlap=list(term.ids), then=Value(ATTESTED)),
                When(competence_ids__overlap=list(term.ids), then=Value(DEDUCED)),
                default=Value(0.0),
                output_field=FloatField(),
            )
        rank = SearchRank(F("document"), _words(reading.any_word), weights=WEIGHTS)
        return self.annotate(score=score + Coalesce(rank, Value(0.0), output_field=FloatField()))

    def bound_to(self, surroundings: Surroundings):
        """Annotates `bond` and `bond_order`; leaves out the actors known to be elsewhere."""
        whens = [
            (_any_of("seat_id", surroundings.inside), Bond.BASED),
            (Q(area_ids__overlap=surroundings.covering), Bond.ACTS),
            (Q(area_ids__overlap=surroundings.part), Bond.PART),
            (_any_of("seat_id", surroundings.near), Bond.NEAR),
            (Q(seat__isnull=True, area_ids=[]), Bond.UNKNOWN),
        ]
        bond = Case(
            *(When(condition, then=Value(value.value)) for condition, value in whens),
            default=Value(""),
            output_field=models.CharField(),
        )
        order = Case(
            *(When(bond=value.value, then=Value(rank)) for rank, (_, value) in enumerate(whens)),
            default=Value(9),
            output_field=models.IntegerField(),
        )
        return self.annotate(bond=bond).exclude(bond="").annotate(bond_order=order)

    def with_seat_distance(self, territory):
        """Annotates `distance_km` from the seat to `territory`; None where one of them has no point."""
        away = DistanceKm(F("seat__lon"), F("seat__lat"), territory.lon, territory.lat)
        return self.annotate(distance_km=away)

    def with_what_a_line_prints(self):
        """Loads the actor and its seat; annotates `titles` (functions held) and `people` (how many hold one there)."""
        held = Membership.objects.filter(until="", member__state="published", organisation__state="published")
        parts = [NullIf(F(name), Value("")) for name in ("role", "unit")]
        title = Func(
            Value(", "),
            *parts,
            F("organisation__name"),
            function="concat_ws",
            output_field=models.TextField(),
        )
        own = held.filter(member=OuterRef("pk")).order_by("pk").values(title=title)
        here = held.filter(organisation=OuterRef("pk")).order_by().values("organisation")
        people = here.annotate(n=Count("member", distinct=True)).values("n")
        return self.select_related("actor__seat", "seat").annotate(
            titles=ArraySubquery(own), people=Subquery(people)
        )
