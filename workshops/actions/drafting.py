"""Lines of the page where findings are typed: saved, moved, dropped, proposed from notes, made findings."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from foundations.text import sort_key
from foundations.typography import pages_in_words

from ..entering import ensure_source, next_mark, next_number
from ..models import DraftFinding, DraftState, Finding, Session, Workshop
from ..notes import Notes, Proposal

WORDS = ("kind", "title", "statement", "points", "quotation", "pages", "level", "voice", "modality")
LINKS = ("themes", "actors", "initiatives", "triggers")
# More than any evening's notes; a page with more lines would help nobody.
MOST_LINES = 600


class StaleLine(Exception):
    """Someone else changed the line since it was shown: `current` is what it says now."""

    def __init__(self, current: DraftFinding):
        super().__init__(str(current))
        self.current = current


class LineGone(Exception):
    """The line was dropped, or made a finding, by someone else."""


@transaction.atomic
def save_line(
    *,
    workshop: Workshop,
    key: UUID,
    version: int,
    user: Any,
    values: Mapping[str, Any],
    session: Session | None = None,
    after: UUID | None = None,
) -> DraftFinding:
    """The line `key` as it now says `values` (columns of `WORDS`, rows of `LINKS`). A proposal saved is accepted.

    `version`: the one that the page showed, 0 for a line it has just made, which comes `after` another or last in its
    `session`. The same line sent twice is one line. Raises `StaleLine` and `LineGone`.
    """
    line = DraftFinding.objects.select_for_update().filter(key=key, workshop=workshop).first()
    if line is None:
        if version:
            raise LineGone
        return _create(workshop, key, user, values, session, after)
    if _says(line, values):
        return _accept(line)
    if line.version != version:
        raise StaleLine(line)
    line.version += 1
    line.state = DraftState.TYPED
    return _write(line, user, values)


def _create(workshop, key, user, values, session, after) -> DraftFinding:
    """A new line. The lock on the workshop keeps two lines from taking the same place."""
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    lines = workshop.draft_findings.filter(session=session)
    if workshop.draft_findings.count() >= MOST_LINES:
        raise ValidationError("Enregistrez d’abord les lignes déjà saisies comme constats.")
    above = lines.filter(key=after).first() if after else None
    position = above.position + 1 if above else next_number(lines, "position")
    if above:
        lines.filter(position__gte=position).update(position=F("position") + 1)
    return _write(DraftFinding(workshop=workshop, session=session, key=key, position=position), user, values)


def _write(line: DraftFinding, user: Any, values: Mapping[str, Any]) -> DraftFinding:
    for name in WORDS:
        setattr(line, name, values.get(name, getattr(line, name)))
    line.kind_is_sure = True
    line.updated_at, line.updated_by = timezone.now(), user
    line.save()
    for name in LINKS:
        getattr(line, name).set(values.get(name, ()))
    return line


def _says(line: DraftFinding, values: Mapping[str, Any]) -> bool:
    """Whether `line` says `values` already."""
    return all(getattr(line, name) == values[name] for name in WORDS if name in values) and all(
        set(getattr(line, name).values_list("pk", flat=True)) == {row.pk for row in values.get(name, ())}
        for name in LINKS
    )


def _accept(line: DraftFinding) -> DraftFinding:
    if line.state != DraftState.TYPED:
        line.state, line.kind_is_sure = DraftState.TYPED, True
        line.version += 1
        line.save(update_fields=["state", "kind_is_sure", "version"])
    return line


def drop_line(*, workshop: Workshop, key: UUID) -> None:
    """Forgets a line. Dropping it twice is no error."""
    workshop.draft_findings.filter(key=key).delete()


@transaction.atomic
def order_lines(*, workshop: Workshop, session: Session | None, keys: Iterable[UUID]) -> None:
    """Puts the lines of `session` in the order of `keys`; those that the page did not know yet stay after them."""
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    wanted = {key: rank for rank, key in enumerate(keys)}
    lines = list(workshop.draft_findings.filter(session=session).order_by("position", "id"))
    lines.sort(key=lambda line: wanted.get(line.key, len(wanted)))
    for position, line in enumerate(lines, 1):
        line.position = position
    DraftFinding.objects.bulk_update(lines, ["position"])


@transaction.atomic
def propose(
    *, workshop: Workshop, notes: Notes, user: Any, session: Session | None = None, typed: bool = False
) -> int:
    """Adds the proposals of `notes`, each in the session that its heading names, else in `session`; returns how many.

    What the workshop already holds word for word is not proposed again. `typed`: lines that the animator wrote as
    such, one a line: there is nothing to accept.
    """
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    sessions = {sort_key(each.title): each for each in workshop.sessions.all()}
    known = {sort_key(text) for text in workshop.findings.values_list("statement", flat=True)}
    known |= {sort_key(text) for text in workshop.draft_findings.values_list("statement", flat=True)}
    position = next_number(workshop.draft_findings, "position")
    lines = []
    for each in notes.proposals:
        if sort_key(each.statement) in known:
            continue
        known.add(sort_key(each.statement))
        place = _session_named(sessions, each.session) or session
        lines.append(_proposed(each, workshop, place, position + len(lines), user, typed))
    if workshop.draft_findings.count() + len(lines) > MOST_LINES:
        raise ValidationError(f"Ces notes donnent {len(lines)} lignes\u00a0: coupez-les en plusieurs fois.")
    return len(DraftFinding.objects.bulk_create(lines))


def _session_named(sessions: dict[str, Session], heading: str) -> Session | None:
    """The session of that title, or whose title begins so (« Atelier 1 » for « Atelier 1 – Écosystèmes… »)."""
    folded = sort_key(heading)
    if not folded:
        return None
    begun = [session for title, session in sessions.items() if title.startswith(f"{folded} ")]
    return sessions.get(folded) or (begun[0] if len(begun) == 1 else None)


def _proposed(
    each: Proposal, workshop: Workshop, session: Session | None, position: int, user: Any, typed: bool
) -> DraftFinding:
    return DraftFinding(
        workshop=workshop,
        session=session,
        state=DraftState.TYPED if typed else DraftState.PROPOSED,
        kind=each.kind,
        kind_is_sure=each.kind_is_sure or typed,
        title=each.title[:250],
        statement=each.statement,
        points=list(each.points),
        quotation=each.quotation,
        pages=list(each.pages),
        position=position,
        updated_by=user,
    )


@transaction.atomic
def accept_all(*, workshop: Workshop) -> int:
    """Takes every proposal as it stands; returns how many."""
    return workshop.draft_findings.proposed().update(
        state=DraftState.TYPED, kind_is_sure=True, version=F("version") + 1
    )


@transaction.atomic
def record_lines(*, workshop: Workshop) -> list[Finding]:
    """Makes findings of the lines typed, in the order of the page, and forgets the lines; proposals stay.

    Raises ValidationError, and changes nothing, where a line names a page that the report does not have.
    """
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    lines = list(workshop.draft_findings.typed().exclude(statement="").told().in_order())
    source = ensure_source(workshop)
    _check_pages(lines, source.page_count or 0)
    position = next_number(workshop.findings, "position")
    findings = [_record(line, workshop, source, position + rank) for rank, line in enumerate(lines)]
    workshop.draft_findings.typed().delete()
    return findings


def _check_pages(lines: list[DraftFinding], page_count: int) -> None:
    wrong = [line for line in lines if any(not 1 <= page <= page_count for page in line.pages)]
    if not wrong:
        return
    told = "\u202f; ".join(
        f"«\u00a0{line.statement[:60]}\u00a0» ({pages_in_words(line.pages)})" for line in wrong
    )
    has = f"n’a que {page_count} pages" if page_count else "n’a pas encore de nombre de pages"
    raise ValidationError(f"Le compte rendu {has}\u00a0: corrigez d’abord {told}.")


def _record(line: DraftFinding, workshop: Workshop, source, position: int) -> Finding:
    finding = Finding.objects.create(
        workshop=workshop,
        session_id=line.session_id,
        source=source,
        code=next_mark(workshop, line.kind),
        position=position,
        **{name: getattr(line, name) for name in WORDS},
    )
    for name in LINKS:
        getattr(finding, name).set(getattr(line, name).all())
    return finding
