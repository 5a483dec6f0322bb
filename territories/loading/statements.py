"""The set-based SQL of the load. Staging tables are temporary; every statement touches only rows that differ."""

STAGING = """
CREATE TEMP TABLE stage_territory (kind text, code text, name text, slug text, nature text, population int,
  lon float8, lat float8, located_in text, PRIMARY KEY (kind, code)) ON COMMIT DROP;
CREATE TEMP TABLE stage_member (kind text, code text, commune text) ON COMMIT DROP;
CREATE TEMP TABLE stage_name (commune text, kind text, name text, code text) ON COMMIT DROP;
CREATE TEMP TABLE stage_successor (old text PRIMARY KEY, new text) ON COMMIT DROP;
CREATE TEMP TABLE stage_known (kind text, code text, PRIMARY KEY (kind, code)) ON COMMIT DROP;
CREATE TEMP TABLE stage_contour (kind text, code text, geometry jsonb, west float8, south float8, east float8,
  north float8) ON COMMIT DROP;
"""

RENAMED = """
SELECT t.name, s.name FROM territories_territory t JOIN stage_territory s USING (kind, code)
WHERE t.name <> s.name ORDER BY 2
"""
# The former name stays a search key.
KEEP_FORMER_NAMES = """
INSERT INTO territories_territoryname (territory_id, kind, name, code, is_official)
SELECT t.id, 'former', t.name, '', false
FROM territories_territory t JOIN stage_territory s USING (kind, code)
WHERE t.name <> s.name
ON CONFLICT DO NOTHING
"""

# A slug never changes once given: an address sent by e-mail must keep working.
UPDATE_TERRITORIES = """
UPDATE territories_territory t
SET name = s.name, nature = s.nature, is_obsolete = false, replaced_by_id = NULL, origin = %(origin)s,
    is_official = true, population = CASE WHEN t.kind = 'commune' THEN s.population ELSE t.population END,
    lon = CASE WHEN t.kind = 'commune' THEN s.lon ELSE t.lon END,
    lat = CASE WHEN t.kind = 'commune' THEN s.lat ELSE t.lat END
FROM stage_territory s
WHERE s.kind = t.kind AND s.code = t.code AND (
  (t.name, t.nature, t.is_obsolete, t.is_official, t.origin) IS DISTINCT FROM
  (s.name, s.nature, false, true, %(origin)s)
  OR (t.kind = 'commune' AND (t.population, t.lon, t.lat) IS DISTINCT FROM (s.population, s.lon, s.lat)))
"""

# What can be known now is not left to a later UPDATE, which would write each row and its indexes twice.
INSERT_TERRITORIES = """
INSERT INTO territories_territory (kind, code, name, slug, nature, population, lon, lat, origin, is_official,
  located_in, commune_count, is_homonym, composition, declared, is_obsolete)
SELECT s.kind, s.code, s.name,
  CASE WHEN EXISTS (SELECT 1 FROM territories_territory o WHERE o.slug = s.slug)
       THEN s.slug || '-' || lower(s.code) ELSE s.slug END,
  s.nature, s.population, s.lon, s.lat, %(origin)s, true, s.located_in,
  CASE WHEN s.kind = 'commune' THEN 1 END, s.is_homonym, 'known', '', false
FROM (SELECT *, count(*) OVER (PARTITION BY sort_key(name)) > 1 AS is_homonym FROM stage_territory) s
WHERE NOT EXISTS (SELECT 1 FROM territories_territory t WHERE t.kind = s.kind AND t.code = s.code)
RETURNING kind
"""

# A commune of an earlier load whose code no longer exists, with its successor when the files name it.
MERGE_COMMUNES = """
UPDATE territories_territory t SET is_obsolete = true, replaced_by_id = n.id
FROM stage_successor s JOIN territories_territory n ON n.kind = 'commune' AND n.code = s.new
WHERE t.kind = 'commune' AND t.code = s.old AND t.is_official AND t.replaced_by_id IS DISTINCT FROM n.id
RETURNING t.name, n.name
"""
VANISH = """
UPDATE territories_territory t SET is_obsolete = true
WHERE t.is_official AND NOT t.is_obsolete
  AND NOT EXISTS (SELECT 1 FROM stage_known k WHERE k.kind = t.kind AND k.code = t.code)
RETURNING t.name, t.code
"""
# Whatever held the vanished commune, and the vanished commune itself, now holds its successor.
MOVE_MEMBERS = """
INSERT INTO territories_territorycommune (territory_id, commune_id)
SELECT r.territory_id, o.replaced_by_id
FROM territories_territorycommune r JOIN territories_territory o ON o.id = r.commune_id
WHERE o.replaced_by_id IS NOT NULL
ON CONFLICT DO NOTHING
"""
DROP_MOVED_MEMBERS = """
DELETE FROM territories_territorycommune r USING territories_territory o
WHERE o.id = r.commune_id AND o.replaced_by_id IS NOT NULL
"""
NAME_SUCCESSORS = """
INSERT INTO territories_territoryname (territory_id, kind, name, code, is_official)
SELECT o.replaced_by_id, 'former', o.name, o.code, false FROM territories_territory o
WHERE o.kind = 'commune' AND o.replaced_by_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM territories_territoryname n WHERE n.territory_id = o.replaced_by_id AND n.code = o.code)
ON CONFLICT DO NOTHING
"""

MEMBERS = """
CREATE TEMP TABLE stage_pair ON COMMIT DROP AS
SELECT t.id AS territory_id, c.id AS commune_id
FROM stage_member s
JOIN territories_territory t ON t.kind = s.kind AND t.code = s.code
JOIN territories_territory c ON c.kind = 'commune' AND c.code = s.commune;
CREATE UNIQUE INDEX ON stage_pair (territory_id, commune_id);
ANALYZE stage_pair;
"""
DELETE_MEMBERS = """
DELETE FROM territories_territorycommune r
USING territories_territory t JOIN stage_territory s USING (kind, code)
WHERE r.territory_id = t.id
  AND NOT EXISTS (SELECT 1 FROM stage_pair p WHERE p.territory_id = r.territory_id AND p.commune_id = r.commune_id)
"""
INSERT_MEMBERS = """
INSERT INTO territories_territorycommune (territory_id, commune_id)
SELECT territory_id, commune_id FROM stage_pair p WHERE NOT EXISTS (
  SELECT 1 FROM territories_territorycommune r
  WHERE r.territory_id = p.territory_id AND r.commune_id = p.commune_id)
"""

DELETE_NAMES = """
DELETE FROM territories_territoryname n
USING territories_territory t JOIN stage_territory s USING (kind, code)
WHERE n.territory_id = t.id AND n.is_official AND t.kind = 'commune' AND NOT EXISTS (
  SELECT 1 FROM stage_name g WHERE (g.commune, g.kind, g.name, g.code) = (t.code, n.kind, n.name, n.code))
"""
INSERT_NAMES = """
INSERT INTO territories_territoryname (territory_id, kind, name, code, is_official)
SELECT t.id, g.kind, g.name, g.code, true
FROM stage_name g JOIN territories_territory t ON t.kind = 'commune' AND t.code = g.commune
ON CONFLICT (territory_id, kind, name, code) DO NOTHING
"""

# The first searches must not wait for the server's own housekeeping to know the tables.
ANALYZE = """
ANALYZE territories_territory, territories_territorycommune, territories_territoryname, territories_territoryrelation,
  territories_territorycontour
"""

CONTOURS = """
INSERT INTO territories_territorycontour AS known (territory_id, geometry, west, south, east, north)
SELECT t.id, s.geometry, s.west, s.south, s.east, s.north
FROM stage_contour s JOIN territories_territory t USING (kind, code)
ON CONFLICT (territory_id) DO UPDATE
SET geometry = excluded.geometry, west = excluded.west, south = excluded.south, east = excluded.east,
    north = excluded.north
WHERE known.geometry <> excluded.geometry
"""
