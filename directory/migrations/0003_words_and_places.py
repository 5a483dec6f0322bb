"""One index of words, places and competences, whatever sort of place an entry has."""

import django.contrib.postgres.indexes
from django.db import migrations
from django.db.models import F, Func

from directory.search import sql


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_suggestions_and_following"),
    ]

    operations = [
        migrations.RunSQL(sql.PLACES, "DROP FUNCTION directory_places(bigint, bigint[])"),
        migrations.RemoveIndex(
            model_name="searchentry",
            name="search_document_places",
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                F("document"),
                Func(F("seat"), F("area_ids"), function="directory_places"),
                F("competence_ids"),
                name="search_words_and_places",
            ),
        ),
    ]
