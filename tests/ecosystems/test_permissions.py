"""Who may do what: five visitors × what can be done × the main kinds of rows."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from actors.models import (
    ContactPoint,
    Initiative,
    Organisation,
    Person,
    PrivateNote,
)
from ecosystems.backends import EcosystemBackend
from ecosystems.belonging import ecosystems_of
from ecosystems.models import Caretaker
from ecosystems.roles import create_roles
from foundations.admin.permitted import may, permitted
from tests.factories import accounts
from tests.factories.actors import (
    ContactRequestFactory,
    InitiativeBearerFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
    TieFactory,
)
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FindingLinkFactory,
    FollowUpFactory,
    RecommendationFactory,
    SessionFactory,
    ThemeFactory,
    WorkshopFactory,
    WorkshopHostFactory,
)
from workshops.models import Finding, Workshop

pytestmark = pytest.mark.django_db
VISITORS = ("anonymous", "reviewer", "animator", "animator_elsewhere", "administrator")


@pytest.fixture
def where():
    return accounts.ecosystem("Ici")


@pytest.fixture
def users(where):
    return {
        "anonymous": AnonymousUser(),
        "reviewer": accounts.reviewer(where),
        "animator": accounts.animator(where),
        "animator_elsewhere": accounts.animator(accounts.ecosystem("Ailleurs")),
        "administrator": accounts.administrator(),
    }


def make(kind: str, where):
    """A row of `kind` that belongs to the ecosystem `where`."""
    actor = OrganisationFactory(state="draft")
    where.actors.add(actor)
    workshop = WorkshopFactory(state="draft")
    where.workshops.add(workshop)
    rows = {
        "workshop": lambda: workshop,
        "organisation": lambda: actor,
        "person": lambda: _person(where),
        "finding": lambda: FindingFactory(workshop=workshop),
        "recommendation": lambda: RecommendationFactory(workshop=workshop),
        "initiative": lambda: InitiativeBearerFactory(actor=actor, initiative__state="draft").initiative,
        "privatenote": lambda: PrivateNote.objects.create(actor=actor, text="À rappeler"),
        "contactpoint": lambda: _contact_point(actor),
        "contactrequest": lambda: ContactRequestFactory(actor=actor),
        "theme": ThemeFactory,
    }
    return rows[kind]()


def _person(where):
    person = PersonFactory(state="draft")
    where.actors.add(person)
    return person


def _contact_point(actor):
    until = timezone.localdate()
    return ContactPoint.objects.create(actor=actor, email="a@example.org", basis="donnée", keep_until=until)


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


class TestBelonging:
    @pytest.mark.parametrize(
        "factory",
        [SessionFactory, AttendanceFactory, WorkshopHostFactory, FindingFactory, RecommendationFactory],
    )
    def test_what_a_workshop_holds_is_where_it_is(self, factory, where):
        row = factory()
        assert not ecosystems_of(row).exists()
        where.workshops.add(row.workshop)
        assert list(ecosystems_of(row)) == [where]

    def test_links_and_follow_ups_are_where_their_workshop_is(self, where):
        link, told = FindingLinkFactory(), FollowUpFactory()
        where.workshops.add(link.from_finding.workshop, told.recommendation.workshop)
        assert list(ecosystems_of(link)) == [where]
        assert list(ecosystems_of(told)) == [where]

    def test_a_membership_is_where_its_member_is(self, where):
        membership, tie = MembershipFactory(), TieFactory()
        where.actors.add(membership.organisation, tie.to_actor)
        assert not ecosystems_of(membership).exists()
        assert not ecosystems_of(tie).exists()
        where.actors.add(membership.member, tie.from_actor)
        assert list(ecosystems_of(membership)) == [where]
        assert list(ecosystems_of(tie)) == [where]

    def test_an_initiative_is_where_it_is_borne_or_told(self, where):
        told, programme = InitiativeFactory(), InitiativeFactory()
        finding = FindingFactory()
        finding.initiatives.add(told)
        where.workshops.add(finding.workshop, WorkshopFactory(programme=programme))
        assert list(ecosystems_of(told)) == [where]
        assert list(ecosystems_of(programme)) == [where]
        assert not ecosystems_of(InitiativeFactory()).exists()

    def test_a_row_not_yet_saved_belongs_where_it_will(self, where):
        workshop = WorkshopFactory()
        where.workshops.add(workshop)
        assert list(ecosystems_of(Finding(workshop=workshop))) == [where]
        assert not ecosystems_of(Finding()).exists()

    def test_what_belongs_nowhere_is_open_to_every_animator(self, users):
        row = OrganisationFactory()
        allowed = {name for name, user in users.items() if may(user, "change", Organisation, row)}
        assert allowed == {"animator", "animator_elsewhere", "administrator"}

    def test_shared_by_two_open_to_both(self, users, where):
        row = make("organisation", where)
        elsewhere = Caretaker.objects.get(user=users["animator_elsewhere"]).ecosystem
        elsewhere.actors.add(row)
        assert may(users["animator_elsewhere"], "change", Organisation, row)


class TestRolesPerEcosystem:
    def test_animator_here_and_reviewer_there(self, where):
        there = accounts.ecosystem("Là-bas")
        user = accounts.animator(where)
        from ecosystems.roles import give_role

        give_role(ecosystem=there, user=user, role="reviewer")
        user = type(user).objects.get(pk=user.pk)
        assert may(user, "change", Organisation, make("organisation", where))
        assert not may(user, "change", Organisation, make("organisation", there))
        assert may(user, "change", PrivateNote, make("privatenote", there))

    def test_an_account_closed_may_nothing(self, users, where):
        user = users["animator"]
        user.is_active = False
        user.save()
        row = make("organisation", where)
        assert not EcosystemBackend().has_perm(user, "actors.change_organisation", row)

    def test_an_ecosystem_is_changed_by_its_animators(self, users, where):
        allowed = {name for name, user in users.items() if may(user, "change", type(where), where)}
        assert allowed == {"animator", "administrator"}
        mine = permitted(users["animator"], "change", type(where).objects.all())
        assert list(mine) == [where]

    def test_nobody_draws_in_what_another_ecosystem_holds(self, users, where):
        theirs, free = OrganisationFactory(name="À eux"), OrganisationFactory(name="Libre")
        accounts.ecosystem("Autre").actors.add(theirs)
        client = accounts.client_of(users["animator"])
        url = reverse("admin:ecosystems_ecosystem_change", args=[where.pk])
        refused = client.post(url, accounts.form_data(client.get(url), actors=[str(theirs.pk), str(free.pk)]))
        assert "Déjà dans un autre écosystème\u00a0: À eux." in accounts.errors_of(refused)
        assert not where.actors.exists()
        assert client.post(url, accounts.form_data(client.get(url), actors=[str(free.pk)])).status_code == 302
        assert [actor.pk for actor in where.actors.all()] == [free.pk]

    def test_caretakers_are_named_by_the_administrator_alone(self, users, where):
        url = reverse("admin:ecosystems_ecosystem_change", args=[where.pk])
        assert b"caretakers-TOTAL_FORMS" not in accounts.client_of(users["animator"]).get(url).content
        client = accounts.client_of(users["administrator"])
        newcomer = type(users["animator"]).objects.create_user("nouvelle")
        page = client.get(url)
        index = Caretaker.objects.filter(ecosystem=where).count()
        data = {f"caretakers-{index}-user": str(newcomer.pk), f"caretakers-{index}-role": "reviewer"}
        response = client.post(url, accounts.form_data(page, **data))
        assert response.status_code == 302, accounts.errors_of(response)
        newcomer.refresh_from_db()
        assert newcomer.is_staff
        assert [group.name for group in newcomer.groups.all()] == ["relecteur"]


class TestJoining:
    def add(self, user):
        client = accounts.client_of(user)
        url = reverse("admin:actors_organisation_add")
        response = client.post(url, accounts.form_data(client.get(url), name="Nouvelle venue"))
        assert response.status_code == 302, accounts.errors_of(response)
        return Organisation.objects.get(name="Nouvelle venue")

    def test_what_an_animator_of_one_ecosystem_adds_joins_it(self, users, where):
        assert list(self.add(users["animator"]).ecosystems.all()) == [where]

    def test_with_two_ecosystems_nothing_is_guessed(self, users, where):
        from ecosystems.roles import give_role

        give_role(ecosystem=accounts.ecosystem(), user=users["animator"], role="animator")
        assert not self.add(users["animator"]).ecosystems.exists()

    def test_what_the_administrator_adds_joins_nothing(self, users):
        assert not self.add(users["administrator"]).ecosystems.exists()


class TestGroups:
    def test_made_once_and_put_right(self, capsys):
        call_command("create_roles")
        group = Group.objects.get(name="relecteur")
        before = group.permissions.count()
        group.permissions.clear()
        call_command("create_roles")
        assert group.permissions.count() == before > 20
        assert Group.objects.count() == 2
        assert "Groupe « relecteur »" in capsys.readouterr().out

    def test_a_reviewer_writes_nothing_but_notes(self):
        create_roles()
        written = Group.objects.get(name="relecteur").permissions.exclude(codename__startswith="view_")
        assert sorted(written.values_list("codename", flat=True)) == ["add_privatenote", "change_privatenote"]

    def test_nobody_edits_a_follow_up_nor_an_account(self):
        create_roles()
        codes = set(Group.objects.get(name="animateur").permissions.values_list("codename", flat=True))
        assert {"view_followup", "add_followup"} <= codes
        assert (
            not {"change_followup", "delete_followup", "change_user", "add_user", "change_caretaker"} & codes
        )
        assert "delete_theme" not in codes

    def test_a_missing_permission_is_told(self):
        from django.contrib.auth.models import Permission

        Permission.objects.filter(codename="view_theme").delete()
        with pytest.raises(LookupError, match="view_theme"):
            create_roles()


def test_a_source_is_everyones(users):
    source = SourceFactory()
    allowed = {name for name, user in users.items() if may(user, "change", type(source), source)}
    assert allowed == {"animator", "animator_elsewhere", "administrator"}
