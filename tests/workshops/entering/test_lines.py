"""Lines of findings: saved as they are typed, never overwritten, made findings when the animator says so."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from directory.actions.withdrawal import withdraw_person
from tests.factories import accounts
from tests.factories.actors import (
    InitiativeFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
    TriggerFactory,
)
from tests.factories.workshops import FindingFactory, SessionFactory, ThemeFactory, WorkshopFactory
from workshops.actions.drafting import propose, record_lines
from workshops.models import DraftFinding, DraftState, Finding
from workshops.notes import read_notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return WorkshopFactory(slug="riom", state="draft", source=SourceFactory(page_count=5))


@pytest.fixture
def client():
    return accounts.client_of(accounts.administrator())


def post(client, key, *, by_script: bool = True, **data):
    headers = {"X-Requested-With": "fetch"} if by_script else {}
    url = reverse("entering_line", args=["riom", key])
    return client.post(url, {"version": "0", **data}, headers=headers)


def said(workshop) -> list[tuple[str, str]]:
    return [(line.kind, line.statement) for line in workshop.draft_findings.order_by("position")]


def test_a_line_is_kept_and_the_page_told(client, workshop):
    session, theme = SessionFactory(workshop=workshop), ThemeFactory(name="Le temps des agents")
    answer = post(
        client,
        uuid4(),
        statement="Le temps manque",
        kind="frein",
        session=session.pk,
        pages="2 à 4",
        level="within",
    )
    line = workshop.draft_findings.get()
    assert (line.kind, line.statement, line.session, line.pages, line.level) == (
        "frein",
        "Le temps manque",
        session,
        [2, 3, 4],
        "within",
    )
    told = answer.json()
    assert told["version"] == 1
    assert told["said"].startswith("Enregistré à ")
    assert theme.name in told["side"]
    assert "checked" not in told["side"]


def test_the_same_line_sent_twice_is_one(client, workshop):
    key = uuid4()
    assert [post(client, key, statement="Se visiter").json()["version"] for _ in range(2)] == [1, 1]
    assert said(workshop) == [("constat", "Se visiter")]


def test_a_lead_chooses_the_kind(client, workshop):
    answer = post(client, uuid4(), statement="m : se visiter", kind="constat").json()
    assert (answer["kind"], answer["statement"]) == ("moteur", "se visiter")


def test_what_someone_else_wrote_is_shown_and_kept(client, workshop):
    key = uuid4()
    post(client, key, statement="Le temps")
    other = accounts.administrator()
    other.first_name = "Dominique"
    other.save()
    post(accounts.client_of(other), key, statement="Le temps manque", version="1")
    answer = post(client, key, statement="L’argent", version="1")
    assert answer.status_code == 409
    assert "Dominique a écrit" in answer.json()["error"]
    assert "Le temps manque" in answer.json()["error"]
    assert said(workshop) == [("constat", "Le temps manque")]
    assert post(client, key, statement="L’argent", version=str(answer.json()["version"])).status_code == 200
    assert said(workshop) == [("constat", "L’argent")]


def test_a_line_that_is_gone_says_so(client, workshop):
    key = uuid4()
    post(client, key, statement="Le temps")
    post(client, key, drop="1")
    assert not workshop.draft_findings.exists()
    assert post(client, key, statement="Le temps manque", version="1").status_code == 410
    assert post(client, key, statement="Le temps manque", version="0").status_code == 200


def test_a_line_comes_after_another_and_moves(client, workshop):
    first, last, middle = uuid4(), uuid4(), uuid4()
    post(client, first, statement="Un")
    post(client, last, statement="Trois")
    post(client, middle, statement="Deux", after=str(first))
    assert [text for _, text in said(workshop)] == ["Un", "Deux", "Trois"]
    client.post(reverse("entering_order", args=["riom"]), {"session": "", "keys": [last, first]})
    assert [text for _, text in said(workshop)] == ["Trois", "Un", "Deux"]
    assert set(workshop.draft_findings.values_list("version", flat=True)) == {1}


def test_a_wrong_page_is_told_and_nothing_lost_without_script(client, workshop):
    key = uuid4()
    post(client, key, statement="Le temps")
    answer = post(client, key, by_script=False, statement="Le temps manque", pages="deux", version="1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Écrivez des numéros de page" in page
    assert "Le temps manque</textarea>" in page


def test_without_script_a_line_is_saved_and_the_page_comes_back(client, workshop):
    key = uuid4()
    answer = post(client, key, by_script=False, statement="Se visiter")
    assert answer["Location"].endswith(f"#ligne-{key}")
    assert "Se visiter" in client.get("/saisie/riom/constats/").content.decode()


def test_lines_become_findings_with_all_they_say(client, workshop):
    theme, actor = ThemeFactory(), OrganisationFactory()
    initiative, trigger = InitiativeFactory(), TriggerFactory()
    FindingFactory(workshop=workshop, code="F01", position=7)
    first = SessionFactory(workshop=workshop, order=1)
    post(client, uuid4(), statement="Sans séance")
    post(
        client,
        uuid4(),
        statement="Le temps manque",
        kind="frein",
        session=first.pk,
        pages="2",
        themes=theme.pk,
        actors=actor.pk,
        initiatives=initiative.pk,
        triggers=trigger.pk,
    )
    post(client, uuid4(), statement="")
    client.post(reverse("entering_record", args=["riom"]))
    found = Finding.objects.filter(workshop=workshop).exclude(code="F01").order_by("position")
    assert [(each.code, each.statement, each.session, each.pages, each.position) for each in found] == [
        ("F02", "Le temps manque", first, [2], 8),
        ("C01", "Sans séance", None, [], 9),
    ]
    recorded = found[0]
    linked = [
        recorded.themes.get(),
        recorded.actors.get(),
        recorded.initiatives.get(),
        recorded.triggers.get(),
    ]
    assert [row.pk for row in linked] == [theme.pk, actor.pk, initiative.pk, trigger.pk]
    assert recorded.source == workshop.source
    assert not DraftFinding.objects.exists()


def test_a_page_beyond_the_report_stops_all_and_says_which(client, workshop):
    post(client, uuid4(), statement="Le temps manque", pages="9")
    with pytest.raises(ValidationError, match="n’a que 5 pages.*Le temps manque"):
        record_lines(workshop=workshop)
    assert DraftFinding.objects.count() == 1
    assert not Finding.objects.exists()


NOTES = """Atelier 1
Freins
- Le temps manque (p. 2)
- Les élus changent
Moteurs
- Se visiter
"""


def test_notes_become_proposals_kept_or_dropped_one_by_one(client, workshop):
    session = SessionFactory(workshop=workshop, title="Atelier 1 – Les écosystèmes")
    FindingFactory(workshop=workshop, statement="Se visiter")
    page = client.post(
        reverse("entering_notes", args=["riom"]), {"text": NOTES}, follow=True
    ).content.decode()
    assert "2 constats proposés, 1 déjà là" in page
    lines = list(workshop.draft_findings.proposed().order_by("position"))
    assert [(line.statement, line.kind, line.session, line.pages) for line in lines] == [
        ("Le temps manque", "frein", session, [2]),
        ("Les élus changent", "frein", session, []),
    ]
    assert record_lines(workshop=workshop) == []
    kept, dropped = lines
    post(client, kept.key, statement="Le temps manque aux agents", kind="frein", version="1")
    post(client, dropped.key, drop="1")
    line = workshop.draft_findings.get()
    assert (line.statement, line.state) == ("Le temps manque aux agents", DraftState.TYPED)


def test_a_proposal_kept_as_it_stands_is_accepted(client, workshop):
    propose(workshop=workshop, notes=read_notes("Freins\n- Le temps manque"), user=None)
    line = workshop.draft_findings.get()
    assert (
        post(client, line.key, statement="Le temps manque", kind="frein", version="1").json()["version"] == 2
    )
    assert workshop.draft_findings.get().state == DraftState.TYPED


def test_all_proposals_are_kept_at_once(client, workshop):
    client.post(reverse("entering_notes", args=["riom"]), {"text": NOTES})
    client.post(reverse("entering_accept", args=["riom"]))
    assert workshop.draft_findings.typed().count() == 3


def test_an_unreadable_document_is_told(client, workshop):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = SimpleUploadedFile("notes.docx", b"PK not a document")
    answer = client.post(reverse("entering_notes", args=["riom"]), {"document": sent})
    assert answer.status_code == 422
    assert "abîmé ou protégé" in answer.content.decode()


def test_the_page_knows_what_others_typed(client, workshop):
    session, key = SessionFactory(workshop=workshop), uuid4()
    post(accounts.client_of(accounts.administrator()), key, statement="Se visiter", session=session.pk)
    state = client.get(reverse("entering_state", args=["riom"])).json()
    assert state == {"sessions": {str(session.pk): [{"key": str(key), "version": 1}]}}
    fragment = client.get(reverse("entering_line", args=["riom", key])).content.decode()
    assert "Se visiter</textarea>" in fragment
    assert f'name="session" value="{session.pk}"' in fragment


def test_mentions_find_without_accents_and_say_who(client, workshop):
    PersonFactory(name="Camille Éloy", state="draft")
    TriggerFactory(name="Éloi, loi de 2019")
    url = reverse("entering_mentions", args=["riom"])
    found = client.get(url, {"sign": "@", "q": "eloy"}).json()["results"]
    assert [(one["name"], one["label"], one["detail"]) for one in found] == [
        ("actors", "Camille Éloy", "personne, brouillon")
    ]
    found = client.get(url, {"sign": "#", "q": "éloi"}).json()["results"]
    assert [(one["name"], one["label"]) for one in found] == [("triggers", "Éloi, loi de 2019")]
    assert client.get(url, {"sign": "@", "q": "e"}).json() == {"results": []}


PAGES = (
    ("get", "entering"),
    ("get", "entering_state"),
    ("get", "entering_mentions"),
    ("post", "entering_order"),
    ("post", "entering_notes"),
    ("post", "entering_accept"),
    ("post", "entering_record"),
    ("post", "entering_publish"),
)


@pytest.mark.parametrize(("method", "name"), PAGES)
def test_only_those_who_may_change_the_workshop_come_here(workshop, method, name):
    from django.test import Client

    mine = accounts.ecosystem()
    mine.workshops.add(workshop)
    url = reverse(name, args=["riom"])
    assert getattr(Client(), method)(url).status_code == 302
    for stranger in (accounts.animator(accounts.ecosystem()), accounts.reviewer(mine)):
        assert getattr(accounts.client_of(stranger), method)(url).status_code == 403
    if method == "get":
        assert accounts.client_of(accounts.animator(mine)).get(url).status_code == 200


def test_a_stranger_saves_no_line(workshop):
    accounts.ecosystem().workshops.add(workshop)
    stranger = accounts.client_of(accounts.animator(accounts.ecosystem()))
    assert post(stranger, uuid4(), statement="Le temps").status_code == 403
    assert not DraftFinding.objects.exists()


def test_queries_do_not_grow(client, workshop, assert_constant_queries):
    def add_row():
        session = SessionFactory(workshop=workshop)
        key = uuid4()
        post(
            client,
            key,
            statement=f"Le temps manque {key}",
            session=session.pk,
            themes=ThemeFactory().pk,
            actors=OrganisationFactory().pk,
        )
        FindingFactory(workshop=workshop, session=session)

    page = assert_constant_queries("/saisie/riom/constats/", add_row, client).content.decode()
    assert page.count("data-line-form") == 3 + 4  # three lines, and the pattern of each of four sessions


def test_whoever_withdraws_is_named_in_no_line(client, workshop):
    someone = PersonFactory(name="Zoé-Lune Quénault", family_name="Quénault")
    post(client, uuid4(), statement="Zoé-Lune Quénault manque de temps", actors=someone.pk)
    withdraw_person(person=someone)
    assert "Quénault" not in client.get("/saisie/riom/constats/").content.decode()
