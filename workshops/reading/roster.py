"""What the page of a list of participants shows: who may be whom, and what is still to be decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from actors.likeness import Verdict
from actors.models import Kind
from actors.resemblance import Match, Wanted, resembling
from foundations.text import sort_key

from ..models import Roster, RosterLine


@dataclass(frozen=True)
class Known:
    """A name of the list, and whom the directory knows by it."""

    wanted: Wanted
    match: Match

    @property
    def proposed(self) -> str:
        """The choice to begin with: a key, « new », or nothing where a person must decide."""
        if self.match.proposed:
            return str(self.match.proposed.pk)
        return "" if self.match.verdict >= Verdict.DECIDE else "new"


@dataclass(frozen=True)
class Matches:
    """By line (None for a delegate), and by folded name of organisation, in the order of the list."""

    people: list[Known | None]
    organisations: dict[str, Known]


def organisations_named(lines: Sequence[RosterLine]) -> dict[str, str]:
    """Folded name → the name as first written, in the order of the list."""
    named: dict[str, str] = {}
    for line in lines:
        for capacity in line.capacities:
            if key := sort_key(capacity["organisation"]):
                named.setdefault(key, capacity["organisation"])
    return named


def matches_of(roster: Roster, lines: Sequence[RosterLine]) -> Matches:
    """Whom each line and each organisation may be: as many queries for one line as for hundreds.

    A person is looked for beside the organisation that was recognised, whatever way the list writes it.
    """
    named = organisations_named(lines)
    wanted = [Wanted(Kind.ORGANISATION, name) for name in named.values()]
    known = {
        key: Known(one, match) for key, one, match in zip(named, wanted, resembling(wanted), strict=True)
    }
    people = [_person(line, roster, known) for line in lines]
    found = iter(resembling([one for one in people if one]))
    return Matches([Known(one, next(found)) if one else None for one in people], known)


def _person(line: RosterLine, roster: Roster, bodies: dict[str, Known]) -> Wanted | None:
    if not line.person_name:
        return None
    first = next((each for each in line.capacities if each["organisation"]), None)
    if first is None:
        role = line.capacities[0]["role"] if line.capacities else ""
        return Wanted(Kind.PERSON, line.person_name, role=role)
    key = sort_key(first["organisation"])
    choice = roster.organisations.get(key) or bodies[key].proposed
    actor = next((c.actor for c in bodies[key].match.candidates if str(c.actor.pk) == choice), None)
    return Wanted(
        Kind.PERSON, line.person_name, actor.name if actor else first["organisation"], first["role"]
    )


def answer(choice: str, known: Known) -> str:
    """What was chosen; else what goes without asking: the very same one, or a new one where nobody resembles it."""
    obvious = known.match.verdict in (Verdict.DISTINCT, Verdict.SAME)
    return choice or (known.proposed if obvious else "")


def unresolved(roster: Roster, lines: Sequence[RosterLine], matches: Matches) -> list[str]:
    """What must be decided before the list can be confirmed, each in a sentence; nothing when all is."""
    todo = [] if lines else ["La liste est vide."]
    for line, known in zip(lines, matches.people, strict=True):
        told = line.person_name or line.listed_line or f"Ligne {line.position}"
        bodies = [each["organisation"] for each in line.capacities if each["organisation"]]
        if not line.person_name and not bodies:
            todo.append(f"«\u00a0{told}\u00a0»\u00a0: ni nom ni organisation, complétez ou retirez la ligne.")
        elif not line.is_sure:
            todo.append(f"«\u00a0{told}\u00a0»\u00a0: choisissez une lecture.")
        elif known and not answer(line.choice, known):
            todo.append(f"«\u00a0{told}\u00a0»\u00a0: une fiche existante, ou une nouvelle\u202f?")
    for key, known in matches.organisations.items():
        if not answer(roster.organisations.get(key, ""), known):
            todo.append(
                f"«\u00a0{known.wanted.name}\u00a0»\u00a0: une fiche existante, ou une nouvelle\u202f?"
            )
    return todo
