"""The triggers by which a table feeds the search table."""

# ruff: noqa: S608 — put together from texts of ours alone

import pgtrigger

_EVENTS = {
    "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="new_rows"), ["new_rows"]),
    "update": (
        pgtrigger.Update,
        pgtrigger.Referencing(old="old_rows", new="new_rows"),
        ["old_rows", "new_rows"],
    ),
    "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="old_rows"), ["old_rows"]),
}


def feeding(*affected: str, reads: dict[str, str] | None = None) -> list[pgtrigger.Trigger]:
    """Triggers that refresh the entries of the actors a statement touched, once per statement.

    `affected`: SELECTs of actor ids, with `{rows}` where the changed rows stand. `reads`: other tables whose words or
    state the entry takes through the changed rows, with a SELECT of their ids. PostgreSQL wants one trigger an event
    when transition tables are used; TRUNCATE has none, and refreshes everything.
    """
    triggers = []
    for event, (operation, referencing, tables) in _EVENTS.items():
        triggers.append(
            pgtrigger.Trigger(
                name=f"feed_search_{event}",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=operation,
                referencing=referencing,
                func=_refresh(affected, reads or {}, tables),
            )
        )
    triggers.append(
        pgtrigger.Trigger(
            name="feed_search_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Truncate,
            func="PERFORM directory_refresh(ARRAY(SELECT actor_id FROM directory_searchentry)); RETURN NULL;",
        )
    )
    return triggers


_THEIRS = "actor_id = ANY(ARRAY(SELECT actor_id FROM {rows}))"
_FORGET = f"DELETE FROM directory_namestart WHERE {_THEIRS}"
_STILL = f"SELECT actor_id, start FROM directory_namesource WHERE {_THEIRS}"
_FORGET_OLD = f"{_FORGET} AND (actor_id, start) NOT IN ({_STILL});"
_LEARN = (
    "INSERT INTO directory_namestart (actor_id, start) SELECT actor_id, start FROM directory_namesource"
    f" WHERE {_THEIRS} ON CONFLICT DO NOTHING;"
)
_NAMES = {"insert": _LEARN, "update": f"{_FORGET_OLD} {_LEARN}", "delete": f"{_FORGET};"}


def feeding_names() -> list[pgtrigger.Trigger]:
    """Triggers of the search table itself, which keep the beginnings of names (`sql.NAMES`) as true as its rows."""
    triggers = [
        pgtrigger.Trigger(
            name=f"feed_names_{event}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=f"{_NAMES[event].format(rows=tables[-1])} RETURN NULL;",
        )
        for event, (operation, referencing, tables) in _EVENTS.items()
    ]
    triggers.append(
        pgtrigger.Trigger(
            name="feed_names_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Truncate,
            func="DELETE FROM directory_namestart; RETURN NULL;",
        )
    )
    return triggers


def _refresh(affected: tuple[str, ...], reads: dict[str, str], tables: list[str]) -> str:
    """Locks, then asks who is affected, then refreshes: each statement of a function sees what was committed before it.

    A row read through a changed one is locked against change, or a competence renamed while it is attributed would be
    indexed under its old name for good: each of the two writers sees the other's row as it was. The actors are asked
    for a second time once locked, for the same reason: an organisation may have won a member meanwhile.
    """
    ids = " UNION ".join(_all(select, tables) for select in affected)
    steps = [
        f"PERFORM 1 FROM {table} WHERE id IN ({_all(select, tables)}) ORDER BY id FOR SHARE;"
        for table, select in reads.items()
    ]
    steps.append(f"PERFORM 1 FROM actors_actor WHERE id = ANY(ARRAY({ids})) ORDER BY id FOR NO KEY UPDATE;")
    return " ".join([*steps, f"PERFORM directory_refresh(ARRAY({ids}));", "RETURN NULL;"])


def _all(select: str, tables: list[str]) -> str:
    return " UNION ".join(select.format(rows=table) for table in tables)
