"""The load itself: one transaction, so that a reader sees the geography of before or of after."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from .. import actions, algebra
from ..models import Territory
from ..sets_csv import read_sets
from . import statements
from .files import ORIGIN, Geography, read_geography, read_outlines

FIXTURES = Path(settings.BASE_DIR) / "fixtures" / "territories"


@dataclass
class Report:
    """What a load changed."""

    created: Counter = field(default_factory=Counter)  # kind → how many
    renamed: list[tuple[str, str]] = field(default_factory=list)  # before, after
    merged: list[tuple[str, str]] = field(default_factory=list)  # commune, successor
    vanished: list[tuple[str, str]] = field(default_factory=list)  # name, code: no known successor
    composed: list[str] = field(default_factory=list)  # PETR, parks… created
    left_aside: list[str] = field(default_factory=list)  # sets some of whose members are not loaded
    memberships: int = 0
    contours: int = 0
    relations: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the load changed nothing."""
        lists = [self.created, self.renamed, self.merged, self.vanished, self.composed]
        return not any(lists) and not (self.memberships or self.contours or self.relations)


@transaction.atomic
def load(
    regions: Iterable[str] | None = None,
    *,
    root: Path | None = None,
    contours: bool = True,
    say: Callable[[str], None] = lambda line: None,
) -> Report:
    """Loads or updates the official geography of France, or of some régions (INSEE codes); nothing is deleted.

    `root` holds the files (fixtures/territories by default); `say` is told each step. Running it again on the same
    files changes nothing.
    """
    report, root = Report(), root or FIXTURES
    algebra.lock_sets()
    say("Lecture des fichiers…")
    geography = read_geography(root, regions)
    with connection.cursor() as cursor:
        stage(cursor, geography)
        say(f"{len(geography.territories)} territoires lus ; mise à jour…")
        update_territories(cursor, report)
        update_members(cursor, report)
        update_names(cursor)
        if contours:
            say("Contours…")
            report.contours = update_contours(cursor, geography)
        for name in ("territory", "member", "name", "successor", "known", "contour", "pair"):
            cursor.execute(f"DROP TABLE stage_{name}")
    algebra.refresh_totals()
    compose_sets(root, report)
    say("Relations entre territoires…")
    report.relations = algebra.rebuild_relations()
    if not report.is_empty:
        with connection.cursor() as cursor:
            cursor.execute(statements.ANALYZE)
    return report


def copy(cursor, table: str, rows: Iterable[tuple]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as sink:
        for row in rows:
            sink.write_row(row)


def stage(cursor, geography: Geography) -> None:
    cursor.execute(statements.STAGING)
    copy(cursor, "stage_territory", geography.territories)
    copy(cursor, "stage_member", geography.members)
    copy(cursor, "stage_name", geography.names)
    copy(cursor, "stage_successor", geography.successors)
    copy(cursor, "stage_known", geography.known_codes)
    cursor.execute("ANALYZE stage_territory; ANALYZE stage_member; ANALYZE stage_name; ANALYZE stage_known")


def update_territories(cursor, report: Report) -> None:
    origin = {"origin": ORIGIN}
    cursor.execute(statements.RENAMED)
    report.renamed = cursor.fetchall()
    cursor.execute(statements.KEEP_FORMER_NAMES)
    cursor.execute(statements.UPDATE_TERRITORIES, origin)
    cursor.execute(statements.INSERT_TERRITORIES, origin)
    report.created = Counter(kind for (kind,) in cursor.fetchall())
    cursor.execute(statements.MERGE_COMMUNES)
    report.merged = sorted(cursor.fetchall())
    cursor.execute(statements.VANISH)
    report.vanished = sorted(cursor.fetchall())
    cursor.execute("ANALYZE territories_territory")


def update_members(cursor, report: Report) -> None:
    for statement in (statements.MOVE_MEMBERS, statements.DROP_MOVED_MEMBERS):
        cursor.execute(statement)
        report.memberships += cursor.rowcount
    cursor.execute(statements.NAME_SUCCESSORS)
    cursor.execute(statements.MEMBERS)
    for statement in (statements.DELETE_MEMBERS, statements.INSERT_MEMBERS):
        cursor.execute(statement)
        report.memberships += cursor.rowcount
    cursor.execute("ANALYZE territories_territorycommune")


def update_names(cursor) -> None:
    cursor.execute(statements.DELETE_NAMES)
    cursor.execute(statements.INSERT_NAMES)


def update_contours(cursor, geography: Geography) -> int:
    copy(cursor, "stage_contour", read_outlines(geography))
    cursor.execute(statements.CONTOURS)
    return cursor.rowcount


def compose_sets(root: Path, report: Report) -> None:
    """Creates the sets of ensembles.csv that do not exist yet; one an animator has corrected is left as it is."""
    known = set(Territory.objects.values_list("kind", "code"))
    for line in read_sets((root / "ensembles.csv").read_text(encoding="utf-8")):
        if (line.kind, line.code) in known:
            continue
        if line.errors:  # its members belong to régions that are not loaded
            report.left_aside.append(line.name)
            continue
        actions.compose_territory(line=line)
        report.composed.append(line.name)
