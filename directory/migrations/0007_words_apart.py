"""Room between passages, which no phrase crosses, and « désigné » apart from « design »: every document is made again."""

from django.db import migrations

from directory.search import sql


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_participant_links"),
    ]

    operations = [
        migrations.RunSQL([sql.WORDS, sql.SOURCE], migrations.RunSQL.noop),
        migrations.RunSQL([sql.NO_DOCUMENTS, sql.DOCUMENTS], migrations.RunSQL.noop),
        # As long as it takes: of 100 000 actors, half a minute.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RunSQL(
            "SELECT directory_refresh(ARRAY(SELECT id FROM actors_actor))", migrations.RunSQL.noop
        ),
    ]
