"""The index of words knows every facet: a choice that few of the matching have is no longer checked row by row."""

import django.contrib.postgres.indexes
from django.db import migrations
from django.db.models import F, Func


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_words_apart"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="searchentry", name="search_words_and_places"),
        # As long as it takes: of 100 000 actors, a few seconds.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                F("document"),
                Func(F("seat"), F("area_ids"), function="directory_places"),
                F("competence_ids"),
                F("workshop_ids"),
                F("nature"),
                F("kind"),
                name="search_words_and_facets",
            ),
        ),
    ]
