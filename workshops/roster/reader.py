"""Goes through a text line by line, knowing in which section it is, and keeps what belongs to a list of people."""

import re
from dataclasses import dataclass, field, replace

from . import tables, words
from .columns import Columns, cells_of, only_titles, read_columns
from .context import WHY_LINE, Context
from .entries import Entry, Private
from .keeping import Keeper
from .line import Line
from .organisations import NOTHING_KNOWN, KnownOrganisations
from .pieces import Kind, classify
from .presence import has_cross
from .private import set_apart
from .prose import is_prose
from .recounted import Passage, recounted
from .representation import people_told
from .sections import INLINE, Heading, read_heading
from .shapes import card, group_head, listed, names_person, opens_with_name, told_before, told_place

WHY_STACKED = "Cases recollées en lignes\u202f: une case vide a pu tout décaler"
WHY_CARD = "Ligne rattachée au nom qui précède"
_PLACES_TO_TRUST = 4  # « Étables : M. A » on so many lines: what stands there is whom they speak for
_ROWS_TO_SEE = 400  # a table without a cross in its first rows has none that matters
_SENTENCE_END = re.compile(
    r"(?:(?<=[a-zà-ÿ)»]{2})|(?<=[A-ZÀ-Ý]{3}))(?<!\bMme)(?<!\bDr)(?<!\bPr)(?<!\bMr)(?<!\bSt)\.\s+(?=[A-ZÀ-Ý«])"
)
_SAID_IN = re.compile(r",\s*(?:excus|absent|représent)\w*\s*,", re.IGNORECASE)
_WHO = re.compile(r",?\s+qui\s")
_NOBODY = re.compile(  # « PNR : – », « Présents : 11 – Votants : 12 »
    r"^l[ée]gende\s*:|:\s*(?:[-–—/]+|n[ée]ant|aucune?|personne)[\s.]*$|^\d+\s*[-–—;,]\s*(?:votants?|pouvoirs?|exprim[ée]s|suffrages)\b",
    re.IGNORECASE,
)


@dataclass
class Reader:
    """Reads logical lines into entries, each with its name as listed."""

    known: KnownOrganisations = NOTHING_KNOWN
    context: Context = field(default_factory=Context)
    keeper: Keeper = field(default_factory=Keeper)

    def read(self, lines: list[Line]) -> list[tuple[Entry, str]]:
        """All the entries of `lines`."""
        self._survey(lines)
        index = 0
        while index < len(lines):
            index += self._step(lines, index)
        return self.keeper.found

    def _survey(self, lines: list[Line]) -> None:
        """Whether the text is a list and nothing else: then its lines are entries without a heading to say so."""
        heads = [heading for line in lines if (heading := read_heading(line.text))]
        headed = any(heading.status or heading.session_role for heading in heads)
        before = {place for line in lines if (place := told_before(line))}
        if len({words.tokens(place)[0] for place in before}) >= _PLACES_TO_TRUST:
            self.known = KnownOrganisations(self.known.phrases.also(before))
        prose = sum(is_prose(line.text) for line in lines)
        context = self.context
        context.open_list = not headed and prose * 4 < len(lines) + 3
        context.bulleted = sum(line.bullet for line in lines) * 2 > len(lines)
        first = next(
            (index for index, line in enumerate(lines) if _opens_section(read_heading(line.text))), 0
        )
        context.in_list = context.open_list or (first > 1 and all(listed(line) for line in lines[:first]))

    def _step(self, lines: list[Line], index: int) -> int:
        """Reads the line at `index` (and those that go with it); how many lines were read."""
        line = lines[index]
        columns = read_columns(line.text)
        if columns:
            self._open_table(columns, lines[index + 1 : index + 1 + _ROWS_TO_SEE])
            return 1
        if self.context.columns and self._row(line, self.context.columns):
            return 1
        before, colon, _ = line.text.partition(":")
        several = line.text.count(":") > 1 or (
            colon and ". " in before
        )  # « La séance s'ouvre. Présents : A, B »
        parts = INLINE.split(line.text) if several else [line.text]
        parts = [part for part in parts if part.strip()]
        if len(parts) < 2:
            return self._part(line, lines, index)
        for part in parts:
            self._part(replace(line, text=part.strip(" .;"), raw=part.strip()), [line], 0)
        return 1

    def _part(self, line: Line, lines: list[Line], index: int) -> int:
        heading = read_heading(line.text)
        if self._placed(line, lines[index + 1 : index + 2]):
            return 1
        if heading and not (heading.ends and line.bullet and listed(line)):
            self._enter(heading, line)
            return 1
        if self._opens_group(line, lines[index + 1] if index + 1 < len(lines) else None):
            return 1
        below = card(lines, index, self.known) if self.context.in_list else None
        if below is None:
            self._entries(line)
            return 1
        extra, sure = below
        text = ", ".join([line.text, *(other.text for other in extra)])
        raw = " / ".join([line.raw, *(other.raw for other in extra)])
        before = len(self.keeper.found)
        self._entries(replace(line, text=text, raw=raw))
        if not sure:
            self.keeper.doubt_from(before, WHY_CARD, role=None, organisation=None)
        return 1 + len(extra)

    def _placed(self, line: Line, following: list[Line]) -> bool:
        """« Structure : Croix-Rouge » above « Personne présente : … »: kept for whoever comes below."""
        place = told_place(line) if following else None
        below = read_heading(following[0].text) if place else None
        if not place or not (self.context.in_list or (below and below.rest)):
            return False
        self.context.place = place
        return True

    def _enter(self, heading: Heading, line: Line) -> None:
        """Opens the section, then reads what follows its heading on the line, up to the end of the sentence."""
        self.context.enter(heading, first=not self.keeper.found)
        self.keeper.adjacent = False
        if not heading.rest or heading.ends:
            return
        first, *others = _SENTENCE_END.split(heading.rest)
        self._entries(replace(line, text=first), inline=True)
        for other in others:
            self._entries(replace(line, text=other, raw=other))

    def _open_table(self, columns: Columns, rows: list[Line]) -> None:
        cells = [row_cells for row in rows if (row_cells := cells_of(row.text, columns))]
        columns = tables.with_presence(tables.with_names(columns, cells), cells)
        self.context.columns = replace(columns, crossed=any(has_cross(row, columns) for row in cells))
        self.context.group = self.context.above = None
        self.context.in_list = True

    def _row(self, line: Line, columns: Columns) -> bool:
        """Reads a row of the open table; false if the line is something else."""
        context = self.context
        text = line.raw if columns.separator == "|" else line.text
        cells = cells_of(text, columns)
        if cells is None:
            if (
                line.after_blank
                and not read_heading(line.text)
                and classify(line.text).kind is not Kind.ORGANISATION
            ):
                context.columns = None
            return False
        filled = [cell for cell in cells if cell]
        heading = read_heading(filled[0]) if len(filled) == 1 else None
        if heading:
            context.enter(heading, first=False)
            return True
        rest, private = set_apart(text)
        cells = [set_apart(cell)[0] for cell in cells]
        entries = tables.read_row(cells, columns, self.known, context.status, context.session_role)
        entries = [(context.unsigned(entry, cells), listed_as) for entry, listed_as in entries]
        if line.loose:
            entries = [(entry.doubted(WHY_STACKED), listed_as) for entry, listed_as in entries]
        self.keeper.keep(self._like_above(entries, columns), replace(line, raw=rest), private)
        return True

    def _like_above(self, entries: list[tuple[Entry, str]], columns: Columns) -> list[tuple[Entry, str]]:
        """An empty cell under « Organisme » often means « the same »: said as a doubt."""
        if not entries or "organisation" not in columns.kinds:
            return entries
        above = self.context.above
        self.context.above = entries[0][0].organisation or above
        if not above or entries[0][0].organisation:
            return entries
        entry, listed_as = entries[0]
        return [(entry.doubted(tables.WHY_EMPTY, organisation=above), listed_as), *entries[1:]]

    def _opens_group(self, line: Line, following: Line | None) -> bool:
        """« Ville de Riom » above its people: kept for them, not an entry."""
        context = self.context
        if line.indent <= context.nested_at:
            context.group, context.nested_at = None, -1
        if following is None or not (context.in_list or line.text.endswith(":")):
            return False
        alone = not line.bullet and not names_person(line)
        if context.group and not context.group_sure and alone and line.before_blank:
            context.group = (
                None  # an organisation on a line of its own, with nobody below, ends the group above
            )
            return False
        head = group_head(line, following, self.known, context.group is not None)
        if head is None:
            if alone and line.after_blank:
                context.group_sure = False  # what stands between may end the group
            return False
        context.group, context.group_sure = head[0].text, head[1]
        context.nested_at = line.indent if line.bullet and following.indent > line.indent else -1
        return True

    def _entries(self, line: Line, inline: bool = False) -> None:
        """Reads one line of text and keeps what belongs to the list. `inline`: it follows a heading on its line."""
        text, private = set_apart(line.text)
        context = self.context
        if private:
            line = replace(line, text=text, raw=set_apart(line.raw)[0])
        if not any(char.isalpha() for char in text):
            self.keeper.add_private(private)
            return
        titled = only_titles(text)
        context.lost = context.lost or titled
        if titled or _NOBODY.search(text):
            return
        named = opens_with_name(text)
        prose = is_prose(text, named)
        told = recounted(text, prose)
        if told:
            self._recounted(line, told, private)
            return
        if prose:
            self._sentence(line, private, inline)
            return
        entries = people_told(text, self.known, context.status, context.session_role)
        if not entries:
            self.keeper.add_private(private)
            return
        alone = inline or len(entries) > 1
        judged = [(context.judged(entry, line, named, alone), listed_as) for entry, listed_as in entries]
        self._keep(
            [(entry, listed_as) for entry, listed_as in judged if entry], line, private, whole=not inline
        )

    def _recounted(self, line: Line, told: list[Passage], private: Private) -> None:
        """« Le conseil s'est réuni sous la présidence de M. A, maire »: listed, in doubt since it is a sentence."""
        for text, status, part in told:
            found = people_told(text, self.known, status, part)
            entries = [(entry.doubted(WHY_LINE, person_name=None), name) for entry, name in found]
            named = [one for one in entries if one[0].person_name]
            self.keeper.keep(named[:1] if part else named, line, private)
            private = Private()
        self.keeper.adjacent = False
        self.context.leave(line.text)

    def _sentence(self, line: Line, private: Private, inline: bool) -> None:
        """A sentence is no entry; right under the head of a list it may tell it: its names are kept, all in doubt."""
        context = self.context
        told_so = line.bullet or _SAID_IN.search(
            line.text
        )  # « - M. A, qui a écrit », « M. A, excusé, a écrit »
        one = told_so and context.in_list and names_person(line)
        if context.fresh or one:
            text = _WHO.split(line.text, maxsplit=1)[0] if one else line.text
            told = people_told(text, self.known, context.status, context.session_role)
            entries = [
                (entry.doubted(WHY_LINE, person_name=None), name) for entry, name in told if entry.person_name
            ]
            if len(entries) > 1 or one:
                self._keep(entries[:1] if one else entries, line, private)
        self.keeper.adjacent = False
        if not line.bullet and not inline:
            context.leave(line.text)

    def _keep(
        self, entries: list[tuple[Entry, str]], line: Line, private: Private, whole: bool = True
    ) -> None:
        self.context.fresh = self.context.fresh and not entries
        self.keeper.keep(entries, line, private, whole)


def _opens_section(heading: Heading | None) -> bool:
    return heading is not None and bool(heading.status or heading.session_role)
