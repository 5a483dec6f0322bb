"""A person who had been merged withdraws: nothing of either name is left, and no way back brings it again."""

import pytest

from actors.actions.merge import merge_actors, undo_merge
from actors.fingerprint import fingerprint
from actors.models import Actor, Membership, Merge, Withdrawal
from directory.actions.sweeping import rows_holding
from directory.actions.withdrawal import reapply_withdrawals, withdraw_person
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asks", ["kept", "absorbed"])
def test_both_names_go(asks):
    people = {
        "kept": PersonFactory(name="Odile Zéphirin", slug="odile-zephirin"),
        "absorbed": PersonFactory(name="Odette Quintefeuille", slug="odette-quintefeuille"),
    }
    mine = MembershipFactory(member=people["kept"])
    MembershipFactory(
        member=people["absorbed"],
        organisation=mine.organisation,
        source=mine.source,
        note="Mme Quintefeuille",
    )
    merge_actors(**people)
    withdraw_person(person=people[asks])
    assert not Merge.objects.exists()
    assert rows_holding({"zephirin", "quintefeuille"}) == []
    assert set(Actor.objects.filter(kind="person").values_list("publication_basis", flat=True)) == {
        "objection"
    }
    assert Withdrawal.objects.count() == 2


def test_a_restored_backup_is_masked_once():
    kept, absorbed = PersonFactory(name="Odile Zéphirin"), PersonFactory(name="Odette Quintefeuille")
    merge_actors(kept=kept, absorbed=absorbed)
    done = reapply_withdrawals([fingerprint("Odile Zéphirin"), fingerprint("Odette Quintefeuille")])
    assert len(done) == 1
    assert rows_holding({"zephirin", "quintefeuille"}) == []
    assert Withdrawal.objects.count() == 2


def test_a_row_set_aside_elsewhere_does_not_bring_a_person_back():
    one, other, person = OrganisationFactory(), OrganisationFactory(), PersonFactory(name="Odile Zéphirin")
    first = MembershipFactory(member=person, organisation=one)
    MembershipFactory(member=person, organisation=other, source=first.source)
    merge = merge_actors(kept=one, absorbed=other)
    withdraw_person(person=person)
    merge.refresh_from_db()
    assert merge.set_aside == []
    undo_merge(merge=merge)
    assert not Membership.objects.filter(member=person).exists()
