"""Loading a report: all or nothing, once or ten times, never against what people did since."""

from io import StringIO

import pghistory.models
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from actors.models import Actor, Competence, CompetenceSynonym, Membership, Mention, Organisation, Tie
from directory.actions.withdrawal import withdraw_person
from directory.fixture.load import load_fixture
from directory.fixture.reader import Fixture, FixtureError
from territories.models import Territory
from workshops.models import Attendance, Finding, Session, Workshop

from .report import NAME, LoadedReport, plant_territories


def load(*options: str) -> str:
    out = StringIO()
    call_command("load_fixture", NAME, *options, stdout=out)
    return out.getvalue()


def rows_and_history() -> dict[str, list]:
    """Every row of the domain with its version, and every line of history."""
    ours = ("actors", "workshops", "ecosystems")
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for app in ours
        for model in apps.get_app_config(app).get_models()
        if not model._meta.proxy
    }


class TestLoadedAgain(LoadedReport):
    def test_nothing_changes(self):
        before = rows_and_history()
        assert load().endswith("Rien n’a changé.\n")
        assert load("--remplacer").endswith("Rien n’a changé.\n")
        assert rows_and_history() == before
        assert any(issubclass(apps.get_model(label), pghistory.models.Event) for label in before)

    def test_what_people_corrected_is_kept(self):
        Organisation.objects.filter(slug="cisca").update(nature="association", state="draft", slug="le-cisca")
        Membership.objects.filter(member__slug="geoffrey-volat").update(role="Ancien directeur", until="2024")
        Finding.objects.get(code="F01").themes.clear()
        Session.objects.update(parallel_to=None)
        before = rows_and_history()
        told = load()
        assert rows_and_history() == before
        assert "constats\u00a0: 71 inchangées, 1 laissée telle que modifiée depuis" in told
        assert "organisations\u00a0: 28 inchangées, 1 laissée telle que modifiée depuis" in told

    def test_what_people_deleted_does_not_come_back(self):
        Tie.objects.filter(kind="talks_to").delete()
        Finding.objects.get(code="F01").delete()
        Organisation.objects.get(slug="user-first").mentions.all().delete()
        Competence.objects.get(slug="mobilites").delete()
        before = rows_and_history()
        load()
        assert rows_and_history() == before

    def test_a_deleted_workshop_does_not_come_back(self):
        Workshop.objects.get().delete()
        load()
        assert not Workshop.objects.exists()
        assert not Attendance.objects.exists()

    def test_all_is_put_back_when_asked(self):
        Organisation.objects.filter(slug="cisca").update(nature="association", state="draft")
        Tie.objects.filter(kind="talks_to").delete()
        told = load("--remplacer")
        assert "organisations\u00a0: 1 mise à jour, 28 inchangées" in told
        assert "liens\u00a0: 1 créée, 4 inchangées" in told
        cisca = Organisation.objects.get(slug="cisca")
        assert (cisca.nature, cisca.state) == ("unknown", "draft")  # publishing stays the animators' choice

    def test_someone_who_withdrew_does_not_come_back(self):
        speaker = Actor.objects.get(slug="anne-laure-stanislas")
        withdraw_person(person=speaker)
        for options in ([], ["--remplacer"]):
            load(*options)
            texts = str(rows_and_history())
            assert "Stanislas" not in texts
            assert "anne-laure" not in texts
            assert Actor.objects.persons().count() == 23  # the masked row
            assert not Membership.objects.filter(member=speaker).exists()
            assert Attendance.objects.count() == 23
            said = Finding.objects.filter(code__startswith="OU", voice="person", voice_person=None)
            assert said.count() == 5
            assert all("adjointe" not in finding.voice_note for finding in said)
            assert Tie.objects.get(kind="belongs_with").voice_person is None

    def test_the_vocabulary_has_two_levels_and_no_ambiguous_word(self):
        terms = Competence.objects.all()
        assert 30 <= terms.count() == 60 <= 60
        assert terms.roots().count() == 13
        assert not terms.filter(parent__parent__isnull=False).exists()
        assert not terms.filter(definition="").exists()
        assert not terms.exclude(parent=None).filter(synonyms=None).exists()
        for word, slug in {
            "ateliers de territoire": "concertation",
            "Petites Villes de Demain": "revitalisation-des-petites-villes",
            "benchmark": "veille-et-comparaison",
        }.items():
            assert CompetenceSynonym.objects.get(name=word).competence.slug == slug
        debate = Competence.objects.get(slug="debat-public")
        assert {term.slug for term in debate.related.all()} >= {"concertation", "facilitation"}


@pytest.mark.django_db
def test_territories_must_be_loaded_first():
    plant_territories()
    Territory.objects.filter(code="63457").delete()
    with pytest.raises(CommandError) as refusal:
        load()
    assert "commune:63457" in str(refusal.value)
    assert "manage.py load_territories" in str(refusal.value)
    assert not Actor.objects.exists()


def test_a_fixture_that_is_not_there():
    with pytest.raises(FixtureError, match="fixtures/nulle-part/"):
        Fixture("nulle-part")


def test_a_mark_that_no_file_defines():
    with pytest.raises(FixtureError, match="O99"):
        Fixture(NAME).resolve(Actor, "O99")


@pytest.mark.django_db
def test_all_or_nothing(monkeypatch):
    plant_territories()
    monkeypatch.setattr("directory.fixture.load.load_workshop", lambda fixture: fixture.rows["missing"])
    with pytest.raises(KeyError):
        load_fixture(NAME)
    assert not Actor.objects.exists()
    assert not Mention.objects.exists()
