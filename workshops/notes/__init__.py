"""Cuts an animator's notes into proposed findings, to accept, correct or drop. Pure: no Django, no database.

`read_notes(text)` for a pasted text, `read_notes_file(name, content)` for a document. Nothing is recorded here, and
nothing is dropped in silence: what was not taken for a finding is in `Notes.left_out`.
"""

from collections.abc import Sequence

from .cutting import Notes, Proposal, cut
from .lines import UnreadableNotes, lines_of_document, lines_of_text

__all__ = ["Notes", "Proposal", "UnreadableNotes", "read_notes", "read_notes_file"]


def read_notes(text: str, sessions: Sequence[str] = ()) -> Notes:
    """The findings that `text` proposes, in its order. Any text is accepted, in time proportional to its length.

    `sessions`: the titles of the workshop's sessions; a line that is one of them is a heading, whatever it looks like.
    """
    return cut(lines_of_text(text), sessions)


def read_notes_file(name: str, content: bytes, sessions: Sequence[str] = ()) -> Notes:
    """The same of a .docx, .odt, .txt or .md document, by the end of `name`.

    Raises `UnreadableNotes`, with a message in French for the animator.
    """
    if name.lower().endswith((".docx", ".odt")):
        return cut(lines_of_document(name, content), sessions)
    if name.lower().endswith((".txt", ".md")):
        return read_notes(content.decode("utf-8-sig", errors="replace"), sessions)
    raise UnreadableNotes(
        "Ces notes ne sont ni Word (.docx), ni LibreOffice (.odt), ni du texte (.txt)\u00a0: collez-les plutôt."
    )
