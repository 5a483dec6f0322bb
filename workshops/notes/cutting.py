"""From lines of notes to proposed findings. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from foundations.text import sort_key
from workshops.restitution.marks import OUTSIDE

from .kinds import kind_announced, kind_of_sentence, split_lead
from .lines import Line

# What notes hold beside findings: lists of people, what was recommended, the order of the day.
_NOT_FINDINGS = re.compile(
    r"^(?:\d+ )?(?:les |liste des )?(?:participant(?:e)?s?|presents?|excuses?|(?:etaient|ont ete) presents"
    r"|absents?|invites?|recommandations?|preconisations?|propositions?|pistes?|decisions?|actions?|plan d actions?"
    r"|prochain(?:e)?s? (?:etapes?|rendez vous|dates?)|suites?|a faire|ordre du jour|sources?|sommaire"
    r"|table des matieres|remerciements)\b"
)
_SESSION = re.compile(r"(?:atelier|seance|session|table ronde)\b")
_PAGES = re.compile(r"[\s\u00a0\u202f]*[(\[]?\b(?:pp?|pages?)\.?[\s\u00a0\u202f]*(\d[\d\s,àet–-]*)[)\]]?\.?$")
_QUOTATION = re.compile(r"^[«“\"]\s*(.+?)\s*[»”\"]\.?$")
_SENTENCE = re.compile(r"(?<=[.!?…])[\s\u00a0\u202f]+(?=[A-ZÀ-Ý«])")
LONG_PARAGRAPH = 320  # characters: beyond, each sentence is proposed by itself
_LONGEST_RUN = 20  # pages of « p. 3 à 7 »: a longer run is a slip


@dataclass(frozen=True)
class Proposal:
    """A finding that the notes seem to hold. `kind_is_sure`: a heading, a lead or a style said it."""

    kind: str
    statement: str
    session: str = ""
    title: str = ""
    quotation: str = ""
    points: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    kind_is_sure: bool = False


@dataclass
class Notes:
    proposals: list[Proposal] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass
class _Draft:
    """A proposal while its lines come."""

    kind: str
    statement: str
    session: str
    sure: bool
    title: str = ""
    quotation: str = ""
    points: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    def done(self) -> Proposal:
        return Proposal(
            kind=self.kind,
            statement=self.statement,
            session=self.session,
            title=self.title,
            quotation=self.quotation,
            points=tuple(self.points),
            pages=tuple(sorted(self.pages)),
            kind_is_sure=self.sure,
        )


def cut(lines: Iterable[Line], sessions: Iterable[str] = ()) -> Notes:
    """The proposals of `lines`, in their order, and what was left out. `sessions`: titles known to be of sessions."""
    cutter = _Cutter(frozenset(map(sort_key, sessions)))
    for line in lines:
        cutter.take(line)
    return Notes([draft.done() for draft in cutter.drafts], cutter.left_out)


class _Cutter:
    """Reads line after line, knowing under which headings it is."""

    def __init__(self, sessions: frozenset[str]) -> None:
        self.sessions = sessions
        self.drafts: list[_Draft] = []
        self.left_out: list[str] = []
        self.session, self.kind, self.title = "", None, ""
        self.depth: int | None = None
        self.aside_below: int | None = None  # level of the heading that opened what holds no finding
        self.is_past_aside = False  # the points and pages that follow an aside are its own

    def take(self, line: Line) -> None:
        if line.level and self._is_heading(line):
            self._head(line)
        elif line.part == "aside" or self.aside_below is not None or (line.part and self.is_past_aside):
            self.left_out.append(line.text)
            self.is_past_aside = True
        elif line.part:
            self._part(line)
        else:
            self._statement(line)
            self.is_past_aside = False

    def _is_heading(self, line: Line) -> bool:
        """A heading by its style; by its look alone, only if it says something that a heading says, or opens a list."""
        if line.level < 8 or line.text.endswith(":"):
            return True
        says = kind_announced(line.text) or _NOT_FINDINGS.match(sort_key(line.text))
        return bool(says or self._names_a_session(line.text))

    def _names_a_session(self, text: str) -> bool:
        folded = sort_key(text)
        return folded in self.sessions or bool(_SESSION.match(folded))

    def _head(self, line: Line) -> None:
        if self.aside_below is not None and self.aside_below < line.level < 8:
            self.left_out.append(line.text)
            return
        text = line.text.rstrip(" :\u00a0\u202f")
        is_aside = line.part == "aside" or bool(_NOT_FINDINGS.match(sort_key(text)))
        self.kind, self.title, self.depth = kind_announced(text), "", None
        self.is_past_aside = False
        self.aside_below = line.level if is_aside else None
        if self.kind or is_aside:
            return
        # A heading without a kind at level 3 and more divides a session: it names no other, unless it says so.
        if line.level < 3 or (line.level >= 8 and self._names_a_session(text)):
            self.session = "" if text == OUTSIDE else text
        elif line.level >= 8:
            self.left_out.append(line.text)  # what it says of the lines below is for the animator to see

    def _part(self, line: Line) -> None:
        """A line of a document of ours: its style says what it is of the finding before."""
        if line.part == "title":
            self.title = line.text
        elif not self.drafts:
            self.left_out.append(line.text)
        elif line.part == "point":
            self.drafts[-1].points.append(line.text)
        elif line.part == "quotation":
            self.drafts[-1].quotation = _unquoted(line.text) or line.text
        else:
            self.drafts[-1].pages.update(split_pages(line.text)[1])

    def _statement(self, line: Line) -> None:
        if line.kind:
            self._add(line.kind, line.text, line, sure=True)
            return
        previous = self.drafts[-1] if self.drafts else None
        quotation = _unquoted(line.text)
        if quotation and previous and not previous.quotation and previous.session == self.session:
            previous.quotation = quotation
        elif line.depth is not None and self.depth is not None and line.depth > self.depth and previous:
            previous.points.append(line.text)
        else:
            self.depth = line.depth
            for sentence in _sentences(line):
                lead, text = split_lead(sentence)
                kind = lead or self.kind
                self._add(kind or kind_of_sentence(text), text, line, sure=bool(kind))

    def _add(self, kind: str, text: str, line: Line, *, sure: bool) -> None:
        statement, pages = (text, ()) if line.kind else split_pages(text)
        if not re.search(r"\w", statement):
            return
        draft = _Draft(kind, statement.strip(), self.session, sure, title=self.title, pages=set(pages))
        if not draft.pages and line.page and not line.kind:
            draft.pages = {line.page}
        self.drafts.append(draft)
        self.title = ""


def _sentences(line: Line) -> list[str]:
    if line.depth is None and len(line.text) > LONG_PARAGRAPH:
        return _SENTENCE.split(line.text)
    return [line.text]


def _unquoted(text: str) -> str:
    """What a line that is a quotation and nothing else quotes; empty for another."""
    quoted = _QUOTATION.match(text.strip())
    return quoted.group(1).strip() if quoted else ""


def split_pages(text: str) -> tuple[str, tuple[int, ...]]:
    """« Le temps manque (p. 2 et 3) » → (« Le temps manque », (2, 3))."""
    found = _PAGES.search(text[-60:])
    if not found:
        return text, ()
    pages: set[int] = set()
    for run in re.split(r",|\bet\b", found.group(1)):
        ends = [int(number) for number in re.findall(r"\d{1,4}", run)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + _LONGEST_RUN:
            pages.update(range(ends[0], ends[1] + 1))
        else:
            pages.update(ends)
    return text[: len(text) - len(text[-60:]) + found.start()], tuple(sorted(pages - {0}))
