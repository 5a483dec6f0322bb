"""After a withdrawal the name is nowhere: every text column of every table of the database is read."""

import json
import re
import unicodedata
from datetime import date

import pghistory
import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pghistory.models import Context

from actors.actions.actors import record_person
from actors.fingerprint import fingerprint
from actors.models import (
    Actor,
    ActorName,
    ContactPoint,
    ContactRequest,
    CorrectionRequest,
    FormerSlug,
    InitiativeBearer,
    PrivateNote,
    Withdrawal,
)
from directory.actions.withdrawal import CLOSED, reapply_withdrawals, withdraw_person
from directory.fixture.reader import Fixture
from ecosystems.models import Ecosystem
from tests.factories.actors import (
    ContactRequestFactory,
    ExpertiseFactory,
    InitiativeBearerFactory,
    MembershipFactory,
    MentionFactory,
    OrganisationFactory,
    PersonFactory,
    TieFactory,
)
from tests.factories.workshops import AttendanceFactory, FindingFactory, FollowUpFactory, WorkshopHostFactory
from workshops.models import Attendance, FollowUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return OrganisationFactory(name="Ville de Thiers", slug="ville-de-thiers")


@pytest.fixture
def person(city):
    """Someone about whom every kind of row says something, in every way to write a name."""
    someone = PersonFactory(name="Zoé-Lune Quénault", family_name="Quénault", slug="zoe-lune-quenault")
    membership = MembershipFactory(member=someone, organisation=city, role="Adjointe")
    MembershipFactory(organisation=city)  # a colleague, so that « de la Ville » does not tell who
    ActorName.objects.create(actor=someone, name="Zoé Quénault-Dubreuil")
    FormerSlug.objects.create(actor=someone, slug="z-quenault")
    ExpertiseFactory(actor=someone, evidence="Zoé-Lune Quénault anime des débats.")
    MentionFactory(actor=someone)
    TieFactory(from_actor=someone)
    TieFactory(voice="selon Mme Quénault", voice_person=someone, subject="le vélo")
    attendance = AttendanceFactory(
        person=someone,
        listed_line="Zoé-Lune QUÉNAULT, adjointe, Ville de Thiers",
        listed_role="adjointe",
        session_role="anime",
    )
    attendance.capacities.add(membership)
    said = FindingFactory(
        statement="Zoé-Lune Quénault dit que l’idée de Zoé-Lune Quénault a plu.",
        points=["Z.-L. Quénault nuance", "Rien de plus"],
        quotation="QUENAULT Zoé Lune",
        voice="person",
        voice_person=someone,
        voice_note="Z. Quénault",
    )
    said.actors.add(someone)
    FindingFactory(statement="Quénault l’avait dit : le vélo manque.")
    FollowUpFactory(
        note="Portée par Zoe\u0301-Lune Que\u0301nault.", bearing="accepted", bearer=someone, said_by=someone
    )
    WorkshopHostFactory(actor=someone)
    InitiativeBearerFactory(actor=someone, initiative__summary="Une idée de Mme Z.-L. Quénault")
    OrganisationFactory(
        name="Cabinet Zoé-Lune Quénault",
        slug="cabinet-zoe-lune-quenault",
        website="https://zoe-lune-quenault.fr",
    )
    ecosystem = Ecosystem.objects.create(
        name="Livradois", slug="livradois", summary="Vu par Zoé‐Lune\u00a0Quénault"
    )
    ecosystem.actors.add(someone)
    ContactPoint.objects.create(
        actor=someone, email="zl.quenault@thiers.example", basis="carte", keep_until=date(2030, 1, 1)
    )
    animator = User.objects.create_user("anim", is_staff=True)
    PrivateNote.objects.create(actor=someone, text="Rappeler Zoé-Lune Quénault", author=animator)
    ContactRequestFactory(actor=someone, message="Chère Zoé-Lune Quénault, …")
    ContactRequestFactory(message="Zoé-Lune m’envoie (zoe.quenault@thiers.example)")
    CorrectionRequest.objects.create(
        name="Zoé-Lune Quénault",
        email="zoe.quenault@thiers.example",
        message="Retirez-moi : z. quénault",
        page="/acteurs/zoe-lune-quenault/",
        page_title="Zoé-Lune Quénault",
    )
    LogEntry.objects.create(
        user=animator,
        content_type=ContentType.objects.get_for_model(Actor),
        object_id=str(someone.pk),
        object_repr="Zoé-Lune Quénault",
        action_flag=CHANGE,
        change_message='[{"changed": {"name": "appartenance", "object": "Zoé-Lune Quénault, adjointe"}}]',
    )
    with pghistory.context(url="/admin/?q=zoe-lune-quenault", seen=["Zoé-Lune Quénault"]):
        someone.summary = "Zoé-Lune Quénault, adjointe."
        someone.website = "https://quenault.example"
        someone.save()
    return Actor.objects.get(pk=someone.pk)


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^a-z0-9]+", " ", "".join(char for char in plain if not unicodedata.combining(char)))


def traces(*words: str) -> list[str]:
    """Where any of `words` stands, in any column of any table that can be read as text."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name NOT LIKE 'territories%%'"
        )
        for table, column in cursor.fetchall():
            # names of our own tables
            cursor.execute(f'SELECT DISTINCT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')  # noqa: S608
            for (value,) in cursor.fetchall():
                found += [f"{table}.{column}: {value}" for word in words if word in folded(value).split()]
    return found


class TestNothingRemains:
    def test_the_fixture_is_thorough(self, person):
        tables = {trace.split(".")[0] for trace in traces("quenault")}
        assert len(tables) >= 24, sorted(tables)

    def test_in_any_text_of_any_table(self, person):
        done = withdraw_person(person=person)
        assert traces("quenault", "zoelune", "dubreuil") == []
        assert [trace for trace in traces("zoe") if "m’envoie" not in trace] == []
        assert done.to_reread == []
        assert done.rewritten > 10

    def test_the_old_addresses_lead_nowhere(self, person, client):
        withdraw_person(person=person)
        for slug in ("zoe-lune-quenault", "z-quenault", Actor.objects.get(pk=person.pk).slug):
            assert client.get(f"/acteurs/{slug}/").status_code == 404
            assert client.get(f"/acteurs/{slug}/contact/").status_code == 404

    def test_the_words_that_stand_instead_read_well(self, person):
        withdraw_person(person=person)
        statement = person.findings.model.objects.get(quotation__startswith="Une personne")
        assert statement.statement == (
            "Une personne de la Ville de Thiers dit que l’idée d’une personne de la Ville de Thiers a plu."
        )
        assert statement.points == ["Une personne de la Ville de Thiers nuance", "Rien de plus"]
        assert statement.voice_person is None
        assert statement.voice_note == "une personne de la Ville de Thiers"
        assert not statement.actors.exists()
        assert FollowUp.objects.get().note == "Portée par une personne de la Ville de Thiers."
        assert InitiativeBearer.objects.get(initiative__summary__startswith="Une idée").unnamed == (
            "une personne de la Ville de Thiers"
        )

    def test_counts_stand_and_nothing_identifies(self, person):
        withdraw_person(person=person)
        masked = Actor.objects.get(pk=person.pk)
        assert (masked.name, masked.state, masked.publication_basis) == (
            "une personne de la Ville de Thiers",
            "draft",
            "objection",
        )
        attendance = Attendance.objects.get(person=masked)
        assert (attendance.listed_line, attendance.listed_role, attendance.session_role) == ("", "", "")
        assert not attendance.capacities.exists()
        for related in (
            "memberships",
            "expertises",
            "mentions",
            "other_names",
            "former_slugs",
            "contact_points",
        ):
            assert not getattr(masked, related).exists(), related
        assert FollowUp.objects.get().bearer_id == masked.pk
        assert ContactRequest.objects.filter(actor=masked).values_list(
            "state", "message", "answer"
        ).get() == (
            "closed",
            "",
            CLOSED,
        )

    def test_others_are_left_as_they_were(self, person):
        OrganisationFactory(name="Lune rousse", summary="Zoé et la lune.")
        withdraw_person(person=person)
        assert Actor.objects.get(name="Lune rousse").summary == "Zoé et la lune."
        assert Context.objects.get().metadata == {
            "url": "/admin/?q=personne-retiree",
            "seen": ["Une personne de la Ville de Thiers"],
        }

    def test_follow_ups_are_closed_to_change_again(self, person):
        withdraw_person(person=person)
        with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
            FollowUp.objects.update(note="autre chose")

    def test_all_or_nothing(self, person, monkeypatch):
        def fail(*_):
            raise RuntimeError

        monkeypatch.setattr("directory.actions.withdrawal._forget_history", fail)
        with pytest.raises(RuntimeError):
            withdraw_person(person=person)
        assert Actor.objects.get(pk=person.pk).name == "Zoé-Lune Quénault"
        assert Withdrawal.objects.count() == 0


class TestWhoTheyWereWith:
    def test_an_organisation_of_one_known_person_would_tell_who(self, city):
        alone = MembershipFactory(
            organisation=city, member__name="Ada Seule", member__family_name="Seule"
        ).member
        assert withdraw_person(person=alone).called == "une personne"

    def test_a_colleague_nobody_sees_does_not_count(self, city):
        MembershipFactory(organisation=city, member__state="draft")
        someone = MembershipFactory(organisation=city).member
        assert withdraw_person(person=someone).called == "une personne"

    def test_an_organisation_that_bears_the_name_is_not_said(self):
        body = OrganisationFactory(name="Fondation Quénault")
        MembershipFactory(organisation=body)
        someone = MembershipFactory(
            organisation=body, member__name="Zoé Quénault", member__family_name="Quénault"
        ).member
        assert withdraw_person(person=someone).called == "une personne"


class TestComingBack:
    def test_only_keyed_hashes_of_the_names_are_kept(self, person, settings):
        withdraw_person(person=person)
        prints = set(Withdrawal.objects.values_list("fingerprint", flat=True))
        assert prints == {fingerprint("QUENAULT Zoé Lune"), fingerprint("Zoé Quénault Dubreuil")}
        settings.WITHDRAWAL_KEY = "another"
        assert fingerprint("Zoé-Lune Quénault") not in prints

    def test_an_import_does_not_bring_them_back(self, person):
        withdraw_person(person=person)
        assert record_person(name="Zoé Lune QUENAULT") is None

    def test_a_fixture_read_again_does_not_name_them(self, person, tmp_path, monkeypatch):
        withdraw_person(person=person)
        folder = tmp_path / "atelier"
        folder.mkdir()
        files = {
            "source": [],
            "people": [{"name": "Zoé-Lune Quénault"}, {"name": "Ada Reste"}],
            "findings": [
                {"statement": "Ada Reste et Zoé-Lune Quénault", "points": ["dit QUENAULT Zoé Lune"]}
            ],
        }
        for name, content in files.items():
            (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
        monkeypatch.setattr("directory.fixture.reader.ROOT", tmp_path)
        assert Fixture("atelier").read("findings") == [
            {"statement": "Ada Reste et une personne", "points": ["dit une personne"]}
        ]

    def test_a_restored_backup_is_cleaned_again(self, person, tmp_path, capsys):
        prints = tmp_path / "retraits.txt"
        prints.write_text(fingerprint("Zoé-Lune Quénault") + "\n", encoding="ascii")
        call_command("apply_withdrawals", str(prints))
        assert "Personnes retirées de nouveau\u00a0: 1" in capsys.readouterr().out
        assert traces("quenault") == []
        assert reapply_withdrawals() == []

    def test_what_is_exported_is_what_is_applied(self, person, capsys):
        withdraw_person(person=person)
        call_command("export_withdrawals")
        assert set(capsys.readouterr().out.split()) == set(
            Withdrawal.objects.values_list("fingerprint", flat=True)
        )

    def test_a_file_that_is_not_one_is_refused(self, tmp_path):
        wrong = tmp_path / "x"
        wrong.write_text("bonjour", encoding="ascii")
        for path in (wrong, tmp_path / "absent"):
            with pytest.raises(CommandError):
                call_command("apply_withdrawals", str(path))


class TestTheCommand:
    def test_by_address(self, person, capsys):
        call_command("withdraw_person", "zoe-lune-quenault", "--yes")
        assert "« une personne de la Ville de Thiers »" in capsys.readouterr().out.replace("\u00a0", " ")
        assert traces("quenault") == []

    def test_it_asks_first(self, person, monkeypatch):
        monkeypatch.setattr("builtins.input", lambda _: "non")
        with pytest.raises(CommandError, match="Rien"):
            call_command("withdraw_person", "zoe-lune-quenault")
        assert Actor.objects.filter(slug="zoe-lune-quenault").exists()

    def test_nobody_there(self, city):
        for slug in ("inconnu", city.slug):
            with pytest.raises(CommandError):
                call_command("withdraw_person", slug, "--yes")


def test_only_people_and_only_by_staff(person, city):
    with pytest.raises(ValueError, match="Only a person"):
        withdraw_person(person=city)
    with pytest.raises(PermissionDenied):
        withdraw_person(person=person, by=User.objects.create_user("visitor"))
    assert Actor.objects.get(pk=person.pk).name == "Zoé-Lune Quénault"
