"""Sets of communes described by a file: what is refused, in which words, and what a good file gives."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from territories import actions
from territories.drawing import SIZE, draw
from territories.forms import SetsForm
from territories.models import Territory, TerritoryContour, TerritoryRelation
from territories.sets_csv import read_sets
from tests.factories.territories import TerritoryFactory

HEADER = "code,nom,nature,membres\n"
URL = "/admin/territories/territory/ensembles/"


def errors(text: str) -> list[tuple[int, str]]:
    return [(line.number, error) for line in read_sets(text) for error in line.errors]


def one_error(members: str) -> str:
    found = errors(HEADER + f"p,Pays,other,{members}\n")
    assert len(found) == 1, found
    assert found[0][0] == 2
    return found[0][1]


def test_unknown_codes_come_with_a_likely_correction(around_clermont):
    assert "63457 (Vic-le-Comte)" in one_error("63475")
    assert "code postal" in one_error("63270")
    assert "63457 (Vic-le-Comte)" in one_error("63270")
    assert "63457 (Vic-le-Comte)" in one_error("Vic-le-Comte")
    assert one_error("00000").startswith("Territoire inconnu : « 00000 ».")


@pytest.mark.parametrize("token", ["x" * 400, "((", "commune:", "%", "region:99"])
def test_any_nonsense_is_refused_in_words(around_clermont, token):
    assert token in one_error(token)


def test_codes_and_names_must_fit(around_clermont):
    text = HEADER + f"a b,Un,other,63457\nc,{'x' * 201},other,63457\n"
    assert [number for number, _error in errors(text)] == [2, 3]


def test_obsolete_communes_lead_to_their_successor(around_clermont):
    new = Territory.objects.get(code="63457")
    TerritoryFactory(code="63999", name="Ancienne", is_obsolete=True, replaced_by=new)
    assert one_error("63999") == "« 63999 » (Ancienne) n’existe plus : écrivez 63457 (Vic-le-Comte)."
    TerritoryFactory(code="63998", name="Perdue", is_obsolete=True)
    assert "rien ne dit ce qui l’a remplacé" in one_error("63998")


def test_duplicates_are_refused(around_clermont):
    assert one_error("63457 63457") == "« 63457 » (Vic-le-Comte) est écrit deux fois."
    assert "est déjà dans « 200069177 »" in one_error("63457 200069177")


def test_each_wrong_line_is_told_with_its_number(around_clermont):
    text = (
        HEADER
        + "a,Un,petr,63457\n\nb,Deux,pays,63457\na,Trois,petr,63113\n246300701,Quatre,epci,63113\n,,petr,63113\n"
    )
    found = errors(text)
    assert [number for number, _error in found] == [4, 5, 6, 7]
    assert found[0][1].startswith("Nature inconnue : « pays »")
    assert found[1][1] == "Le code « a » est déjà celui de la ligne 2."
    assert "découpage officiel" in found[2][1]
    assert found[3][1] == "Le code et le nom sont obligatoires."


def test_a_wrong_header_is_told(db):
    assert errors("code;nom\n1;2\n") == [(1, "Colonnes qui manquent : nature, membres.")]


def test_a_spreadsheet_s_file_is_read(around_clermont):
    lines = read_sets("\ufeffCode;Nom;Nature;Membres\r\npays;Pays;Parc naturel régional;63457 63113\r\n")
    assert [(line.kind, len(line.members), line.errors) for line in lines] == [("pnr", 2, [])]


def test_nothing_is_loaded_when_one_line_is_wrong(around_clermont):
    before = Territory.objects.count()
    with pytest.raises(actions.RefusedSets, match="ligne 3"):
        actions.import_sets(text=HEADER + "a,Bon,other,63457\nb,Mauvais,other,99999\n")
    assert Territory.objects.count() == before


def test_a_good_line_gives_a_set_with_all_that_follows(around_clermont):
    text = HEADER + "pays,Pays d’essai,other,200069177 246300966\n"
    (pays,) = actions.import_sets(text=text)
    members = Territory.objects.filter(code__in=["200069177", "246300966"])
    assert pays.commune_count == sum(member.commune_count for member in members)
    assert pays.population == sum(member.population for member in members)
    assert (pays.slug, pays.located_in) == ("pays-d-essai", "Puy-de-Dôme, Cantal")
    assert set(Territory.objects.of_kind("epci").within(pays)) == set(members)
    petr = Territory.objects.get(code="petr-grand-clermont")
    row = TerritoryRelation.objects.get(from_territory=pays, to_territory=petr)
    mond_arverne = members.get(code="200069177")
    assert row.kind == "overlaps"
    assert row.population_share == pytest.approx(mond_arverne.population / pays.population)
    assert TerritoryContour.objects.filter(territory=pays).exists()


def test_the_park_gets_its_communes_when_someone_enters_them(around_clermont):
    text = HEADER + "pnr-livradois-forez,Parc naturel régional Livradois-Forez,pnr,63457 63113\n"
    (park,) = actions.import_sets(text=text)
    assert (park.is_known, park.commune_count, park.slug) == (
        True,
        2,
        "parc-naturel-regional-livradois-forez",
    )


def test_preview_tells_and_undoes(around_clermont):
    before = Territory.objects.count(), TerritoryRelation.objects.count()
    (preview,) = actions.preview_sets(text=HEADER + "pays,Pays,other,200069177 246300966\n")
    assert (Territory.objects.count(), TerritoryRelation.objects.count()) == before
    assert preview.is_new
    assert preview.outline["type"] in ("Polygon", "MultiPolygon")
    assert [row.to_territory.code for row in preview.relations if row.kind == "overlaps"] == [
        "63",  # the Massif du Sancy has communes in the Cantal
        "petr-grand-clermont",
    ]


def test_official_territories_cannot_be_recomposed(around_clermont):
    with pytest.raises(ValueError, match="officiel"):
        actions.create_composed_territory(code="246300701", name="x", kind="epci", members=[])
    with pytest.raises(ValueError, match="officiel"):
        actions.create_composed_territory(code="x", name="x", kind="commune", members=[])


def test_files_of_any_spreadsheet_are_decoded():
    windows = SimpleUploadedFile("a.csv", "code,nom,nature,membres\na,Éloy,other,\n".encode("cp1252"))
    form = SetsForm({}, {"file": windows})
    assert form.is_valid()
    assert "Éloy" in form.cleaned_data["text"]
    assert not SetsForm({}).is_valid()


def test_drawing_keeps_proportions():
    square = {"type": "Polygon", "coordinates": [[[0, 59.5], [2, 59.5], [2, 60.5], [0, 60.5], [0, 59.5]]]}
    drawing = draw(square)
    assert drawing.height == SIZE
    assert drawing.width == pytest.approx(
        SIZE, abs=2
    )  # at 60° north a degree of longitude is half one of latitude
    assert drawing.path.startswith("M0.0 400.0L")


@pytest.fixture
def animator(client, db):
    client.force_login(get_user_model().objects.create_superuser("animatrice"))
    return client


def test_admin_refuses_previews_then_loads(around_clermont, animator):
    wrong = animator.post(URL, {"text": HEADER + "pays,Pays,other,63270\n"}).content.decode()
    assert "Rien n’a été chargé" in wrong
    assert "Ligne 2, Pays" in wrong
    good = {"text": HEADER + "pays,Pays,other,200069177 246300966\n"}
    page = animator.post(URL, good).content.decode()
    assert "Aperçu, rien n’est encore chargé" in page
    assert "chevauche PETR du Grand Clermont" in page
    assert "<svg" in page and 'style="' not in page
    assert not Territory.objects.filter(code="pays").exists()
    assert animator.post(URL, good | {"load": "1"}).status_code == 302
    assert Territory.objects.get(code="pays").name == "Pays"


def test_admin_page_is_for_those_who_may_add(client, db):
    user = get_user_model().objects.create_user("lecteur", is_staff=True)
    client.force_login(user)
    assert client.get(URL).status_code == 403


def test_admin_list_leads_to_the_page(animator):
    assert URL in animator.get("/admin/territories/territory/").content.decode()
