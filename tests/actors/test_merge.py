"""Two actors become one: what moves, what is set aside, what is refused; and two again."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actors.actions.identity import tell_apart
from actors.actions.merge import merge_actors, undo_merge
from actors.merging import Refused, recap
from actors.models import Actor, Distinction, FormerSlug, Membership, Tie
from actors.redirection import references_to
from tests.factories.actors import (
    AttachmentFactory,
    ExpertiseFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    TieFactory,
)
from tests.factories.workshops import AttendanceFactory, FindingFactory, FollowUpFactory, WorkshopFactory
from workshops.models import Attendance, FollowUp

from .merging import differences, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return (
        OrganisationFactory(name="Ville de Riom", slug="ville-de-riom"),
        OrganisationFactory(name="Mairie de Riom", slug="mairie-de-riom"),
    )


@pytest.fixture
def people():
    return PersonFactory(name="Lou Roux", slug="lou-roux"), PersonFactory(name="L. Roux", slug="l-roux")


def test_every_floor_that_points_to_an_actor_is_found():
    found = {str(column) for column in references_to(Actor)}
    assert {
        "actors.Tie.from_actor",
        "workshops.Attendance.person",
        "workshops.FollowUp.bearer",
        "workshops.Finding_actors.actor",
        "ecosystems.Ecosystem_actors.actor",
        "directory.ParticipantLink.person",
    } <= found
    assert not any("Event" in name or name.startswith("directory.SearchEntry") for name in found)


def test_the_old_address_leads_to_the_kept_one(two, client):
    kept, absorbed = two
    merge_actors(kept=kept, absorbed=absorbed)
    response = client.get("/acteurs/mairie-de-riom/")
    assert (response.status_code, response["Location"]) == (301, "/acteurs/ville-de-riom/")
    assert list(kept.other_names.values_list("name", flat=True)) == ["Mairie de Riom"]
    absorbed.refresh_from_db()
    assert absorbed.state == "draft"


def test_an_older_address_follows_too(two, client):
    kept, absorbed = two
    FormerSlug.objects.create(slug="riom", actor=absorbed)
    merge_actors(kept=kept, absorbed=absorbed)
    assert client.get("/acteurs/riom/")["Location"] == "/acteurs/ville-de-riom/"


def test_what_would_be_said_twice_is_set_aside_and_comes_back(people):
    kept, absorbed = people
    mine = MembershipFactory(member=kept)
    theirs = MembershipFactory(member=absorbed, organisation=mine.organisation, source=mine.source)
    workshop = WorkshopFactory()
    seen = AttendanceFactory(workshop=workshop, person=kept)
    twice = AttendanceFactory(workshop=workshop, person=absorbed)
    twice.capacities.add(theirs)
    before = everything()

    merge = merge_actors(kept=kept, absorbed=absorbed)

    assert list(Membership.objects.filter(member=kept)) == [mine]
    assert list(Attendance.objects.filter(workshop=workshop)) == [seen]
    assert list(seen.capacities.all()) == [mine], "in the same capacity, told by the row that stays"
    undo_merge(merge=merge)
    assert differences(before, everything()) == {}


def test_nobody_is_tied_to_oneself(two):
    kept, absorbed = two
    TieFactory(from_actor=kept, to_actor=absorbed, to_category="")
    AttachmentFactory(organisation=absorbed, parent=kept)
    elsewhere = TieFactory(from_actor=absorbed, to_actor=OrganisationFactory(), to_category="")
    before = everything()
    merge = merge_actors(kept=kept, absorbed=absorbed)
    assert list(Tie.objects.values_list("pk", "from_actor")) == [(elsewhere.pk, kept.pk)]
    undo_merge(merge=merge)
    assert differences(before, everything()) == {}


def test_a_distinction_keeps_its_order(two):
    kept, absorbed = two
    middle = OrganisationFactory()
    first = OrganisationFactory()
    tell_apart(one=absorbed, other=kept)
    tell_apart(one=kept, other=middle)
    before = everything()
    merge = merge_actors(kept=first, absorbed=kept)
    assert {(d.one_id, d.other_id) for d in Distinction.objects.all()} == {
        (absorbed.pk, first.pk),
        (middle.pk, first.pk),
    }
    undo_merge(merge=merge)
    assert differences(before, everything()) == {}


def test_follow_ups_which_nobody_edits_follow(two):
    kept, absorbed = two
    told = FollowUpFactory(bearing="accepted", bearer=absorbed, said_by=absorbed)
    merge = merge_actors(kept=kept, absorbed=absorbed)
    told.refresh_from_db()
    assert (told.bearer, told.said_by) == (kept, kept)
    undo_merge(merge=merge)
    told.refresh_from_db()
    assert (told.bearer, told.said_by) == (absorbed, absorbed)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        FollowUp.objects.update(note="Autre chose")


def test_an_initiative_is_told_as_one_organisation_only(two):
    kept, absorbed = two
    one, other = InitiativeFactory(same_as=kept), InitiativeFactory(same_as=absorbed)
    merge = merge_actors(kept=kept, absorbed=absorbed)
    other.refresh_from_db()
    assert other.same_as is None
    undo_merge(merge=merge)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.same_as, other.same_as) == (kept, absorbed)


def test_values_are_kept_field_by_field(two):
    kept, absorbed = two
    Actor.objects.filter(pk=absorbed.pk).update(summary="Une ville.", website="https://riom.example/")
    merge = merge_actors(kept=kept, absorbed=absorbed, taken=["name", "summary"])
    kept.refresh_from_db()
    assert (kept.name, kept.summary, kept.website) == ("Mairie de Riom", "Une ville.", "")
    assert list(kept.other_names.values_list("name", flat=True)) == ["Ville de Riom"]
    undo_merge(merge=merge)
    kept.refresh_from_db()
    assert (kept.name, kept.summary, kept.other_names.count()) == ("Ville de Riom", "", 0)


def test_both_count_as_touched(two):
    """What would take back an untouched draft, as undoing a drawing does, must leave these."""
    Actor.objects.filter(pk=two[1].pk).update(state="draft")
    before = dict(Actor.objects.values_list("pk", "version"))
    merge_actors(kept=two[0], absorbed=two[1])
    assert dict(Actor.objects.values_list("pk", "version")) == {
        key: count + 1 for key, count in before.items()
    }


class TestRefused:
    def test_a_person_is_never_an_organisation(self, two, people):
        with pytest.raises(Refused, match="jamais la même"):
            merge_actors(kept=two[0], absorbed=people[0])

    def test_nor_an_actor_itself(self, two):
        with pytest.raises(Refused):
            merge_actors(kept=two[0], absorbed=two[0])

    def test_what_is_absorbed_is_absorbed_once(self, two):
        merge_actors(kept=two[0], absorbed=two[1])
        with pytest.raises(Refused, match="déjà fusionnée"):
            merge_actors(kept=OrganisationFactory(), absorbed=two[1])

    def test_the_absorbed_one_is_not_published_beside_it(self, two):
        merge_actors(kept=two[0], absorbed=two[1])
        with pytest.raises(IntegrityError), transaction.atomic():
            Actor.objects.filter(pk=two[1].pk).update(state="published")

    def test_undoing_says_what_changed_since(self, two):
        merge = merge_actors(kept=two[0], absorbed=two[1], taken=["name"])
        Actor.objects.filter(pk=two[0].pk).update(name="Commune de Riom")
        with pytest.raises(Refused, match="« nom » de Commune de Riom".replace(" ", "[ \u00a0]")):
            undo_merge(merge=merge)

    def test_a_row_given_to_another_since(self, two):
        tie = TieFactory(from_actor=two[1])
        merge = merge_actors(kept=two[0], absorbed=two[1])
        Tie.objects.filter(pk=tie.pk).update(from_actor=OrganisationFactory())
        with pytest.raises(Refused, match="changé depuis"):
            undo_merge(merge=merge)

    def test_undoing_twice(self, two):
        merge = merge_actors(kept=two[0], absorbed=two[1])
        undo_merge(merge=merge)
        with pytest.raises(Refused, match="déjà défaite"):
            undo_merge(merge=merge)


def test_a_row_deleted_since_does_not_stop_undoing(two):
    tie = TieFactory(from_actor=two[1])
    merge = merge_actors(kept=two[0], absorbed=two[1])
    tie.delete()
    assert undo_merge(merge=merge) == 1


@pytest.mark.parametrize("who", ["kept", "absorbed"])
def test_a_person_who_objected_never_becomes_public(people, who):
    kept, absorbed = people
    objecting = kept if who == "kept" else absorbed
    Actor.objects.filter(pk=objecting.pk).update(
        publication_basis="objection", publication_basis_on=timezone.localdate(), state="draft"
    )
    before = everything()
    merge = merge_actors(kept=kept, absorbed=absorbed, taken=["state", "publication_basis"])
    kept.refresh_from_db()
    assert (kept.state, kept.publication_basis) == ("draft", "objection")
    undo_merge(merge=merge)
    assert differences(before, everything()) == {}


class TestWarnings:
    def test_of_two_natures(self, two):
        Actor.objects.filter(pk=two[1].pk).update(nature="public")
        two[1].refresh_from_db()
        assert any("natures diffèrent" in words for words in recap(*two).warnings)

    def test_of_two_that_someone_told_apart(self, two):
        tell_apart(one=two[0], other=two[1])
        assert any("déjà dit" in words for words in recap(*two).warnings)


def _queries_of(rows: int) -> int:
    kept, absorbed = PersonFactory(), PersonFactory()
    for _ in range(rows):
        mine = MembershipFactory(member=kept)
        theirs = MembershipFactory(member=absorbed, organisation=mine.organisation, source=mine.source)
        workshop = WorkshopFactory()
        AttendanceFactory(workshop=workshop, person=kept)
        AttendanceFactory(workshop=workshop, person=absorbed).capacities.add(theirs)
        AttendanceFactory(person=absorbed).capacities.add(MembershipFactory(member=absorbed))
        FindingFactory().actors.add(absorbed)
        ExpertiseFactory(actor=absorbed)
    with CaptureQueriesContext(connection) as queries:
        merge = merge_actors(kept=kept, absorbed=absorbed)
        undo_merge(merge=merge)
    return len(queries)


def test_as_many_queries_for_one_row_as_for_three():
    assert _queries_of(1) == _queries_of(3)
