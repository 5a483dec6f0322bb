"""Writing to an actor, proposing a correction, and following either by a private link."""

import logging
import re

import pytest
from django.core import mail
from django.test import Client
from time_machine import travel

from actors.forms import LEAST_SECONDS, VisitorRequestForm
from actors.models import ContactRequest, CorrectionRequest
from foundations.models import ThrottleCount
from tests.factories.actors import ContactRequestFactory, OrganisationFactory, PersonFactory
from tests.factories.workshops import RecommendationFactory

pytestmark = pytest.mark.django_db

GOOD = {
    "name": "Dominique Visite",
    "email": "dominique@example.org",
    "organisation": "Vic-le-Comte",
    "message": "Nous voulons organiser un débat public.\r\nQui peut aider ?",
    "website": "",
}


@pytest.fixture
def actor():
    return OrganisationFactory(name="Territoire Solutions", slug="territoire-solutions")


def stamp(seconds: int = 60) -> str:
    with travel(f"2026-01-01T12:00:{60 - seconds:02d}Z" if seconds else "2026-01-01T12:01:00Z", tick=False):
        return VisitorRequestForm().fresh_stamp


@pytest.fixture
def now():
    with travel("2026-01-01T12:01:00Z", tick=False):
        yield


def send(client, url, **changes):
    return client.post(url, {**GOOD, "stamp": stamp(50), **changes})


def text_of(response) -> str:
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(bare.split())


@pytest.mark.usefixtures("now")
class TestContactRequest:
    def test_the_page_says_what_will_happen_before_one_sends(self, client, actor):
        page = text_of(client.get("/acteurs/territoire-solutions/contact/"))
        assert "Avec Territoire Solutions." in page
        assert "Ni votre adresse ni celle de l’autre personne ne sont communiquées" in page
        assert "effacé au bout de douze mois" in page

    def test_a_message_is_kept_and_leads_to_a_private_link(self, client, actor):
        response = send(client, "/acteurs/territoire-solutions/contact/")
        kept = ContactRequest.objects.get()
        assert (kept.actor_id, kept.name, kept.email, kept.organisation, kept.state) == (
            actor.pk,
            "Dominique Visite",
            "dominique@example.org",
            "Vic-le-Comte",
            "received",
        )
        assert kept.message == "Nous voulons organiser un débat public.\nQui peut aider ?"
        assert response.status_code == 302
        assert response["Location"] == f"/demande/{kept.token}/"
        assert len(kept.token) == 32

    def test_the_visitor_and_the_animators_get_an_email(
        self, client, actor, settings, django_capture_on_commit_callbacks
    ):
        settings.ANIMATOR_EMAILS = ["animation@example.org"]
        with django_capture_on_commit_callbacks(execute=True):
            send(client, "/acteurs/territoire-solutions/contact/")
        kept = ContactRequest.objects.get()
        to_animators, to_visitor = mail.outbox
        assert to_animators.to == ["animation@example.org"]
        assert "Territoire Solutions" in to_animators.body
        assert "dominique@example.org" not in to_animators.body + str(to_animators.message())
        assert to_visitor.to == ["dominique@example.org"]
        assert f"http://testserver/demande/{kept.token}/" in to_visitor.body

    def test_nothing_leaves_where_no_mail_server_is_set(
        self, client, actor, settings, django_capture_on_commit_callbacks
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        with django_capture_on_commit_callbacks(execute=True):
            assert send(client, "/acteurs/territoire-solutions/contact/").status_code == 302
        assert mail.outbox == []
        assert ContactRequest.objects.count() == 1

    def test_a_mail_server_that_is_down_loses_nothing(
        self, client, actor, settings, monkeypatch, caplog, django_capture_on_commit_callbacks
    ):
        settings.ANIMATOR_EMAILS = ["animation@example.org"]

        def fail(*_):
            raise ConnectionRefusedError("dominique@example.org")

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
        monkeypatch.setattr(logging.getLogger("actors"), "propagate", True)
        with django_capture_on_commit_callbacks(execute=True):
            assert send(client, "/acteurs/territoire-solutions/contact/").status_code == 302
        assert ContactRequest.objects.count() == 1
        assert [record.message.split(": ")[1] for record in caplog.records] == [
            "no e-mail left (ConnectionRefusedError)"
        ] * 2
        assert "dominique" not in caplog.text

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("name", "", "Écrivez votre nom."),
            ("name", "x" * 121, "120"),
            ("name", "Eve\r\nBcc: all@example.org", "sur une seule ligne"),
            ("organisation", "Mairie\nSubject: hello", "sur une seule ligne"),
            ("organisation", "Mairie\u2028x", "sur une seule ligne"),
            ("email", "", "Écrivez votre adresse e-mail."),
            ("email", "dominique", "comme nom@exemple.fr"),
            ("email", "a@example.org\r\nBcc: b@example.org", "sur une seule ligne"),
            ("email", "a@example.org, b@example.org", "comme nom@exemple.fr"),
            ("message", "", "Écrivez votre message."),
            ("message", "x" * 4001, "4000"),
            ("message", "bip \x07", "caractères illisibles"),
            ("website", "https://buy.example", "Ce champ doit rester vide."),
        ],
    )
    def test_a_wrong_answer_is_told_beside_its_field_and_nothing_typed_is_lost(
        self, client, actor, field, value, said
    ):
        response = send(client, "/acteurs/territoire-solutions/contact/", **{field: value})
        assert response.status_code == 200
        assert ContactRequest.objects.count() == 0
        form = response.context["form"]
        assert list(form.errors) == [field]
        assert said in form.errors[field][0]
        html = response.content.decode()
        assert f'href="#id_{field}"' in html, "the summary leads to the field"
        assert f'id="id_{field}_error"' in html or field == "website"
        if field != "message":
            assert "Nous voulons organiser un débat public." in html

    def test_a_full_message_with_line_breaks_is_counted_as_typed(self, client, actor):
        message = "\r\n".join(["ligne"] * 660)  # 660 × 5 + 659 = 3 959 as typed, 4 618 as sent
        assert send(client, "/acteurs/territoire-solutions/contact/", message=message).status_code == 302

    def test_a_null_byte_is_refused(self, client, actor):
        assert send(client, "/acteurs/territoire-solutions/contact/", name="a\x00b").status_code == 400
        form = VisitorRequestForm({**GOOD, "stamp": stamp(50), "message": "a\x00b"})
        assert list(form.errors) == ["message"]

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            (lambda: stamp(LEAST_SECONDS - 1), "plus rapide qu’une lecture"),
            (lambda: "1767268800:forged", "restée ouverte longtemps"),
            (lambda: "", "restée ouverte longtemps"),
            (lambda: "é\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "longtemps"),
        ],
    )
    def test_a_robot_s_haste_is_refused(self, client, actor, sent, said):
        response = send(client, "/acteurs/territoire-solutions/contact/", stamp=sent())
        assert said in response.context["form"].non_field_errors()[0]
        assert ContactRequest.objects.count() == 0

    def test_the_same_form_sent_again_later_passes(self, client, actor):
        early = send(client, "/acteurs/territoire-solutions/contact/", stamp=stamp(0))
        kept_stamp = early.context["form"].fresh_stamp
        with travel("2026-01-01T12:01:05Z", tick=False):
            again = send(client, "/acteurs/territoire-solutions/contact/", stamp=kept_stamp)
        assert again.status_code == 302

    def test_a_stamp_of_yesterday_gives_way_to_a_new_one(self, client, actor):
        old = stamp(50)
        with travel("2026-01-02T12:01:30Z", tick=False):
            late = send(client, "/acteurs/territoire-solutions/contact/", stamp=old)
            assert "longtemps" in late.context["form"].non_field_errors()[0]
            assert late.context["form"].fresh_stamp != old

    def test_a_draft_or_an_unknown_actor_has_no_such_page(self, client):
        OrganisationFactory(slug="brouillon", state="draft")
        for slug in ("brouillon", "inconnu"):
            assert client.get(f"/acteurs/{slug}/contact/").status_code == 404
            assert send(client, f"/acteurs/{slug}/contact/").status_code == 404

    def test_someone_who_objects_cannot_be_written_to(self, client):
        PersonFactory(slug="refus", state="draft", publication_basis="objection")
        assert client.get("/acteurs/refus/contact/").status_code == 404

    def test_one_address_is_stopped_after_six_an_hour_and_another_is_not(self, client, actor):
        url = "/acteurs/territoire-solutions/contact/"
        for _ in range(6):
            assert send(client, url).status_code == 302
        stopped = send(client, url)
        assert stopped.status_code == 429
        assert stopped["Retry-After"] == "3600"
        assert "réessayez dans une heure" in text_of(stopped)
        assert "Nous voulons organiser" in stopped.content.decode()
        forged = client.post(url, {**GOOD, "stamp": stamp(50)}, headers={"X-Forwarded-For": "203.0.113.9"})
        assert forged.status_code == 429
        other = client.post(url, {**GOOD, "stamp": stamp(50)}, REMOTE_ADDR="198.51.100.7")
        assert other.status_code == 302
        assert ContactRequest.objects.count() == 7
        assert "127.0.0.1" not in str(list(ThrottleCount.objects.values()))

    def test_mistakes_are_not_counted(self, client, actor):
        for _ in range(9):
            send(client, "/acteurs/territoire-solutions/contact/", name="")
        assert send(client, "/acteurs/territoire-solutions/contact/").status_code == 302

    @pytest.mark.parametrize("url", ["/acteurs/territoire-solutions/contact/", "/correction/"])
    def test_the_page_holds_what_its_own_sending_needs(self, actor, url):
        browser = Client(enforce_csrf_checks=True)
        fields = dict(
            re.findall(
                r'<input type="hidden" name="(\w+)" value="([^"]*)"', browser.get(url).content.decode()
            )
        )
        assert {"csrfmiddlewaretoken", "stamp"} <= set(fields)
        assert browser.post(url, GOOD | {"stamp": fields["stamp"]}).status_code == 403
        with travel("2026-01-01T12:02:00Z", tick=False):
            assert browser.post(url, GOOD | fields).status_code == 302

    def test_only_get_and_post(self, client, actor):
        assert client.delete("/acteurs/territoire-solutions/contact/").status_code == 405
        assert client.put("/correction/").status_code == 405
        kept = ContactRequestFactory(actor=actor)
        assert client.post(kept.get_absolute_url()).status_code == 405


@pytest.mark.usefixtures("now")
class TestCorrectionRequest:
    def test_it_knows_the_page_and_its_title(self, client, actor):
        page = client.get("/correction/?page=/acteurs/territoire-solutions/")
        assert "À propos de Territoire Solutions ." in text_of(page).replace("  ", " ")
        send(client, "/correction/", page="/acteurs/territoire-solutions/")
        kept = CorrectionRequest.objects.get()
        assert (kept.page, kept.page_title) == ("/acteurs/territoire-solutions/", "Territoire Solutions")

    def test_a_recommendation_is_asked_about_in_its_own_words(self, client):
        RecommendationFactory(title="Créer un lieu commun", slug="creer-un-lieu-commun")
        page = text_of(client.get("/correction/?page=/recommandations/creer-un-lieu-commun/"))
        assert "Dire ce qu’est devenue cette recommandation" in page
        assert "Créer un lieu commun" in page

    def test_what_is_not_published_is_not_named(self, client):
        OrganisationFactory(name="Nom secret", slug="secret", state="draft")
        RecommendationFactory(title="Titre secret", slug="titre", workshop__state="draft")
        for path in ("/acteurs/secret/", "/recommandations/titre/"):
            assert "secret" not in text_of(client.get(f"/correction/?page={path}")).replace(path, "").lower()

    @pytest.mark.parametrize(
        "page",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "javascript:alert(1)",
            "acteurs/territoire-solutions/",
            "/nulle-part/",
            "/" + "a" * 400,
            "/acteurs/a b/",
            "",
        ],
    )
    def test_any_other_address_becomes_the_site_in_general(self, client, actor, page):
        response = client.get("/correction/", {"page": page})
        assert response.status_code == 200
        assert "evil" not in response.content.decode()
        assert send(client, "/correction/", page=page).status_code == 302
        assert CorrectionRequest.objects.get().page == "/"

    def test_query_and_fragment_are_dropped(self, client, actor):
        send(client, "/correction/", page="/acteurs/territoire-solutions/?q=x#liens")
        assert CorrectionRequest.objects.get().page == "/acteurs/territoire-solutions/"


class TestStatus:
    def test_only_the_link_shows_it_and_nothing_keeps_it(self, client):
        kept = ContactRequestFactory(actor__name="Territoire Solutions", answer="Appelez le\n1 000.")
        kept.state = "answered"
        kept.save()
        response = client.get(kept.get_absolute_url())
        page = text_of(response)
        assert "Avec Territoire Solutions" in page
        assert "L’animateur vous a répondu." in page
        assert "Appelez le" in page
        assert kept.email not in page and kept.message not in page
        assert set(response["Cache-Control"].split(", ")) >= {"private", "no-store"}
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert kept.token not in re.findall(r'rel="canonical" href="([^"]*)"', response.content.decode())[0]

    def test_an_unknown_token_is_a_404_like_any_other(self, client):
        for url in ("/demande/inconnu/", "/demande/correction/inconnu/", "/demande/a%27b/"):
            assert client.get(url).status_code == 404

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("received", "Reçue."),
            ("relayed", "Transmise à"),
            ("answered", "vous a répondu"),
            ("closed", "Close."),
        ],
    )
    def test_each_state_is_in_words(self, client, state, words):
        kept = ContactRequestFactory(state=state)
        assert words in text_of(client.get(kept.get_absolute_url()))

    def test_of_a_correction(self, client):
        kept = CorrectionRequest.objects.create(
            name="A", email="a@example.org", message="m", page="/acteurs/", page_title="Acteurs"
        )
        page = text_of(client.get(kept.get_absolute_url()))
        assert "Votre proposition de correction" in page
        assert "Acteurs" in page
