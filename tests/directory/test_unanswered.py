"""A search that found nobody: told to the log, gathered, made a synonym in a click, then found."""

import io
import json
import logging
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse
from time_machine import travel

from actors.fingerprint import fingerprint
from actors.models import CompetenceSynonym, Withdrawal
from directory.actions.vocabulary import AlreadyUnderstood, gather, make_synonym, set_aside
from directory.models import UnansweredSearch
from directory.search.unanswered import read_log
from tests.factories import accounts
from tests.factories.actors import CompetenceFactory, ExpertiseFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """What goes to the log, as it is written there."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("passerelles.search.unanswered")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def line(words: str, day: str = "2026-03-15") -> str:
    return json.dumps({"unanswered": words, "day": day}, ensure_ascii=False)


def row(**columns) -> UnansweredSearch:
    day = date(2026, 3, 15)
    columns = {"words": "hackathon", "count": 1, "first_seen": day, "last_seen": day} | columns
    return UnansweredSearch.objects.create(**columns)


def test_from_nobody_to_found_in_a_click(client, log):
    competence = ExpertiseFactory(actor__name="La Fabrique", competence__name="Créativité").competence
    with travel("2026-03-15T12:00:00Z", tick=False):
        assert "La Fabrique" not in client.get("/acteurs/", {"q": "hackathon"}).content.decode()
    assert log.getvalue() == '{"unanswered": "hackathon", "day": "2026-03-15"}\n'
    log.seek(0)
    gather(lines=log)
    unanswered = UnansweredSearch.objects.get()
    assert (unanswered.words, unanswered.count, unanswered.last_seen) == ("hackathon", 1, date(2026, 3, 15))

    animator = accounts.client_of(accounts.animator())
    url = reverse("admin:directory_unansweredsearch_change", args=[unanswered.pk])
    response = animator.post(
        url, accounts.form_data(animator.get(url), competence=competence.pk), follow=True
    )
    assert "La recherche comprend maintenant « hackathon »" in response.content.decode()
    assert CompetenceSynonym.objects.get().name == "hackathon"

    found = client.get("/acteurs/", {"q": "Hackathons"}).content.decode()
    assert "La Fabrique" in found
    assert "Hackathons ≈ Créativité" in found
    assert list(UnansweredSearch.objects.waiting()) == []


def test_only_the_words_that_nobody_answers(client, log):
    TerritoryFactory(name="Vic-le-Comte", slug="vic-le-comte")
    OrganisationFactory(name="Régie de quartier")
    ExpertiseFactory(competence__name="Médiation")
    for query in (
        "q=régie",  # somebody
        "q=régie&territoire=vic-le-comte",  # somebody elsewhere
        "q=régie&nature=company",  # somebody of another nature
        "q=médiatoin",  # corrected
        "q=camille@example.org",
        "q=06 01 02 03 04 aide",
        "q=" + "mot " * 40,
        "q=",
        "territoire=vic-le-comte",
        "q=hackathon&page=2",
        "q=hackathon&exact=1",
    ):
        client.get(f"/acteurs/?{query}")
    assert log.getvalue() == ""
    client.get("/acteurs/?q=hackathon à Vic-le-Comte")
    client.get("/acteurs/?q=hackathon régie")
    assert [json.loads(one)["unanswered"] for one in log.getvalue().splitlines()] == [
        "hackathon",
        "hackathon régie",
    ]


def test_the_log_tells_nothing_of_the_visitor(client, log):
    client.get(
        "/acteurs/",
        {"q": "hackathon"},
        REMOTE_ADDR="203.0.113.9",
        HTTP_USER_AGENT="Firefox",
        HTTP_REFERER="/x",
    )
    assert set(json.loads(log.getvalue())) == {"unanswered", "day"}


def test_reading_a_log_passes_over_the_rest():
    lines = [
        "2026-03-15 INFO django: GET /acteurs/",
        f"mars 15 12:00:01 serveur granian[12]: {line('Fab-Lab')}",
        line("fab lab"),
        line("fab lab", "2026-03-16"),
        '{"unanswered": 3, "day": "2026-03-15"}',
        '{"unanswered": "x", "day": "hier"}',
        '{"unanswered": "coupé',
        line("y" * 81),
        line("  "),
    ]
    day = date(2026, 3, 15)
    assert read_log(lines) == {("fab lab", day): 2, ("fab lab", date(2026, 3, 16)): 1}


def test_gathering_again_counts_nothing_twice(tmp_path, capsys):
    log = tmp_path / "passerelles.log"
    log.write_text("\n".join([line("tiers lieu"), line("tiers lieu"), line("fablab", "2026-03-10")]))
    call_command("gather_unanswered", str(log))
    assert "2 nouvelles, 0 déjà connues" in capsys.readouterr().out
    log.write_text("\n".join([*[line("tiers lieu")] * 3, line("tiers lieu", "2026-03-20")]))
    call_command("gather_unanswered", str(log))
    call_command("gather_unanswered", str(log))
    kept = UnansweredSearch.objects.get(words="tiers lieu")
    assert (kept.count, kept.first_seen, kept.last_seen) == (4, date(2026, 3, 15), date(2026, 3, 20))
    assert UnansweredSearch.objects.get(words="fablab").count == 1


def test_gathering_from_the_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(line("fablab")))
    call_command("gather_unanswered")
    assert UnansweredSearch.objects.get().words == "fablab"


def test_a_log_that_is_not_there():
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("gather_unanswered", "/nulle/part")


def test_the_name_of_who_withdrew_is_not_gathered():
    Withdrawal.objects.create(fingerprint=fingerprint("Camille Retirée"))
    assert gather(lines=[line("retirée camille"), line("fablab")]) == {"new": 1, "known": 0}
    assert UnansweredSearch.objects.get().words == "fablab"


def test_words_of_another_competence_are_refused(client):
    CompetenceFactory(name="Hackathon")
    other = CompetenceFactory(name="Créativité")
    unanswered, animator = row(), accounts.animator()
    with pytest.raises(AlreadyUnderstood, match="désigne déjà la compétence « Hackathon »"):
        make_synonym(unanswered=unanswered, competence=other, by=animator)
    assert not CompetenceSynonym.objects.exists()
    logged_in = accounts.client_of(animator)
    url = reverse("admin:directory_unansweredsearch_change", args=[unanswered.pk])
    refused = logged_in.post(url, accounts.form_data(logged_in.get(url), competence=other.pk))
    assert "Ces mots désignent déjà la compétence « Hackathon »" in refused.content.decode()


def test_only_who_may_add_a_synonym():
    unanswered, competence = row(), CompetenceFactory()
    url = reverse("admin:directory_unansweredsearch_change", args=[unanswered.pk])
    reviewer = accounts.reviewer()
    assert accounts.client_of(reviewer).get(url).status_code == 403
    with pytest.raises(PermissionDenied):
        make_synonym(unanswered=unanswered, competence=competence, by=reviewer)
    with pytest.raises(PermissionDenied):
        set_aside(unanswered=[unanswered], by=reviewer)
    assert not CompetenceSynonym.objects.exists()


def test_the_list_shows_what_waits_and_takes_off_what_is_no_competence():
    row(words="zzz", count=9)
    row(words="fablab", count=2)
    animator = accounts.client_of(accounts.animator())
    url = reverse("admin:directory_unansweredsearch_changelist")
    data = {"action": "put_aside", "_selected_action": [UnansweredSearch.objects.get(words="zzz").pk]}
    assert "1 recherche mise de côté." in animator.post(url, data, follow=True).content.decode()
    assert [one.words for one in UnansweredSearch.objects.waiting()] == ["fablab"]
    assert ">zzz<" not in animator.get(url).content.decode()
    assert ">zzz<" in animator.get(f"{url}?etat=de-cote").content.decode()
    assert "« fablab »" in animator.get(reverse("admin:index")).content.decode()
