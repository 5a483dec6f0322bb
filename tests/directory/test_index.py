"""The index follows every table that feeds it, whatever way it is written: the very next search sees it."""

# ruff: noqa: S608 — names of our own tables

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import QueryDict

from actors.models import Actor
from directory.models import SearchEntry
from directory.search.query import Search
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.workshops import AttendanceFactory, WorkshopFactory

from .index import assert_index_is_true, index_content
from .index_scenes import SCENES, Scene

pytestmark = pytest.mark.django_db
NAMES = sorted(SCENES)
PROXIES = {
    model.__name__: model
    for model in apps.get_app_config("directory").get_models()
    if model.__name__.startswith("Feeding")
}
FED_BY_A_NEW_ROW = [name for name in NAMES if SCENES[name].is_seen_alone]


def slugs(**query: str) -> set[str]:
    """Who the search finds, through the same door as the page."""
    data = QueryDict(mutable=True)
    data.update(query)
    return {row.actor.slug for row in Search(data).rows}


def table_of(row) -> tuple[str, list[str]]:
    fields = [field for field in row._meta.concrete_fields if not field.generated]
    return row._meta.db_table, [field.column for field in fields]


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_every_feeding_table_has_its_scene():
    assert set(PROXIES) == set(NAMES)


UPDATES = {
    "save": lambda row, change: _save(row, change),
    "update": lambda row, change: type(row)._base_manager.filter(pk=row.pk).update(**change),
    "bulk_update": lambda row, change: _bulk_update(row, change),
    "raw SQL": lambda row, change: _raw_update(row, change),
}


def _save(row, change):
    for name, value in change.items():
        setattr(row, name, value)
    row.save()


def _bulk_update(row, change):
    for name, value in change.items():
        setattr(row, name, value)
    type(row)._base_manager.bulk_update([row], list(change))


def _raw_update(row, change):
    for name, value in change.items():
        field = row._meta.get_field(name)
        value = field.get_db_prep_save(getattr(value, "pk", value), connection)
        run(f'UPDATE {row._meta.db_table} SET "{field.column}" = %s WHERE id = %s', value, row.pk)


@pytest.mark.parametrize("way", UPDATES)
@pytest.mark.parametrize("name", NAMES)
def test_an_update_is_seen(name, way):
    scene: Scene = SCENES[name]()
    assert_index_is_true()
    before = index_content()
    UPDATES[way](scene.row, scene.change)
    assert index_content() != before
    assert_index_is_true()
    if scene.word:
        assert slugs(q=scene.word, exact="1") == set(scene.found)


def _again(row):
    """The same row, not saved."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.generated}
    return type(row)(**values)


INSERTS = {
    "save": lambda row: _again(row).save(force_insert=True),
    "bulk_create": lambda row: type(row)._base_manager.bulk_create([_again(row)]),
    "raw SQL": lambda row: run(
        "INSERT INTO {0} ({1}) SELECT {1} FROM kept".format(
            table_of(row)[0], ", ".join(f'"{column}"' for column in table_of(row)[1])
        )
    ),
}


@pytest.mark.parametrize("way", INSERTS)
@pytest.mark.parametrize("name", FED_BY_A_NEW_ROW)
def test_a_new_row_is_seen(name, way):
    row = SCENES[name]().row
    complete = index_content()
    table, _ = table_of(row)
    run(f"CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM {table} WHERE id = %s", row.pk)
    run(f"DELETE FROM {table} WHERE id = %s", row.pk)
    assert index_content() != complete
    INSERTS[way](row)
    assert index_content() == complete
    assert_index_is_true()


DELETES = {
    "delete": lambda row: row.delete(),
    "QuerySet.delete": lambda row: type(row)._base_manager.filter(pk=row.pk).delete(),
    "raw SQL": lambda row: run(f"DELETE FROM {table_of(row)[0]} WHERE id = %s", row.pk),
}


@pytest.mark.parametrize("way", DELETES)
@pytest.mark.parametrize("name", FED_BY_A_NEW_ROW)
def test_a_deleted_row_is_forgotten(name, way):
    scene = SCENES[name]()
    before = index_content()
    with transaction.atomic():
        DELETES[way](scene.row)
        assert index_content() != before
        assert_index_is_true()
        transaction.set_rollback(True)  # raw SQL leaves rows that point to nothing: they end here
    assert index_content() == before


@pytest.mark.parametrize("name", NAMES)
def test_an_emptied_table_is_forgotten(name):
    scene = SCENES[name]()
    if name not in FED_BY_A_NEW_ROW:
        _save(scene.row, scene.change)
    before = index_content()
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(f"TRUNCATE {table_of(scene.row)[0]} CASCADE")
    assert index_content() != before
    assert_index_is_true()


@pytest.mark.parametrize("name", [name for name in NAMES if SCENES[name].moves])
def test_a_row_that_passes_from_one_actor_to_another_is_seen_by_both(name):
    scene = SCENES[name]()
    column = SCENES[name].moves
    other = (
        PersonFactory(slug="autre") if SCENES[name].moves_to_a_person else OrganisationFactory(slug="autre")
    )
    alone, owner = entry(other), getattr(scene.row, f"{column}_id")
    before = entry_of(owner)
    type(scene.row)._base_manager.filter(pk=scene.row.pk).update(**{column: other})
    assert entry(other) != alone
    assert entry_of(owner) != before
    assert_index_is_true()


def entry(actor: Actor) -> tuple:
    return entry_of(actor.pk)


def entry_of(pk: int) -> tuple:
    return next(row for row in index_content() if row[0] == pk)


def test_many_rows_in_one_statement():
    organisations = OrganisationFactory.create_batch(5)
    Actor.objects.filter(pk__in=[actor.pk for actor in organisations]).update(summary="Sérendipité")
    assert slugs(q="sérendipité") == {actor.slug for actor in organisations}
    Actor.objects.update(summary="")
    assert slugs(q="sérendipité", exact="1") == set()


def test_unpublishing_objecting_and_deleting_remove_at_once():
    kept, hidden, deleted = (
        PersonFactory(slug=slug, summary="Sérendipité") for slug in ("reste", "s-oppose", "part")
    )
    draft = OrganisationFactory(slug="brouillon", summary="Sérendipité")
    assert slugs(q="sérendipité") == {"reste", "s-oppose", "part", "brouillon"}
    Actor.objects.filter(pk=hidden.pk).update(state="draft", publication_basis="objection")
    assert slugs(q="sérendipité") == {"reste", "part", "brouillon"}
    deleted.delete()
    assert slugs(q="sérendipité") == {"reste", "brouillon"}
    draft.state = "draft"
    draft.save()
    assert slugs(q="sérendipité") == {"reste"}
    Actor.objects.filter(pk=draft.pk).update(state="published")
    assert slugs(q="sérendipité") == {"reste", "brouillon"}
    assert SearchEntry.objects.filter(actor=kept).exists()


def test_an_unpublished_organisation_leaves_no_trace_in_the_entries_of_its_people():
    held = MembershipFactory(member__slug="membre", organisation__name="Sérendipité", role="Directrice")
    assert slugs(q="sérendipité") == {"membre", held.organisation.slug}
    Actor.objects.filter(pk=held.organisation_id).update(state="draft")
    assert slugs(q="sérendipité", exact="1") == set()


def test_an_unpublished_workshop_was_seen_by_nobody():
    workshop = WorkshopFactory()
    person = AttendanceFactory(workshop=workshop).person
    assert SearchEntry.objects.get(actor=person).workshop_ids == [workshop.pk]
    type(workshop).objects.update(state="draft")
    assert SearchEntry.objects.get(actor=person).workshop_ids == []


def test_nothing_is_written_when_the_transaction_fails():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        OrganisationFactory(slug="jamais", summary="Sérendipité")
        assert slugs(q="sérendipité") == {"jamais"}
        raise ZeroDivisionError
    assert slugs(q="sérendipité", exact="1") == set()


_TABLES_READ = """
WITH RECURSIVE reads(relation) AS (
  SELECT 'directory_searchsource'::regclass::oid
  UNION
  SELECT d.refobjid FROM reads v JOIN pg_rewrite r ON r.ev_class = v.relation
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
    AND d.refclassid = 'pg_class'::regclass
)
SELECT c.relname, ARRAY(
  SELECT regexp_replace(t.tgname, '^pgtrigger_feed_search_([a-z]+)_.*$', '\\1') FROM pg_trigger t
  WHERE t.tgrelid = c.oid AND t.tgname LIKE 'pgtrigger\\_feed\\_search\\_%%' ORDER BY 1)
FROM reads JOIN pg_class c ON c.oid = reads.relation AND c.relkind = 'r' ORDER BY 1
"""


def test_every_table_that_the_index_reads_feeds_it():
    """A new column or table in the view without its triggers fails here, before it makes a stale search."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES_READ)
        tables = dict(cursor.fetchall())
    assert {"actors_actor", "actors_expertise", "workshops_attendance_capacities"} <= set(tables)
    without = {
        table: fed for table, fed in tables.items() if fed != ["delete", "insert", "truncate", "update"]
    }
    assert not without


def test_every_feeding_proxy_is_on_a_table_that_the_index_reads():
    with connection.cursor() as cursor:
        cursor.execute(_TABLES_READ)
        tables = {table for table, _ in cursor.fetchall()}
    assert {proxy._meta.db_table for proxy in PROXIES.values()} == tables


def test_the_comparison_itself_can_fail():
    actor = OrganisationFactory(name="Ville")
    for damage in ("document = ''", "confirmed_on = '2001-01-01'", "area_ids = '{1}'"):
        with pytest.raises(AssertionError, match="table"), transaction.atomic():
            run(f"UPDATE directory_searchentry SET {damage}")
            assert_index_is_true()
    SearchEntry.objects.filter(actor=actor).delete()
    with pytest.raises(AssertionError, match="view"):
        assert_index_is_true()
    Actor.objects.update(name="Ville")
    assert_index_is_true()
