"""A network too large to be measured while a visitor waits: measured by a command, and the page says of what day."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from time_machine import travel

from ecosystems import passages
from ecosystems.models import Passages
from tests.factories.actors import OrganisationFactory, TieFactory
from tests.factories.ecosystems import EcosystemFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/ecosystemes/chaine/passeurs/"


@pytest.fixture
def chain(monkeypatch):
    """Three in a row, and a site for which that is already too many."""
    monkeypatch.setattr(passages, "AT_ONCE", 5)
    actors = [OrganisationFactory(name=name) for name in ("Le phare", "Le pont", "Le port")]
    TieFactory(from_actor=actors[0], to_actor=actors[1])
    TieFactory(from_actor=actors[1], to_actor=actors[2])
    return EcosystemFactory(slug="chaine", actors=actors)


def measure() -> str:
    out = StringIO()
    call_command("measure_ecosystems", stdout=out)
    return out.getvalue()


def test_before_the_night_no_visit_measures_and_the_page_says_so(client, chain, monkeypatch):
    monkeypatch.setattr(
        "ecosystems.graph.doors.passages", lambda simple: pytest.fail("a visitor waits for it")
    )
    html = client.get(ADDRESS).content.decode()
    assert "Passages pas encore mesurés" in html
    assert '<td class="num">–</td><td class="num">1</td>' in html  # the only access is counted all the same
    assert not Passages.objects.exists()


def test_after_it_the_page_shows_the_measure_and_its_day(client, chain):
    with travel(datetime(2026, 3, 9, 3, tzinfo=UTC), tick=False):
        assert "2 liens, mesurés le 09/03/2026" in measure()
    html = client.get(ADDRESS).content.decode()
    assert '<td class="num">100 %</td>' in html
    assert "9 mars 2026, sur 2 liens." in html
    assert "d’autres ont été saisis" not in html


def test_what_changed_since_is_said_until_the_next_night(client, chain):
    measure()
    newcomer = OrganisationFactory(name="La digue")
    chain.actors.add(newcomer)
    TieFactory(from_actor=newcomer, to_actor=chain.actors.get(name="Le port"))
    html = client.get(ADDRESS).content.decode()
    assert "d’autres ont été saisis ou retirés depuis" in html
    assert "3 liens, mesurés" in measure()
    assert "d’autres ont été saisis" not in client.get(ADDRESS).content.decode()


def test_the_same_ties_are_not_measured_twice(chain, monkeypatch):
    measure()
    monkeypatch.setattr(passages, "passages", lambda simple: pytest.fail("nothing changed"))
    assert "2 liens, mesurés" in measure()


def test_other_layers_are_said_not_to_be_measured(client, chain):
    measure()
    assert "Passages pas encore mesurés" in client.get(f"{ADDRESS}?couches=liens").content.decode()


def test_a_network_that_is_small_again_keeps_no_old_measure(client, chain, monkeypatch):
    measure()
    monkeypatch.setattr(passages, "AT_ONCE", 100)
    assert "mesuré à chaque visite" in measure()
    assert not Passages.objects.exists()


def test_who_is_no_longer_there_is_not_named(client, chain):
    measure()
    bridge = chain.actors.get(name="Le pont")
    bridge.state = "draft"
    bridge.save()
    assert "Le pont" not in client.get(ADDRESS).content.decode()
    assert str(Passages.objects.get().shares).count("Le pont") == 0
