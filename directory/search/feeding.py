"""The triggers by which a table feeds the search table."""

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


def feeding(*affected: str) -> list[pgtrigger.Trigger]:
    """Triggers that refresh the entries of the actors a statement touched, once per statement.

    `affected`: SELECTs of actor ids, with `{rows}` where the changed rows stand. PostgreSQL wants one trigger an
    event when transition tables are used; TRUNCATE has none, and refreshes everything.
    """
    triggers = []
    for event, (operation, referencing, tables) in _EVENTS.items():
        ids = " UNION ".join(select.format(rows=table) for table in tables for select in affected)
        triggers.append(
            pgtrigger.Trigger(
                name=f"feed_search_{event}",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=operation,
                referencing=referencing,
                func=f"PERFORM directory_refresh(ARRAY({ids})); RETURN NULL;",
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
