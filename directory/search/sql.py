"""The SQL behind the search table: what is said of an actor (passages), and how entries are recomputed.

Kept apart from the migration that runs it, so that it can be read; a later change of it is a new migration.
"""

# The words of a text. Accents are dropped before stemming, so « désigné » would be « design »: an « e » before the
# accent keeps them apart. The stemmer leaves the plural of « élu », « labo », « vélo » as it is: their « s » goes
# first.
# `reading.told_apart` does the same of what is typed.
WORDS = r"""
CREATE OR REPLACE FUNCTION directory_told_apart(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(regexp_replace(said, '\m([dD])([éÉ][sS][iI][gG][nN])', '\1e\2', 'g'),
                      '\m(\w{3,}[aiou]|[eé]lu)s\M', '\1', 'gi');
CREATE OR REPLACE FUNCTION directory_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('public.francais'::regconfig, public.directory_told_apart(said));
"""

# One row a text by which an actor may be found. `weight` is that of PostgreSQL's full text (A: its names, B: its
# competences and functions, C: what it is and does, D: what is said of it). The same rows tell why it was found.
# A function is also known by the other names of the organisation (« DDT »), and those elected to it as elected.
PASSAGES = """
CREATE OR REPLACE VIEW directory_passage AS
  SELECT a.id AS actor_id, 'A'::"char" AS weight, 'name' AS field, a.name AS text,
         NULL::bigint AS source_id, NULL::smallint[] AS pages, 'stated' AS basis
  FROM actors_actor a
UNION ALL
  SELECT n.actor_id, 'A', 'name', n.name, NULL, NULL, 'stated' FROM actors_actorname n
UNION ALL
  SELECT e.actor_id, 'B', 'competence', c.name, e.source_id, e.pages, e.basis
  FROM actors_expertise e JOIN actors_competence c ON c.id = e.competence_id
UNION ALL
  SELECT m.member_id, 'B', 'function',
         concat_ws(', ', nullif(m.role, ''), nullif(m.unit, ''), nullif(array_to_string(m.delegations, ', '), ''),
                   o.name, CASE WHEN m.is_elected THEN 'mandat d’élu' END),
         m.source_id, m.pages, m.basis
  FROM actors_membership m JOIN actors_actor o ON o.id = m.organisation_id AND o.state = 'published'
UNION ALL
  SELECT m.member_id, 'C', 'function', concat_ws(', ', nullif(m.role, ''), nullif(m.unit, ''), n.name),
         m.source_id, m.pages, m.basis
  FROM actors_membership m JOIN actors_actor o ON o.id = m.organisation_id AND o.state = 'published'
  JOIN actors_actorname n ON n.actor_id = o.id
UNION ALL
  SELECT m.organisation_id, 'C', 'function',
         concat_ws(', ', nullif(m.role, ''), nullif(m.unit, ''), nullif(array_to_string(m.delegations, ', '), '')),
         m.source_id, m.pages, m.basis
  FROM actors_membership m JOIN actors_actor p ON p.id = m.member_id AND p.state = 'published'
UNION ALL
  SELECT a.id, 'C', 'summary', a.summary, NULL, NULL, 'stated' FROM actors_actor a WHERE a.summary <> ''
UNION ALL
  SELECT e.actor_id, 'C', 'evidence', e.evidence, e.source_id, e.pages, e.basis FROM actors_expertise e
UNION ALL
  SELECT t.organisation_id, 'C', 'attachment', o.name, t.source_id, t.pages, t.basis
  FROM actors_attachment t JOIN actors_actor o ON o.id = t.parent_id AND o.state = 'published'
UNION ALL
  SELECT t.from_actor_id, 'C', 'tie', concat_ws(' ', t.label, t.to_category, t.subject), t.source_id, t.pages, t.basis
  FROM actors_tie t
UNION ALL
  SELECT b.actor_id, 'C', 'initiative', concat_ws('. ', i.name, nullif(i.acronym, ''), nullif(i.summary, '')),
         b.source_id, b.pages, b.basis
  FROM actors_initiativebearer b JOIN actors_initiative i ON i.id = b.initiative_id AND i.state = 'published'
  WHERE b.actor_id IS NOT NULL
UNION ALL
  SELECT i.same_as_id, 'C', 'initiative', concat_ws('. ', i.name, nullif(i.acronym, ''), nullif(i.summary, '')),
         i.source_id, i.pages, i.basis
  FROM actors_initiative i WHERE i.same_as_id IS NOT NULL AND i.state = 'published'
UNION ALL
  SELECT m.member_id, 'C', 'initiative', concat_ws('. ', i.name, nullif(i.acronym, '')), m.source_id, m.pages, m.basis
  FROM actors_membership m JOIN actors_initiative i ON i.id = m.programme_id AND i.state = 'published'
UNION ALL
  SELECT fa.actor_id, 'D', 'finding',
         concat_ws('. ', nullif(f.title, ''), f.statement, nullif(array_to_string(f.points, '. '), '')),
         f.source_id, f.pages, f.kind_basis
  FROM workshops_finding_actors fa JOIN workshops_finding f ON f.id = fa.finding_id
  JOIN workshops_workshop w ON w.id = f.workshop_id AND w.state = 'published'
UNION ALL
  SELECT f.voice_person_id, 'D', 'finding', concat_ws('. ', f.statement, nullif(array_to_string(f.points, '. '), '')),
         f.source_id, f.pages, f.kind_basis
  FROM workshops_finding f JOIN workshops_workshop w ON w.id = f.workshop_id AND w.state = 'published'
  WHERE f.voice_person_id IS NOT NULL
"""

# Who was seen at which published workshop: present persons, the organisations they came for, delegations and hosts.
SEEN_AT = """
CREATE VIEW directory_seen_at AS
  SELECT t.person_id AS actor_id, t.workshop_id FROM workshops_attendance t
  JOIN workshops_workshop w ON w.id = t.workshop_id AND w.state = 'published'
  WHERE t.status = 'present' AND t.person_id IS NOT NULL
UNION
  SELECT t.delegate_of_id, t.workshop_id FROM workshops_attendance t
  JOIN workshops_workshop w ON w.id = t.workshop_id AND w.state = 'published'
  WHERE t.status = 'present' AND t.delegate_of_id IS NOT NULL
UNION
  SELECT m.organisation_id, t.workshop_id FROM workshops_attendance t
  JOIN workshops_workshop w ON w.id = t.workshop_id AND w.state = 'published'
  JOIN workshops_attendance_capacities c ON c.attendance_id = t.id
  JOIN actors_membership m ON m.id = c.membership_id
  WHERE t.status = 'present'
UNION
  SELECT h.actor_id, h.workshop_id FROM workshops_workshophost h
  JOIN workshops_workshop w ON w.id = h.workshop_id AND w.state = 'published'
"""

AGGREGATE = """
CREATE AGGREGATE directory_tsvector_agg (tsvector) (SFUNC = tsvector_concat, STYPE = tsvector, INITCOND = '')
"""

# Each passage starts ten words after the one before (« ¶ », which no text gives, makes the room and goes): the end of
# one and the beginning of the next are no phrase.
#
# A nature is a word of its own (« nature:lab », which nobody can type): a person answers to those of the bodies in
# which they hold a function.
#
# A person has no territory of their own: they are found where the bodies in which they hold a function act, and the
# page says that it is by their function.
SOURCE = """
CREATE OR REPLACE VIEW directory_searchsource AS
SELECT a.id AS actor_id, a.kind, a.nature, a.sort_name,
  (SELECT directory_tsvector_agg(
            ts_delete('¶:10'::tsvector || setweight(directory_words(p.text), p.weight), '¶'))
   FROM directory_passage p WHERE p.actor_id = a.id)
  || array_to_tsvector(ARRAY(
       SELECT 'nature:' || a.nature WHERE a.nature <> ''
       UNION SELECT 'nature:' || o.nature FROM actors_membership m
         JOIN actors_actor o ON o.id = m.organisation_id AND o.state = 'published'
         WHERE a.kind = 'person' AND m.member_id = a.id AND m.until = '' AND o.nature <> '')) AS document,
  coalesce(a.seat_id, (
    SELECT min(o.seat_id) FROM actors_membership m
    JOIN actors_actor o ON o.id = m.organisation_id AND o.state = 'published'
    WHERE a.kind = 'person' AND m.member_id = a.id AND m.until = '' HAVING count(DISTINCT o.seat_id) = 1
  )) AS seat_id,
  ARRAY(SELECT r.territory_id FROM actors_actorarea r WHERE r.actor_id = a.id
        UNION SELECT a.governs_id WHERE a.governs_id IS NOT NULL
        UNION SELECT unnest(ARRAY[o.governs_id, r.territory_id]) FROM actors_membership m
          JOIN actors_actor o ON o.id = m.organisation_id AND o.state = 'published'
          LEFT JOIN actors_actorarea r ON r.actor_id = o.id
          WHERE a.kind = 'person' AND m.member_id = a.id AND m.until = ''
        EXCEPT SELECT NULL) AS area_ids,
  ARRAY(SELECT DISTINCT competence_id FROM actors_expertise e WHERE e.actor_id = a.id) AS competence_ids,
  ARRAY(SELECT DISTINCT competence_id FROM actors_expertise e WHERE e.actor_id = a.id AND e.basis = 'stated')
    AS attested_ids,
  ARRAY(SELECT workshop_id FROM directory_seen_at s WHERE s.actor_id = a.id) AS workshop_ids,
  greatest(a.last_confirmed_on,
           (SELECT max(s.date) FROM actors_mention m
            JOIN actors_source s ON s.id = m.source_id WHERE m.actor_id = a.id),
           (SELECT max(s.date) FROM actors_membership m
            JOIN actors_source s ON s.id = m.source_id WHERE m.member_id = a.id)
  ) AS confirmed_on,
  (least(9, (SELECT count(*) FROM actors_expertise e WHERE e.actor_id = a.id AND e.basis = 'stated')) * 3
   + least(9, (SELECT count(*) FROM actors_expertise e WHERE e.actor_id = a.id))
   + least(9, (SELECT count(*) FROM actors_membership m WHERE a.id IN (m.member_id, m.organisation_id)))
   + least(9, (SELECT count(*) FROM actors_initiativebearer b WHERE b.actor_id = a.id)))::smallint AS rank
FROM actors_actor a WHERE a.state = 'published'
"""

# The lock makes two transactions that touch the same actor take turns: the second recomputes from what the first
# committed. In id order, so that they cannot wait for one another. NO KEY: foreign keys to the actor need not wait.
REFRESH = """
CREATE FUNCTION directory_refresh(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF ids IS NULL OR cardinality(ids) = 0 THEN RETURN; END IF;
  PERFORM 1 FROM actors_actor WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
  INSERT INTO directory_searchentry (actor_id, kind, nature, sort_name, document, seat_id, area_ids, competence_ids,
                                     attested_ids, workshop_ids, confirmed_on, rank)
    SELECT actor_id, kind, nature, sort_name, document, seat_id, area_ids, competence_ids,
           attested_ids, workshop_ids, confirmed_on, rank
    FROM directory_searchsource WHERE actor_id = ANY(ids)
  ON CONFLICT (actor_id) DO UPDATE SET
    kind = excluded.kind, nature = excluded.nature, sort_name = excluded.sort_name, document = excluded.document,
    seat_id = excluded.seat_id, area_ids = excluded.area_ids, competence_ids = excluded.competence_ids,
    attested_ids = excluded.attested_ids, workshop_ids = excluded.workshop_ids, confirmed_on = excluded.confirmed_on,
    rank = excluded.rank;
  DELETE FROM directory_searchentry
    WHERE actor_id = ANY(ids)
      AND actor_id NOT IN (SELECT id FROM actors_actor WHERE id = ANY(ids) AND state = 'published');
END $$
"""

# Where a name may begin to be typed: at each of its words that means something. « l », « de »: only in first place.
NAMES = """
CREATE VIEW directory_namesource AS
SELECT DISTINCT n.actor_id, left(array_to_string(n.words[i:], ' '), 80) AS start
FROM (
  SELECT a.id AS actor_id, string_to_array(sort_key(a.name), ' ') AS words FROM actors_actor a
  WHERE a.state = 'published'
  UNION
  SELECT o.actor_id, string_to_array(sort_key(o.name), ' ') FROM actors_actorname o
  JOIN actors_actor a ON a.id = o.actor_id AND a.state = 'published'
) n CROSS JOIN LATERAL generate_series(1, least(cardinality(n.words), 12)) i
WHERE n.words[i] <> '' AND (i = 1 OR n.words[i] <> ALL (
  '{a,au,aux,d,de,des,du,en,et,l,la,le,les,ou,par,pour,s,sur,un,une}'))
"""

# Every place of an entry, for one index with its words: the seat and the areas, or 0 where none is known. Not in plain
# SQL, and dear: the planner must read it from the index, never work it out row by row; nor start workers for a page.
PLACES = """
CREATE OR REPLACE FUNCTION directory_places(seat bigint, areas bigint[]) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL RESTRICTED COST 1000 AS $$
BEGIN
  RETURN CASE WHEN seat IS NOT NULL THEN areas || seat WHEN areas = '{}' THEN '{0}'::bigint[] ELSE areas END;
END $$
"""

REVERSE = """
DROP FUNCTION directory_refresh(bigint[]);
DROP VIEW directory_searchsource;
DROP AGGREGATE directory_tsvector_agg (tsvector);
DROP VIEW directory_seen_at;
DROP VIEW directory_passage;
DROP FUNCTION directory_words(text);
DROP FUNCTION directory_told_apart(text);
"""

# What the search of everything reads of the other floors. Immutable, which joining texts is, so that it may be indexed:
# thousands of findings are then read as quickly as ten.
DOCUMENTS = """
CREATE OR REPLACE FUNCTION directory_document(VARIADIC texts text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN public.directory_words(array_to_string(texts, ' '));
CREATE INDEX directory_finding_document ON workshops_finding
  USING gin (directory_document(VARIADIC ARRAY[title::text, statement, quotation] || points));
CREATE INDEX directory_recommendation_document ON workshops_recommendation
  USING gin (directory_document(title::text, statement));
CREATE INDEX directory_initiative_document ON actors_initiative
  USING gin (directory_document(name::text, acronym::text, summary));
"""
NO_DOCUMENTS = """
DROP INDEX directory_finding_document;
DROP INDEX directory_recommendation_document;
DROP INDEX directory_initiative_document;
"""
NO_DOCUMENT_FUNCTION = """
DROP FUNCTION directory_document(VARIADIC text[]);
"""
