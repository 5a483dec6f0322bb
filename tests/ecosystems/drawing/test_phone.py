"""The telephone's pages: what is sent, by whom, how often; every input hostile."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actors.models import Organisation
from ecosystems.ends import PROPOSED
from ecosystems.models import Drawing, DrawnTie, Sending
from ecosystems.views import phone
from foundations.throttle import HourlyLimit
from tests.factories.actors import OrganisationFactory, PersonFactory
from tests.factories.ecosystems import CollectionFactory, DrawingFactory, DrawnTieFactory

pytestmark = pytest.mark.django_db
A_KEY = "3d3b171e-75a9-4a6b-a0d8-304d7ccdbf27"  # the same for every worker: it names a test


@pytest.fixture
def collection():
    return CollectionFactory()


@pytest.fixture
def url(collection):
    return collection.get_absolute_url()


def test_the_worker_answers_for_one_collection_only_and_the_policy_lets_it(client, collection, url):
    response = client.get(f"{url}hors-ligne.js")
    assert response["Content-Type"] == "text/javascript"
    assert response["Cache-Control"] == "private, no-cache"
    assert "Service-Worker-Allowed" not in response  # no wider than the folder it is in
    assert f'"dessin:{collection.token}"' in response.content.decode()
    page = client.get(url)
    assert "worker-src 'self'" in page["Content-Security-Policy"]
    assert f'data-worker="{url}hors-ligne.js"' in page.content.decode()
    assert client.get("/dessin/inconnue/hors-ligne.js").status_code == 404


def sending(*ties, key=None, revision=1, **who):
    drawing = {"who": {"organisation": "Mairie", **who}, "ties": [*ties]}
    return {"key": str(key or uuid4()), "revision": revision, "drawing": json.dumps(drawing)}


A = '{"who": {"organisation": "a"}, "ties": %s}'
NONSENSE = {
    "nothing": "",
    "half of it": "{",
    "a list": "[]",
    "null": "null",
    "a number": "3",
    "no ties": '{"who": {}}',
    "who is a list": '{"who": [], "ties": []}',
    "nobody": '{"who": {"organisation": "", "name": ""}, "ties": []}',
    "ties that are a number": A % "5",
    "ties that are a dictionary": A % '{"a": 1}',
    "a tie that is a number": A % "[3]",
    "a tie that is null": A % "[null]",
    "a tie with nobody": A % '[{"who": ""}]',
    "no date": A % '[{"who": "b", "since": "hier"}]',
    "digits of another alphabet": A % '[{"who": "b", "since": "\u0662\u0660\u0661\u0669"}]',
    "a date to come": A % '[{"who": "b", "since": "9999"}]',
    "no known frequency": A % '[{"who": "b", "frequency": "toujours"}]',
    "no known kind": A % '[{"who": "b", "kind": "chien"}]',
    "a null byte": '{"who": {"organisation": "a\\u0000"}, "ties": []}',
    "half a character": '{"who": {"organisation": "\\ud800"}, "ties": []}',
    "two lines": '{"who": {"organisation": "a\\nb"}, "ties": []}',
    "too long a name": A.replace('"a"', f'"{"a" * 201}"') % "[]",
    "a deep nest": A % ("[" * 5_000 + "]" * 5_000),
    "61 ties": A % json.dumps([{"who": "b"}] * 61),
    "10,000 ties": A % json.dumps([{"who": "b"}] * 10_000),
}


class TestSending:
    def test_received_once_whatever_the_network_does(self, client, url):
        OrganisationFactory(name="Le port", slug="port")
        sent = sending(
            {"who": "port", "subject": "marées", "frequency": "weekly", "since": "2019", "closeness": "near"},
            {"who": "Jean Roche", "kind": "person", "occasion": "un repas"},
            name="Ada Petit",
            may_be_named=True,
        )
        for _ in range(3):
            assert client.post(f"{url}envoi", sent).json() == {"revision": 1, "ties": 2}
        drawing = Drawing.objects.get()
        assert (drawing.name, drawing.may_be_named, drawing.state) == ("Ada Petit", True, Sending.SENT)
        first, second = drawing.ties.all()
        assert (first.name, first.actor.slug, first.frequency, first.since) == (
            "Le port",
            "port",
            "weekly",
            "2019",
        )
        assert (second.name, second.actor, second.kind, second.occasion) == (
            "Jean Roche", None, "person", "un repas",
        )  # fmt: skip

    def test_a_draft_of_the_directory_is_never_told(self, client, url):
        OrganisationFactory(name="Secret", slug="secret", state="draft")
        client.post(f"{url}envoi", sending({"who": "secret"}))
        tie = DrawnTie.objects.get()
        assert (tie.name, tie.actor) == ("secret", None)
        assert client.get(f"{url}acteurs.json?q=secret").json()["results"] == []

    def test_closed_read_and_unknown_say_so(self, client, url, collection):
        assert client.post("/dessin/inconnu/envoi", sending()).status_code == 404
        read = DrawingFactory(collection=collection, state="refused", reviewed_at=timezone.now())
        answer = client.post(f"{url}envoi", sending(key=read.key, revision=2))
        assert answer.status_code == 409
        assert "déjà relu" in answer.json()["error"]
        collection.opened_at = timezone.now() - timedelta(days=1)
        collection.closes_at = timezone.now() - timedelta(minutes=1)
        collection.save()
        assert client.post(f"{url}envoi", sending()).status_code == 410

    @pytest.mark.parametrize("name", NONSENSE)
    def test_nonsense_is_refused_in_words_and_records_nothing(self, client, url, name):
        drawing = NONSENSE[name]
        answer = client.post(f"{url}envoi", {"key": str(uuid4()), "revision": 1, "drawing": drawing})
        assert answer.status_code == 422
        assert answer.json()["error"]
        assert not Drawing.objects.exists()
        assert client.post(f"{url}systeme", {"drawing": drawing}).status_code == 422

    @pytest.mark.parametrize(("key", "revision"), [("", 1), ("abc", 1), (A_KEY, ""), (A_KEY, "un")])
    def test_a_sending_without_key_or_count(self, client, url, key, revision):
        sent = {**sending(), "key": key, "revision": revision}
        assert client.post(f"{url}envoi", sent).status_code == 422

    def test_what_looks_like_html_is_text(self, client, url):
        text = '<script>alert("1")</script>'
        client.post(f"{url}envoi", sending({"who": text, "subject": text}, organisation=text))
        drawing = Drawing.objects.get()
        assert drawing.organisation == text
        page = client.get(f"{url}{drawing.key}/").content.decode()
        assert text not in page
        assert "&lt;script&gt;" in page
        answer = client.post(f"{url}systeme", sending({"who": text}))
        assert "<script" not in answer.content.decode()

    def test_one_telephone_cannot_flood_and_the_room_still_sends(self, client, url, monkeypatch):
        monkeypatch.setattr(phone, "PER_TELEPHONE", HourlyLimit(per_address=3, overall=1_000))
        key = uuid4()
        codes = [client.post(f"{url}envoi", sending(key=key)).status_code for _ in range(5)]
        assert codes == [200, 200, 200, 429, 429]
        assert client.post(f"{url}envoi", sending(key=key)).headers["Retry-After"]
        # Sixty others, behind the same address.
        assert {client.post(f"{url}envoi", sending()).status_code for _ in range(60)} == {200}

    def test_a_stranger_who_invents_telephones_meets_the_limit_of_the_address_and_of_the_collection(
        self, client, url, monkeypatch
    ):
        monkeypatch.setattr(phone, "PER_ADDRESS", HourlyLimit(per_address=2, overall=1_000))
        assert [client.post(f"{url}envoi", sending()).status_code for _ in range(3)] == [200, 200, 429]
        monkeypatch.setattr(phone, "PER_ADDRESS", HourlyLimit(per_address=1_000, overall=1_000))
        monkeypatch.setattr(phone, "PER_TELEPHONE", HourlyLimit(per_address=100, overall=4))
        assert [client.post(f"{url}envoi", sending()).status_code for _ in range(2)] == [200, 429]

    def test_a_sending_takes_as_many_queries_with_one_tie_as_with_sixty(self, client, url):
        counts = []
        for number in (1, 60):
            with CaptureQueriesContext(connection) as queries:
                client.post(f"{url}envoi", sending(*({"who": f"a{n}"} for n in range(number))))
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestWithoutScript:
    def begin(self, client, url):
        answer = client.post(url, {"organisation": "Mairie"})
        assert answer.status_code == 302
        return answer.url

    def test_a_draft_is_kept_at_an_address_that_nobody_guesses(self, client, url, collection):
        own = self.begin(client, url)
        client.post(own, {"who": "Le port", "kind": "organisation", "add": "1"})
        page = client.get(own)
        assert "Le port" in page.content.decode()
        assert "private" in page["Cache-Control"]
        assert "noindex" in page["X-Robots-Tag"]
        assert client.get(f"{url}{uuid4()}/").status_code == 404
        elsewhere = CollectionFactory().get_absolute_url()
        assert client.get(own.replace(url, elsewhere)).status_code == 404

    def test_what_is_wrong_is_said_beside_the_box_and_nothing_is_lost(self, client, url):
        empty = client.post(url, {"function": "maire"})
        assert empty.status_code == 422
        assert 'value="maire"' in empty.content.decode()
        own = self.begin(client, url)
        wrong = client.post(own, {"who": "Le port", "since": "hier", "subject": "marées", "add": "1"})
        assert wrong.status_code == 422
        assert 'value="marées"' in wrong.content.decode()
        assert not DrawnTie.objects.exists()

    def test_a_form_sent_twice_adds_one(self, client, url):
        own = self.begin(client, url)
        for _ in range(2):
            client.post(own, {"who": "Le port", "subject": "marées", "add": "1"})
        client.post(own, {"who": "Le port", "subject": "pêche", "add": "1"})
        assert [tie.subject for tie in DrawnTie.objects.all()] == ["marées", "pêche"]

    def test_removing_what_is_not_there_changes_nothing(self, client, url):
        own = self.begin(client, url)
        client.post(own, {"who": "Le port", "add": "1"})
        for rank in ("7", "-1", "x", ""):
            assert client.post(own, {"remove": rank}).status_code == 302
        assert DrawnTie.objects.count() == 1

    def test_sent_twice_it_is_one_and_it_may_grow_until_it_is_read(self, client, url):
        own = self.begin(client, url)
        client.post(own, {"who": "Le port", "add": "1"})
        for _ in range(2):
            client.post(own, {"send": "1"})
        client.post(own, {"who": "La digue", "add": "1"})
        assert Drawing.objects.get().ties.count() == 2
        Drawing.objects.update(state="refused", reviewed_at=timezone.now())
        late = client.post(own, {"who": "Le phare", "add": "1"})
        assert late.status_code == 422
        assert "déjà relu" in late.content.decode()

    def test_after_the_evening_the_page_shows_what_was_typed(self, client, url, collection):
        own = self.begin(client, url)
        client.post(own, {"who": "Le port", "subject": "marées", "add": "1"})
        collection.opened_at = timezone.now() - timedelta(days=1)
        collection.closes_at = timezone.now()
        collection.save()
        for address in (own, url):
            page = client.get(address)
            assert "La collecte est fermée" in page.content.decode()
        assert "Le port : marées" in client.get(own).content.decode()
        client.post(own, {"who": "Le phare", "add": "1"})
        assert DrawnTie.objects.count() == 1

    def test_constant_queries(self, collection, assert_constant_queries):
        drawing = DrawingFactory(collection=collection)
        places = iter(range(9))
        assert_constant_queries(
            f"{collection.get_absolute_url()}{drawing.key}/",
            lambda: DrawnTieFactory(drawing=drawing, position=next(places), actor=OrganisationFactory()),
        )


class TestSuggestions:
    def test_published_actors_alone(self, client, url):
        OrganisationFactory(name="Le port de Vic", slug="port")
        OrganisationFactory(name="Le port secret", state="draft")
        PersonFactory(name="Aude Port", state="draft")
        results = client.get(f"{url}acteurs.json?q=port").json()["results"]
        assert [result["value"] for result in results] == ["port"]
        assert client.get(f"{url}acteurs.json?q=p").json()["results"] == []

    def test_few_among_many(self, client, url):
        OrganisationFactory(name="Communauté de communes du port")
        Organisation.objects.bulk_create(
            Organisation(name=f"Organisme {n} de la vallée", slug=f"o-{n}", state="published")
            for n in range(50)
        )
        found = [
            client.get(f"{url}acteurs.json", {"q": text}).json()["results"]
            for text in ("vallée", "organisme 49")
        ]
        assert [result["value"] for result in found[1]] == ["o-49"]
        assert len(found[0]) == PROPOSED
