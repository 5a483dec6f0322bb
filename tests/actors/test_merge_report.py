"""On the real report: whoever is merged with whom, undoing gives back the same database."""

import random

from actors.actions.merge import merge_actors, undo_merge
from actors.models import Actor
from actors.redirection import references_to
from tests.directory.index import assert_index_is_true
from tests.directory.report import LoadedReport

from .merging import differences, everything


class TestReport(LoadedReport):
    def test_merging_then_undoing_gives_back_the_same_database(self):
        draw = random.Random(20220704)  # noqa: S311 — the same pairs each time
        before = everything()
        for kind in ("person", "organisation"):
            keys = sorted(Actor.objects.filter(kind=kind).values_list("pk", flat=True))
            for _ in range(6):
                kept, absorbed = Actor.objects.filter(pk__in=draw.sample(keys, 2))
                merge = merge_actors(kept=kept, absorbed=absorbed, taken=["summary", "name"])
                assert_index_is_true()
                undo_merge(merge=merge)
                assert differences(before, everything()) == {}, (kept, absorbed)

    def test_nothing_points_to_the_absorbed_one_any_more(self):
        most = sorted(
            Actor.objects.filter(kind="organisation"),
            key=lambda actor: (
                -sum(
                    column.model._base_manager.filter(**{column.attname: actor.pk}).count()
                    for column in references_to(Actor)
                )
            ),
        )[:2]
        merge_actors(kept=most[1], absorbed=most[0])
        left = {
            str(column): column.model._base_manager.filter(**{column.attname: most[0].pk}).count()
            for column in references_to(Actor)
            if column.model._meta.label != "actors.Merge"
        }
        assert {name for name, count in left.items() if count} == set()
