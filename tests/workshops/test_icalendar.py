"""A day in a calendar keeps to RFC 5545, whatever the words."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workshops.icalendar import day_event


def event(title: str) -> str:
    return day_event(
        uid="u",
        day=date(2022, 12, 31),
        title=title,
        place="",
        url="https://exemple.fr/",
        stamp="20220101T000000Z",
    )


def test_signs_are_escaped():
    assert "SUMMARY:Débat\\, puis vote\\; fin\\nMerci\r\n" in event("Débat, puis vote; fin\nMerci")


def test_the_day_after_may_be_next_year():
    assert "DTEND;VALUE=DATE:20230101\r\n" in event("x")


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=300))
def test_lines_are_folded_without_losing_anything(title):
    lines = event(title).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = event(title).replace("\r\n ", "")
    escaped = title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{escaped}\r\n" in unfolded
