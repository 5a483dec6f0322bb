"""Entering actors and facts: written when new, left alone when said already."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from actors.actions.actors import record_organisation, record_person
from actors.actions.record import Outcome, Tally, natural_key, record
from actors.fingerprint import fingerprint
from actors.models import (
    Actor,
    ActorName,
    Basis,
    Competence,
    FormerSlug,
    Membership,
    Organisation,
    PublicationBasis,
    Source,
    Tie,
    Withdrawal,
)
from tests.factories.actors import (
    CompetenceFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def membership(**changes) -> dict:
    return {
        "member": PersonFactory(),
        "organisation": OrganisationFactory(),
        "role": "Directrice",
        "unit": "",
        "source": SourceFactory(),
        "pages": [4],
    } | changes


def test_what_tells_a_row_from_another():
    assert natural_key(Actor) == natural_key(Competence) == natural_key(Source) == ("slug",)
    assert natural_key(Membership) == ("member", "organisation", "role", "unit", "source")
    with pytest.raises(ValueError, match="Withdrawal"):
        natural_key(Withdrawal)


def test_the_same_fact_twice_is_one_row_and_one_line_of_history():
    tally, said = Tally(), membership()
    first = record(Membership, **said, tally=tally)
    assert tally.last is Outcome.CREATED
    assert record(Membership, **said, tally=tally) == first
    assert tally.last is Outcome.UNCHANGED
    assert first.events.count() == 1
    assert tally.counts["appartenances"] == {"created": 1, "updated": 0, "unchanged": 1, "kept": 0}
    assert (tally.total(Outcome.CREATED), tally.total(*Outcome)) == (1, 2)


def test_a_new_saying_updates_and_history_keeps_the_old():
    said = membership()
    row = record(Membership, **said)
    record(Membership, **(said | {"basis": Basis.DEDUCED}))
    row.refresh_from_db()
    assert row.basis == Basis.DEDUCED
    assert list(row.events.order_by("pgh_id").values_list("basis", flat=True)) == ["stated", "deduced"]


def test_a_correction_is_kept_when_asked():
    organisation = record_organisation(name="CISCA", slug="cisca")
    Actor.objects.filter(pk=organisation.pk).update(nature="association")
    tally = Tally()
    kept = record_organisation(name="CISCA", slug="cisca", nature="unknown", overwrite=False, tally=tally)
    assert (tally.last, kept.nature) == (Outcome.KEPT, "association")
    assert record_organisation(name="CISCA", slug="cisca", nature="unknown").nature == "unknown"


def test_a_row_that_took_another_address_is_not_entered_anew():
    organisation = record_organisation(name="CISCA", slug="cisca")
    Actor.objects.filter(pk=organisation.pk).update(slug="cisca-clermont")
    assert record_organisation(name="CISCA", slug="cisca", overwrite=False) == organisation
    assert Organisation.objects.count() == 1


def test_a_deleted_row_does_not_come_back_unless_asked():
    said = membership()
    record(Membership, **said).delete()
    assert record(Membership, **said, overwrite=False) is None
    assert not Membership.objects.exists()
    assert record(Membership, **said).role == "Directrice"


def test_links_hold_the_whole_set():
    near, far, new = CompetenceFactory(), CompetenceFactory(), CompetenceFactory()
    said = {"slug": "debat", "name": "Débat", "definition": "Discuter."}
    tally = Tally()
    term = record(Competence, **said, links={"related": [near, far]}, tally=tally)
    record(Competence, **said, links={"related": [far, near]}, tally=tally)
    assert tally.last is Outcome.UNCHANGED
    record(Competence, **said, links={"related": [new]}, overwrite=False, tally=tally)
    assert (tally.last, set(term.related.all())) == (Outcome.KEPT, {near, far})
    record(Competence, **said, links={"related": [new]}, tally=tally)
    assert (tally.last, set(term.related.all())) == (Outcome.UPDATED, {new})


def test_values_of_a_new_row_only():
    first = record_organisation(name="CISCA", slug="cisca", first={"state": "published"})
    Actor.objects.filter(pk=first.pk).update(state="draft")
    again = record_organisation(name="CISCA", slug="cisca", first={"state": "published"})
    assert (first.state, again.state) == ("published", "draft")


@pytest.mark.parametrize("wrong", [{"basis": "perhaps"}, {"role": "r" * 251}, {"since": "hier"}])
def test_a_value_that_its_column_does_not_take(wrong):
    with pytest.raises(ValidationError):
        record(Membership, **membership(**wrong))
    assert not Membership.objects.exists()


def test_what_the_database_refuses():
    with pytest.raises(IntegrityError, match="tie_to_an_actor_or_a_category"):
        record(Tie, from_actor=OrganisationFactory(), kind="funds", source=SourceFactory())


def test_other_spellings_come_once():
    for _ in range(2):
        record_organisation(name="CISCA", slug="cisca", other_names=[("Cisca", "spelling")])
    assert list(ActorName.objects.values_list("actor__slug", "name")) == [("cisca", "Cisca")]


def test_an_address_is_found_when_none_is_given():
    OrganisationFactory(slug="labo")
    FormerSlug.objects.create(slug="labo-2", actor=OrganisationFactory())
    assert record_organisation(name="Labo").slug == "labo-3"


def test_someone_who_withdrew_does_not_come_back():
    Withdrawal.objects.create(fingerprint=fingerprint("Camille Partie"))
    basis = {"publication_basis": PublicationBasis.PUBLIC_REPORT, "publication_basis_on": "2022-07-04"}
    assert record_person(name="CAMILLE  PARTIE", **basis) is None
    assert record_person(name="Camille Restée", **basis).slug == "camille-restee"
    assert Actor.objects.count() == 1
