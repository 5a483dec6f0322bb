"""People answer to the nature and the other names of where they work, the elected as such, initiatives to an acronym;
« élus » to « élu »: every document is made again."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from directory.search import sql


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0008_facets_in_the_index'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='feedingname',
            name='feed_search_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='feedingname',
            name='feed_search_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='feedingname',
            name='feed_search_delete',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedingname',
            trigger=pgtrigger.compiler.Trigger(name='feed_search_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM 1 FROM actors_actor WHERE id = ANY(ARRAY(SELECT actor_id FROM new_rows UNION SELECT m.member_id FROM actors_membership m JOIN new_rows r ON r.actor_id = m.organisation_id)) ORDER BY id FOR NO KEY UPDATE; PERFORM directory_refresh(ARRAY(SELECT actor_id FROM new_rows UNION SELECT m.member_id FROM actors_membership m JOIN new_rows r ON r.actor_id = m.organisation_id)); RETURN NULL;', hash='061f62ccefc4fe24f27fb5bfde4ac5a82fb2ca51', level='STATEMENT', operation='INSERT', pgid='pgtrigger_feed_search_insert_38da1', referencing='REFERENCING NEW TABLE AS new_rows ', table='actors_actorname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedingname',
            trigger=pgtrigger.compiler.Trigger(name='feed_search_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM 1 FROM actors_actor WHERE id = ANY(ARRAY(SELECT actor_id FROM old_rows UNION SELECT actor_id FROM new_rows UNION SELECT m.member_id FROM actors_membership m JOIN old_rows r ON r.actor_id = m.organisation_id UNION SELECT m.member_id FROM actors_membership m JOIN new_rows r ON r.actor_id = m.organisation_id)) ORDER BY id FOR NO KEY UPDATE; PERFORM directory_refresh(ARRAY(SELECT actor_id FROM old_rows UNION SELECT actor_id FROM new_rows UNION SELECT m.member_id FROM actors_membership m JOIN old_rows r ON r.actor_id = m.organisation_id UNION SELECT m.member_id FROM actors_membership m JOIN new_rows r ON r.actor_id = m.organisation_id)); RETURN NULL;', hash='71d9cbf5cd4dca06013ae942fadca7911ffec153', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_feed_search_update_8cf91', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='actors_actorname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedingname',
            trigger=pgtrigger.compiler.Trigger(name='feed_search_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='PERFORM 1 FROM actors_actor WHERE id = ANY(ARRAY(SELECT actor_id FROM old_rows UNION SELECT m.member_id FROM actors_membership m JOIN old_rows r ON r.actor_id = m.organisation_id)) ORDER BY id FOR NO KEY UPDATE; PERFORM directory_refresh(ARRAY(SELECT actor_id FROM old_rows UNION SELECT m.member_id FROM actors_membership m JOIN old_rows r ON r.actor_id = m.organisation_id)); RETURN NULL;', hash='b6859644a9be407d7227cf36ab727c7f22287a72', level='STATEMENT', operation='DELETE', pgid='pgtrigger_feed_search_delete_5fcd8', referencing='REFERENCING OLD TABLE AS old_rows ', table='actors_actorname', when='AFTER')),
        ),
        migrations.RunSQL([sql.WORDS, sql.PASSAGES, sql.SOURCE], migrations.RunSQL.noop),
        migrations.RunSQL([sql.NO_DOCUMENTS, sql.DOCUMENTS], migrations.RunSQL.noop),
        # As long as it takes: of 100 000 actors, half a minute.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RunSQL(
            "SELECT directory_refresh(ARRAY(SELECT id FROM actors_actor))", migrations.RunSQL.noop
        ),
    ]
