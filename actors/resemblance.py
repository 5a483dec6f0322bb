"""Who, in the directory, may be meant by a name: proposed to a person with the reasons, never decided alone.

Candidates come from trigram indexes on names and other spellings, all names at once; `likeness` judges them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import connection, transaction
from django.db.models import Q

from foundations.text import sort_key

from .fingerprint import fingerprint
from .likeness import Described, Verdict, compare_organisations, compare_persons, proper
from .models import Actor, Distinction, Kind, NameDecision

SHOWN = 5  # candidates a name: more would not be read
# Trigrams that two names share, from 0 to 1. At the default of 0.3 a list of people takes twice as long, to find names
# that nothing then retains; below 0.45 « C. Rochette » is still near « Corinne Rochette ».
NEAR = 0.4

# The nearest names of each kind, own or other. The index answers `%`, names as near as NEAR, and `<%`, names that hold
# the proper words of an organisation: « ville de riom » is not very near « mairie de riom ».
_NEAREST = """
SELECT w.rank, near.id, near.similarity
FROM unnest(%(kinds)s::text[], %(keys)s::text[], %(owns)s::text[]) WITH ORDINALITY AS w(kind, key, own, rank)
CROSS JOIN LATERAL (
  SELECT id, max(similarity) AS similarity FROM (
    (SELECT a.id, similarity(a.sort_name, w.key) AS similarity FROM actors_actor a
     WHERE (a.sort_name %% w.key OR w.own <%% a.sort_name) AND a.kind = w.kind AND NOT EXISTS
       (SELECT 1 FROM actors_merge m WHERE m.absorbed_id = a.id AND m.undone_on IS NULL) ORDER BY 2 DESC, 1 LIMIT 20)
    UNION ALL
    (SELECT a.id, similarity(sort_key(n.name), w.key) FROM actors_actorname n JOIN actors_actor a ON a.id = n.actor_id
     WHERE (sort_key(n.name) %% w.key OR w.own <%% sort_key(n.name)) AND a.kind = w.kind ORDER BY 2 DESC, 1 LIMIT 20)
  ) named GROUP BY id ORDER BY 2 DESC, 1 LIMIT 20
) near
"""


@dataclass(frozen=True)
class Wanted:
    """A name to be recognised, as someone wrote it; `organisation` and `role` of a person tell homonyms apart."""

    kind: str
    name: str
    organisation: str = ""
    role: str = ""


@dataclass(frozen=True)
class Candidate:
    """An actor who may be meant, and why (in French)."""

    actor: Actor
    verdict: Verdict
    reasons: tuple[str, ...]
    similarity: float


@dataclass(frozen=True)
class Match:
    """The candidates for a name, the likeliest first. `verdict`: the best one's, unless another bears the name too."""

    candidates: tuple[Candidate, ...] = ()

    @property
    def verdict(self) -> Verdict:
        if not self.candidates:
            return Verdict.DISTINCT
        best, *others = self.candidates
        rivals = [
            other for other in others if other.verdict == best.verdict or other.reasons[0] == best.reasons[0]
        ]
        if rivals and best.verdict >= Verdict.PROBABLE and best.verdict - rivals[0].verdict < 2:
            return Verdict.DECIDE
        return best.verdict

    @property
    def proposed(self) -> Actor | None:
        """Whom to propose first: nobody where it is to be decided."""
        return self.candidates[0].actor if self.verdict >= Verdict.PROBABLE else None


def resembling(wanted: Sequence[Wanted]) -> list[Match]:
    """A `Match` for each of `wanted`, in order; as many queries for one name as for a thousand.

    What was decided before (`NameDecision`) is followed: recognised, or never proposed again.
    """
    near = _nearest(wanted)
    decided = _decisions(wanted)
    same = {actor for rows in decided.values() for actor, is_same in rows if is_same}
    actors = _described({key for found in near for key, _ in found} | same)
    return [
        _match(each, found, dict(decided.get(_print(each), ())), actors)
        for each, found in zip(wanted, near, strict=True)
    ]


def alike(keys: Iterable[int]) -> list[tuple[Actor, Candidate]]:
    """The actors of `keys` with those that resemble them and were not told apart, surest first, each pair once."""
    chosen = set(keys)
    actors = _described(chosen)
    near = _nearest([Wanted(actor.kind, actor.name) for actor in actors.values()])
    others = actors | _described({key for found in near for key, _ in found} - chosen)
    apart = set(
        Distinction.objects.filter(Q(one__in=chosen) | Q(other__in=chosen)).values_list("one", "other")
    )
    pairs = {}
    for actor, found in zip(actors.values(), near, strict=True):
        for key, similarity in found:
            pair = tuple(sorted((actor.pk, key)))
            if key == actor.pk or pair in pairs or pair in apart:
                continue
            candidate = _candidate(_of_actor(actor), others[key], similarity)
            if candidate.verdict >= Verdict.DECIDE:
                pairs[pair] = (actor, candidate)
    return sorted(pairs.values(), key=lambda pair: (-pair[1].verdict, -pair[1].similarity, pair[0].pk))


def _nearest(wanted: Sequence[Wanted]) -> list[list[tuple[int, float]]]:
    found: list[list[tuple[int, float]]] = [[] for _ in wanted]
    if not wanted:
        return found
    keys = [sort_key(each.name) for each in wanted]
    owns = [
        " ".join(proper(key)) if each.kind == Kind.ORGANISATION else ""
        for each, key in zip(wanted, keys, strict=True)
    ]
    values = {"kinds": [each.kind for each in wanted], "keys": keys, "owns": owns}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(NEAR)])
        cursor.execute(_NEAREST, values)
        for rank, actor, similarity in cursor.fetchall():
            found[rank - 1].append((actor, similarity))
    return found


def _described(keys: Iterable[int]) -> dict[int, Actor]:
    """Actors with what tells them apart, in a constant number of queries."""
    rows = Actor.objects.filter(pk__in=set(keys)).select_related("seat", "governs")
    return {
        actor.pk: actor
        for actor in rows.prefetch_related("other_names", "memberships__organisation__other_names")
    }


def _of_actor(actor: Actor) -> Described:
    names = (sort_key(actor.name), *(sort_key(other.name) for other in actor.other_names.all()))
    held = list(actor.memberships.all()) if actor.kind == Kind.PERSON else []
    bodies = chain.from_iterable((m.organisation, *m.organisation.other_names.all()) for m in held)
    return Described(
        names,
        frozenset(sort_key(body.name) for body in bodies),
        frozenset(sort_key(m.role) for m in held if m.role),
    )


def _as_written(each: Wanted) -> Described:
    return Described(
        (sort_key(each.name),),
        frozenset({sort_key(each.organisation)} - {""}),
        frozenset({sort_key(each.role)} - {""}),
    )


def _candidate(wanted: Described, actor: Actor, similarity: float) -> Candidate:
    compare = compare_persons if actor.kind == Kind.PERSON else compare_organisations
    likeness = compare(wanted, _of_actor(actor), similarity)
    return Candidate(actor, likeness.verdict, likeness.reasons, similarity)


def _match(each: Wanted, found, decided: dict[int, bool], actors: dict[int, Actor]) -> Match:
    candidates = [_candidate(_as_written(each), actors[key], similarity) for key, similarity in found]
    kept = [c for c in candidates if c.verdict and decided.get(c.actor.pk) is None]
    kept += [
        Candidate(actors[key], Verdict.SAME, ("déjà reconnu sous ce nom",), 2.0)
        for key, is_same in decided.items()
        if is_same
    ]
    kept.sort(key=lambda c: (-c.verdict, -c.similarity, c.actor.pk))
    return Match(tuple(kept[:SHOWN]))


# --- What was decided before


def _print(each: Wanted) -> tuple[str, str, str]:
    """(kind, print of the name, print of its context) under which a decision is kept."""
    return each.kind, fingerprint(each.name), fingerprint(each.organisation) if each.organisation else ""


def _decisions(wanted: Sequence[Wanted]) -> dict[tuple[str, str, str], list[tuple[int, bool]]]:
    prints = {_print(each) for each in wanted}
    rows = NameDecision.objects.filter(name_print__in={name for _, name, _ in prints})
    kept = defaultdict(list)
    for row in rows.order_by("pk"):
        kept[row.kind, row.name_print, row.context_print].append((row.actor_id, row.is_same))
    return kept
