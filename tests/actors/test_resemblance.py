"""Who resembles a name, as the database answers; what was decided is remembered."""

import pytest
from django.db import IntegrityError, transaction

from actors.actions.identity import remember, tell_apart
from actors.likeness import Verdict
from actors.models import ActorName, Distinction, Kind, NameDecision
from actors.resemblance import Wanted, alike, resembling
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def one(kind, name, **more):
    return resembling([Wanted(kind, name, **more)])[0]


def test_a_person_of_the_same_name_and_organisation_is_the_same():
    riom = OrganisationFactory(name="Ville de Riom")
    ana = PersonFactory(name="Ana Roux", family_name="Roux")
    MembershipFactory(member=ana, organisation=riom, role="Maire")
    match = one(Kind.PERSON, "ROUX Ana", organisation="Ville de Riom")
    assert (match.verdict, match.proposed.pk) == (Verdict.SAME, ana.pk)
    assert match.candidates[0].reasons == ("même nom", "même organisation")
    assert one(Kind.PERSON, "Zoé Inconnue").verdict == Verdict.DISTINCT


def test_two_namesakes_are_to_be_decided_by_a_person():
    PersonFactory(name="Ana Roux", family_name="Roux")
    PersonFactory(name="Ana Roux", family_name="Roux")
    match = one(Kind.PERSON, "Ana Roux")
    assert match.verdict == Verdict.DECIDE and match.proposed is None and len(match.candidates) == 2


def test_an_organisation_is_found_by_another_spelling_and_never_as_another_sort_of_body():
    city = OrganisationFactory(name="Ville de Clermont-Ferrand")
    OrganisationFactory(name="CCAS de Clermont-Ferrand")
    state = OrganisationFactory(name="Direction départementale des territoires du Puy-de-Dôme")
    ActorName.objects.create(actor=state, name="DDT 63", kind="spelling")
    assert one(Kind.ORGANISATION, "Mairie de Clermont Ferrand").proposed.pk == city.pk
    assert one(Kind.ORGANISATION, "DDT 63").proposed.pk == state.pk
    other = one(Kind.ORGANISATION, "CIAS de Clermont-Ferrand")
    assert other.proposed is None


def test_a_short_name_is_found_whatever_sort_of_body_is_written():
    riom = OrganisationFactory(name="Ville de Riom")
    assert one(Kind.ORGANISATION, "Commune de Riom").proposed.pk == riom.pk
    assert one(Kind.ORGANISATION, "Municipalité de Riom").proposed.pk == riom.pk


def test_a_name_recognised_once_is_proposed_the_next_time_and_kept_as_a_print():
    lab = OrganisationFactory(name="Laboratoire des mobilités")
    other = OrganisationFactory(name="Labo mobile")
    wanted = Wanted(Kind.ORGANISATION, "Le Labo Mob")
    remember(wanted=wanted, is_actor=lab, is_not=[other])
    remember(wanted=wanted, is_actor=lab, is_not=[other])
    match = resembling([wanted])[0]
    assert [c.actor.pk for c in match.candidates] == [lab.pk]
    assert match.verdict == Verdict.SAME and match.candidates[0].reasons == ("déjà reconnu sous ce nom",)
    assert NameDecision.objects.count() == 2
    assert "labo" not in "".join(NameDecision.objects.values_list("name_print", flat=True))
    remember(wanted=wanted, is_actor=other)  # someone changed their mind
    assert resembling([wanted])[0].proposed.pk == other.pk


def test_the_database_holds_what_is_decided():
    one_actor, other = OrganisationFactory(), OrganisationFactory()
    print_ = {"kind": "organisation", "name_print": "a" * 64}
    NameDecision.objects.create(**print_, actor=one_actor, is_same=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        NameDecision.objects.create(**print_, actor=other, is_same=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Distinction.objects.create(one=other, other=one_actor)
    with pytest.raises(ValueError, match="itself"):
        tell_apart(one=other, other=other)


def test_pairs_alike_come_once_and_not_when_told_apart():
    first = OrganisationFactory(name="Collectif des tiers-lieux d’Auvergne")
    second = OrganisationFactory(name="Collectif des tiers lieux Auvergne")
    OrganisationFactory(name="Tout autre chose")
    pairs = alike([first.pk, second.pk])
    assert [(actor.pk, c.actor.pk) for actor, c in pairs] in (
        [(first.pk, second.pk)],
        [(second.pk, first.pk)],
    )
    tell_apart(one=second, other=first)
    tell_apart(one=first, other=second)
    assert Distinction.objects.count() == 1 and alike([first.pk]) == []


def test_as_many_queries_for_three_names_as_for_one(django_assert_num_queries):
    for number in range(3):
        person = PersonFactory(name=f"Ana Roux{number}")
        MembershipFactory(member=person)
    with django_assert_num_queries(10):
        resembling([Wanted(Kind.PERSON, "Ana Roux0")])
    with django_assert_num_queries(10):
        resembling([Wanted(Kind.PERSON, f"Ana Roux{number}") for number in range(3)])
    assert resembling([]) == []


@pytest.mark.parametrize("name", ["", " ", "%", "'); DROP TABLE", "x" * 5000, "\u202f", "…"])
def test_any_text_is_a_name(name):
    PersonFactory(name="Ana Roux")
    assert resembling([Wanted(Kind.PERSON, name)])[0].proposed is None
