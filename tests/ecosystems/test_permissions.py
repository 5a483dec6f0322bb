"""Who may do what: five visitors × what can be done × the main kinds of rows."""

import pytest
from django.urls import reverse

from actors.models import (
    Initiative,
    Organisation,
    Person,
    PrivateNote,
)
from foundations.admin.permitted import may, permitted
from tests.ecosystems.rows import make
from tests.factories import accounts
from workshops.models import Finding, Workshop

pytestmark = pytest.mark.django_db
VISITORS = ("anonymous", "reviewer", "animator", "animator_elsewhere", "administrator")


# A letter a visitor who may: R reviewer, A animator of the ecosystem, E animator of another, + administrator.
# Whoever may read drafts may read them everywhere, but for what is private.
PUBLIC = {"view": "RAE+", "change": "A+", "delete": "A+"}
MATRIX = {
    "workshop": PUBLIC,
    "finding": PUBLIC,
    "recommendation": PUBLIC,
    "person": PUBLIC,
    "organisation": PUBLIC,
    "initiative": PUBLIC,
    "theme": {"view": "RAE+", "change": "AE+", "delete": "+"},
    "privatenote": {"view": "RA+", "change": "RA+", "delete": "A+"},
    "contactpoint": {"view": "A+", "change": "A+", "delete": "A+"},
    "contactrequest": {"view": "A+", "change": "A+", "delete": "+"},
    "proposedfollowup": {"view": "A+", "change": "A+", "delete": "+"},
    "reminderline": {"view": "A+", "change": "A+", "delete": "+"},
}
LETTERS = dict(zip("-RAE+", VISITORS, strict=True))


@pytest.mark.parametrize("kind", MATRIX)
def test_rights_on_a_row(kind, users, where):
    row = make(kind, where)
    for action, letters in MATRIX[kind].items():
        allowed = {name for name, user in users.items() if may(user, action, type(row), row)}
        assert allowed == {LETTERS[letter] for letter in letters}, action


@pytest.mark.parametrize("kind", MATRIX)
def test_lists_say_the_same_as_rows(kind, users, where):
    row = make(kind, where)
    for action, letters in MATRIX[kind].items():
        for name, user in users.items():
            if name == "anonymous":
                continue
            expected = name in {LETTERS[letter] for letter in letters}
            assert permitted(user, action, type(row).objects.filter(pk=row.pk)).exists() is expected, (
                action,
                name,
            )


@pytest.mark.parametrize(
    ("model", "letters"),
    [(Workshop, "AE+"), (Person, "AE+"), (Organisation, "AE+"), (Initiative, "AE+"), (Finding, "AE+")],
)
def test_rights_to_add(model, letters, users):
    allowed = {name for name, user in users.items() if may(user, "add", model)}
    assert allowed == {LETTERS[letter] for letter in letters}


class TestPages:
    """The same matrix through the pages themselves: 200 or 302 where one may, 403 where one may not."""

    def url(self, row, page: str) -> str:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}"
        return reverse(name, args=[row.pk])

    def statuses(self, users, act) -> dict[str, int]:
        return {name: act(accounts.client_of(user)) for name, user in users.items() if name != "anonymous"}

    @pytest.mark.parametrize(
        "kind", ["workshop", "person", "organisation", "initiative", "finding", "recommendation"]
    )
    def test_reading_and_changing(self, kind, users, where, client):
        row = make(kind, where)
        url = self.url(row, "change")
        assert client.get(url).status_code == 302  # to the log-in page
        assert self.statuses(users, lambda c: c.get(url).status_code) == dict.fromkeys(VISITORS[1:], 200)
        posted = self.statuses(users, lambda c: c.post(url, {}).status_code)
        assert posted == {
            "reviewer": 403,
            "animator": 200,
            "animator_elsewhere": 403,
            "administrator": 200,
        } or (
            # A page whose step asks nothing is saved by sending nothing.
            posted == {"reviewer": 403, "animator": 302, "animator_elsewhere": 403, "administrator": 302}
        )

    def test_no_button_where_one_may_not(self, users, where):
        url = self.url(make("workshop", where), "change")
        for name, may_write in (("reviewer", False), ("animator", True), ("animator_elsewhere", False)):
            page = accounts.client_of(users[name]).get(url).content.decode()
            assert ("_publish" in page) is may_write, name
            assert ("_next" in page) is may_write, name
            assert ('name="seen"' in page) is may_write, name

    def test_deleting(self, users, where):
        for name, expected in (("reviewer", 403), ("animator_elsewhere", 403), ("animator", 302)):
            row = make("finding", where)
            response = accounts.client_of(users[name]).post(self.url(row, "delete"), {"post": "yes"})
            assert response.status_code == expected, name
            assert Finding.objects.filter(pk=row.pk).exists() is (expected == 403)

    def test_publishing_by_the_button(self, users, where):
        for name in ("reviewer", "animator_elsewhere", "animator", "administrator"):
            row = make("workshop", where)
            page = accounts.client_of(users["administrator"]).get(self.url(row, "change"))
            response = accounts.client_of(users[name]).post(
                self.url(row, "change"), accounts.form_data(page, "_publish")
            )
            row.refresh_from_db()
            allowed = name in ("animator", "administrator")
            assert (response.status_code, row.is_published) == ((302, True) if allowed else (403, False)), (
                name
            )

    def test_publishing_in_bulk(self, users, where):
        url = reverse("admin:workshops_workshop_changelist")
        for name in ("reviewer", "animator_elsewhere", "animator", "administrator"):
            row = make("workshop", where)
            data = {"action": "publish", "_selected_action": [row.pk]}
            accounts.client_of(users[name]).post(url, data)
            row.refresh_from_db()
            assert row.is_published is (name in ("animator", "administrator")), name

    def test_reverting(self, users, where):
        for name in ("reviewer", "animator_elsewhere", "animator", "administrator"):
            row = make("workshop", where)
            Workshop.objects.filter(pk=row.pk).update(title="Titre changé")
            event = Workshop.pgh_event_model.objects.filter(pgh_obj=row, pgh_label="insert").get()
            url = reverse("admin:workshops_workshop_revert", args=[row.pk, event.pgh_id])
            response = accounts.client_of(users[name]).post(url)
            row.refresh_from_db()
            allowed = name in ("animator", "administrator")
            assert response.status_code == (302 if allowed else 403), name
            assert (row.title == "Titre changé") is not allowed, name

    def test_what_is_private_is_read_by_those_who_look_after_it(self, users, where):
        point, note = make("contactpoint", where), make("privatenote", where)
        for row, readers in ((point, ("animator",)), (note, ("animator", "reviewer"))):
            url = reverse("admin:actors_organisation_change", args=[row.actor.pk])
            words = "a@example.org" if row is point else "À rappeler"
            for name in ("reviewer", "animator", "animator_elsewhere"):
                page = accounts.client_of(users[name]).get(url).content.decode()
                assert (words in page) is (name in readers), (name, words)

    def test_requests_of_others_are_not_even_listed(self, users, where):
        request = make("contactrequest", where)
        url, one = reverse("admin:actors_contactrequest_changelist"), self.url(request, "change")
        statuses = self.statuses(users, lambda c: (c.get(url).status_code, c.get(one).status_code))
        assert statuses == {
            "reviewer": (403, 403),
            "animator": (200, 200),
            "animator_elsewhere": (200, 302),
            "administrator": (200, 200),
        }
        page = accounts.client_of(users["animator_elsewhere"]).get(url).content.decode()
        assert request.message not in page

    def test_a_reviewer_writes_notes(self, users, where):
        actor = make("organisation", where)
        client = accounts.client_of(users["reviewer"])
        url = reverse("admin:actors_privatenote_add")
        data = accounts.form_data(client.get(url), actor=str(actor.pk), text="Relire la fiche")
        assert client.post(url, data).status_code == 302
        note = PrivateNote.objects.get()
        assert (note.actor_id, note.author) == (actor.pk, users["reviewer"])
