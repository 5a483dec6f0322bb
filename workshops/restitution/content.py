"""What the restitution says, in plain values: the page to print, the .docx and the .pdf tell the same.

It is drawn from what the public page tells (`reading.workshop_page`), so that whoever is not named there is not named
here either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from actors.models import Membership, Source
from foundations.text import sort_key
from foundations.typography import day_in_words, listing, pages_in_words
from workshops.models import (
    Attendance,
    Bearing,
    FindingKind,
    FollowUp,
    Progress,
    Recommendation,
    Workshop,
    WorkshopHost,
)
from workshops.reading.cards import workshop_when
from workshops.reading.recommendations import said_of
from workshops.reading.telling import Told
from workshops.reading.words import basis_of
from workshops.reading.workshop_page import SessionTold, workshop_page

from .marks import OUTSIDE


@dataclass(frozen=True)
class Participant:
    """A line of the list. `organisations` is empty where the function as listed says the organisation too."""

    name: str
    function: str = ""
    organisations: tuple[str, ...] = ()
    status: str = "present"
    status_label: str = ""
    part: str = ""
    pages: tuple[int, ...] = ()

    @property
    def organisation(self) -> str:
        return "\u202f/ ".join(self.organisations)


@dataclass(frozen=True)
class Group:
    """Participants under one head: « Présents », « Excusés »…"""

    title: str
    people: tuple[Participant, ...]


@dataclass(frozen=True)
class Statement:
    """A finding. `details` are what its line of the page says of it: level, voice, firmness, for whom."""

    kind: str
    statement: str
    title: str = ""
    quotation: str = ""
    points: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Kind:
    """The findings of one kind; `heading` is « Obstacles (freins) »."""

    kind: str
    heading: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class SessionText:
    title: str
    form: str
    kinds: tuple[Kind, ...]
    tensions: tuple[Statement, ...]
    is_session: bool = True


@dataclass(frozen=True)
class Advice:
    """A recommendation with what it answers and what was said of it since, oldest first."""

    title: str
    statement: str
    parts: tuple[str, ...]
    answers: tuple[str, ...]
    state: str
    follow_ups: tuple[tuple[str, str], ...]
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Reference:
    """A source, and the pages of it that the restitution leans on."""

    title: str
    details: str
    pages: tuple[int, ...]
    address: str = ""


@dataclass(frozen=True)
class Restitution:
    workshop: Workshop
    when: str
    place: str
    facts: tuple[tuple[str, str], ...]
    # Named again in the list of people, with what they did: the .docx names them there only, as one person listed
    # twice would be read back as two.
    organisers: tuple[str, ...]
    groups: tuple[Group, ...]
    unnamed: int
    listed: int
    sessions: tuple[SessionText, ...]
    recommendations: tuple[Advice, ...]
    sources: tuple[Reference, ...] = field(default_factory=tuple)

    @property
    def title(self) -> str:
        return self.workshop.title


def restitution_of(workshop: Workshop) -> Restitution:
    """What there is to print of `workshop` (loaded by `told()`), in a constant number of queries."""
    told = workshop_page(workshop)
    there, hosts = told["presence"], told["hosts"]
    place = workshop.place.name if workshop.place else ""
    return Restitution(
        workshop=workshop,
        when=workshop_when(workshop),
        place=workshop.venue or place,
        facts=tuple(_facts(workshop, hosts)),
        organisers=tuple(line.person.name for line in there.organisers if line.person),
        groups=_groups(there),
        unnamed=there.unnamed,
        listed=there.listed,
        sessions=tuple(_session(each) for each in told["sessions"] if each.session or not each.is_empty),
        recommendations=_advice([card.recommendation for card in told["recommendations"]]),
        sources=_sources(workshop),
    )


def _facts(workshop: Workshop, hosts: dict[str, list[WorkshopHost]]) -> Iterable[tuple[str, str]]:
    """Inviting, hosting and organising are three things. People who organise are told apart: see `organisers`."""
    lines = (
        ("À l’invitation de", listing(_names(hosts["invites"]))),
        ("Accueil", listing(_names(hosts["hosts"]))),
        ("Qui organise", listing(_names(hosts["organises"]))),
        ("Périmètre", workshop.perimeter),
        ("Territoires", listing(workshop.territories.all())),
        ("Programme", workshop.programme.name if workshop.programme else ""),
        ("Participation annoncée", workshop.announced_attendance),
    )
    return ((label, value) for label, value in lines if value)


def _names(hosts: list[WorkshopHost]) -> list[str]:
    return [host.actor.name for host in hosts]


def _groups(there) -> tuple[Group, ...]:
    shelves = (("Présents", there.present), ("Excusés", there.excused), ("Autres personnes", there.others))
    return tuple(Group(title, tuple(map(_participant, lines))) for title, lines in shelves if lines)


def _participant(line: Attendance) -> Participant:
    capacities = [each for each in line.capacities.all() if each.organisation.is_published]
    organisations = tuple(dict.fromkeys(each.organisation.name for each in capacities))
    parts = ["organise" if line.is_organiser else "", line.session_role if line.session else ""]
    return Participant(
        name=line.person.name if line.person else f"Une personne de {line.delegate_of.name}",
        function=_function(line, capacities),
        organisations=organisations or ((line.delegate_of.name,) if line.delegate_of else ()),
        status=line.status,
        status_label=line.get_status_display(),
        part=", ".join(part for part in parts if part),
        pages=tuple(line.pages),
    )


def _function(line: Attendance, capacities: list[Membership]) -> str:
    """The function as it was listed, delegations and all; as recorded where the line names the organisation too."""
    named = [each.organisation.sort_name for each in line.capacities.all()]
    listed = sort_key(line.listed_role)
    if listed and len(capacities) < 2 and not any(name in listed for name in named):
        return line.listed_role
    return listing(each.title_alone for each in capacities if each.title_alone) or line.listed_role


def _session(told: SessionTold) -> SessionText:
    kinds = tuple(
        Kind(
            group.kind,
            f"{group.plain_word} ({group.field_word})" if group.field_word else group.plain_word,
            tuple(map(_statement, group.findings)),
        )
        for group in told.groups
    )
    tensions = tuple(
        Statement(
            FindingKind.TENSION,
            each.link.statement
            or f"«\u00a0{each.link.from_finding}\u00a0» et «\u00a0{each.link.to_finding}\u00a0»",
            pages=tuple(each.link.pages),
        )
        for each in told.tensions
    )
    return SessionText(
        title=told.session.title if told.session else OUTSIDE,
        form=told.session.form if told.session else "",
        kinds=kinds,
        tensions=tensions,
        is_session=told.session is not None,
    )


def _statement(told: Told) -> Statement:
    finding = told.finding
    concerns = f"pour {finding.concerns}" if finding.concerns else ""
    details = (told.level_label, told.voice_label, told.modality_label, concerns, finding.note)
    return Statement(
        kind=finding.kind,
        statement=finding.statement,
        title=finding.title,
        quotation=finding.quotation,
        points=tuple(finding.points),
        details=tuple(each for each in details if each),
        pages=tuple(finding.pages),
    )


def _advice(recommendations: list[Recommendation]) -> tuple[Advice, ...]:
    """`recommendations` with their state; parts and follow-ups are read for all of them at once."""
    wholes = {each.pk: each for each in recommendations}
    parts: dict[int, list[str]] = {pk: [] for pk in wholes}
    for part in Recommendation.objects.filter(parent__in=wholes).order_by("position", "id"):
        parts[part.parent_id].append(part.title)
    said: dict[int, list[tuple[str, str]]] = {pk: [] for pk in wholes}
    for one in FollowUp.objects.standing().told().filter(recommendation__in=wholes):
        said[one.recommendation_id].append((day_in_words(one.said_on), said_of(one)))
    return tuple(_one_advice(each, parts[each.pk], said[each.pk]) for each in recommendations)


def _one_advice(
    recommendation: Recommendation, parts: list[str], follow_ups: list[tuple[str, str]]
) -> Advice:
    answers = []
    for answer in recommendation.answers.all():
        doubt = basis_of("lien", answer.basis)
        answers.append(f"{answer.finding} ({doubt})" if doubt else str(answer.finding))
    progress, bearing = Progress(recommendation.progress).label, Bearing(recommendation.bearing).label
    return Advice(
        title=recommendation.title,
        statement=recommendation.statement,
        parts=tuple(parts),
        answers=tuple(answers),
        state=f"{progress[:1].upper()}{progress[1:]}, {bearing}",
        follow_ups=tuple(follow_ups),
        pages=tuple(recommendation.pages),
    )


def _sources(workshop: Workshop) -> tuple[Reference, ...]:
    """The sources of what the restitution says, with the pages used, the report first."""
    used: dict[int, set[int]] = {workshop.source_id: set()} if workshop.source_id else {}
    for related in ("sessions", "hosts", "attendances", "findings", "recommendations"):
        for key, numbers in getattr(workshop, related).values_list("source", "pages"):
            used.setdefault(key, set()).update(numbers)
    rows = Source.objects.in_bulk(used)
    return tuple(
        Reference(
            title=rows[key].title,
            details=", ".join(
                part
                for part in (
                    rows[key].get_kind_display(),
                    day_in_words(rows[key].date) if rows[key].date else "",
                    rows[key].publisher,
                    pages_in_words(list(numbers)),
                )
                if part
            ),
            pages=tuple(sorted(numbers)),
            address=rows[key].url,
        )
        for key, numbers in used.items()
    )
