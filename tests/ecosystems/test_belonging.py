"""Where rows belong, and what a role in one ecosystem lets one do there and elsewhere."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from actors.models import (
    Organisation,
    PrivateNote,
)
from ecosystems.backends import EcosystemBackend
from ecosystems.belonging import ecosystems_of
from ecosystems.models import Caretaker
from ecosystems.roles import create_roles
from foundations.admin.permitted import may, permitted
from tests.ecosystems.rows import make
from tests.factories import accounts
from tests.factories.actors import (
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
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
    WorkshopFactory,
    WorkshopHostFactory,
)
from workshops.models import Finding

pytestmark = pytest.mark.django_db


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
