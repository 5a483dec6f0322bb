"""The sheet: the same search as the page, that no spreadsheet runs, without anything private."""

import csv
import io

import pytest

from actors.models import ContactPoint
from tests.factories.actors import (
    ContactRequestFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    PublishedContactFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


def sheet(client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/acteurs.csv{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="acteurs.csv"'
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_a_line_says_what_the_page_says(client):
    place = TerritoryFactory(name="Vic-le-Comte")
    OrganisationFactory(
        slug="ville",
        name="Ville",
        nature="local",
        seat=place,
        seat_basis="stated",
        summary="Une ville ; « ici ».",
    )
    PersonFactory(slug="lou", name="Lou Datte", family_name="Datte")
    assert sheet(client, "?tri=nom") == [
        {
            "nom": "Lou Datte", "genre": "personne", "nature": "personne", "implantation": "",
            "présentation": "", "adresse de la page": "http://testserver/acteurs/lou/",
        },
        {
            "nom": "Ville", "genre": "organisation", "nature": "commune ou collectivité",
            "implantation": "Vic-le-Comte", "présentation": "Une ville ; « ici ».",
            "adresse de la page": "http://testserver/acteurs/ville/",
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=for%C3%AAt",
        "?q=for%C3%AAt&nature=company&tri=nom",
        "?genre=person",
        "?territoire=bourg",
        "?q=rien",
    ],
)
def test_the_same_rows_in_the_same_order_as_the_page(client, visitor, query):
    place = TerritoryFactory(name="Bourg", slug="bourg")
    for number in range(25):
        OrganisationFactory(
            slug=f"o{number}", summary="forêt" if number % 2 else "eau", nature=("company", "lab")[number % 3 == 0],
            seat=place if number % 5 == 0 else None, seat_basis="stated" if number % 5 == 0 else "",
        )  # fmt: skip
    MembershipFactory(role="Garde de la forêt")
    OrganisationFactory(state="draft", summary="forêt")
    slugs, page, number = [], visitor.follows(f"/acteurs/{query}"), 1
    while len(slugs) < page.count:
        slugs += visitor.follows(f"/acteurs/{query or '?'}&page={number}").slugs
        number += 1
    assert [row["adresse de la page"].split("/")[-2] for row in sheet(client, query)] == slugs
    assert page.links["Tableur (CSV)"] == f"/acteurs.csv{query}"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_made_a_text(client, start):
    OrganisationFactory(name=f"{start}HYPERLINK(A1)", summary=f"{start}cmd|' /C calc'!A0")
    (row,) = sheet(client)
    assert row["nom"] == f"'{start}HYPERLINK(A1)"
    assert row["présentation"] == f"'{start}cmd|' /C calc'!A0"


def test_nothing_private_is_in_the_sheet(client):
    person = PersonFactory(name="Lou Datte")
    ContactPoint.objects.create(
        actor=person, email="lou@example.org", phone="06 12 34 56 78", basis="dit", keep_until="2099-01-01"
    )
    ContactRequestFactory(actor=person, email="visite@example.org")
    PublishedContactFactory(actor=OrganisationFactory(), value="04 73 00 00 00")
    text = str(sheet(client))
    assert "Lou Datte" in text
    assert "@" not in text
    assert "04 73" not in text
    assert "06 12" not in text


def test_as_many_queries_whatever_the_rows(assert_constant_queries):
    def add():
        MembershipFactory(
            organisation__seat=TerritoryFactory(), organisation__seat_basis="stated", role="Garde"
        )

    assert_constant_queries("/acteurs.csv?q=garde", add)
