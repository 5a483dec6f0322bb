"""The solar system of a telephone: near is near, the list's numbers, nobody left out."""

import pytest

from ecosystems.drawn import OwnSystem, told
from ecosystems.models import MOST_TIES


def tie(name="Le port", closeness="", **more):
    words = {
        "kind": "organisation",
        "actor": None,
        "subject": "",
        "frequency": "",
        "since": "",
        "occasion": "",
    }
    return {"name": name, "closeness": closeness, **words, **more}


def test_near_in_between_and_far():
    page = OwnSystem([tie("a", "far"), tie("b", "near"), tie("c")])
    assert {body.number: body.planet.orbit for body in page.bodies} == {1: 3, 2: 1, 3: 2}
    assert len(page.system.rays) == 3


@pytest.mark.parametrize("closeness", ["near", "", "far"])
def test_nobody_is_left_out_of_the_largest_drawing(closeness):
    page = OwnSystem([tie(str(n), closeness) for n in range(MOST_TIES)])
    assert sorted(body.number for body in page.bodies) == list(range(1, MOST_TIES + 1))
    assert page.system.hidden == ()


def test_the_same_name_twice_is_two_planets():
    assert len(OwnSystem([tie(), tie()]).bodies) == 2


def test_what_is_said_in_one_line():
    assert told(tie()) == ""
    said = tie(closeness="near", subject="marées", frequency="monthly", since="2019-03", occasion="un repas")
    assert told(said) == "marées, chaque mois, depuis mars 2019, né de\u00a0: un repas, proche"
