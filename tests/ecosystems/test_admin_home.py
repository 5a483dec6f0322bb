"""The administration's home, call-back list and pages as a whole."""

from datetime import timedelta

import lxml.html
import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from actors.models import PrivateNote
from ecosystems.models import Ecosystem
from tests.factories import accounts
from tests.factories.actors import (
    ContactRequestFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.workshops import (
    AttendanceFactory,
    FindingFactory,
    FollowUpFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return accounts.client_of(accounts.administrator())


class TestNotes:
    def test_the_overdue_come_first_and_are_marked_done(self, client):
        today = timezone.localdate()
        rows = [
            PrivateNote.objects.create(actor=OrganisationFactory(), text=text, call_back_on=day, is_done=done)
            for text, day, done in (
                ("Plus tard", today + timedelta(days=9), False),
                ("Fait", today - timedelta(days=30), True),
                ("Sans date", None, False),
                ("En retard", today - timedelta(days=2), False),
            )
        ]
        url = reverse("admin:actors_privatenote_changelist")
        listed = [note.text for note in client.get(url).context["cl"].result_list]
        assert listed == ["En retard", "Plus tard", "Sans date", "Fait"]
        for key, expected in {
            "retard": ["En retard"],
            "aujourdhui": [],
            "venir": ["Plus tard"],
            "faits": ["Fait"],
        }.items():
            found = client.get(url, {"rappel": key}).context["cl"].result_list
            assert [note.text for note in found] == expected, key
        home = client.get(reverse("admin:index")).context["boxes"]
        box = next(box for box in home if box["title"] == "À rappeler")
        assert (box["count"], [row["late"] for row in box["rows"]]) == (2, [True, False])
        client.post(url, {"action": "mark_done", "_selected_action": [row.pk for row in rows]})
        assert not PrivateNote.objects.filter(is_done=False).exists()


class TestHome:
    def test_what_waits_comes_first_then_the_lists_in_the_order_of_the_work(self, client):
        context = client.get(reverse("admin:index")).context
        assert [box["title"] for box in context["boxes"]] == [
            "Boîte de réception\u00a0: demandes de mise en relation",
            "Boîte de réception\u00a0: propositions de correction",
            "Boîte de réception\u00a0: suites proposées",
            "À rappeler",
            "Rappels aux porteurs, à relire",
            "Brouillons\u00a0: ateliers",
            "Recherches sans réponse",
        ]
        apps = context["app_list"]
        assert [app["app_label"] for app in apps[:4]] == ["workshops", "actors", "ecosystems", "directory"]
        assert [model["name"] for model in apps[0]["models"]] == [
            "Ateliers",
            "Constats",
            "Recommandations",
            "Thèmes",
            "Suites proposées",
            "Rappels aux porteurs",
        ]

    def test_a_reviewer_sees_what_they_may(self):
        where = accounts.ecosystem()
        boxes = accounts.client_of(accounts.reviewer(where)).get(reverse("admin:index")).context["boxes"]
        assert [box["title"] for box in boxes] == ["À rappeler"]


def pages() -> list[str]:
    """One page of each kind, with something in it."""
    attendance = AttendanceFactory()
    workshop = attendance.workshop
    FindingFactory(workshop=workshop)
    told = FollowUpFactory()
    change = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    steps = [
        f"{change}?etape={key}" for key in ("atelier", "deroule", "presences", "constats", "recommandations")
    ]
    organisation = MembershipFactory().organisation
    return [
        reverse("admin:index"),
        reverse("admin:workshops_workshop_add"),
        *steps,
        reverse("admin:workshops_finding_changelist"),
        reverse("admin:workshops_recommendation_change", args=[told.recommendation.pk]),
        reverse("admin:workshops_workshop_history", args=[workshop.pk]),
        reverse("admin:workshops_workshop_deleted"),
        reverse("admin:workshops_workshop_delete", args=[workshop.pk]),
        reverse("admin:actors_organisation_change", args=[organisation.pk]),
        reverse("admin:actors_person_add"),
        reverse("admin:actors_contactrequest_change", args=[ContactRequestFactory().pk]),
        reverse("admin:actors_actor_add"),
        reverse("admin:password_change"),
        reverse("admin:app_list", args=["actors"]),
    ]


def test_no_page_carries_inline_style_or_script(client):
    for url in pages():
        response = client.get(url)
        assert response.status_code == 200, url
        document = lxml.html.fromstring(response.content.decode())
        assert not document.xpath("//*[@style]"), url
        assert not document.xpath("//style"), url
        assert not document.xpath("//script[not(@src)]"), url
        assert not document.xpath("//@*[starts-with(name(), 'on')]"), url
        assert len(document.xpath("//h1")) == 1, url
        assert document.get("lang") == "fr"


def test_every_list_can_be_searched_and_opened(client):
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        query = {"q": "Éloy-l’Été"} if model_admin.search_fields else {}
        assert client.get(reverse(name), query).status_code == 200, name


def test_an_ecosystem_gets_its_address(client):
    url = reverse("admin:ecosystems_ecosystem_add")
    assert client.post(url, accounts.form_data(client.get(url), name="Loire & Forez")).status_code == 302
    assert Ecosystem.objects.get().slug == "loire-forez"
