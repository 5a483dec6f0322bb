"""What is accepted becomes ties attested by the workshop, whole or not at all; and what an accident undoes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actors.actions.identity import remember
from actors.fingerprint import fingerprint
from actors.models import Actor, NameDecision, PublicationBasis, Tie, Withdrawal
from actors.resemblance import Wanted, resembling
from directory.actions.withdrawal import withdraw_person
from ecosystems.actions.reviewing import (
    AcceptedTie,
    Party,
    StaleDrawing,
    accept_drawing,
    refuse_drawing,
    undo_review,
)
from ecosystems.edges import read_graph
from ecosystems.models import Drawing, DrawnTie, Sending
from tests.factories.actors import OrganisationFactory, PersonFactory, TriggerFactory
from tests.factories.ecosystems import CollectionFactory, DrawingFactory, DrawnTieFactory, EcosystemFactory
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawing():
    mairie = OrganisationFactory(name="Mairie de Vic", slug="mairie")
    return DrawingFactory(
        organisation="Mairie de Vic", organisation_actor=mairie, name="Ada Petit", function="secrétaire"
    )


def line(drawing, name="Le port", party=None, **words):
    drawn = DrawnTieFactory(drawing=drawing, position=drawing.ties.count(), name=name)
    return AcceptedTie(drawn, party or Party(name), **words)


def accept(drawing, *ties, origin=None, **more):
    origin = origin or Party(drawing.organisation, actor=drawing.organisation_actor)
    return accept_drawing(
        drawing=drawing, revision=more.pop("revision", 1), user=None, origin=origin, ties=ties, **more
    )


class TestAccepting:
    def test_a_tie_says_who_what_since_when_and_by_what_source(self, drawing):
        port = OrganisationFactory(name="Le port")
        formation = TriggerFactory(name="Formation CNFPT")
        words = {"subject": "marées", "frequency": "monthly", "since": "2019", "closeness": "near"}
        accept(drawing, line(drawing, party=Party("Le port", actor=port), trigger=formation, **words))
        tie = Tie.objects.get()
        assert (tie.from_actor, tie.to_actor) == (drawing.organisation_actor, port)
        assert (tie.source.kind, tie.source.date, tie.basis) == (
            "workshop", drawing.collection.workshop.date, "stated",
        )  # fmt: skip
        assert (tie.subject, tie.since, tie.trigger) == ("marées", "2019", formation)
        assert (tie.frequency, tie.closeness) == ("monthly", "near")
        assert tie.seen_on == drawing.collection.workshop.date

    def test_the_report_is_not_said_to_state_what_it_does_not(self, drawing, client):
        """One source for all that was drawn: the workshop. Its report stays a source of its own."""
        report = drawing.collection.workshop.source
        assert report.kind == "report"
        accept(drawing, line(drawing, subject="a"), line(drawing, subject="b"))
        other = DrawingFactory(collection=drawing.collection)
        accept(other, line(other))
        [source] = {tie.source for tie in Tie.objects.all()}
        assert source != report
        assert source.short_title == "Atelier du 4 juillet 2022"
        assert client.get(source.get_absolute_url()).status_code == 200

    def test_a_workshop_without_report_is_its_own_source(self):
        drawing = DrawingFactory(collection__workshop__source=None)
        accept(drawing, line(drawing))
        assert Tie.objects.get().source == Workshop.objects.get().source

    def test_it_is_drawn_like_any_attested_tie(self, drawing):
        port = OrganisationFactory(name="Le port")
        accept(drawing, line(drawing, party=Party("Le port", actor=port), frequency="weekly"))
        [edge] = read_graph({"liens"}).edges
        assert edge.kind == "travaille avec, chaque semaine"

    def test_the_actors_page_says_how_often_how_near_and_who_says_so(self, drawing, client):
        port = OrganisationFactory(name="Le port")
        words = {"subject": "marées", "frequency": "monthly", "closeness": "near"}
        accept(drawing, line(drawing, party=Party("Le port", actor=port), **words))
        shown = client.get("/acteurs/mairie/").content.decode()
        assert "marées, chaque mois, dit proche – selon une personne de la Mairie de Vic" in shown

    def test_the_voice_is_named_only_with_consent(self, drawing):
        accept(drawing, line(drawing))
        assert Tie.objects.get().voice == "une personne de la Mairie de Vic"
        Tie.objects.all().delete()
        other = DrawingFactory(organisation="Mairie", name="Ada Petit", function="maire", may_be_named=True)
        accept(other, line(other))
        assert Tie.objects.get().voice == "Ada Petit, maire"

    def test_an_occasion_that_is_no_known_trigger_stays_in_the_words(self, drawing):
        accept(drawing, line(drawing, subject="marées", occasion="un repas"))
        assert Tie.objects.get().subject == "marées\u202f; né de\u00a0: un repas"

    def test_who_is_missing_is_made_once_as_a_draft_of_the_same_ecosystem(self, drawing):
        where = EcosystemFactory()
        where.workshops.add(drawing.collection.workshop)
        done = accept(
            drawing,
            line(drawing, "Le port", subject="a"),
            line(drawing, "le  PORT", subject="b"),
            line(drawing, "Jean Roche", party=Party("Jean Roche", kind="person")),
        )
        assert sorted(actor.name for actor in done.actors) == ["Jean Roche", "Le port"]
        assert {actor.state for actor in done.actors} == {"draft"}
        assert Actor.objects.get(name="Jean Roche").publication_basis == ""
        assert set(where.actors.all()) == {Actor.objects.get(pk=actor.pk) for actor in done.actors}
        assert not Tie.objects.published().exists()

    def test_whoever_comes_in_their_own_name_and_agrees_may_be_published(self):
        own = DrawingFactory(organisation="", name="Ada Petit", may_be_named=True)
        accept(own, line(own), origin=Party("Ada Petit", kind="person"))
        ada = Actor.objects.get(name="Ada Petit")
        assert (ada.state, ada.publication_basis) == ("draft", PublicationBasis.CONSENT)

    def test_the_same_tie_drawn_by_two_is_one_statement(self, drawing):
        port = Party("Le port", actor=OrganisationFactory(name="Le port"))
        accept(drawing, line(drawing, party=port))
        other = DrawingFactory(collection=drawing.collection, organisation_actor=drawing.organisation_actor)
        done = accept(other, line(other, party=port))
        assert (done.ties, done.known, Tie.objects.count()) == ([], 1, 1)

    def test_whole_or_not_at_all(self, drawing):
        Withdrawal.objects.create(fingerprint=fingerprint("Jean Roche"))
        ties = [
            line(drawing, "Le port"),
            line(drawing, "Jean Roche", party=Party("Jean Roche", kind="person")),
        ]
        with pytest.raises(ValidationError, match="ne plus figurer"):
            accept(drawing, *ties)
        with pytest.raises(ValidationError, match="avec lui-même"):
            accept(drawing, ties[0], line(drawing, party=Party("x", actor=drawing.organisation_actor)))
        assert not Tie.objects.exists()
        assert not Actor.objects.filter(name="Le port").exists()
        assert Drawing.objects.get().state == Sending.SENT

    def test_not_over_what_changed_meanwhile(self, drawing):
        with pytest.raises(StaleDrawing):
            accept(drawing, line(drawing), revision=2)
        accept(drawing, line(drawing))
        with pytest.raises(StaleDrawing):
            accept(drawing, line(drawing))
        with pytest.raises(StaleDrawing):
            refuse_drawing(drawing=drawing, revision=1, user=None)

    def test_what_was_recognised_once_is_recognised_in_the_next_drawing(self, drawing):
        prefecture = OrganisationFactory(name="Préfecture du Puy-de-Dôme")
        accept(drawing, line(drawing, "la Préf", party=Party("la Préf", actor=prefecture)))
        [match] = resembling([Wanted("organisation", "La préf")])
        assert match.proposed == prefecture


class TestUndoing:
    def test_what_was_made_goes_and_the_drawing_waits_again(self, drawing):
        accept(drawing, line(drawing), line(drawing, "Le phare"))
        undo_review(drawing=drawing)
        assert not Tie.objects.exists()
        assert set(Actor.objects.values_list("name", flat=True)) == {"Mairie de Vic"}
        drawing.refresh_from_db()
        assert (drawing.state, drawing.made_ties, drawing.reviewed_at) == (Sending.SENT, [], None)
        accept(drawing, *[AcceptedTie(one, Party(one.name)) for one in drawing.ties.all()])
        assert Tie.objects.count() == 2

    def test_what_someone_changed_or_tied_since_stays(self, drawing):
        done = accept(drawing, line(drawing), line(drawing, "Le phare"))
        port, phare = sorted(done.actors, key=lambda actor: actor.name, reverse=True)
        Actor.objects.filter(pk=port.pk).update(summary="Un port.")
        other = DrawingFactory(collection=drawing.collection)
        accept(other, line(other, party=Party("Le phare", actor=phare)))
        undo_review(drawing=drawing)
        assert Actor.objects.filter(pk__in=[port.pk, phare.pk]).count() == 2
        assert [tie.to_actor_id for tie in Tie.objects.all()] == [phare.pk]

    def test_a_tie_that_another_drawing_says_too_stays_until_that_one_is_undone(self, drawing):
        port = Party("Le port", actor=OrganisationFactory(name="Le port"))
        accept(drawing, line(drawing, party=port))
        other = DrawingFactory(collection=drawing.collection, organisation_actor=drawing.organisation_actor)
        accept(other, line(other, party=port))
        undo_review(drawing=drawing)
        assert Tie.objects.count() == 1
        undo_review(drawing=other)
        assert not Tie.objects.exists()

    def test_only_the_same_day(self, drawing):
        accept(drawing, line(drawing))
        Drawing.objects.update(reviewed_at=timezone.now() - timedelta(days=1))
        with pytest.raises(StaleDrawing):
            undo_review(drawing=drawing)
        assert Tie.objects.count() == 1


def test_whoever_withdraws_leaves_the_drawings_too():
    person = PersonFactory(name="Ada Petit", family_name="Petit")
    drawing = DrawingFactory(name="Ada Petit", organisation="Mairie")
    DrawnTieFactory(drawing=drawing, position=0, name="Ada Petit", actor=person, kind="person")
    DrawnTieFactory(drawing=drawing, position=1, name="Le port", subject="avec Ada Petit")
    remember(wanted=Wanted("person", "Ada P"), is_actor=person)
    withdraw_person(person=person)
    drawing.refresh_from_db()
    assert drawing.name == "Une personne"
    assert [(tie.name, tie.subject) for tie in drawing.ties.all()] == [("Le port", "avec une personne")]
    assert not NameDecision.objects.exists()
    assert not DrawnTie.objects.filter(name__contains="Petit").exists()


def test_nobody_else_is_touched_by_a_refusal():
    drawing = DrawingFactory(collection=CollectionFactory())
    refuse_drawing(drawing=drawing, revision=1, user=None)
    drawing.refresh_from_db()
    assert drawing.state == Sending.REFUSED
    assert not Tie.objects.exists()
