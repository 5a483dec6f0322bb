"""The graph as files: networkx, which other programs are made with, reads them back, proofs included."""

import csv
import io

import networkx
import pytest

from tests.factories.actors import OrganisationFactory, SourceFactory, TieFactory
from tests.factories.ecosystems import EcosystemFactory

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/ecosystemes/cote/reseau",
    "/ecosystemes/cote/expansion",
    "/ecosystemes/cote/passeurs",
    "/acteurs/phare/systeme",
]


@pytest.fixture
def source():
    phare, port = (
        OrganisationFactory(name="Le phare & co", slug="phare"),
        OrganisationFactory(name="Le « port »"),
    )
    source = SourceFactory(title="Un compte rendu", slug="compte-rendu", page_count=9)
    TieFactory(from_actor=phare, to_actor=port, source=source, pages=[3, 4], subject="les <digues>")
    TieFactory(from_actor=port, to_actor=phare, source=source, pages=[5], subject="=1+1")
    EcosystemFactory(slug="cote", actors=[phare, port])
    return source


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("kind", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networkx_reads_both_statements_with_their_proof(client, source, address, kind, read):
    graph = read(io.BytesIO(client.get(f"{address}.{kind}").content))
    assert graph.is_directed()
    names = {data["label"] for _, data in graph.nodes(data=True)}
    assert names == {"Le phare & co", "Le « port »"}
    edges = {data["sujet"]: data for _, _, data in graph.edges(data=True)}
    assert set(edges) == {"les <digues>", "=1+1"}
    assert edges["les <digues>"]["source"] == source.short_title
    assert edges["les <digues>"]["pages"] == "3, 4"
    assert edges["les <digues>"]["preuve"] == f"http://testserver{source.get_absolute_url()}#page-3"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_spreadsheet_reads_the_same_and_runs_no_formula(client, source, address):
    text = client.get(f"{address}.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["sujet"] for row in rows} == {"les <digues>", "'=1+1"}
    assert {row["preuve"] for row in rows} == {
        f"http://testserver{source.get_absolute_url()}#page-{page}" for page in (3, 5)
    }
