"""Triggers for what a CheckConstraint cannot see: another row."""

import pgtrigger


def must_be(kind: str, column: str) -> pgtrigger.Trigger:
    """Refuses a row whose `column` (an actor's id, may be null) is not an actor of `kind` (person, organisation)."""
    return pgtrigger.Trigger(
        name=f"{column}_is_{kind}"[:43],
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(column),
        func=f"""
        IF NEW.{column} IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM actors_actor WHERE id = NEW.{column} AND kind = '{kind}') THEN
          RAISE EXCEPTION '% doit être de genre {kind}', '{column}'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{column}_is_{kind}';
        END IF;
        RETURN NEW;
        """,  # noqa: S608  (both names come from the models beside, never from a visitor)
    )


def absorbed_stays_a_draft() -> pgtrigger.Trigger:
    """Of an actor that was merged into another: it is not shown beside that one; see merge.py."""
    return pgtrigger.Trigger(
        name="absorbed_stays_a_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("state"),
        condition=pgtrigger.Condition("NEW.state = 'published'"),
        func="""
        IF EXISTS (SELECT 1 FROM actors_merge WHERE absorbed_id = NEW.id AND undone_on IS NULL) THEN
          RAISE EXCEPTION 'cette fiche est fusionnée dans une autre'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'absorbed_stays_a_draft';
        END IF;
        RETURN NEW;
        """,
    )
