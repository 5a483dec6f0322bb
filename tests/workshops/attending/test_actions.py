"""From a pasted list to attendances, and back: what is written, what is refused, what is remembered."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from actors.actions.merge import merge_actors
from actors.fingerprint import fingerprint
from actors.models import (
    Actor,
    ContactPoint,
    FormerSlug,
    Membership,
    NameDecision,
    Organisation,
    Person,
    PrivateNote,
    Withdrawal,
)
from directory.actions.purging import purge_expired
from directory.actions.withdrawal import withdraw_person
from tests.factories import accounts
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory, SourceFactory
from tests.factories.workshops import AttendanceFactory, WorkshopFactory
from workshops.actions.attending import Publication, confirm_roster, undo_roster
from workshops.actions.rosters import MOST_LINES, RosterChanged, drop_roster, open_roster, save_roster
from workshops.models import Attendance, Roster, RosterLine
from workshops.reading.roster import matches_of
from workshops.roster import read_roster

pytestmark = pytest.mark.django_db

LIST = """Présents :
- Ana Roux, maire, Commune de Riom
- Paul Di Fabio, directeur, CISCA
- Un représentant de la DDT
Excusés : Zoé Blanc (CISCA, zoe.blanc@example.fr, 04 73 00 00 00)"""


@pytest.fixture
def animator():
    return accounts.administrator()


@pytest.fixture
def workshop():
    return WorkshopFactory(slug="riom", source=SourceFactory(page_count=5))


def opened(workshop, animator, text=LIST) -> Roster:
    return open_roster(workshop=workshop, entries=read_roster(text), user=animator)


def decided(roster, animator, **choices) -> Roster:
    """The list as the page would send it with what it proposes; `choices`: by name, another answer."""
    lines = list(roster.lines.order_by("position"))
    matches = matches_of(roster, lines)
    answers = {
        line.pk: {"choice": choices.get(line.person_name, known.proposed if known else ""), "is_sure": True}
        for line, known in zip(lines, matches.people, strict=True)
    }
    bodies = {
        key: choices.get(known.wanted.name, known.proposed) for key, known in matches.organisations.items()
    }
    return save_roster(
        roster=roster, version=roster.version, lines=answers, organisations=bodies, user=animator
    )


def confirmed(roster, animator, publication=Publication.NOTHING, **options):
    return confirm_roster(
        roster=roster, version=roster.version, publication=publication, by=animator, **options
    )


def listed(workshop):
    return [
        (str(each), each.status, each.listed_role, [held.title for held in each.capacities.all()])
        for each in workshop.attendances.order_by("position")
    ]


def test_a_list_becomes_attendances_with_functions_and_nothing_public(workshop, animator):
    roster = decided(opened(workshop, animator), animator)
    done = confirmed(roster, animator)
    assert listed(workshop) == [
        ("Ana Roux", "present", "maire", ["maire, Commune de Riom"]),
        ("Paul Di Fabio", "present", "directeur", ["directeur, CISCA"]),
        ("un délégué de DDT", "present", "Un représentant", []),
        ("Zoé Blanc", "excused", "", ["CISCA"]),
    ]
    assert (done.attendances, done.people, done.organisations) == (4, 3, 3)
    assert Person.objects.get(name="Paul Di Fabio").family_name == "Di Fabio"
    assert set(Actor.objects.values_list("state", flat=True)) == {"draft"}
    assert {held.source_id for held in Membership.objects.all()} == {workshop.source_id}
    assert not ContactPoint.objects.exists()


def test_nothing_is_written_before_everything_is_decided(workshop, animator):
    PersonFactory(name="Ana Roux", family_name="Roux")
    PersonFactory(name="Ana Roux", family_name="Roux")
    roster = decided(opened(workshop, animator), animator)
    before = Actor.objects.count()
    with pytest.raises(ValidationError, match="Ana Roux"):
        confirmed(roster, animator)
    assert Actor.objects.count() == before and not workshop.attendances.exists()


def test_those_whom_the_directory_knows_are_not_created_again(workshop, animator):
    riom = OrganisationFactory(name="Ville de Riom")
    ana = PersonFactory(name="Ana Roux", family_name="Roux")
    MembershipFactory(member=ana, organisation=riom, role="Maire")
    roster = decided(opened(workshop, animator), animator)
    done = confirmed(roster, animator)
    assert (done.people, done.organisations) == (2, 2)
    assert workshop.attendances.get(person=ana).capacities.get().organisation_id == riom.pk
    # « Commune de Riom » was Riom: the next list is told so, and nobody is asked.
    assert NameDecision.objects.filter(actor=riom, is_same=True).exists()


def test_who_is_not_the_same_is_not_proposed_again(workshop, animator):
    namesake = PersonFactory(name="Ana Roux", family_name="Roux")
    roster = decided(opened(workshop, animator), animator, **{"Ana Roux": "new"})
    confirmed(roster, animator)
    other = WorkshopFactory()
    again = opened(other, animator)
    (known, *_) = matches_of(again, list(again.lines.order_by("position"))).people
    assert namesake.pk not in {candidate.actor.pk for candidate in known.match.candidates}
    assert known.match.proposed.name == "Ana Roux"


def test_what_becomes_public_is_a_choice(workshop, animator):
    confirmed(decided(opened(workshop, animator), animator), animator, Publication.ORGANISATIONS)
    assert set(Organisation.objects.values_list("state", flat=True)) == {"published"}
    assert set(Person.objects.values_list("state", flat=True)) == {"draft"}
    other = WorkshopFactory()
    text = "- Luc Grand, directeur, CISCA"
    confirmed(decided(opened(other, animator, text), animator), animator, Publication.EVERYONE)
    luc = Person.objects.get(name="Luc Grand")
    assert (luc.state, luc.publication_basis) == ("published", "report")
    assert luc.publication_basis_on == other.source.date if other.source else True


def test_addresses_are_kept_only_when_asked(workshop, animator):
    confirmed(decided(opened(workshop, animator), animator), animator, keep_contacts=True)
    kept = ContactPoint.objects.get()
    assert (kept.actor.name, kept.email) == ("Zoé Blanc", "zoe.blanc@example.fr")
    assert kept.phone and kept.keep_until == timezone.localdate() + timedelta(days=365)
    assert "liste de présence" in kept.basis


def test_who_was_there_already_is_completed_and_not_doubled(workshop, animator):
    ana = PersonFactory(name="Ana Roux", family_name="Roux")
    AttendanceFactory(workshop=workshop, person=ana, status="invited")
    roster = decided(opened(workshop, animator), animator)
    done = confirmed(roster, animator)
    assert done.updated == 1
    attendance = workshop.attendances.get(person=ana)
    assert attendance.status == "present" and attendance.capacities.count() == 1
    undo_roster(roster=Roster.objects.get())
    attendance = workshop.attendances.get()
    assert attendance.status == "invited" and attendance.capacities.count() == 0


def test_who_asked_to_disappear_is_counted_without_a_name(workshop, animator):
    Withdrawal.objects.create(fingerprint=fingerprint("Ana Roux"))
    roster = opened(workshop, animator)
    assert not RosterLine.objects.filter(person_name__contains="Roux").exists()
    assert not RosterLine.objects.filter(listed_line__contains="Roux").exists()
    confirmed(decided(roster, animator), animator)
    assert str(workshop.attendances.order_by("position")[0]) == "un délégué de Commune de Riom"
    assert not Person.objects.filter(name="Ana Roux").exists()


def test_undone_the_same_day_nothing_is_left(workshop, animator):
    roster = decided(opened(workshop, animator), animator)
    confirmed(roster, animator, Publication.EVERYONE, keep_contacts=True)
    undo_roster(roster=roster)
    assert not any(model.objects.exists() for model in (Attendance, Membership, Actor, ContactPoint))
    reopened = Roster.objects.get()
    assert (reopened.state, reopened.made, reopened.lines.count()) == ("open", {}, 4)
    confirmed(reopened, animator)
    assert workshop.attendances.count() == 4


@pytest.mark.parametrize("what", ["renamed", "noted", "member", "status"])
def test_what_others_built_on_since_is_not_taken_away(workshop, animator, what):
    roster = decided(opened(workshop, animator), animator)
    confirmed(roster, animator)
    ana = Person.objects.get(name="Ana Roux")
    if what == "renamed":
        ana.summary = "Maire depuis 2020."
        ana.save()
    elif what == "noted":
        PrivateNote.objects.create(actor=ana, text="Rappeler")
    elif what == "member":
        MembershipFactory(member=PersonFactory(), organisation=Organisation.objects.get(name="CISCA"))
    else:
        workshop.attendances.filter(person=ana).update(status="excused")
    with pytest.raises(ValidationError, match="Impossible d’annuler"):
        undo_roster(roster=roster)
    assert workshop.attendances.count() == 4 and Person.objects.filter(name="Ana Roux").exists()


def test_the_day_after_it_is_too_late_and_the_names_go(workshop, animator):
    roster = decided(opened(workshop, animator), animator)
    confirmed(roster, animator)
    Roster.objects.update(confirmed_at=timezone.now() - timedelta(days=1))
    with pytest.raises(ValidationError, match="jour même"):
        undo_roster(roster=roster)
    assert purge_expired()["listes de participants"] > 0
    assert not Roster.objects.exists() and workshop.attendances.count() == 4


def test_a_list_left_for_a_month_goes(workshop, animator):
    opened(workshop, animator)
    purge_expired()
    assert Roster.objects.exists()
    Roster.objects.update(updated_at=timezone.now() - timedelta(days=31))
    purge_expired()
    assert not Roster.objects.exists()


def test_a_change_of_someone_else_is_never_overwritten(workshop, animator):
    roster = opened(workshop, animator)
    decided(roster, animator)
    with pytest.raises(RosterChanged):
        save_roster(roster=roster, version=roster.version, lines={}, organisations={}, user=animator)
    fresh = Roster.objects.get()
    confirmed(fresh, animator)
    with pytest.raises(RosterChanged):
        confirmed(fresh, animator)
    assert workshop.attendances.count() == 4


def test_what_is_too_long_or_empty_is_refused_whole(workshop, animator):
    with pytest.raises(ValidationError, match="Aucun participant"):
        open_roster(workshop=workshop, entries=[], user=animator)
    many = read_roster("\n".join(f"- Ana Roux{n}, maire, Ville de Riom" for n in range(MOST_LINES + 1)))
    with pytest.raises(ValidationError, match="au plus"):
        open_roster(workshop=workshop, entries=many, user=animator)
    assert not Roster.objects.exists()
    opened(workshop, animator)
    drop_roster(workshop=workshop)
    drop_roster(workshop=workshop)
    assert not Roster.objects.exists()


def test_a_record_merged_since_is_chosen_no_more(workshop, animator):
    kept, absorbed = PersonFactory(name="Anna Roux"), PersonFactory(name="Ana Roux")
    roster = decided(opened(workshop, animator), animator, **{"Ana Roux": str(absorbed.pk)})
    merge_actors(kept=kept, absorbed=absorbed, by=animator)
    with pytest.raises(ValidationError, match="n’existe plus"):
        confirmed(roster, animator)
    assert not workshop.attendances.exists()


def test_a_new_organisation_takes_no_address_that_redirects(workshop, animator):
    FormerSlug.objects.create(actor=OrganisationFactory(name="Tout autre chose"), slug="cisca")
    confirmed(decided(opened(workshop, animator, "- Luc Grand, directeur, CISCA"), animator), animator)
    assert Organisation.objects.get(name="CISCA").slug != "cisca"


def test_withdrawing_clears_the_list_too(workshop, animator):
    ana = PersonFactory(name="Ana Roux", family_name="Roux")
    roster = decided(opened(workshop, animator), animator)
    confirmed(roster, animator)
    withdraw_person(person=ana)
    texts = str(list(RosterLine.objects.values())) + str(list(Roster.objects.values()))
    assert "Roux" not in texts


def test_one_open_list_a_workshop(workshop):
    Roster.objects.create(workshop=workshop)
    with pytest.raises(IntegrityError), transaction.atomic():
        Roster.objects.create(workshop=workshop)
    with pytest.raises(IntegrityError), transaction.atomic():
        Roster.objects.create(workshop=WorkshopFactory(), state="confirmed")
