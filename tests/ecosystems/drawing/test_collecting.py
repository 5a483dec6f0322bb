"""Drawings received: once, in order, while the collection is open; and what the database itself refuses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from time_machine import travel

from ecosystems.actions import collecting
from ecosystems.actions.collecting import (
    AlreadyReviewed,
    CollectionClosed,
    change_drawing,
    close_collection,
    open_collection,
    receive_drawing,
    send_drawing,
    this_evening,
)
from ecosystems.models import MOST_TIES, Drawing, DrawnTie, Sending
from tests.factories.ecosystems import CollectionFactory, DrawingFactory, DrawnTieFactory
from tests.factories.workshops import WorkshopFactory

pytestmark = pytest.mark.django_db
WHO = {
    "name": "",
    "function": "",
    "organisation": "Mairie",
    "organisation_actor": None,
    "may_be_named": False,
}


def tie(name="Le port", **more):
    columns = {"subject": "", "frequency": "", "since": "", "occasion": "", "closeness": ""}
    return {"name": name, "actor": None, "kind": "organisation", **columns, **more}


def receive(collection, key, revision, *names, **more):
    ties = [tie(name) for name in names]
    return receive_drawing(collection=collection, key=key, revision=revision, who=WHO, ties=ties, **more)


def names(drawing):
    return [one.name for one in drawing.ties.all()]


class TestOpening:
    @travel("2026-07-04T16:00:00+02:00", tick=False)
    def test_until_this_evening_in_paris(self):
        assert this_evening().isoformat() == "2026-07-04T23:59:00+02:00"
        collection = open_collection(workshop=WorkshopFactory(), user=None)
        assert collection.is_open
        with travel("2026-07-04T23:59:30+02:00", tick=False):
            assert not collection.is_open

    def test_opened_again_it_keeps_its_address(self):
        workshop = WorkshopFactory()
        first = open_collection(workshop=workshop, user=None)
        close_collection(collection=first)
        first.refresh_from_db()
        assert not first.is_open
        later = timezone.now() + timedelta(hours=2)
        again = open_collection(workshop=workshop, user=None, closes_at=later)
        assert (again.token, again.is_open) == (first.token, True)

    def test_not_until_an_hour_that_is_past(self):
        with pytest.raises(ValidationError, match="heure à venir"):
            open_collection(workshop=WorkshopFactory(), user=None, closes_at=timezone.now())

    def test_closing_twice_keeps_the_first_hour(self):
        collection = CollectionFactory()
        close_collection(collection=collection)
        collection.refresh_from_db()
        hour = collection.closes_at
        close_collection(collection=collection)
        collection.refresh_from_db()
        assert collection.closes_at == hour

    def test_a_token_is_typed_without_mistaking_a_letter(self):
        token = CollectionFactory().token
        assert len(token) == 8
        assert not set(token) & set("0o1il")


class TestReceiving:
    def test_the_same_sending_twice_is_one(self):
        collection, key = CollectionFactory(), uuid4()
        for _ in range(2):
            receive(collection, key, 1, "Le port", "Le phare")
        assert names(Drawing.objects.get()) == ["Le port", "Le phare"]

    def test_an_older_sending_that_comes_late_changes_nothing(self):
        collection, key = CollectionFactory(), uuid4()
        receive(collection, key, 2, "Le port", "Le phare")
        receive(collection, key, 1, "Le port")
        assert names(Drawing.objects.get()) == ["Le port", "Le phare"]

    def test_a_newer_one_takes_its_place_and_keeps_its_hour(self):
        collection, key = CollectionFactory(), uuid4()
        sent_at = receive(collection, key, 1, "Le port").sent_at
        newer = receive(collection, key, 2, "La digue")
        assert (names(newer), newer.sent_at) == (["La digue"], sent_at)

    def test_nothing_once_it_is_over(self):
        closed = CollectionFactory(
            opened_at=timezone.now() - timedelta(hours=2), closes_at=timezone.now() - timedelta(hours=1)
        )
        with pytest.raises(CollectionClosed):
            receive(closed, uuid4(), 1, "Le port")
        with pytest.raises(CollectionClosed):
            send_drawing(drawing=DrawingFactory(collection=closed, state="draft", sent_at=None))
        assert not Drawing.objects.filter(state=Sending.SENT).exists()

    def test_nothing_once_it_was_read(self):
        read = DrawingFactory(state="refused", reviewed_at=timezone.now())
        with pytest.raises(AlreadyReviewed):
            receive(read.collection, read.key, 2, "Le port")
        receive(read.collection, read.key, 1, "Le port")  # what was received already: said again, harmless
        assert not read.ties.exists()

    def test_no_more_ties_or_drawings_than_anyone_draws(self, monkeypatch):
        collection = CollectionFactory()
        with pytest.raises(ValidationError, match="60 acteurs au plus"):
            receive(collection, uuid4(), 1, *map(str, range(MOST_TIES + 1)))
        monkeypatch.setattr(collecting, "MOST_DRAWINGS", 1)
        key = uuid4()
        receive(collection, key, 1, "Le port")
        receive(collection, key, 2, "La digue")
        with pytest.raises(ValidationError, match="plus de dessins"):
            receive(collection, uuid4(), 1, "Le port")

    def test_the_same_key_in_two_workshops_is_two_drawings(self):
        key = uuid4()
        for _ in range(2):
            receive(CollectionFactory(), key, 1, "Le port")
        assert Drawing.objects.count() == 2

    def test_a_draft_changes_and_is_sent_once(self):
        collection, key = CollectionFactory(), uuid4()
        draft = receive(collection, key, 1, is_sent=False)
        change_drawing(drawing=draft, change=lambda ties: [*ties, tie("Le port"), tie("Le phare")])
        change_drawing(drawing=draft, change=lambda ties: ties[1:])
        assert names(draft) == ["Le phare"]
        assert not Drawing.objects.arrived().exists()
        sent_at = send_drawing(drawing=draft).sent_at
        assert send_drawing(drawing=draft).sent_at == sent_at


class TestWhatTheDatabaseRefuses:
    @pytest.mark.parametrize(
        ("constraint", "values"),
        [
            ("drawing_is_of_someone_or_some_body", {"organisation": "", "name": ""}),
            ("drawing_sent_is_dated", {"sent_at": None}),
            ("drawing_sent_is_dated", {"state": "draft"}),
            ("drawing_read_is_dated", {"state": "accepted"}),
            ("drawing_read_is_dated", {"reviewed_at": timezone.now()}),
            ("drawing_makes_when_accepted", {"made_ties": [1]}),
        ],
    )
    def test_of_a_drawing(self, constraint, values):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            DrawingFactory(**values)

    @pytest.mark.parametrize(
        ("constraint", "values"),
        [
            ("drawn_tie_is_with_someone", {"name": ""}),
            ("drawn_tie_date_is_a_date", {"since": "hier"}),
            ("drawn_tie_within_reason", {"position": MOST_TIES}),
        ],
    )
    def test_of_a_tie(self, constraint, values):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            DrawnTieFactory(**values)

    def test_what_is_to_be_once(self):
        drawing = DrawingFactory()
        DrawnTieFactory(drawing=drawing, position=0)
        with pytest.raises(IntegrityError, match="drawn_tie_position_once"), transaction.atomic():
            DrawnTieFactory(drawing=drawing, position=0)
        with pytest.raises(IntegrityError, match="drawing_once_a_telephone"), transaction.atomic():
            DrawingFactory(collection=drawing.collection, key=drawing.key)
        with pytest.raises(IntegrityError, match="workshop_id"), transaction.atomic():
            CollectionFactory(workshop=drawing.collection.workshop)
        with pytest.raises(IntegrityError, match="collection_closes_after_opening"), transaction.atomic():
            CollectionFactory(closes_at=timezone.now() - timedelta(days=1))


def test_nothing_typed_is_in_any_history():
    """No event table follows these models: what is erased is gone."""
    for model in (Drawing, DrawnTie):
        assert not hasattr(model, "pgh_event_model")
