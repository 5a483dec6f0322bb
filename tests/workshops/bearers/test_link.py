"""The page of a bearer's link: two clicks and a sentence; expiry, revocation, replay, and whatever else one may try."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import travel

from foundations.throttle import HourlyLimit
from tests.directory.pages import assert_sound
from tests.factories.actors import OrganisationFactory
from tests.factories.workshops import FollowUpFactory
from tests.workshops.bearers.scenes import NOW, answer, bearer_of, borne, link_to
from workshops.models import BearerLink, Bearing, FollowUp, Progress, ProposedFollowUp
from workshops.views import bearer as view

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene(clock):
    recommendation = borne(title="Tenir un forum")
    return recommendation, link_to(bearer_of(recommendation))


def said() -> list[tuple]:
    rows = ProposedFollowUp.objects.order_by("pk")
    return list(rows.values_list("recommendation__title", "bearing", "progress", "note", "state"))


def test_two_clicks_and_a_sentence(client, scene):
    recommendation, url = scene
    page = client.get(url)
    assert_sound(page.content.decode())
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert said() == []  # a GET writes nothing
    sent = client.post(url, answer(recommendation, progress="under_way", note="Première réunion le 3 mars."))
    assert (sent.status_code, sent["Location"]) == (302, f"{url}#reco-{recommendation.pk}")
    assert said() == [("Tenir un forum", "", "under_way", "Première réunion le 3 mars.", "waiting")]
    again = client.get(url).content.decode()
    assert_sound(again)
    assert "Merci, c’est bien reçu" in again
    # It waits: nothing of it is on the site.
    assert FollowUp.objects.count() == 1
    assert "Première réunion" not in client.get(recommendation.get_absolute_url()).content.decode()


def test_no_cookie_and_no_origin_is_needed(scene):
    """With `no-referrer`, a browser says that the form comes from « null »."""
    recommendation, url = scene
    strict = Client(enforce_csrf_checks=True)
    sent = strict.post(url, answer(recommendation, bearing="nobody"), headers={"origin": "null"})
    assert sent.status_code == 302
    assert said()[0][1] == Bearing.NOBODY
    assert not sent.cookies


def test_the_token_is_nowhere(client, scene):
    _, url = scene
    token = url.split("/")[2]
    row = BearerLink.objects.get()
    assert len(row.digest) == 64
    assert row.digest not in token
    assert all(token not in str(value) for value in BearerLink.objects.values_list().get())


@pytest.mark.parametrize(
    "what", ["forged", "cut", "other purpose", "revoked", "expired", "endless", "erased"]
)
def test_a_link_that_opens_nothing(client, clock, scene, what, django_assert_num_queries):
    recommendation, url = scene
    token = url.split("/")[2]
    if what == "forged":
        url = url.replace(token[:4], "AAAA" if token[:4] != "AAAA" else "BBBB")
    elif what == "cut":
        url = url.replace(token[-1] + "/", "/")
    elif what == "other purpose":
        url = f"/rappels/{token}/arret/"
    elif what == "revoked":
        assert BearerLink.objects.revoke() == 1
    elif what == "expired":
        clock.shift(timedelta(days=60, seconds=1))
    elif what == "endless":
        url = f"/ou-en-est-on/{'a' * 900}~b/"
    else:
        BearerLink.objects.all().delete()
    page = client.get(url)
    assert page.status_code == 404
    assert "Ce lien n’est plus valable" in page.content.decode()
    assert_sound(page.content.decode())
    assert client.post(url, answer(recommendation, progress="done")).status_code == 404
    assert said() == []


def test_revoked_between_the_page_and_its_sending(client, scene, monkeypatch):
    """The link was good when the view looked, and is closed when the action locks it."""
    recommendation, url = scene
    real = view.say

    def late(**values):
        BearerLink.objects.revoke()
        return real(**values)

    monkeypatch.setattr(view, "say", late)
    page = client.post(url, answer(recommendation, progress="done", note="Mes mots"))
    assert page.status_code == 400
    assert "demandez-en un autre" in page.content.decode()
    assert ">\nMes mots</textarea>" in page.content.decode()
    assert said() == []


def test_sent_twice_is_said_once(client, scene):
    recommendation, url = scene
    form = answer(recommendation, progress="done", note="Fini.")
    for _ in range(3):
        assert client.post(url, form).status_code == 302
    assert len(said()) == 1
    # Another tab, another draw, while it waits: said better, not said twice.
    client.post(url, answer(recommendation, progress="blocked", note="Pas si vite."))
    assert said() == [("Tenir un forum", "", "blocked", "Pas si vite.", "waiting")]


def test_replayed_after_it_was_decided_nothing_happens(client, scene):
    recommendation, url = scene
    form = answer(recommendation, progress="done")
    client.post(url, form)
    ProposedFollowUp.objects.update(state="refused", decided_at=timezone.now())
    assert client.post(url, form).status_code == 302
    assert [state for *_, state in said()] == ["refused"]
    client.post(url, answer(recommendation, progress="under_way"))
    assert [state for *_, state in said()] == ["refused", "waiting"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Dites au moins une chose"),
        ({"progress": "unknown"}, "Sélectionnez un choix valide"),
        ({"bearing": "proposed"}, "Sélectionnez un choix valide"),
        ({"progress": "<script>"}, "Sélectionnez un choix valide"),
        ({"note": "x" * 601}, "Écrivez moins de 600 signes"),
        ({"note": "\u202e \u2066"}, "Dites au moins une chose"),
        ({"note": "a\x07b"}, "caractères illisibles"),
    ],
)
def test_a_wrong_answer_comes_back_with_all_that_was_typed(client, scene, changes, told):
    recommendation, url = scene
    page = client.post(url, answer(recommendation, **changes))
    assert page.status_code == 400
    assert told in page.content.decode()
    if changes.get("note") == "x" * 601:
        assert "x" * 601 in page.content.decode()
    assert said() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"recommendation": "zzz"},
        {"recommendation": "-1"},
        {"recommendation": "9" * 30},
        {"recommendation": ""},
        {"key": "not a key"},
        {"key": ""},
    ],
)
def test_a_form_of_nobodys_making(client, scene, changes):
    recommendation, url = scene
    page = client.post(url, {**answer(recommendation, progress="done"), **changes})
    assert page.status_code == 400
    assert said() == []


def test_nobody_speaks_of_what_another_bears(client, scene):
    _, url = scene
    others = borne(title="À d’autres")
    draft = borne(bearer_of(scene[0]), title="Brouillon", workshop__state="draft")
    gone = borne(bearer_of(scene[0]), title="Laissée")
    FollowUpFactory(recommendation=gone, bearing=Bearing.NOBODY, said_on=date(2026, 1, 1))
    for recommendation in (others, draft, gone):
        page = client.post(url, answer(recommendation, progress="done"))
        assert page.status_code == 400
        assert "n’est plus au nombre des vôtres" in page.content.decode()
        assert recommendation.title not in client.get(url).content.decode()
    assert said() == []


def test_a_key_taken_elsewhere_changes_nothing_there(client, scene):
    """The draw of another bearer's form: neither read nor written over."""
    recommendation, url = scene
    other = borne()
    key = str(uuid.uuid4())
    client.post(link_to(bearer_of(other)), {**answer(other, progress="done"), "key": key})
    page = client.post(url, {**answer(recommendation, progress="blocked"), "key": key})
    assert page.status_code == 400
    assert "rechargez-la" in page.content.decode()
    assert ProposedFollowUp.objects.get(recommendation=other).progress == Progress.DONE


def test_what_is_typed_is_shown_as_typed(client, scene):
    recommendation, url = scene
    client.post(url, answer(recommendation, note="<script>alert(1)</script> & 'co'"))
    page = client.get(url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_too_many_answers(client, scene, monkeypatch):
    recommendation, url = scene
    monkeypatch.setattr(view, "LIMIT", HourlyLimit(per_address=1, overall=9))
    assert client.post(url, answer(recommendation, progress="done")).status_code == 302
    page = client.post(url, answer(recommendation, progress="blocked", note="Mes mots"))
    assert page.status_code == 429
    assert "Mes mots" in page.content.decode()
    assert said()[0][2] == "done"


def test_whoever_is_thought_of_is_asked_first_whether_they_bear_it(client, clock):
    recommendation = borne(bearing=Bearing.PROPOSED)
    page = client.get(link_to(bearer_of(recommendation))).content.decode()
    assert page.index("Portez-vous cette recommandation") < page.index("Où en est-elle")


def test_a_bearer_of_nothing_is_told_so(client, clock):
    page = client.get(link_to(OrganisationFactory())).content.decode()
    assert "Rien à vous demander" in page


def test_queries(clock, assert_constant_queries):
    actor = OrganisationFactory()
    url = link_to(actor)

    def add():
        recommendation = borne(actor)
        ProposedFollowUp.objects.create(recommendation=recommendation, actor=actor, progress="done")

    assert_constant_queries(url, add)
