"""What appears when, by cases worked out by hand; nothing is dated that no source dates."""

from ecosystems.graph.expansion import FADES_AFTER, Span, expansion
from ecosystems.graph.model import Edge, Graph, Node


def graph(*edges: Edge, alone: str = "") -> Graph:
    names = {name for edge in edges for name in (edge.start, edge.end)} | set(alone)
    return Graph.of([Node(name, name.upper(), "local") for name in sorted(names)], edges)


def edge(pair: str, year: int | None = None, **more) -> Edge:
    return Edge(pair[0], pair[1], "liens", "x", year=year, **more)


def names(year) -> str:
    return "".join(node.id for node in year.nodes)


def test_a_tie_is_known_from_the_year_it_was_seen_or_began():
    told = expansion(graph(edge("ab", 2022), edge("bc", 2022, since=2015)))
    assert [(year.year, names(year), len(year.ties)) for year in told.years] == [
        (2015, "bc", 1),
        (2022, "a", 1),
    ]


def test_an_organisation_is_there_from_its_foundation():
    told = expansion(graph(edge("ab", 2022)), {"a": (2001, None)})
    assert [(year.year, names(year)) for year in told.years] == [(2001, "a"), (2022, "b")]


def test_what_no_source_dates_has_no_year():
    told = expansion(graph(edge("ab"), alone="z"))
    assert told.years == ()
    assert [node.id for node in told.undated] == ["a", "b", "z"]
    assert told.at(2022) == (0, 0, 0)


def test_what_is_older_than_two_years_without_confirmation_fades():
    told = expansion(graph(edge("ab", 2018)))
    span = told.ties[("a", "b")]
    assert [span.is_faded(year) for year in (2018, 2018 + FADES_AFTER, 2019 + FADES_AFTER)] == [
        False,
        False,
        True,
    ]
    assert [told.at(year) for year in (2017, 2020, 2021)] == [(0, 0, 0), (2, 1, 0), (2, 1, 1)]


def test_another_source_confirms():
    told = expansion(graph(edge("ab", 2018), edge("ba", 2022)))
    assert told.ties[("a", "b")] == Span(2018, 2022)
    assert len(told.years) == 1
    assert len(told.years[0].ties[0]) == 2


def test_what_is_over_is_no_more_there_unless_somebody_still_says_it():
    over = expansion(graph(edge("ab", 2022, since=2015, until=2018)))
    span = over.ties[("a", "b")]
    assert [span.is_there(year) for year in (2014, 2015, 2018, 2019)] == [False, True, True, False]
    assert [(year.year, len(year.ended)) for year in over.years] == [(2015, 0), (2018, 1)]
    still = expansion(graph(edge("ab", 2022, since=2015, until=2018), edge("ab", 2022)))
    assert still.ties[("a", "b")].over is None


def test_what_ended_before_it_was_told_was_there_until_then():
    assert expansion(graph(edge("ab", 2022, until=2018))).ties[("a", "b")] == Span(2018, 2022, 2018)
