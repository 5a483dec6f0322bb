"""Reads a pasted or uploaded list of participants into entries to be checked. Pure: no Django, no database.

`read_roster(text)` for a pasted text, `read_file(name, content)` for a document. Both return `Entry`
objects in the order listed.
Nothing is guessed in silence: where another reading is plausible, `needs_review` is true and
`alternatives` says which.
E-mails and telephones are in `Entry.private` and nowhere else.
"""

from collections.abc import Sequence

from .entries import STATUSES, Affiliation, Alternative, Entry, Private
from .lines import cut_lines
from .names import family_name
from .orders import mark_repeats, merge_repeats, settle_names
from .organisations import NOTHING_KNOWN, KnownOrganisations
from .reader import Reader

__all__ = [
    "STATUSES",
    "Affiliation",
    "Alternative",
    "Entry",
    "Private",
    "family_name",
    "read_file",
    "read_roster",
]


def read_roster(text: str, known_organisations: Sequence[str] = ()) -> list[Entry]:
    """The entries of the list(s) of people in `text`, which may be the list alone or a whole report.

    `known_organisations`: names already in the directory; they help to tell an organisation from a
    function. Any text is
    accepted; time is proportional to its length.
    """
    known = KnownOrganisations.of(known_organisations) if known_organisations else NOTHING_KNOWN
    read = Reader(known).read(cut_lines(text))
    return mark_repeats(merge_repeats(settle_names(read)))


def read_file(name: str, content: bytes, known_organisations: Sequence[str] = ()) -> list[Entry]:
    """The entries of an uploaded document: .txt, .md, .csv, .docx, .odt, .ods, .xlsx or the text layer of a .pdf,
    by the end of `name`.

    Raises `documents.UnreadableDocument`, with a message in French for the animator.
    """
    from .documents import text_of

    return read_roster(text_of(name, content), known_organisations)
