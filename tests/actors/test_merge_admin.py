"""Merging from the administration: who may, what the recap says, and the way back."""

import pytest
from django.urls import reverse

from actors.models import Actor, Distinction, Merge
from tests.factories import accounts
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory, TieFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return accounts.client_of(accounts.administrator())


@pytest.fixture
def two():
    return (
        OrganisationFactory(name="Agence des territoires ruraux", slug="agence"),
        OrganisationFactory(name="Agence des territoire ruraux", slug="agence-2", summary="Une agence."),
    )


def merge_url(kept, other=None) -> str:
    query = {"avec": other.pk} if other else None
    return reverse(f"admin:actors_{kept.kind}_merge", args=[kept.pk], query=query)


def test_a_page_offers_it_and_proposes_who_resembles(client, two):
    url = merge_url(two[0])
    page = client.get(reverse("admin:actors_organisation_change", args=[two[0].pk])).content.decode()
    assert f'href="{url}"' in page
    assert merge_url(*two) in client.get(url).content.decode()


def test_the_recap_tells_what_moves_and_proposes_what_is_missing(client, two):
    tie = TieFactory(from_actor=two[1])
    page = client.get(merge_url(*two)).content.decode()
    assert str(tie) in page.replace("&#x27;", "'")
    assert 'name="choix-summary" value="absorbed" checked' in page
    assert 'name="choix-name" value="kept" checked' in page
    assert not Merge.objects.exists()


def test_the_button_merges_and_a_link_undoes(client, two):
    response = client.post(
        merge_url(*two), {"avec": two[1].pk, "choix-summary": "absorbed", "choix-name": "kept"}, follow=True
    )
    merge = Merge.objects.get()
    undo = reverse("admin:actors_merge_change", args=[merge.pk])
    assert undo in response.content.decode()
    two[0].refresh_from_db()
    assert two[0].summary == "Une agence."
    history = client.get(reverse("admin:actors_organisation_history", args=[two[0].pk])).content.decode()
    assert "Fusion avec «\u00a0Agence des territoire ruraux\u00a0»" in history

    assert "Défaire la fusion" in client.get(undo).content.decode()
    client.post(reverse("admin:actors_merge_undo", args=[merge.pk]))
    two[0].refresh_from_db()
    assert two[0].summary == ""
    assert Actor.objects.standing().filter(pk=two[1].pk).exists()


def test_the_absorbed_one_is_in_no_list(client, two):
    client.post(merge_url(*two), {"avec": two[1].pk})
    rows = client.get(reverse("admin:actors_organisation_changelist")).context["cl"].result_list
    assert two[1].pk not in {row.pk for row in rows}
    assert client.get("/acteurs/agence-2/").status_code == 301, "for those who may read drafts too"


def test_two_ticked_rows_lead_to_the_recap(client, two):
    url = reverse("admin:actors_organisation_changelist")
    keys = [actor.pk for actor in two]
    response = client.post(url, {"action": "merge_chosen", "_selected_action": keys})
    assert response["Location"] == merge_url(*two)
    client.post(url, {"action": "merge_chosen", "_selected_action": keys[:1]})
    assert not Merge.objects.exists()


def test_a_person_and_an_organisation_say_why_not(client, two):
    response = client.get(merge_url(two[0], PersonFactory()))
    assert response.status_code == 409
    assert "jamais la même" in response.content.decode()


def test_undoing_after_a_change_says_what(client, two):
    client.post(merge_url(*two), {"avec": two[1].pk, "choix-summary": "absorbed"})
    Actor.objects.filter(pk=two[0].pk).update(summary="Mieux dit.")
    response = client.post(reverse("admin:actors_merge_undo", args=[Merge.objects.get().pk]))
    assert response.status_code == 409
    assert "présentation" in response.content.decode()


class TestWhoMay:
    """Reviewer, animator of both, animator of one only, animator of another ecosystem, administrator."""

    @pytest.fixture
    def where(self, two):
        here, there = accounts.ecosystem(), accounts.ecosystem()
        here.actors.add(*two)
        there.actors.add(two[1])
        elsewhere = accounts.ecosystem()
        apart = OrganisationFactory(name="Syndicat des eaux")
        elsewhere.actors.add(apart)
        return {"here": here, "there": there, "elsewhere": elsewhere, "apart": apart}

    def clients(self, where):
        users = {
            "reviewer": accounts.reviewer(where["here"]),
            "animator": accounts.animator(where["here"]),
            "of_one": accounts.animator(where["there"]),
            "elsewhere": accounts.animator(where["elsewhere"]),
            "administrator": accounts.administrator(),
        }
        return {name: accounts.client_of(user) for name, user in users.items()}

    def test_recap(self, two, where):
        found = {name: c.get(merge_url(*two)).status_code for name, c in self.clients(where).items()}
        assert found == {
            "reviewer": 403,
            "animator": 200,
            "of_one": 403,
            "elsewhere": 403,
            "administrator": 200,
        }

    def test_both_must_be_ones_own(self, two, where):
        client = self.clients(where)["animator"]
        assert client.post(merge_url(two[0]), {"avec": where["apart"].pk}).status_code == 403
        assert not Merge.objects.exists()

    def test_merging_undoing_and_telling_apart(self, two, where):
        for name, c in self.clients(where).items():
            may = name in ("animator", "administrator")
            data = {"fiche": [actor.pk for actor in two]}
            told = c.post(reverse("admin:actors_actor_tell_apart"), data)
            assert (told.status_code == 302) is may, name
            Distinction.objects.all().delete()
            assert (c.post(merge_url(*two), {"avec": two[1].pk}).status_code == 302) is may, name
            if may:
                undo = reverse("admin:actors_merge_undo", args=[Merge.objects.standing().get().pk])
                others = self.clients(where)
                assert others["elsewhere"].post(undo).status_code == 403
                assert others["reviewer"].post(undo).status_code == 403
                assert c.get(undo).status_code == 405
                assert c.post(undo).status_code == 302


class TestAlike:
    url = "/admin/actors/actor/ressemblances/"

    def test_lists_pairs_and_forgets_those_told_apart(self, client, two):
        assert (
            merge_url(two[1], two[0]) in client.get(self.url).content.decode()
            or merge_url(*two) in client.get(self.url).content.decode()
        )
        client.post(f"{self.url}distinguer/", {"fiche": [actor.pk for actor in two]})
        assert "Aucune fiche ne ressemble" in client.get(self.url).content.decode()

    def test_takes_as_many_queries_for_one_pair_as_for_three(self, client, assert_constant_queries):
        def pair():
            number = Actor.objects.count()
            for end in ("", "s"):
                MembershipFactory(member=PersonFactory(name=f"Anne Durandeau{number}{end}"))

        assert_constant_queries(self.url, pair, client=client)


def test_the_recap_takes_as_many_queries_for_one_row_as_for_three(client, two, assert_constant_queries):
    assert_constant_queries(merge_url(*two), lambda: TieFactory(from_actor=two[1]), client=client)
