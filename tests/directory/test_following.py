"""Following a search by e-mail: asked, confirmed by a button, written to once a week at most, stopped in one click."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from time_machine import travel

from actors.models import Actor
from directory.actions import following
from directory.actions.purging import purge_expired
from directory.actions.withdrawal import withdraw_person
from directory.forms import FollowForm
from directory.models import FollowedSearch
from tests.directory.pages import assert_sound
from tests.factories.actors import ExpertiseFactory, OrganisationFactory, PersonFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
START = "2026-03-02T09:00:00Z"
ASK = "/recherche/suivre/?q=compost"


@pytest.fixture
def clock():
    with travel(START, tick=False) as traveller:
        yield traveller


def ask(client, url: str = ASK, email: str = "dominique@example.org", **changes):
    with travel(timezone.now() - timedelta(minutes=1), tick=False):
        stamp = FollowForm().fresh_stamp
    return client.post(url, {"email": email, "website": "", "stamp": stamp, **changes})


def letter(number: int = -1):
    return mail.outbox[number]


def link_in(message) -> str:
    """The private page, as its path."""
    return re.search(r"http://testserver(/suivi/[\w-]+/)\s", message.body)[1]


def followed(client, url: str = ASK, **more) -> FollowedSearch:
    """A confirmed one."""
    assert ask(client, url, **more).status_code == 302
    client.post(link_in(letter()))
    mail.outbox.clear()
    return FollowedSearch.objects.latest("pk")


def send() -> dict[str, int]:
    done = following.send_due()
    return {"sent": done.sent, "nothing": done.nothing_new, "failed": done.failed}


def test_from_the_page_to_the_first_letter(client, clock, django_capture_on_commit_callbacks):
    OrganisationFactory(name="Compost du centre")
    page = client.get("/acteurs/?q=compost&tri=nom&page=1").content.decode()
    assert '<a href="/recherche/suivre/?q=compost">Suivre cette recherche</a>' in page
    form = client.get(ASK)
    assert_sound(form.content.decode())
    assert form["Cache-Control"] == "private, no-store"
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(client)["Location"] == "/recherche/suivre/merci/"
    assert letter().to == ["dominique@example.org"]
    assert "«\u00a0compost\u00a0»" in letter().body
    row = FollowedSearch.objects.get()
    assert (row.confirmed_at, row.criteria, row.label) == (None, {"q": ["compost"]}, "« compost »")

    private = client.get(link_in(letter()))
    assert_sound(private.content.decode())
    assert ">Confirmer</button>" in private.content.decode()
    assert private["X-Robots-Tag"] == "noindex, nofollow"
    row.refresh_from_db()
    assert row.confirmed_at is None  # a GET writes nothing
    client.post(link_in(letter()))
    row.refresh_from_db()
    assert row.confirmed_at == timezone.now()
    assert len(row.known_ids) == 1

    mail.outbox.clear()
    assert send() == {"sent": 0, "nothing": 1, "failed": 0}
    OrganisationFactory(name="Compost nouveau", slug="compost-nouveau")
    assert send() == {"sent": 1, "nothing": 0, "failed": 0}
    assert letter().subject == "1 nouvel acteur répond à votre recherche"
    assert "Compost nouveau\n  http://testserver/acteurs/compost-nouveau/" in letter().body
    assert "Compost du centre" not in letter().body
    assert "http://testserver/acteurs/?q=compost" in letter().body
    assert "au-delà du 2" in letter().body
    assert "mars 2027 (sans signe de vous" in letter().body


@pytest.fixture(autouse=True)
def _letters_leave_at_once(request, monkeypatch):
    """Outside the test of the whole way, what waits for the commit is done at once: a test never commits."""
    if "django_capture_on_commit_callbacks" not in request.fixturenames:
        monkeypatch.setattr("django.db.transaction.on_commit", lambda action, using=None: action())


def test_once_a_week_at_most_and_nothing_is_told_twice(client, clock):
    followed(client)
    OrganisationFactory(name="Compost 1")
    assert send()["sent"] == 1
    OrganisationFactory(name="Compost 2")
    clock.shift(timedelta(days=6, hours=23))
    assert send() == {"sent": 0, "nothing": 0, "failed": 0}
    clock.shift(timedelta(hours=2))
    assert send()["sent"] == 1
    assert "Compost 2" in letter().body
    assert "Compost 1" not in letter().body
    clock.shift(timedelta(days=8))
    assert send() == {"sent": 0, "nothing": 1, "failed": 0}
    assert len(mail.outbox) == 2


def test_an_actor_that_newly_answers_is_news(client, clock):
    known = OrganisationFactory(name="La Fabrique")
    expertise = ExpertiseFactory(competence__name="Compostage", competence__slug="compostage")
    followed(client, "/recherche/suivre/?competence=compostage")
    ExpertiseFactory(actor=known, competence=expertise.competence)
    call_command("send_followed_searches")
    assert "- La Fabrique" in letter().body
    assert expertise.actor.name not in letter().body


def test_whoever_answers_to_a_part_only_is_no_news(client, clock):
    followed(client, "/recherche/suivre/?q=compost+vitrail")
    OrganisationFactory(name="Compost seul")
    assert send() == {"sent": 0, "nothing": 1, "failed": 0}
    OrganisationFactory(name="Compost et vitrail")
    assert send()["sent"] == 1


def test_many_are_counted_and_a_few_named(client, clock):
    followed(client)
    for number in range(23):
        OrganisationFactory(name=f"Compost {number:02}")
    send()
    assert letter().subject == "23 nouveaux acteurs répondent à votre recherche"
    assert letter().body.count("- Compost") == 20
    assert "et 3 autres." in letter().body


def test_stopping_in_one_click_from_the_mailbox(client, clock):
    followed(client)
    OrganisationFactory(name="Compost")
    send()
    headers = letter().extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<http://testserver(/suivi/[\w-]+/arret/)>", headers["List-Unsubscribe"])[1]
    assert letter().message()["List-Unsubscribe"] == headers["List-Unsubscribe"]
    page = client.get(address).content.decode()
    assert_sound(page)
    assert "Arrêter et effacer mon adresse" in page
    assert FollowedSearch.objects.count() == 1  # a GET writes nothing
    # As a mail server does: no cookie, no token of a form.
    assert (
        Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    )
    assert FollowedSearch.objects.count() == 0
    assert "Vous ne suivez plus" in client.get(address).content.decode()
    assert client.get(address.removesuffix("arret/")).status_code == 404


def test_confirming_needs_the_token_of_the_form(client, clock):
    ask(client)
    assert Client(enforce_csrf_checks=True).post(link_in(letter())).status_code == 403
    assert FollowedSearch.objects.get().confirmed_at is None


def test_nothing_is_sent_before_the_address_is_confirmed(client, clock):
    ask(client)
    OrganisationFactory(name="Compost")
    mail.outbox.clear()
    assert send() == {"sent": 0, "nothing": 0, "failed": 0}
    assert mail.outbox == []


def test_addresses_are_erased_a_year_after_the_last_sign_of_life(client, clock):
    row = followed(client)
    ask(client, "/recherche/suivre/?q=velo", email="jamais@example.org")
    clock.shift(timedelta(days=6))
    assert purge_expired()["recherches suivies"] == 0
    clock.shift(timedelta(days=2))
    assert purge_expired()["recherches suivies"] == 1  # never confirmed
    clock.shift(timedelta(days=350))
    client.post(row.get_absolute_url())  # « Continuer un an de plus »
    clock.shift(timedelta(days=364))
    assert purge_expired()["recherches suivies"] == 0
    clock.shift(timedelta(days=2))
    assert purge_expired()["recherches suivies"] == 1
    assert FollowedSearch.objects.count() == 0


def test_asking_twice_keeps_one_and_says_the_same(client, clock):
    first = ask(client)
    again = ask(
        client, "/recherche/suivre/?q=compost&page=3&tri=nom&inconnu=1", email="Dominique@Example.org"
    )
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert FollowedSearch.objects.count() == 1
    assert link_in(letter(0)) == link_in(letter(1))


def test_what_cannot_be_followed_says_why(client, clock):
    for url in ("/recherche/suivre/", "/recherche/suivre/?page=2", "/recherche/suivre/?nature=inconnue"):
        assert "Dites d’abord ce que vous cherchez" in client.get(url).content.decode(), url
        assert ask(client, url).status_code == 200
    assert FollowedSearch.objects.count() == 0
    assert mail.outbox == []
    assert "Suivre cette recherche" not in client.get("/acteurs/").content.decode()


def test_only_what_the_search_understands_is_kept(client, clock):
    TerritoryFactory(name="Vic-le-Comte", slug="vic-le-comte")
    url = "/recherche/suivre/?q=%20compost%20%20&territoire=vic-le-comte&nature=company&nature=association&genre=x&a=b"
    row = followed(client, url)
    assert row.criteria == {
        "q": ["compost"], "territoire": ["vic-le-comte"], "nature": ["association", "company"],
    }  # fmt: skip
    assert row.label.startswith("« compost », Vic-le-Comte")
    assert row.results_url == "/acteurs/?nature=association&nature=company&q=compost&territoire=vic-le-comte"


def test_without_e_mail_nothing_is_offered(client, clock, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "Suivre cette recherche" not in client.get("/acteurs/?q=compost").content.decode()
    assert ask(client).status_code == 200
    assert FollowedSearch.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "pas une adresse"}, "Écrivez une adresse complète"),
        ({"email": "a@example.org\r\nBcc: b@example.org"}, "Écrivez"),
        ({"website": "http://robot.example"}, "Ce champ doit rester vide"),
        ({"stamp": ""}, "Cette page est restée ouverte longtemps"),
    ],
)
def test_a_wrong_form_comes_back(client, clock, changes, said):
    response = ask(client, **{"email": "a@example.org", **changes})
    assert response.status_code == 200
    assert said in response.content.decode()
    assert mail.outbox == []


def test_nobodys_mailbox_is_filled_by_way_of_ours(client, clock):
    for number in range(3):
        assert ask(client, f"/recherche/suivre/?q=mot{number}").status_code == 302
    refused = ask(Client(REMOTE_ADDR="198.51.100.7"), "/recherche/suivre/?q=mot4")
    assert refused.status_code == 429
    assert "Trop de demandes" in refused.content.decode()
    assert len(mail.outbox) == 3


def test_a_mail_server_that_is_down_loses_nothing(client, clock, monkeypatch, caplog):
    followed(client)
    OrganisationFactory(name="Compost")

    def refuse(*_):
        raise ConnectionRefusedError("dominique@example.org")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refuse)
        assert send() == {"sent": 0, "nothing": 0, "failed": 1}
    assert "dominique" not in caplog.text
    assert send() == {"sent": 1, "nothing": 0, "failed": 0}
    assert "Compost" in letter().body


def test_a_name_that_withdrew_is_masked_in_what_was_followed(client, clock):
    person = PersonFactory(name="Camille Retirée", family_name="Retirée")
    row = followed(client, "/recherche/suivre/?q=Camille+Retirée")
    withdraw_person(person=person)
    row.refresh_from_db()
    assert "Retirée" not in f"{row.criteria} {row.label}"
    assert not Actor.objects.published().exists()


def test_the_address_of_who_withdrew_is_erased_with_what_it_followed(client, clock):
    person = PersonFactory(name="Camille Retirée", family_name="Retirée")
    for email in ("camille.retiree@example.org", "retiree.camille@example.com"):
        followed(client, email=email)
    withdraw_person(person=person)
    assert list(FollowedSearch.objects.values_list("email", flat=True)) == ["", ""]
    OrganisationFactory(name="Compost")
    assert send() == {"sent": 0, "nothing": 0, "failed": 0}
    assert purge_expired()["recherches suivies"] == 2


def test_an_address_is_in_no_history_and_in_no_page(client, clock):
    followed(client)
    assert not any("followedsearch" in table for table in _tables() if "event" in table)
    private = client.get(FollowedSearch.objects.get().get_absolute_url()).content.decode()
    assert "dominique@example.org" not in private


def _tables() -> list[str]:

    return connection.introspection.table_names()
