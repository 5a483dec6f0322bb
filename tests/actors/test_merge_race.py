"""Two people merge the same two actors crosswise: one of them wins, and the other is told."""

import threading

import pytest
from django.db import connection

from actors.actions.merge import merge_actors
from actors.merging import Refused
from actors.models import Actor, Merge, Tie
from tests.factories.actors import OrganisationFactory, TieFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_crosswise_merges_wait_for_each_other():
    one, other = OrganisationFactory(), OrganisationFactory()
    TieFactory(from_actor=one)
    TieFactory(from_actor=other)
    told: list[object] = []
    ready = threading.Barrier(2, timeout=20)

    def merge(kept, absorbed):
        try:
            ready.wait()
            told.append(merge_actors(kept=kept, absorbed=absorbed))
        except Exception as error:  # what the other connection was told, whatever it is
            told.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)

    assert sorted(type(said).__name__ for said in told) == ["Merge", "Refused"], told
    [done] = Merge.objects.all()
    assert Tie.objects.filter(from_actor=done.kept_id).count() == 2
    assert not Tie.objects.filter(from_actor=done.absorbed_id).exists()
    assert Actor.objects.standing().filter(pk__in=[one.pk, other.pk]).count() == 1
    assert isinstance(next(said for said in told if not isinstance(said, Merge)), Refused)
