"""Goes through a text line by line, knowing in which section it is, and keeps what belongs to a list of people."""

import re
from dataclasses import dataclass, field, replace

from . import tables, words
from .assembly import WHY_STATUS
from .entries import Affiliation, Entry, Private
from .lines import Line
from .organisations import NOTHING_KNOWN, KnownOrganisations
from .people import people_on
from .pieces import Kind, classify
from .private import owner, scrubbed, set_apart
from .prose import is_prose
from .sections import INLINE, Heading, read_heading
from .statuses import split_represented, split_represents

WHY_OUTSIDE = "Hors d’une liste de participants"
WHY_GROUP = "Organisme lu dans le titre au-dessus"
WHY_REPRESENTS = "Présence déduite\u202f: représente une autre personne"
WHY_LINE = "Ligne qui n’a pas la forme d’une entrée"
WHY_CARD = "Ligne rattachée au nom qui précède"
WHY_BOX = "Case non cochée"
WHY_HYPHEN = "Mot coupé en fin de ligne"
WHY_PRESENCE = "Présence déduite du rôle"
WHY_SHEET = "Feuille d’émargement\u202f: rien ne dit que cette personne est venue"
WHY_MIXED = "Le titre dit plusieurs présences"
_LAST_AND = re.compile(r"[\s,]+(?:et|&|ainsi que)\s*$")
_SENTENCE_END = re.compile(
    r"(?<=[a-zà-ÿ)»]{2})(?<!\bMme)(?<!\bDr)(?<!\bPr)(?<!\bMr)(?<!\bSt)\.\s+(?=[A-ZÀ-Ý«])"
)
_FIRST = re.compile(r"[,(:;\t|]|\s[–—-]\s")
_TITLE = re.compile(
    r"\b(?:atelier|compte rendu|reunion|seminaire|programme|mission|journee|feuille|liste|annexe|proces verbal|pv|releve|19\d\d|20\d\d)\b"
)


@dataclass
class Context:
    """Where the reading is."""

    status: str = "unknown"
    session_role: str | None = None
    in_list: bool = False
    mixed: bool = False
    deduced: bool = False  # presence deduced from a part played (« Intervenants »)
    group: str | None = None
    group_sure: bool = True
    fresh: bool = False  # a heading was just read, nothing kept since
    columns: tables.Columns | None = None


@dataclass
class Reader:
    """Reads logical lines into entries, each with its name as listed."""

    known: KnownOrganisations = NOTHING_KNOWN
    context: Context = field(default_factory=Context)
    found: list[tuple[Entry, str]] = field(default_factory=list)
    open_list: bool = False
    bulleted: bool = False
    adjacent: bool = False  # the line before was kept

    def read(self, lines: list[Line]) -> list[tuple[Entry, str]]:
        """All the entries of `lines`."""
        self._survey(lines)
        index = 0
        while index < len(lines):
            index += self._step(lines, index)
        return self.found

    def _survey(self, lines: list[Line]) -> None:
        """Whether the text is a list and nothing else: then its lines are entries without a heading to say so."""
        heads = [heading for line in lines if (heading := read_heading(line.text))]
        headed = any(heading.status or heading.session_role for heading in heads)
        prose = sum(is_prose(line.text) for line in lines)
        self.open_list = not headed and prose * 4 < len(lines) + 3
        self.bulleted = sum(line.bullet for line in lines) * 2 > len(lines)
        first = next(
            (
                i
                for i, line in enumerate(lines)
                if (h := read_heading(line.text)) and (h.status or h.session_role)
            ),
            0,
        )
        before = lines[:first]
        self.context.in_list = self.open_list or (
            bool(before) and len(before) > 1 and all(_listed(line) for line in before)
        )

    def _step(self, lines: list[Line], index: int) -> int:
        """Reads the line at `index` (and those that go with it); how many lines were read."""
        line = lines[index]
        columns = tables.read_columns(line.text)
        if columns:
            self._open_table(columns, lines, index)
            return 1
        if self.context.columns and self._row(line):
            return 1
        parts = (
            [part for part in INLINE.split(line.text) if part.strip()]
            if line.text.count(":") > 1
            else [line.text]
        )
        if len(parts) > 1:
            for part in parts:
                self._part(replace(line, text=part.strip(" .;"), raw=part.strip()), lines, index)
            return 1
        return self._part(line, lines, index)

    def _part(self, line: Line, lines: list[Line], index: int) -> int:
        heading = read_heading(line.text)
        if heading and not (heading.ends and (line.bullet and _listed(line))):
            self._enter(heading, line, lines, index)
            if heading.rest and not heading.ends:
                first, *others = _SENTENCE_END.split(heading.rest)
                self._entries(replace(line, text=first), inline=True)
                for other in others:
                    self._entries(replace(line, text=other, raw=other))
            return 1
        if self._opens_group(line, lines, index):
            return 1
        card = self._card(lines, index)
        if card:
            extra, sure = card
            joined = replace(
                line,
                text=", ".join([line.text, *(other.text for other in extra)]),
                raw=" / ".join([line.raw, *(o.raw for o in extra)]),
            )
            before = len(self.found)
            self._entries(joined)
            if not sure:
                self._doubt_from(before, WHY_CARD, role=None, organisation=None)
            return 1 + len(extra)
        self._entries(line)
        return 1

    def _doubt_from(self, start: int, reason: str, **changes: str | None) -> None:
        self.found[start:] = [
            (entry.doubted(reason, **changes), listed) for entry, listed in self.found[start:]
        ]

    def _enter(self, heading: Heading, line: Line, lines: list[Line], index: int) -> None:
        """Takes what a heading says."""
        context = self.context
        self.adjacent = False
        if heading.category:
            context.group = None
            return
        if heading.ends:
            if not self.open_list or (index and not line.bullet and self.found):
                context.in_list = False
            context.columns = None
            return
        if not (heading.rest and heading.session_role):
            context.in_list = True
        context.group, context.mixed, context.fresh = None, heading.mixed, True
        context.deduced = heading.session_role is not None or heading.deduced
        if heading.status:
            context.status, context.session_role = heading.status, None
        else:
            context.status, context.session_role = "present", heading.session_role

    def _open_table(self, columns: tables.Columns, lines: list[Line], index: int) -> None:
        crossed = False
        for line in lines[index + 1 : index + 400]:
            cells = tables.cells_of(line.text, columns)
            if cells and tables.has_cross(cells, columns):
                crossed = True
                break
        self.context.columns = replace(columns, crossed=crossed)
        self.context.group = None
        self.context.in_list = True

    def _row(self, line: Line) -> bool:
        """Reads a row of the open table; false if the line is something else."""
        context = self.context
        assert context.columns is not None
        text = line.raw if context.columns.separator == "|" else line.text
        rest, private = set_apart(text)
        cells = tables.cells_of(text, context.columns)
        if cells is None:
            if (
                line.after_blank
                and read_heading(line.text) is None
                and classify(line.text).kind is not Kind.ORGANISATION
            ):
                context.columns = None
            return False
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and (read_heading(filled[0]) or classify(filled[0]).kind is Kind.ORGANISATION):
            heading = read_heading(filled[0])
            if heading:
                self._enter(heading, line, [], 0)
                return True
        cells = [set_apart(cell)[0] for cell in cells]
        entries = tables.read_row(cells, context.columns, self.known, context.status, context.session_role)
        entries = [(self._unsigned(entry, cells), listed) for entry, listed in entries]
        above = self.found[-1][0].organisation if self.found else None
        if (
            entries
            and "organisation" in context.columns.kinds
            and entries[0][0].organisation is None
            and above
        ):
            entries[0] = (entries[0][0].doubted(tables.WHY_EMPTY, organisation=above), entries[0][1])
        self._keep(entries, replace(line, raw=rest), private)
        return True

    def _unsigned(self, entry: Entry, cells: list[str]) -> Entry:
        """A sheet to sign says who was expected: a typed name is no signature."""
        context = self.context
        assert context.columns is not None
        told = tables.tells_presence(cells, context.columns)
        if entry.status != "present" or told or not (context.deduced or "signature" in context.columns.kinds):
            return entry
        return entry.doubted(WHY_SHEET, status="unknown")

    def _opens_group(self, line: Line, lines: list[Line], index: int) -> bool:
        """« Ville de Riom » above its people: kept for them, not an entry."""
        following = lines[index + 1] if index + 1 < len(lines) else None
        if not (self.context.in_list or line.text.endswith(":")) or following is None or len(line.text) > 120:
            return False
        if self._closes_group(line):
            return False
        colon = line.text.rstrip().endswith(":")
        if line.bullet and not colon:
            return False
        piece = classify(line.text, self.known)
        if piece.kind not in (Kind.ORGANISATION, Kind.UNIT, Kind.UNKNOWN) or (
            piece.kind is Kind.UNKNOWN and not colon
        ):
            return False
        if not _names_person(following) or (
            not colon
            and not following.bullet
            and not line.after_blank
            and following.indent <= line.indent
            and not self.context.group
        ):
            return False
        shifted = (following.bullet and not line.bullet) or following.indent > line.indent
        if not colon and not shifted and any(read.kind is Kind.ORGANISATION for read in _rest_of(following)):
            return False
        self.context.group = piece.text
        self.context.group_sure = (colon or shifted) and piece.kind is not Kind.UNKNOWN
        return True

    def _closes_group(self, line: Line) -> bool:
        """An organisation on a line of its own, which is not the head of a group, ends the group above."""
        if self.context.group and not line.bullet and not self.context.group_sure and line.before_blank:
            self.context.group = None
            return True
        return False

    def _card(self, lines: list[Line], index: int) -> tuple[list[Line], bool] | None:
        """The lines under a lone name that say what the person does, and whether the block is plain."""
        line = lines[index]
        if line.bullet or len(line.text) > 70 or not self.context.in_list or line.before_blank:
            return None
        if "," in line.text or classify(line.text, self.known).kind is not Kind.NAME:
            return None
        extra: list[Line] = []
        for other in lines[index + 1 : index + 6]:
            if (
                other.bullet
                or other.after_blank
                or read_heading(other.text)
                or is_prose(other.text)
                or "\t" in other.text
            ):
                break
            first = classify(set_apart(other.text)[0].split(",")[0], self.known)
            if first.kind is Kind.NAME or (
                first.kind is Kind.UNKNOWN and not extra and not set_apart(other.text)[1]
            ):
                break
            extra.append(other)
            if other.before_blank:
                break
        if not extra:
            return None
        last = index + len(extra)
        ends = lines[last].before_blank or last + 1 == len(lines)
        return extra, (line.after_blank and ends) or classify(extra[0].text, self.known).kind is Kind.ROLE

    def _entries(self, line: Line, inline: bool = False) -> None:
        """Reads one line of text and keeps what belongs to the list."""
        text, private = set_apart(line.text)
        context = self.context
        if private:
            line = replace(line, text=text, raw=set_apart(line.raw)[0])
        if not text.strip():
            self._late_private(private)
            return
        named = _opens_with_name(text)
        if tables.only_titles(text):
            return
        if not any(char.isalpha() for char in text):
            return
        if is_prose(text, named) and not (context.fresh and self._told(line, text, private)):
            self.adjacent = False
            if not line.bullet and not inline:
                context.in_list = context.in_list and (self.open_list and len(text) < 200)
            return
        entries = self._people(text)
        if not entries and private:
            self._late_private(private)
        several = len(entries) > 1
        entries = [(self._judged(entry, line, named, inline or several), listed) for entry, listed in entries]
        kept = [(entry, listed) for entry, listed in entries if entry is not None]
        self._keep(kept, line, private, whole=not inline)

    def _told(self, line: Line, text: str, private: Private) -> bool:
        """A sentence right under the head of a list may be the list, told: its names are kept, all in doubt."""
        entries = [
            (entry.doubted(WHY_LINE, person_name=None), listed)
            for entry, listed in self._people(text)
            if entry.person_name
        ]
        if len(entries) > 1:
            self._keep(entries, replace(line, text=text, raw=set_apart(line.raw)[0]), private)
        return False

    def _people(self, text: str) -> list[tuple[Entry, str]]:
        """Entries of `text`, representation included."""
        context = self.context
        status = context.status
        sides = split_represented(text) if ";" not in text else None
        if sides and sides[0]:
            away = people_on(sides[0], self.known, "represented", context.session_role)
            come = people_on(sides[1], self.known, "present", context.session_role)
            away = [
                *away[:-1],
                *[(replace(entry, status="represented"), listed) for entry, listed in away[-1:]],
            ]
            place = away[-1][0].organisation if away else None
            come = [
                (entry.doubted(WHY_REPRESENTS, status="unknown", **_inherit(entry, place)), listed)
                for entry, listed in come
            ]
            return away + come
        sides = split_represents(text)
        if sides and sides[0]:
            come = people_on(sides[0], self.known, status, context.session_role)
            away = people_on(sides[1], self.known, "represented", None)
            return come + [
                (entry.doubted(WHY_REPRESENTS, status="unknown"), listed) for entry, listed in away
            ]
        if ";" in text and split_represented(text):
            return [one for part in text.split(";") if part.strip() for one in self._people(part)]
        return people_on(text, self.known, status, context.session_role)

    def _judged(self, entry: Entry, line: Line, named: bool, inline: bool) -> Entry | None:
        """The entry as the section wants it; None if it does not belong to a list."""
        context = self.context
        if not (context.in_list or inline):
            sure = (
                named
                and entry.person_name
                and (entry.role or entry.organisation or entry.unit)
                and len(line.text) < 250
            )
            return entry.doubted(WHY_OUTSIDE, person_name=None) if sure else None
        if entry.person_name is None:
            return self._nobody(entry, line, inline)
        if context.group and entry.organisation is None:
            first = (
                replace(entry.affiliations[0], organisation=context.group)
                if entry.affiliations
                else Affiliation(organisation=context.group)
            )
            entry = replace(entry, organisation=context.group, affiliations=(first, *entry.affiliations[1:]))
            if not context.group_sure:
                entry = entry.doubted(WHY_GROUP, organisation=None)
        return self._doubted_by_line(entry, line)

    def _doubted_by_line(self, entry: Entry, line: Line) -> Entry:
        context = self.context
        if line.hyphen:
            entry = entry.doubted(WHY_HYPHEN)
        if context.deduced and entry.status == "present":
            entry = entry.doubted(WHY_PRESENCE, status="unknown")
        if context.mixed and entry.status == "unknown":
            entry = entry.doubted(WHY_MIXED, status="present")
        if line.boxed is True and entry.status == "unknown":
            entry = replace(entry, status="present")
        elif line.boxed is False:
            entry = replace(entry, status="unknown" if entry.status == "present" else entry.status).doubted(
                WHY_BOX, status="absent"
            )
        return entry

    def _nobody(self, entry: Entry, line: Line, inline: bool) -> Entry | None:
        """An organisation with nobody named, or a line that is not an entry."""
        named_organisation = entry.organisation and not entry.needs_review
        plain = line.bullet or inline or not self.bulleted
        if self.open_list and not line.bullet and _TITLE.search(words.fold(line.text)):
            return None
        if not plain and not named_organisation:
            return None
        if named_organisation and (line.bullet or inline or not self.bulleted):
            return self._doubted_by_line(entry, line) if plain else entry.doubted(WHY_LINE, organisation=None)
        if (len(line.text) > 160 and not inline) or not (
            entry.organisation or entry.role or entry.unit or entry.territory
        ):
            return None
        return self._doubted_by_line(entry, line).doubted(WHY_LINE, person_name=line.text.strip()[:120])

    def _keep(
        self, entries: list[tuple[Entry, str]], line: Line, private: Private, whole: bool = True
    ) -> None:
        """Adds entries with their source and their private data."""
        sources = (
            _sources(line, [listed for _, listed in entries])
            if len(entries) > 1
            else [line.raw if whole else line.text]
        )
        names = [entry.person_name for entry, _ in entries]
        shares = _share(private, names)
        self.context.fresh = self.context.fresh and not entries
        self.adjacent = bool(entries)
        for (entry, listed), source, share in zip(entries, sources, shares, strict=False):
            entry = replace(entry, source_line=source.strip(), line=line.number, private=share)
            self.found.append((scrubbed(entry), listed))

    def _late_private(self, private: Private) -> None:
        """E-mails alone on their line belong to the person above."""
        if private and self.found and self.adjacent:
            entry, listed = self.found[-1]
            merged = Private(entry.private.emails + private.emails, entry.private.phones + private.phones)
            self.found[-1] = (replace(entry, private=merged), listed)


def _inherit(entry: Entry, place: str | None) -> dict[str, str | None]:
    return {"organisation": place} if place and not entry.organisation else {}


def _share(private: Private, names: list[str | None]) -> list[Private]:
    """Whose are the e-mails of a line with several people: whose name they spell, else the last one's."""
    if len(names) <= 1 or not private:
        return [private] * len(names)
    emails: list[list[str]] = [[] for _ in names]
    for email in private.emails:
        index = owner(email, names, words.fold)
        emails[len(names) - 1 if index is None else index].append(email)
    return [
        Private(tuple(own), private.phones if index == len(names) - 1 else ())
        for index, own in enumerate(emails)
    ]


def _sources(line: Line, starts: list[str]) -> list[str]:
    """The part of the line each entry comes from."""
    positions, cursor = [], 0
    for start in starts:
        at = line.text.find(start.split("\t")[0], cursor) if start else -1
        at = at if at >= 0 else cursor
        positions.append(at)
        cursor = at + 1
    ends = [*positions[1:], len(line.text)]
    parts = [
        _LAST_AND.sub("", line.text[at:end]).strip(" ,;–-\t") for at, end in zip(positions, ends, strict=True)
    ]
    return [part if len(part) > 2 else line.raw for part in parts]


def _opens_with_name(text: str) -> bool:
    first = _FIRST.split(text, maxsplit=1)[0]
    if len(first) > 80:
        return False
    piece = classify(first)
    return piece.kind is Kind.NAME and piece.name is not None and piece.name.strength >= 2


def _names_person(line: Line) -> bool:
    if line.bullet and classify(_FIRST.split(line.text, maxsplit=1)[0]).kind is Kind.NAME:
        return True
    return _opens_with_name(line.text) or bool(re.match(r"(?:M\.|Mme|Mr|Monsieur|Madame)\s", line.text))


def _rest_of(line: Line) -> list:  # type: ignore[type-arg]
    return [classify(part) for part in re.split(r"[,()]", line.text)[1:] if part.strip()]


def _listed(line: Line) -> bool:
    return _names_person(line) and not is_prose(line.text, True)
