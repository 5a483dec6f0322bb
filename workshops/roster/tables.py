"""Rows of a table under named columns, as entries."""

import re
from dataclasses import replace

from . import words
from .assembly import WHY_INCOMPLETE, WHY_NAME, WHY_STATUS
from .columns import NAME_KINDS, STATUS_COLUMNS, Columns
from .entries import Affiliation, Entry
from .names import Name, read_name, split_civility
from .organisations import KnownOrganisations
from .people import people_on
from .presence import first, is_code, row_status
from .statuses import read_said

WHY_EMPTY = "Case vide\u202f: même organisme que la ligne du dessus\u202f?"
WHY_COLUMN = "Colonne au sens incertain"
WHY_SUBSTITUTE = "Suppléance\u202f: cette personne est-elle venue\u202f?"
WHY_NO_CROSS = "Aucune croix sur cette ligne"


def with_names(columns: Columns, rows: list[list[str]]) -> Columns:
    """`columns`, a column of names under a head that says nothing being that of the names, if there is no other."""
    if set(columns.kinds) & NAME_KINDS:
        return columns
    for index, kind in enumerate(columns.kinds):
        filled = [row[index] for row in rows if not kind and index < len(row) and row[index]]
        names = [name for cell in filled if (name := read_name(cell)) and name.strength >= 2]
        if filled and len(names) * 2 > len(filled):
            kinds = (*columns.kinds[:index], "name", *columns.kinds[index + 1 :])
            return replace(columns, kinds=kinds)
    return columns


def with_presence(columns: Columns, rows: list[list[str]]) -> Columns:
    """`columns`, those under a head that says nothing (« 12/01 ») being of presence if they are all codes."""
    if {*STATUS_COLUMNS, "presence", "signature"} & set(columns.kinds):
        return columns
    kinds = (
        "presence" if not kind and _all_codes(rows, index) else kind
        for index, kind in enumerate(columns.kinds)
    )
    return replace(columns, kinds=tuple(kinds))


def _all_codes(rows: list[list[str]], index: int) -> bool:
    told = [row[index] for row in rows if index < len(row) and row[index]]
    return bool(told) and all(is_code(cell) for cell in told)


def _given_family(cells: list[str], columns: Columns) -> tuple[Name | None, str | None]:
    family, given = first(cells, columns, "family"), first(cells, columns, "given")
    if family and given:
        family = split_civility(family)[2]
        joined = read_name(f"{family.upper()} {given.title() if given.isupper() else given}")
        dressed = read_name(f"{given} {family}")
        text = joined.text if joined and family.isupper() else f"{_case(given)} {_case(family)}"
        return Name(text, 3, "given", civility=dressed.civility if dressed else None), None
    alone = family or given
    if not alone:
        return None, None
    whole = read_name(alone)
    if whole and not whole.incomplete:
        return whole, None
    return Name(_case(alone), 3, "family", incomplete=True), alone


def _case(text: str) -> str:
    if not (text.isupper() or text.islower()):
        return text
    return re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), text.lower())


def _name(cells: list[str], columns: Columns) -> tuple[Name | None, str | None]:
    """The person of a row, and the text of a cell that does not read as a name."""
    if "family" in columns.kinds:
        return _given_family(cells, columns)
    text = first(cells, columns, "name") or first(cells, columns, "name-given")
    if not text:
        return None, None
    name = read_name(text)
    if name and name.order in ("none", "either") and name.swapped and "name-given" in columns.kinds:
        name = replace(name, order="given", swapped=None, strength=max(2, name.strength))
    return name, None if name else text


def read_row(
    cells: list[str], columns: Columns, known: KnownOrganisations, section: str, session: str | None
) -> list[tuple[Entry, str]]:
    """The entry of a row, with the text of its name; several if the name's cell holds several people."""
    found = _read_row(cells, columns, known, section, session)
    return [*found, *_substitute(cells, columns, found)]


def _substitute(
    cells: list[str], columns: Columns, found: list[tuple[Entry, str]]
) -> list[tuple[Entry, str]]:
    """Whoever is named to stand in for the person of the row; whether they came is for the animator to say."""
    said = first(cells, columns, "substitute")
    name = read_name(said) if said else None
    if not (said and name and found):
        return []
    holder = found[0][0]
    came = "present" if holder.status == "represented" else "unknown"
    entry = Entry(
        person_name=name.text,
        organisation=holder.organisation,
        territory=holder.territory,
        status=came,
        affiliations=(Affiliation(None, None, holder.organisation, holder.territory),),
    )
    return [(entry.doubted(WHY_SUBSTITUTE, status="unknown" if came == "present" else "present"), said)]


def _read_row(
    cells: list[str], columns: Columns, known: KnownOrganisations, section: str, session: str | None
) -> list[tuple[Entry, str]]:
    name, odd = _name(cells, columns)
    status, other = row_status(cells, columns, section)
    role, unit, organisation = (first(cells, columns, kind) for kind in ("role", "unit", "organisation"))
    mixed = first(cells, columns, "mixed")
    if (name is None and odd) or mixed or ("organisation" not in columns.kinds and (role or name)):
        return _through_pieces(cells, columns, known, status, other, session)
    if name is None and not organisation:
        return []
    entry = Entry(
        person_name=name.text if name else None,
        role=role,
        unit=unit,
        organisation=organisation,
        territory=first(cells, columns, "territory"),
        status=status,
        session_role=first(cells, columns, "session") or session,
    )
    entry = replace(entry, affiliations=(Affiliation(role, unit, organisation, entry.territory),))
    return [(_row_doubts(entry, name, other, cells, columns), odd or first(cells, columns, "name") or "")]


def _row_doubts(
    entry: Entry, name: Name | None, other: str | None, cells: list[str], columns: Columns
) -> Entry:
    if other:
        entry = entry.doubted(
            WHY_NO_CROSS if entry.status == "absent" and other == "unknown" else WHY_STATUS, status=other
        )
    if name and name.incomplete:
        entry = entry.doubted(
            WHY_INCOMPLETE, person_name=f"{name.civility} {name.text}" if name.civility else name.text
        )
    elif name and name.strength < 2 and name.order != "none":
        entry = entry.doubted(WHY_NAME, person_name=name.swapped)
    note = first(cells, columns, "notes")
    said = read_said(note) if note else None
    if said and said.status and said.status != entry.status:
        before = entry.status
        entry = replace(entry, status=said.status)
        if before not in ("unknown", "absent"):
            entry = entry.doubted(WHY_STATUS, status=before)
    if said and said.session_role:
        entry = replace(entry, session_role=said.session_role)
    department = first(cells, columns, "department")
    if department:
        placed = words.places().whole(words.tokens(department)) or department.isdigit()
        entry = (
            replace(entry, territory=entry.territory or department)
            if placed
            else replace(entry, unit=department).doubted(WHY_COLUMN, unit=None, territory=department)
        )
    return entry


def _through_pieces(
    cells: list[str],
    columns: Columns,
    known: KnownOrganisations,
    status: str,
    other: str | None,
    session: str | None,
) -> list[tuple[Entry, str]]:
    """Rows whose columns hold several things at once are read as a line of text."""
    if "family" in columns.kinds:
        name, _ = _given_family(cells, columns)
        who = name.text if name else ""
    else:
        who = first(cells, columns, "name") or first(cells, columns, "name-given") or ""
    parts = [
        who,
        *(
            first(cells, columns, kind) or ""
            for kind in ("role", "mixed", "unit", "organisation", "territory")
        ),
    ]
    found = people_on("\t".join(part for part in parts if part), known, status, session)
    if other:
        found = [(entry.doubted(WHY_STATUS, status=other), start) for entry, start in found]
    return found
