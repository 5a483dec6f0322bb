"""What lies in what, derived from the commune sets and only from them, by set-based SQL.

Two territories that share a commune are in relation. With |A∩B| communes in common: *same* when |A∩B| = |A| = |B|,
A *within* B when |A∩B| = |A|, A *covers* B when |A∩B| = |B|, *overlaps* otherwise. The share of A in B is |A∩B| / |A|,
and for people the sum of populations likewise; it is unknown (NULL) when a commune of A has no known population, or
when nobody lives in A.

Callers hold `lock_sets()` from before they change a set until they commit.
"""

from collections.abc import Iterable

from django.db import connection, transaction

_LOCK = 7_310_421  # any number of our own: one writer of sets at a time

LOCK = "SELECT pg_advisory_xact_lock(%s)"

# Population, number of communes and point of the groupings; communes have their own.
TOTALS = """
UPDATE territories_territory t
SET population = s.population, commune_count = s.communes, lon = s.lon, lat = s.lat
FROM (
  SELECT r.territory_id, count(*) AS communes,
    CASE WHEN t.kind = 'commune' THEN max(t.population) ELSE sum(c.population) END AS population,
    CASE WHEN t.kind = 'commune' THEN max(t.lon) ELSE round(avg(c.lon)::numeric, 5)::float8 END AS lon,
    CASE WHEN t.kind = 'commune' THEN max(t.lat) ELSE round(avg(c.lat)::numeric, 5)::float8 END AS lat
  FROM territories_territorycommune r
  JOIN territories_territory c ON c.id = r.commune_id
  JOIN territories_territory t ON t.id = r.territory_id
  {where}
  GROUP BY r.territory_id, t.kind
) s
WHERE t.id = s.territory_id
  AND (t.population, t.commune_count, t.lon, t.lat) IS DISTINCT FROM (s.population, s.communes, s.lon, s.lat)
"""

# « Cantal, Puy-de-Dôme »: the département that holds most of its communes comes first.
PLACES = """
UPDATE territories_territory t SET located_in = s.located_in
FROM (
  SELECT territory_id, left(string_agg(name, ', ' ORDER BY communes DESC, name), 200) AS located_in
  FROM (
    SELECT r.territory_id, d.name, count(*) AS communes
    FROM territories_territorycommune r
    JOIN territories_territorycommune rd ON rd.commune_id = r.commune_id
    JOIN territories_territory d ON d.id = rd.territory_id AND d.kind IN ('departement', 'com') AND NOT d.is_obsolete
    {where}
    GROUP BY r.territory_id, d.name
  ) counted
  GROUP BY territory_id
) s
WHERE t.id = s.territory_id AND t.kind NOT IN ('departement', 'region', 'com') AND t.located_in <> s.located_in
"""

HOMONYMS = """
UPDATE territories_territory t SET is_homonym = s.many
FROM (
  SELECT id, count(*) OVER (PARTITION BY sort_name) > 1 AS many
  FROM territories_territory WHERE NOT is_obsolete
) s
WHERE s.id = t.id AND t.is_homonym <> s.many
"""

FRESH = """
CREATE TEMP TABLE fresh_relation ON COMMIT DROP AS
WITH member AS (
  SELECT r.territory_id, r.commune_id, c.population
  FROM territories_territorycommune r
  JOIN territories_territory c ON c.id = r.commune_id
  JOIN territories_territory t ON t.id = r.territory_id AND t.composition = 'known'
), total AS (
  SELECT territory_id, count(*) AS communes,
    CASE WHEN count(population) = count(*) THEN nullif(sum(population), 0) END AS population
  FROM member GROUP BY territory_id
), pair AS (
  SELECT a.territory_id AS a, b.territory_id AS b, count(*) AS communes,
    CASE WHEN count(a.population) = count(*) THEN sum(a.population) END AS population
  FROM member a JOIN member b ON b.commune_id = a.commune_id AND b.territory_id <> a.territory_id
  {where}
  GROUP BY 1, 2
)
SELECT a AS from_territory_id, b AS to_territory_id,
  CASE WHEN pair.communes = ta.communes AND pair.communes = tb.communes THEN 'same'
       WHEN pair.communes = ta.communes THEN 'within'
       WHEN pair.communes = tb.communes THEN 'covers'
       ELSE 'overlaps' END AS kind,
  pair.communes::int AS shared_communes, pair.population::int AS shared_population,
  pair.communes::float8 / ta.communes AS commune_share, pair.population::float8 / ta.population AS population_share,
  pair.communes::float8 / tb.communes AS commune_share_back,
  pair.population::float8 / tb.population AS population_share_back
FROM pair JOIN total ta ON ta.territory_id = a JOIN total tb ON tb.territory_id = b;
CREATE UNIQUE INDEX ON fresh_relation (from_territory_id, to_territory_id);
ANALYZE fresh_relation;
"""
_NAMES = ["kind", "shared_communes", "shared_population", "commune_share", "population_share"]
_NAMES += ["commune_share_back", "population_share_back"]
_COLUMNS, _FRESH, _KNOWN = (
    ", ".join(f"{prefix}{name}" for name in _NAMES) for prefix in ("", "fresh.", "known.")
)
DELETE_STALE = """
DELETE FROM territories_territoryrelation known
WHERE {scope} NOT EXISTS (SELECT 1 FROM fresh_relation fresh
  WHERE fresh.from_territory_id = known.from_territory_id AND fresh.to_territory_id = known.to_territory_id)
"""
# Nothing but the names of columns above goes into these texts (hence the S608 exceptions).
UPDATE_CHANGED = f"""
UPDATE territories_territoryrelation known
SET ({_COLUMNS}) = (SELECT {_FRESH})
FROM fresh_relation fresh
WHERE fresh.from_territory_id = known.from_territory_id AND fresh.to_territory_id = known.to_territory_id
  AND ({_KNOWN}) IS DISTINCT FROM ({_FRESH})
"""  # noqa: S608  made of constants only
INSERT_NEW = f"""
INSERT INTO territories_territoryrelation (from_territory_id, to_territory_id, {_COLUMNS})
SELECT from_territory_id, to_territory_id, {_COLUMNS} FROM fresh_relation fresh
WHERE NOT EXISTS (SELECT 1 FROM territories_territoryrelation known
  WHERE fresh.from_territory_id = known.from_territory_id AND fresh.to_territory_id = known.to_territory_id)
"""  # noqa: S608  made of constants only


def lock_sets() -> None:
    """Waits until no other transaction is changing the sets of communes, then keeps them until ours ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [_LOCK])


@transaction.atomic
def refresh_totals(territory_ids: Iterable[int] | None = None) -> None:
    """Recomputes what a territory repeats of its set: population, commune count, point, départements, homonyms."""
    ids = None if territory_ids is None else list(territory_ids)
    where = "" if ids is None else "WHERE r.territory_id = ANY(%(ids)s)"
    with connection.cursor() as cursor:
        for statement in (TOTALS, PLACES):
            cursor.execute(statement.format(where=where), {"ids": ids})
        cursor.execute(HOMONYMS)


@transaction.atomic
def rebuild_relations(territory_ids: Iterable[int] | None = None) -> int:
    """Makes `TerritoryRelation` say what the sets say, for every territory or for some; returns the rows changed."""
    ids = None if territory_ids is None else list(territory_ids)
    where = "" if ids is None else "WHERE a.territory_id = ANY(%(ids)s) OR b.territory_id = ANY(%(ids)s)"
    scope = "" if ids is None else "(from_territory_id = ANY(%(ids)s) OR to_territory_id = ANY(%(ids)s)) AND"
    lock_sets()
    changed = 0
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")  # the pairs are sorted once, in memory
        # Two statements in one call take no parameters: whole numbers are written in, as whole numbers.
        listed = "ARRAY[" + ",".join(str(int(pk)) for pk in ids or []) + "]::bigint[]"
        cursor.execute(FRESH.format(where=where.replace("%(ids)s", listed)))
        for statement in (DELETE_STALE.format(scope=scope), UPDATE_CHANGED, INSERT_NEW):
            cursor.execute(statement, {"ids": ids})
            changed += cursor.rowcount
        cursor.execute("DROP TABLE fresh_relation")
    return changed
