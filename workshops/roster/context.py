"""Where the reading is in the text, and what that says of an entry."""

import re
from dataclasses import dataclass, replace

from . import words
from .columns import Columns
from .entries import Affiliation, Entry
from .line import Line
from .presence import tells_presence
from .sections import Heading

WHY_OUTSIDE = "Hors d’une liste de participants"
WHY_GROUP = "Organisme lu dans le titre au-dessus"
WHY_LINE = "Ligne qui n’a pas la forme d’une entrée"
WHY_BOX = "Case non cochée"
WHY_HYPHEN = "Mot coupé en fin de ligne"
WHY_JOINED = "Deux lignes réunies"
WHY_PRESENCE = "Présence déduite du rôle"
WHY_SHEET = "Feuille d’émargement\u202f: rien ne dit que cette personne est venue"
WHY_LOST = "Colonnes perdues\u202f: où finit chaque case\u202f?"
WHY_MIXED = "Le titre dit plusieurs présences"
_TITLE = re.compile(
    r"\b(?:atelier|assemblee|compte rendu|reunion|seminaire|programme|mission|journee|feuille|liste|annexe|"
    r"proces verbal|pv|releve"
    r"|19\d\d|20\d\d)\b"
)
_DATE = re.compile(
    r"\b\d{1,2}(?:er)? (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
    r"(?: (?:19|20)\d\d)?\b|\b\d{1,2}/\d{1,2}/(?:20)?\d\d\b"
)


@dataclass
class Context:
    """The section being read."""

    status: str = "unknown"
    session_role: str | None = None
    in_list: bool = False
    open_list: bool = False  # the text is a list and nothing else
    bulleted: bool = False  # most lines have a bullet
    mixed: bool = False  # the heading said several presences
    deduced: bool = False  # presence deduced from a part played (« Intervenants »)
    fresh: bool = False  # a heading was just read, nothing kept since
    group: str | None = None
    group_sure: bool = True
    nested_at: int = -1  # the bullets deeper than that are in the group
    columns: Columns | None = None
    place: str | None = None  # « Structure : Croix-Rouge » was read above
    lost: bool = False  # a table's head was read whose columns are gone
    above: str | None = None  # the last organisation named in the table: an empty cell may mean the same

    def enter(self, heading: Heading, first: bool) -> None:
        """Takes what a heading says. `first`: nothing was read before it."""
        if heading.category:
            self.group = None
            return
        if heading.ends:
            self.in_list = self.open_list and first
            self.columns = None
            return
        if not (heading.rest and heading.session_role):
            self.in_list = True
        self.group, self.mixed, self.fresh = None, heading.mixed, True
        self.deduced = heading.session_role is not None or heading.deduced
        self.status = heading.status or "present"
        self.session_role = None if heading.status else heading.session_role

    def leave(self, text: str) -> None:
        """A sentence ends a list; a short one may stand in the middle of a text that is nothing but a list."""
        self.in_list = self.in_list and self.open_list and len(text) < 200

    def judged(self, entry: Entry, line: Line, named: bool, inline: bool) -> Entry | None:
        """The entry as the section wants it; None if it does not belong to a list."""
        if not (self.in_list or inline):
            told = entry.role or entry.organisation or entry.unit
            if not (named and entry.person_name and told and len(line.text) < 250):
                return None
            return replace(entry, status="unknown", session_role=None).doubted(WHY_OUTSIDE, person_name=None)
        if entry.person_name is None:
            return self._nobody(entry, line, inline)
        return self._by_line(self._by_group(entry), line)

    def _by_group(self, entry: Entry) -> Entry:
        if self.place and not (self.group or entry.organisation):
            return entry.doubted(WHY_GROUP, organisation=self.place)
        if not self.group or entry.organisation:
            return entry
        first, *others = entry.affiliations or (Affiliation(),)
        kept = (replace(first, organisation=self.group), *others)
        entry = replace(entry, organisation=self.group, affiliations=kept)
        return entry if self.group_sure else entry.doubted(WHY_GROUP, organisation=None)

    def _by_line(self, entry: Entry, line: Line) -> Entry:
        if line.hyphen:
            entry = entry.doubted(WHY_HYPHEN)
        if self.lost and (entry.organisation or entry.role):
            entry = entry.doubted(WHY_LOST, role=None, organisation=None)
        if line.loose:
            entry = entry.doubted(WHY_JOINED)
        if self.deduced and entry.status == "present":
            entry = entry.doubted(WHY_PRESENCE, status="unknown")
        if self.mixed and entry.status == "unknown":
            entry = entry.doubted(WHY_MIXED, status="present")
        if line.boxed and entry.status == "unknown":
            return replace(entry, status="present")
        if line.boxed is False:
            kept = "unknown" if entry.status == "present" else entry.status
            return replace(entry, status=kept).doubted(WHY_BOX, status="absent")
        return entry

    def _nobody(self, entry: Entry, line: Line, inline: bool) -> Entry | None:
        """An organisation with nobody named, or a line that is not an entry."""
        plain = line.bullet or inline or not self.bulleted
        folded = words.fold(line.text)
        if self.open_list and not line.bullet and (_TITLE.search(folded) or _DATE.search(folded)):
            return None
        sure = entry.organisation and not entry.needs_review
        if sure:
            return self._by_line(entry, line) if plain else entry.doubted(WHY_LINE, organisation=None)
        if (self.fresh or self.open_list) and not line.bullet and _DATE.search(folded):
            return None  # the title of the session
        said = entry.organisation or entry.role or entry.unit or entry.territory
        if not plain or not said or (len(line.text) > 160 and not inline):
            return None
        return self._by_line(entry, line).doubted(WHY_LINE, person_name=line.text.strip()[:120])

    def unsigned(self, entry: Entry, cells: list[str]) -> Entry:
        """A sheet to sign says who was expected: a typed name is no signature."""
        assert self.columns is not None  # noqa: S101 (called for rows of a table only)
        to_sign = self.deduced or "signature" in self.columns.kinds
        if entry.status != "present" or not to_sign or tells_presence(cells, self.columns):
            return entry
        return entry.doubted(WHY_SHEET, status="unknown")
