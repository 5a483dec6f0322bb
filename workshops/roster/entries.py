"""What a roster becomes: entries, ready to be checked by a person. Nothing here is sure until someone confirms it."""

from dataclasses import dataclass, field, replace
from typing import Any

STATUSES = ("present", "excused", "absent", "represented", "invited", "unknown")

FIELDS = ("person_name", "role", "unit", "organisation", "territory", "status", "session_role")


@dataclass(frozen=True)
class Private:
    """E-mails and telephones found beside a person. They appear nowhere else; keeping them is a choice
    someone makes.
    """

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.emails or self.phones)


@dataclass(frozen=True)
class Affiliation:
    """One capacity in which someone is listed. The first one of an entry is its role, unit and organisation."""

    role: str | None = None
    unit: str | None = None
    organisation: str | None = None
    territory: str | None = None


@dataclass(frozen=True)
class Alternative:
    """Another reading: why (in French, shown to the animator) and what would change, field by field.

    `changes` may be empty, where the doubt is not about a value (« déjà dans la liste »).
    """

    reason: str
    changes: tuple[tuple[str, str | None], ...] = ()

    def as_dict(self) -> dict[str, str | None]:
        """The changed fields, and `reason`."""
        return {**dict(self.changes), "reason": self.reason}


@dataclass(frozen=True)
class Entry:
    """One line of the table the animator checks. `person_name` is None for an organisation with nobody named.

    `needs_review` is true as soon as one reading was preferred to another that is plausible;
    `alternatives` then has at least
    one. `source_line` is the text as listed, without e-mails and telephones, which are in `private` only.
    `line` counts from 1.
    """

    person_name: str | None = None
    role: str | None = None
    unit: str | None = None
    organisation: str | None = None
    territory: str | None = None
    status: str = "unknown"
    session_role: str | None = None
    needs_review: bool = False
    alternatives: tuple[Alternative, ...] = ()
    source_line: str = ""
    affiliations: tuple[Affiliation, ...] = ()
    line: int = 0
    private: Private = field(default_factory=Private)

    def doubted(self, reason: str, **changes: str | None) -> "Entry":
        """The same entry, to be reviewed, with one more alternative."""
        other = Alternative(reason, tuple(sorted(changes.items())))
        known = self.alternatives if other in self.alternatives else (*self.alternatives, other)
        return replace(self, needs_review=True, alternatives=known)

    def with_alternative(self, alternative: Alternative) -> "Entry":
        """The entry as it would be if the animator chose that reading: sure, since a person chose."""
        return replace(self, needs_review=False, **dict(alternative.changes))

    def as_dict(self) -> dict[str, Any]:
        """What `parse_roster` prints: no private data."""
        values: dict[str, Any] = {name: getattr(self, name) for name in FIELDS}
        values["needs_review"] = self.needs_review
        values["alternatives"] = [other.as_dict() for other in self.alternatives]
        values["source_line"] = self.source_line
        return values
