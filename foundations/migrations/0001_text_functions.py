"""Extensions, the `sort_key` function and the text search configuration that every floor leans on."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# IMMUTABLE is a promise that unaccent's dictionary does not change under us: it ships with PostgreSQL and is named
# with its schema, so a generated column or an index may call it.
SORT_KEY = r"""
CREATE FUNCTION sort_key(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT btrim(regexp_replace(
    lower(public.unaccent('public.unaccent', $1)),
    '[\s’''‘ʼ\-‐‑–—/.,;:()«»"“”_&]+', ' ', 'g'))
$$
"""

# French stemming after accents are gone: « débats », « debat » and « DÉBAT » meet.
FRENCH = """
CREATE TEXT SEARCH CONFIGURATION francais (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION francais
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, pg_catalog.french_stem;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION sort_key(text)"),
        migrations.RunSQL(FRENCH, "DROP TEXT SEARCH CONFIGURATION francais"),
    ]
