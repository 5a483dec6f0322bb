"""Entries as they are kept: each with the part of the line it comes from, and with its own private data."""

import re
from dataclasses import dataclass, field, replace

from . import words
from .entries import Entry, Private
from .line import Line
from .private import owner, scrubbed

_LAST_AND = re.compile(r"[\s,]+(?:et|&|ainsi que)\s*$")


@dataclass
class Keeper:
    """What was found so far: entries, each with its name as listed."""

    found: list[tuple[Entry, str]] = field(default_factory=list)
    adjacent: bool = False  # the line before was kept

    def keep(
        self, entries: list[tuple[Entry, str]], line: Line, private: Private, whole: bool = True
    ) -> None:
        """Adds the entries of `line`. `whole`: nothing else than them is on it."""
        sources = [line.raw if whole else line.text]
        if len(entries) > 1:
            sources = _sources(line, [listed for _, listed in entries])
        shares = _share(private, [entry.person_name for entry, _ in entries])
        self.adjacent = bool(entries)
        for (entry, listed), source, share in zip(entries, sources, shares, strict=False):
            kept = replace(entry, source_line=source.strip(), line=line.number, private=share)
            self.found.append((scrubbed(kept), listed))

    def add_private(self, private: Private) -> None:
        """E-mails alone on their line belong to the person just above."""
        if private and self.found and self.adjacent:
            entry, listed = self.found[-1]
            merged = Private(entry.private.emails + private.emails, entry.private.phones + private.phones)
            self.found[-1] = (replace(entry, private=merged), listed)

    def doubt_from(self, start: int, reason: str, **changes: str | None) -> None:
        """Doubts the entries kept from position `start` on."""
        self.found[start:] = [
            (entry.doubted(reason, **changes), listed) for entry, listed in self.found[start:]
        ]


def _share(private: Private, names: list[str | None]) -> list[Private]:
    """Whose are the e-mails of a line with several people: whose name they spell, else the last one's."""
    if len(names) <= 1 or not private:
        return [private] * len(names)
    emails: list[list[str]] = [[] for _ in names]
    spelled = [words.fold(name) if name else None for name in names]
    for email in private.emails:
        index = owner(words.fold(email), spelled)
        emails[len(names) - 1 if index is None else index].append(email)
    last = len(names) - 1
    return [Private(tuple(own), private.phones if index == last else ()) for index, own in enumerate(emails)]


def _sources(line: Line, starts: list[str]) -> list[str]:
    """The part of the line each entry comes from, by the text it begins with."""
    positions, cursor = [], 0
    for start in starts:
        at = line.text.find(start.split("\t")[0], cursor) if start else -1
        positions.append(max(at, cursor))
        cursor = positions[-1] + (at >= 0)
    ends = [*positions[1:], len(line.text)]
    parts = [
        _LAST_AND.sub("", line.text[at:end][:1000]).strip(" ,;–-\t")
        for at, end in zip(positions, ends, strict=True)
    ]
    return [part if len(part) > 2 else line.raw[:1000] for part in parts]
