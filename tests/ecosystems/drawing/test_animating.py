"""The animator's pages: who may open them, what they show, how little a screen that waits costs."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor, Tie
from ecosystems.models import Collection, Drawing, Sending
from tests.factories import accounts
from tests.factories.actors import OrganisationFactory, PersonFactory
from tests.factories.ecosystems import CollectionFactory, DrawingFactory, DrawnTieFactory
from tests.factories.workshops import WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(where):
    workshop = WorkshopFactory(slug="vic", title="Atelier de Vic", state="draft")
    where.workshops.add(workshop)
    return workshop


@pytest.fixture
def collection(workshop):
    return CollectionFactory(workshop=workshop)


@pytest.fixture
def animator(users):
    return accounts.client_of(users["animator"])


def page(name, *more):
    return reverse(name, args=["vic", *more])


class TestWhoMay:
    """Permission as for entering the workshop: its animators, the administrator; nobody else reads a drawing."""

    @pytest.mark.parametrize(
        ("name", "method"),
        [
            ("collection", "get"),
            ("collection_screen", "get"),
            ("collection_arrivals", "get"),
            ("drawing_review", "get"),
            ("drawing_review", "post"),
            ("drawing_undo", "post"),
            ("collection_opening", "post"),
            ("collection_closing", "post"),
        ],
    )
    def test_matrix(self, users, collection, client, name, method):
        drawing = DrawingFactory(collection=collection, name="Ada Petit")
        url = page(name, drawing.pk) if name.startswith("drawing") else page(name)
        assert getattr(client, method)(url).status_code == 302  # to the log-in page
        codes = {
            who: getattr(accounts.client_of(user), method)(url).status_code
            for who, user in users.items()
            if who != "anonymous"
        }
        refused = {who for who, code in codes.items() if code == 403}
        assert refused == {"reviewer", "animator_elsewhere"}
        assert all(codes[who] in (200, 302, 422) for who in ("animator", "administrator"))

    def test_a_drawing_of_another_workshop_is_not_found(self, animator, collection):
        other = DrawingFactory()
        assert animator.get(page("drawing_review", other.pk)).status_code == 404
        assert animator.post(page("drawing_undo", other.pk)).status_code == 404

    def test_what_is_not_sent_is_nobodys_business(self, animator, collection):
        draft = DrawingFactory(collection=collection, state="draft", sent_at=None)
        assert animator.get(page("drawing_review", draft.pk)).status_code == 404

    def test_the_way_there_is_on_the_workshops_form(self, animator, users, workshop):
        form = reverse("admin:workshops_workshop_change", args=[workshop.pk])
        assert page("collection") in animator.get(form).content.decode()
        reviewer = accounts.client_of(users["reviewer"])
        assert page("collection") not in reviewer.get(form).content.decode()

    def test_kept_by_no_cache(self, animator, collection):
        for name in ("collection", "collection_screen", "collection_arrivals"):
            assert "no-store" in animator.get(page(name))["Cache-Control"]


class TestOpening:
    def test_opened_closed_and_opened_again(self, animator, workshop):
        assert animator.get(page("collection_screen")).status_code == 404
        hour = timezone.localtime() + timedelta(hours=3)
        sent = {"closes_at": f"{hour:%Y-%m-%dT%H:%M}"}
        assert animator.post(page("collection_opening"), sent).status_code == 302
        kept = Collection.objects.get()
        assert timezone.localtime(kept.closes_at).strftime("%H:%M") == f"{hour:%H:%M}"
        shown = animator.get(page("collection")).content.decode()
        assert f"testserver/dessin/{kept.token}" in shown
        assert 'class="qr"' in shown
        assert "style=" not in shown
        animator.post(page("collection_closing"))
        assert not Collection.objects.get().is_open

    @pytest.mark.parametrize("hour", ["", "bientôt", "2001-01-01T10:00"])
    def test_an_hour_that_is_none_is_told(self, animator, workshop, hour):
        answer = animator.post(page("collection_opening"), {"closes_at": hour})
        assert answer.status_code == 422
        assert "errorlist" in answer.content.decode()
        assert not Collection.objects.exists()


class TestScreen:
    def test_nobody_unread_is_on_the_wall(self, animator, collection):
        port = OrganisationFactory(name="Le port")
        drawing = DrawingFactory(collection=collection, name="Ada Petit", organisation="Gros mot")
        DrawnTieFactory(drawing=drawing, position=0, name="Le port", actor=port)
        DrawnTieFactory(drawing=drawing, position=1, name="Autre gros mot", subject="secret")
        person = PersonFactory(name="Jean Roche")
        DrawnTieFactory(drawing=drawing, position=2, name="Jean Roche", actor=person, kind="person")
        shown = animator.get(page("collection_arrivals")).content.decode()
        assert "Le port" in shown
        for hidden in ("Ada", "ros mot", "secret", "Roche"):
            assert hidden not in shown
        assert "3 noms de plus" in re.sub(r"\s+", " ", shown)

    def test_nothing_new_costs_a_304_and_few_queries(
        self, animator, collection, django_assert_max_num_queries
    ):
        DrawingFactory(collection=collection)
        tag = animator.get(page("collection_arrivals"))["ETag"]
        with django_assert_max_num_queries(8):  # who asks, and one to know that nothing changed
            again = animator.get(page("collection_arrivals"), headers={"If-None-Match": tag})
        assert again.status_code == 304
        DrawingFactory(collection=collection)
        assert animator.get(page("collection_arrivals"), headers={"If-None-Match": tag}).status_code == 200

    def test_the_list_is_in_the_order_of_arrival_what_waits_first(self, animator, collection):
        now = timezone.now()
        for name, minutes, read in (("Trois", 1, None), ("Un", 3, None), ("Deux", 2, None), ("Lu", 9, now)):
            state = Sending.REFUSED if read else Sending.SENT
            sent_at = now - timedelta(minutes=minutes)
            DrawingFactory(
                collection=collection, organisation=name, sent_at=sent_at, reviewed_at=read, state=state
            )
        shown = animator.get(page("collection")).content.decode()
        assert re.findall(r'<th scope="row"><a [^>]*>(\w+)</a>', shown) == ["Un", "Deux", "Trois", "Lu"]

    def test_a_draft_is_not_an_arrival(self, animator, collection):
        DrawingFactory(collection=collection, state="draft", sent_at=None)
        assert "apparaîtront" in animator.get(page("collection_arrivals")).content.decode()

    @pytest.mark.parametrize("name", ["collection", "collection_screen", "collection_arrivals"])
    def test_constant_queries(self, users, collection, name, assert_constant_queries):
        def add():
            drawing = DrawingFactory(collection=collection, organisation_actor=OrganisationFactory())
            DrawnTieFactory(drawing=drawing, actor=OrganisationFactory())

        assert_constant_queries(page(name), add, client=accounts.client_of(users["administrator"]))


class TestReviewing:
    def form(self, animator, drawing):
        """What the page's form says, as a browser would send it."""
        import lxml.html

        document = lxml.html.fromstring(animator.get(page("drawing_review", drawing.pk)).content.decode())
        [form] = [one for one in document.forms if one.get("class") == "review"]
        return dict(form.form_values())

    def test_read_accepted_and_undone(self, animator, collection):
        mairie = OrganisationFactory(name="Mairie de Vic")
        OrganisationFactory(name="PETR du Grand Clermont")
        drawing = DrawingFactory(collection=collection, organisation="Mairie de vic")
        DrawnTieFactory(drawing=drawing, position=0, name="Petr du grand clermont", subject="mobilité")
        person = DrawnTieFactory(drawing=drawing, position=1, name="Jean Roche", kind="person")
        new = DrawnTieFactory(drawing=drawing, position=2, name="Un tiers-lieu")
        data = self.form(animator, drawing)
        assert data["qui-target"] == str(mairie.pk)
        assert data[f"ligne-{person.pk}-verdict"] == "drop"  # nobody private by a mere click
        data[f"ligne-{new.pk}-name"] = "Le tiers-lieu de Vic"
        answer = animator.post(page("drawing_review", drawing.pk), {**data, "accept": "1"}, follow=True)
        assert "2 liens repris" in answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")
        assert {tie.to_actor.name for tie in Tie.objects.all()} == {
            "PETR du Grand Clermont",
            "Le tiers-lieu de Vic",
        }
        assert not Actor.objects.filter(name="Jean Roche").exists()
        shown = animator.get(page("drawing_review", drawing.pk)).content.decode()
        assert "Défaire" in shown
        animator.post(page("drawing_undo", drawing.pk))
        assert not Tie.objects.exists()
        assert Drawing.objects.get().state == Sending.SENT

    def test_what_is_wrong_is_told_and_nothing_is_lost(self, animator, collection):
        drawing = DrawingFactory(collection=collection)
        line = DrawnTieFactory(drawing=drawing, position=0)
        data = self.form(animator, drawing)
        data |= {f"ligne-{line.pk}-since": "hier", f"ligne-{line.pk}-subject": "marées", "accept": "1"}
        answer = animator.post(page("drawing_review", drawing.pk), data)
        assert answer.status_code == 422
        assert 'value="marées"' in answer.content.decode()
        assert not Tie.objects.exists()
        # Set aside, a line may say anything.
        data[f"ligne-{line.pk}-verdict"] = "drop"
        assert animator.post(page("drawing_review", drawing.pk), data).status_code == 302

    def test_what_the_participant_adds_meanwhile_is_not_accepted_unread(self, animator, collection):
        drawing = DrawingFactory(collection=collection)
        DrawnTieFactory(drawing=drawing, position=0)
        data = self.form(animator, drawing)
        Drawing.objects.update(revision=2)
        answer = animator.post(page("drawing_review", drawing.pk), {**data, "accept": "1"}, follow=True)
        assert "Ce dessin a changé" in answer.content.decode()
        assert not Tie.objects.exists()

    @pytest.mark.parametrize("target", ["", "abc", "999999", "-1"])
    def test_a_target_that_was_not_proposed_is_refused(self, animator, collection, target):
        drawing = DrawingFactory(collection=collection)
        line = DrawnTieFactory(drawing=drawing, position=0)
        data = {**self.form(animator, drawing), f"ligne-{line.pk}-target": target, "accept": "1"}
        assert animator.post(page("drawing_review", drawing.pk), data).status_code == 422

    def test_one_drawing_leads_to_the_next(self, animator, collection):
        first, second = (DrawingFactory(collection=collection) for _ in range(2))
        refused = {"refuse": "1", "revision": "1"}
        answer = animator.post(page("drawing_review", first.pk), refused)
        assert answer.url == page("drawing_review", second.pk)
        assert animator.post(answer.url, refused).url == page("collection")

    def test_set_aside_whole(self, animator, collection):
        drawing = DrawingFactory(collection=collection)
        animator.post(page("drawing_review", drawing.pk), {"refuse": "1", "revision": "1"})
        assert Drawing.objects.get().state == Sending.REFUSED

    def test_constant_queries(self, users, collection, assert_constant_queries):
        drawing = DrawingFactory(collection=collection)
        places = iter(range(9))
        assert_constant_queries(
            page("drawing_review", drawing.pk),
            lambda: DrawnTieFactory(drawing=drawing, position=next(places), actor=OrganisationFactory()),
            client=accounts.client_of(users["administrator"]),
        )
