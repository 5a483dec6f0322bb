"""What bearers say waits for an animator: published as a sourced follow-up, or not, with a word."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from actors.models import SourceKind
from foundations.admin.permitted import may
from tests.factories import accounts
from tests.factories.actors import PersonFactory
from tests.workshops.bearers.scenes import NOW, answer, bearer_of, borne, link_to
from workshops.actions.proposing import ProposalError, approve, refuse
from workshops.models import Bearing, FollowUp, ProposalState, ProposedFollowUp, Recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with travel(NOW, tick=False):
        yield


def proposal(client, recommendation=None, **said) -> ProposedFollowUp:
    recommendation = recommendation or borne(title="Tenir un forum")
    client.post(link_to(bearer_of(recommendation)), answer(recommendation, **(said or {"progress": "done"})))
    return ProposedFollowUp.objects.latest("pk")


def url(row) -> str:
    return reverse("admin:workshops_proposedfollowup_change", args=[row.pk])


def press(user, row, step: str, word: str = "", version: int | None = None):
    row.refresh_from_db()
    data = {"step": step, "answer": word, "version": row.version if version is None else version}
    return accounts.client_of(user).post(url(row), data, follow=True)


def test_approved_it_is_on_the_page_with_who_said_it(client):
    row = proposal(client, progress="under_way", note="Deux réunions.", bearing="accepted")
    page = press(accounts.animator(), row, "approved", "Merci !").content.decode()
    assert "La suite est publiée" in page
    told = FollowUp.objects.latest("pk")
    row.refresh_from_db()
    assert (row.state, row.follow_up, row.answer) == (ProposalState.APPROVED, told, "Merci !")
    assert (told.said_by, told.bearer, told.said_on) == (row.actor, row.actor, timezone.localdate())
    assert (told.source.kind, told.source.date) == (SourceKind.SELF_DECLARATION, told.said_on)
    public = client.get(row.recommendation.get_absolute_url()).content.decode()
    assert f"Deux réunions. Dit par {row.actor.name}." in public.replace("\u00a0", " ")
    assert Recommendation.objects.with_state().get(pk=row.recommendation_id).progress == "under_way"


def test_whoever_bears_it_no_more_is_asked_no_more(client):
    row = proposal(client, bearing="nobody", note="Le poste n’existe plus.")
    approve(proposal=row, by=accounts.animator(), version=row.version)
    told = FollowUp.objects.latest("pk")
    assert (told.bearing, told.bearer) == (Bearing.NOBODY, None)
    assert not Recommendation.objects.borne_by(row.actor).exists()


def test_refused_with_a_word_nothing_is_published(client):
    recommendation = borne()
    link = link_to(bearer_of(recommendation))
    client.post(link, answer(recommendation, progress="done"))
    row = ProposedFollowUp.objects.get()
    page = press(accounts.animator(), row, "refused", "").content.decode()
    assert "Écrivez un mot" in page
    press(accounts.animator(), row, "refused", "On en parle au téléphone ?")
    row.refresh_from_db()
    assert row.state == ProposalState.REFUSED
    assert FollowUp.objects.count() == 1
    page = client.get(link).content.decode()
    assert "Ce n’est pas publié" in page
    assert "On en parle au téléphone" in page


def test_decided_once(client):
    row, animator = proposal(client), accounts.animator()
    approve(proposal=row, by=animator, version=row.version)
    with pytest.raises(ProposalError, match="vient de changer"):
        approve(proposal=row, by=animator, version=row.version)
    row.refresh_from_db()
    with pytest.raises(ProposalError, match="déjà décidée"):
        refuse(proposal=row, by=animator, version=row.version, answer="Non")
    assert FollowUp.objects.count() == 2


def test_what_the_bearer_rewrote_meanwhile_is_read_again(client):
    recommendation = borne()
    link = link_to(bearer_of(recommendation))
    client.post(link, answer(recommendation, progress="done"))
    row = ProposedFollowUp.objects.get()
    client.post(link, answer(recommendation, progress="blocked"))
    page = press(accounts.animator(), row, "approved", "Bravo", version=row.version).content.decode()
    assert "vient de changer" in page
    assert ">Bravo</textarea>" in page
    assert FollowUp.objects.count() == 1


def test_a_person_who_is_not_published_is_not_named_by_the_source(client):
    person = PersonFactory(name="Camille Cachée", state="draft")
    row = proposal(client, borne(person))
    told = approve(proposal=row, by=accounts.animator(), version=row.version)
    assert told.source.title == "Ce que dit une personne le 2 mars 2026"
    assert "Cachée" not in client.get(row.recommendation.get_absolute_url()).content.decode()


def test_who_may_read_and_decide(client):
    here = accounts.ecosystem()
    recommendation = borne()
    here.workshops.add(recommendation.workshop)
    row = proposal(client, recommendation)
    users = {
        "reviewer": (accounts.reviewer(here), False),
        "elsewhere": (accounts.animator(accounts.ecosystem()), False),
        "animator": (accounts.animator(here), True),
        "administrator": (accounts.administrator(), True),
    }
    for name, (user, allowed) in users.items():
        assert may(user, "view", ProposedFollowUp, row) is allowed, name
        assert may(user, "change", ProposedFollowUp, row) is allowed, name
        page = accounts.client_of(user).get(url(row), follow=True)
        assert ("Publier cette suite" in page.content.decode()) is allowed, name
    for name in ("reviewer", "elsewhere"):
        press(users[name][0], row, "approved")
        row.refresh_from_db()
        assert row.state == ProposalState.WAITING, name
    press(users["animator"][0], row, "approved")
    row.refresh_from_db()
    assert row.state == ProposalState.APPROVED


def test_it_waits_on_the_desk(client):
    row = proposal(client, note="Presque fini.")
    boxes = accounts.client_of(accounts.animator()).get(reverse("admin:index")).context["boxes"]
    box = next(box for box in boxes if "suites proposées" in box["title"])
    assert box["count"] == 1
    assert "Presque fini." in box["rows"][0]["detail"]
    assert str(row.actor) in box["rows"][0]["title"]


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "approved"},
        {"state": "refused"},
        {"decided_at": timezone.now()},
        {"bearing": "proposed"},
        {"progress": "", "note": "", "bearing": ""},
    ],
)
def test_the_database_holds_what_goes_together(client, changes):
    row = proposal(client)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedFollowUp.objects.filter(pk=row.pk).update(**changes)
