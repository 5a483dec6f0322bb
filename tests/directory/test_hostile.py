"""Whatever is sent in an address, a page comes back: found, refused or not found, never a failure of ours."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundations.middleware import LONGEST_QUERY
from tests.factories.actors import (
    ActorAreaFactory,
    CompetenceFactory,
    ExpertiseFactory,
    InitiativeFactory,
    MembershipFactory,
)
from tests.factories.territories import TerritoryFactory
from tests.factories.workshops import FindingFactory, RecommendationFactory, ThemeFactory

pytestmark = pytest.mark.django_db
ANSWERS = {200, 301, 302, 400, 404}
TEXTS = [
    "\x00",
    "a\x00b",
    "%00",
    "\ud7ff\ufffe\uffff",
    "\u202e\u200b\u0301\u0301",
    "ﷺ" * 50,
    "𝒟é𝒷𝒶𝓉 👩‍👩‍👧‍👦 ½ ² Ⅷ",
    "' OR 1=1 --",
    "'; DROP TABLE actors_actor; --",
    "%s %(q)s {0} {{ 7|add:7 }} {% now 'Y' %}",
    "\\",
    "\\' \\\\ \\x00",
    '"',
    '""',
    '"""',
    '" "',
    '"non fermée',
    "-",
    "--",
    "- - -",
    '-"',
    '-"deux mots"',
    "-a -b -c",
    "!!! ??? ;;; ,,,",
    "a & b | !c <-> d:*",
    "or OR and AND not",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "1e400",
    "NaN",
    "a" * 10_000,
    "é" * 10_000,
    "a " * 5_000,
    "-a " * 3_000,
    '"' * 10_000,
    "(" * 5_000,
    "œ" * 300,
]
PAGES = [
    "0",
    "-1",
    "1.5",
    "abc",
    "²",
    "٣",
    "999999999999",
    "9" * 400,
    "",
    " ",
    "1; DROP",
    "\x00",
    "1e3",
    "+1",
]
NAMES = ["q", "territoire", "page", "tri", "date", "depuis", "genre", "atelier", "niveau", "etat"]
DATES = ["2022-13-45", "0000-00-00", "99999-01-01", "hier", "-1", "2022-02-30", "\x00"]


@pytest.fixture
def world():
    """A little of everything, so that pages have something to choke on."""
    place = TerritoryFactory(name="Vic-le-Comte", slug="vic-le-comte")
    held = MembershipFactory(organisation__slug="ville", organisation__summary="Le débat public")
    ActorAreaFactory(actor=held.organisation, territory=place)
    term = CompetenceFactory(name="Débat public", slug="debat-public")
    ExpertiseFactory(actor=held.member, competence=term)
    InitiativeFactory(slug="initiative")
    theme = ThemeFactory(slug="theme")
    finding = FindingFactory(workshop__slug="atelier")
    finding.themes.add(theme)
    RecommendationFactory(slug="recommandation", workshop=finding.workshop)


def answers(url: str) -> int:
    """The status of the answer; what breaks in a view is raised here, and fails the test."""
    response = Client().get(url)
    if response.streaming:
        b"".join(response.streaming_content)
    assert response.status_code in ANSWERS, (url[:300], response.status_code)
    return response.status_code


def is_read(url: str) -> None:
    """A page, unless the address has a null byte or no end (`foundations.middleware`)."""
    query = url.partition("?")[2]
    assert answers(url) == (400 if "%00" in query or len(query) > LONGEST_QUERY else 200), url[:300]


@pytest.mark.parametrize("parameter", ["q", "territoire"])
def test_any_text_in_a_box_of_the_search(world, parameter):
    for text in TEXTS:
        for path in ("/acteurs/", "/acteurs.csv"):
            is_read(f"{path}?{urlencode({parameter: text})}")
        both = urlencode({"q": text, "territoire": text, "exact": "1"})
        is_read(f"/acteurs/?{both}")


def test_bytes_that_are_no_text(world):
    for raw in ("%ff%fe", "%c3%28", "%ed%a0%80", "%f0%9f", "%u0041", "%", "%zz"):
        for parameter in ("q", "territoire", "nature", "page", "tri"):
            is_read(f"/acteurs/?{parameter}={raw}")


@pytest.mark.parametrize(
    "path", ["/acteurs/", "/ateliers/", "/constats/", "/recommandations/", "/initiatives/"]
)
def test_absurd_pages(world, path):
    for page in PAGES:
        is_read(f"{path}?{urlencode({'page': page})}")


def test_a_page_beyond_the_last_is_the_last(world, visitor):
    for page in ("2", "999", "99999"):
        assert visitor.asks(page=page).slugs == visitor.asks().slugs


@pytest.mark.parametrize("name", ["lien", "genre", "nature", "competence", "atelier", "tri", "exact"])
def test_unknown_choices(world, visitor, name):
    for value in ["inconnu", "", "0", "\x00", "ici,proche", "É", "a" * 5_000, "'", "__all__"]:
        is_read(f"/acteurs/?{urlencode({name: value})}")
    is_read("/acteurs/?" + "&".join(f"{name}=v{number}" for number in range(500)))
    is_read("/acteurs/?" + "&".join(f"{name}=v{number}" for number in range(3000)))


@pytest.mark.parametrize(
    "path",
    [
        "/ateliers/",
        "/constats/",
        "/constats/theme/",
        "/recommandations/",
        "/competences/",
        "/territoires/",
        "/",
    ],
)
def test_odd_parameters_of_other_lists(world, path):
    for text in [*TEXTS[:30], *DATES]:
        query = dict.fromkeys(NAMES, text)
        assert answers(f"{path}?{urlencode(query)}") in {200, 301, 302, 400, 404}


def test_any_text_where_a_page_is_named(world):
    for family in (
        "acteurs", "territoires", "ateliers", "constats", "recommandations", "initiatives", "competences",
        "ecosystemes", "sources",
    ):  # fmt: skip
        for text in [*TEXTS[:29], "a" * 5_000, "nulle-part"]:
            assert answers(f"/{family}/{quote(text, safe='')}/") in {404, 400}


def test_many_parameters_are_refused_or_read(world):
    is_read("/acteurs/?" + "&".join(f"p{number}=1" for number in range(5_000)))


def test_only_reading_is_accepted(world, client):
    for path in (
        "/",
        "/acteurs/",
        "/acteurs.csv",
        "/acteurs/ville/",
        "/territoires/vic-le-comte/",
        "/competences/",
    ):
        for method in ("post", "put", "patch", "delete", "trace"):
            assert getattr(client, method)(path).status_code in {403, 405}, (method, path)
        assert client.head(path).status_code == 200


# The database of a test is the same for all its examples, and they write nothing in it.
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
QUERY_LIKE = st.text(alphabet="abéœ' \"-–’()|&!:*<>\\%_,;\x00²٣", max_size=40)


@MANY
@given(q=st.one_of(ANY_TEXT, QUERY_LIKE), place=st.one_of(ANY_TEXT, QUERY_LIKE))
def test_any_words_and_any_place(world, q, place):
    is_read(f"/acteurs/?{urlencode({'q': q})}")
    is_read(f"/acteurs/?{urlencode({'territoire': place, 'q': q})}")


@MANY
@given(
    st.dictionaries(
        st.sampled_from(["q", "lien", "nature", "competence", "tri", "page", "exact"]), QUERY_LIKE
    )
)
def test_any_state_of_the_search(world, query):
    is_read(f"/acteurs/?{urlencode(query)}")
