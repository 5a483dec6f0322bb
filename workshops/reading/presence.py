"""Who was there. Present, excused, organiser and cited are four things, and hosting is a fifth."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from actors.models import Actor, Attachment, Mention, Source, Sourced
from workshops.models import Attendance, AttendanceStatus, Finding, Workshop

from .words import page_url


@dataclass
class Cited:
    """An actor that the report names though nobody listed was there in its name, and on which pages."""

    actor: Actor
    source: Source
    note: str = ""
    pages: set[int] = field(default_factory=set)

    @property
    def source_url(self) -> str:
        return page_url(self.source, list(self.pages))


@dataclass
class Presence:
    """`others`: represented, invited, absent or not said. `unnamed` counts those whose name is not published."""

    present: list[Attendance] = field(default_factory=list)
    excused: list[Attendance] = field(default_factory=list)
    others: list[Attendance] = field(default_factory=list)
    organisers: list[Attendance] = field(default_factory=list)
    organisations: list[Actor] = field(default_factory=list)
    unnamed: int = 0
    listed: int = 0


def presence(attendances: list[Attendance]) -> Presence:
    """`attendances` (loaded by `told()`) told apart; a person who is not published is counted and not shown."""
    told = Presence()
    organisations: dict[int, Actor] = {}
    wholes = _wholes(attendances)
    for line in attendances:
        told.listed += 1
        if not (line.person or line.delegate_of).is_published:
            told.unnamed += 1
            continue
        _shelf(told, line).append(line)
        if line.is_organiser:
            told.organisers.append(line)
        if line.status == AttendanceStatus.PRESENT:
            organisations |= {actor.pk: actor for actor in _organisations(line, wholes)}
    told.organisations = sorted(organisations.values(), key=lambda actor: actor.sort_name)
    return told


def _shelf(told: Presence, line: Attendance) -> list[Attendance]:
    shelves = {AttendanceStatus.PRESENT: told.present, AttendanceStatus.EXCUSED: told.excused}
    return shelves.get(AttendanceStatus(line.status), told.others)


def _wholes(attendances: Iterable[Attendance]) -> dict[int, list[Actor]]:
    """organisation → the published ones that it is a part of, for the organisations of `attendances`."""
    listed = {each.organisation_id for line in attendances for each in line.capacities.all()}
    wholes: dict[int, list[Actor]] = defaultdict(list)
    for tie in Attachment.objects.filter(organisation__in=listed).select_related("parent"):
        if tie.parent.is_published:
            wholes[tie.organisation_id].append(tie.parent)
    return wholes


def _organisations(line: Attendance, wholes: dict[int, list[Actor]]) -> list[Actor]:
    """The published organisations that a line is listed under, with what they are a part of.

    A part beside its whole on one line (« co-référente du labo, Métropole ») is named by a function: the line is
    listed under the whole.
    """
    if line.delegate_of:
        return [line.delegate_of]
    named = {each.organisation for each in line.capacities.all() if each.organisation.is_published}
    under = [actor for actor in named if not named.intersection(wholes.get(actor.pk, ()))]
    return under + [whole for actor in under for whole in wholes.get(actor.pk, ())]


def cited(workshop: Workshop, told: Presence, findings: Iterable[Finding]) -> list[Cited]:
    """Who is named in the findings, their initiatives or the report, and was neither there nor inviting; by name.

    `findings` come as by `told()`. A person excused is listed, hence not cited.
    """
    listed = [*told.present, *told.excused, *told.others]
    there = {host.actor_id for host in workshop.hosts.all()} | {actor.pk for actor in told.organisations}
    there |= {line.person_id for line in listed} | {line.delegate_of_id for line in listed}
    found: dict[int, Cited] = {}
    for actor, fact in _naming(workshop, findings):
        if actor.pk not in there:
            each = found.setdefault(actor.pk, Cited(actor, fact.source))
            each.pages.update(fact.pages)
            each.note = each.note or (fact.note if isinstance(fact, Mention) else "")
    return sorted(found.values(), key=lambda each: each.actor.sort_name)


def _naming(workshop: Workshop, findings: Iterable[Finding]) -> Iterator[tuple[Actor, Sourced]]:
    """Each naming of a published actor, with the statement that names it."""
    for finding in findings:
        for actor in finding.actors.all():
            yield actor, finding
        for initiative in finding.initiatives.all():
            for bearer in initiative.bearers.all():
                if bearer.actor and bearer.actor.is_published:
                    yield bearer.actor, bearer
    if workshop.source_id:
        mentions = Mention.objects.filter(source=workshop.source_id, actor__state="published")
        for mention in mentions.select_related("actor", "source"):
            yield mention.actor, mention
