"""The load: what it brings, and what it does when the official files change."""

import pytest
from django.core.management import CommandError, call_command

from territories import actions
from territories.loading import load
from territories.models import Territory, TerritoryContour, TerritoryName, TerritoryRelation
from tests.territories.conftest import read_rows, write_rows

pytestmark = pytest.mark.django_db


def of(code: str) -> Territory:
    return Territory.objects.get(code=code)


def change(root, name, edit) -> None:
    """Rewrites a file with the rows that `edit(row)` returns (None drops the row)."""
    rows = [edit(dict(row)) for row in read_rows(root / name)]
    write_rows(root / name, [row for row in rows if row is not None])


def test_what_is_loaded(around_clermont):
    assert around_clermont.created["epci"] == 6
    vic = of("63457")
    assert (vic.name, vic.slug, vic.located_in, vic.commune_count) == (
        "Vic-le-Comte",
        "vic-le-comte",
        "Puy-de-Dôme",
        1,
    )
    assert vic.population > 5000
    assert sorted(vic.names.values_list("name", flat=True)) == ["63270"]
    clermont = of("246300701")
    assert clermont.nature == "métropole"
    assert clermont.population == sum(clermont.communes.values_list("population", flat=True))
    assert TerritoryContour.objects.filter(territory=vic).exists()


def test_delegated_communes_lead_to_the_present_one(around_clermont):
    name = TerritoryName.objects.get(code="63133")
    assert (name.name, name.kind, name.territory.name) == ("Dallet", "delegated", "Mur-sur-Allier")


def test_loading_again_changes_nothing(around_clermont, small_files):
    before = list(TerritoryRelation.objects.order_by("pk").values_list())
    again = load(root=small_files)
    assert again.is_empty, again
    assert list(TerritoryRelation.objects.order_by("pk").values_list()) == before


def test_petr_and_parks(around_clermont):
    petr = of("petr-grand-clermont")
    assert petr.commune_count == 104
    assert Territory.objects.of_kind("epci").within(petr).count() == 4
    assert petr in Territory.objects.covering(of("63457"))
    park = of("pnr-volcans-auvergne")
    assert (park.is_known, park.population, park.commune_count) == (False, None, None)
    assert park.declared.startswith("147 communes du Puy-de-Dôme et du Cantal")
    assert not TerritoryRelation.objects.filter(from_territory=park).exists()
    assert [one.code for one in park.declared_touching.all()] == ["63"] or around_clermont.left_aside


def test_sets_whose_members_are_not_loaded_are_left_aside(around_clermont):
    assert around_clermont.left_aside == ["Académie de Clermont-Ferrand"]


def test_a_renamed_commune_keeps_its_address_and_its_former_name(around_clermont, own_files):
    change(own_files, "communes.csv.gz", lambda row: row | ({"nom": "Vic"} if row["code"] == "63457" else {}))
    report = load(root=own_files)
    assert report.renamed == [("Vic-le-Comte", "Vic")]
    vic = of("63457")
    assert (vic.name, vic.slug) == ("Vic", "vic-le-comte")
    assert vic.names.filter(kind="former", name="Vic-le-Comte").exists()
    assert Territory.objects.search("vic le comte")[0] == vic


def merge(own_files, old="63457", new="63113") -> None:
    """`old` is now part of `new`."""

    def edit(row):
        if row["code"] == old:
            return None
        return row | (
            {"anciens_codes": f"{row['anciens_codes']} {old}".strip()} if row["code"] == new else {}
        )

    change(own_files, "communes.csv.gz", edit)


def test_a_merged_commune_becomes_obsolete_and_its_sets_follow(around_clermont, own_files):
    old = of("63457")
    park = actions.create_composed_territory(code="a", name="Ensemble", kind="other", members=[old])
    merge(own_files)
    report = load(root=own_files)
    assert report.merged == [("Vic-le-Comte", "Clermont-Ferrand")]
    old.refresh_from_db()
    successor = of("63113")
    assert (old.is_obsolete, old.replaced_by, old.slug) == (True, successor, "vic-le-comte")
    assert [one.code for one in park.communes.all()] == ["63113"]
    assert old in Territory.objects.within(successor)  # what was based there is based in the successor
    assert Territory.objects.search("vic le comte")[0] == successor
    assert load(root=own_files).is_empty


def test_a_commune_that_comes_back_is_current_again(around_clermont, own_files, small_files):
    merge(own_files)
    load(root=own_files)
    load(root=small_files)
    vic = of("63457")
    assert (vic.is_obsolete, vic.replaced_by) == (False, None)
    assert [one.code for one in vic.communes.all()] == ["63457"]


def test_a_vanished_grouping_is_told_and_kept(around_clermont, own_files):
    change(own_files, "groupements.csv", lambda row: None if row["code"] == "246300966" else row)
    change(
        own_files, "communes.csv.gz", lambda row: row | ({"epci": ""} if row["epci"] == "246300966" else {})
    )
    report = load(root=own_files)
    assert report.vanished == [("CC du Massif du Sancy", "246300966")]
    gone = of("246300966")
    assert (gone.is_obsolete, gone.replaced_by, gone.commune_count > 0) == (True, None, True)


def test_an_animator_s_set_is_never_overwritten(around_clermont, small_files):
    park = actions.create_composed_territory(
        code="pnr-volcans-auvergne", name="Parc", kind="pnr", members=[of("63113")]
    )
    assert load(root=small_files).is_empty
    park.refresh_from_db()
    assert (park.name, park.is_known) == ("Parc", True)


def test_a_taken_address_does_not_stop_the_load(db, small_files):
    actions.create_composed_territory(code="x", name="Vic-le-Comte", kind="other", members=[], declared="?")
    load(root=small_files)
    assert of("63457").slug == "vic-le-comte-63457"


def test_command_tells_what_it_did(db, capsys, small_files, monkeypatch):
    monkeypatch.setattr("territories.loading.run.FIXTURES", small_files)
    call_command("load_territories")
    first = capsys.readouterr().out
    assert "Créés : 6 × intercommunalité" in first
    call_command("load_territories")
    assert "Rien n’a changé." in capsys.readouterr().out


def test_command_says_which_file_is_missing(db, monkeypatch, tmp_path):
    monkeypatch.setattr("territories.loading.run.FIXTURES", tmp_path)
    with pytest.raises(CommandError, match="communes.csv.gz"):
        call_command("load_territories", verbosity=0)
