"""All that the directory holds of a person, for that person: what is public, what waits, and what is private."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from actors.models import (
    Actor,
    ContactPoint,
    Expertise,
    InitiativeBearer,
    Membership,
    PublicationBasis,
    Sourced,
    Tie,
)
from foundations.typography import day_in_words, partial_date_in_words
from workshops.models import (
    Attendance,
    Finding,
    FollowUp,
    ProposalState,
    ProposedFollowUp,
    WorkshopHost,
)
from workshops.reading.recommendations import said_of

from .proof import Proof, proof


@dataclass(frozen=True)
class Said:
    """One thing said; `hidden`: why the public does not see it, "" when it does."""

    text: str
    proof: Proof | None
    note: str = ""
    url: str = ""
    hidden: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Said]


def own_record(person: Actor) -> dict:
    """What templates/directory/own_record.html needs beside `person`; a constant number of queries."""
    sections = [
        Section("Vos fonctions", list(_functions(person))),
        Section("Les ateliers", list(_attendances(person))),
        Section("Ce que vous avez dit, d’après une source", list(_voiced(person))),
        Section("Ce qui est dit de vous", list(_said(person))),
        Section("Ce que vous savez faire, d’après une source", list(_skills(person))),
        Section("Vos liens", list(_ties(person))),
        Section("Ce que vous portez", list(_borne(person))),
        Section("Où vous intervenez, et où vous êtes cité", list(_places(person))),
    ]
    return {
        "sections": [section for section in sections if section.lines],
        "other_names": [other.name for other in person.other_names.all()],
        "private": [_masked(point) for point in person.contact_points.order_by("pk")],
        "agreed": person.publication_basis == PublicationBasis.CONSENT,
    }


def _unseen(*published: bool) -> str:
    return "" if all(published) else "pas encore publié"


def _proof(fact: Sourced) -> Proof:
    return proof(fact)


def _period(fact) -> str:
    words = [f"depuis {partial_date_in_words(fact.since)}" if fact.since else ""]
    words.append(f"jusqu’à {partial_date_in_words(fact.until)}" if fact.until else "")
    return " ".join(word for word in words if word)


def _functions(person: Actor) -> Iterable[Said]:
    facts = Membership.objects.filter(member=person).select_related("organisation", "source").order_by("pk")
    for fact in facts:
        hidden = _unseen(fact.organisation.is_published)
        notes = [_period(fact), ", ".join(fact.delegations), fact.note]
        yield Said(fact.title, _proof(fact), " – ".join(filter(None, notes)), hidden=hidden)


def _attendances(person: Actor) -> Iterable[Said]:
    facts = Attendance.objects.filter(person=person).select_related("workshop", "source").order_by("pk")
    for fact in facts:
        text = f"{fact.get_status_display().capitalize()} à l’atelier « {fact.workshop.title} »"
        notes = [
            day_in_words(fact.workshop.date),
            "parmi les organisateurs" if fact.is_organiser else "",
            fact.session_role,
            f"inscrit ainsi : « {fact.listed_line} »" if fact.listed_line else fact.listed_role,
        ]
        hidden = _unseen(fact.workshop.is_published)
        url = "" if hidden else fact.workshop.get_absolute_url()
        yield Said(text, _proof(fact), ", ".join(filter(None, notes)), url, hidden)
    for host in WorkshopHost.objects.filter(actor=person).select_related("workshop", "source").order_by("pk"):
        text = f"{host.get_part_display().capitalize()} l’atelier « {host.workshop.title} »"
        yield Said(text, _proof(host), hidden=_unseen(host.workshop.is_published))


def _voiced(person: Actor) -> Iterable[Said]:
    yield from _findings(Finding.objects.filter(voice_person=person))
    for tie in Tie.objects.filter(voice_person=person).select_related("from_actor", "to_actor", "source"):
        yield Said(str(tie), _proof(tie), tie.subject)


def _said(person: Actor) -> Iterable[Said]:
    return _findings(Finding.objects.filter(actors=person).exclude(voice_person=person))


def _findings(findings) -> Iterable[Said]:
    for fact in findings.select_related("workshop", "source").order_by("workshop__date", "position", "pk"):
        hidden = _unseen(fact.workshop.is_published)
        note = f"« {fact.quotation} »" if fact.quotation else ""
        yield Said(fact.statement, _proof(fact), note, "" if hidden else fact.get_absolute_url(), hidden)


def _skills(person: Actor) -> Iterable[Said]:
    facts = Expertise.objects.filter(actor=person).select_related("competence", "source").order_by("pk")
    for fact in facts:
        yield Said(fact.competence.name, _proof(fact), fact.evidence, fact.competence.get_absolute_url())


def _ties(person: Actor) -> Iterable[Said]:
    facts = Tie.objects.filter(Q(from_actor=person) | Q(to_actor=person))
    for fact in facts.select_related("from_actor", "to_actor", "source").order_by("pk"):
        ends = [end for end in (fact.from_actor, fact.to_actor) if end]
        yield Said(str(fact), _proof(fact), fact.subject, hidden=_unseen(*(end.is_published for end in ends)))


def _borne(person: Actor) -> Iterable[Said]:
    facts = (
        InitiativeBearer.objects.filter(actor=person).select_related("initiative", "source").order_by("pk")
    )
    for fact in facts:
        hidden = _unseen(fact.initiative.is_published)
        url = "" if hidden else fact.initiative.get_absolute_url()
        yield Said(fact.initiative.name, _proof(fact), url=url, hidden=hidden)
    told = FollowUp.objects.filter(Q(bearer=person) | Q(said_by=person)).told()
    for each in told.select_related("recommendation__workshop", "bearer", "said_by", "source"):
        hidden = _unseen(each.recommendation.workshop.is_published)
        url = "" if hidden else each.recommendation.get_absolute_url()
        shown = Proof(each.source.short_title, each.source.get_absolute_url(), [], "", None, False)
        yield Said(each.recommendation.title, shown, said_of(each), url, hidden)

    waiting = (
        ProposedFollowUp.objects.filter(actor=person).exclude(state=ProposalState.APPROVED).order_by("pk")
    )
    for said in waiting.select_related("recommendation"):
        words = filter(None, [said.get_bearing_display(), said.get_progress_display(), said.note])
        yield Said(said.recommendation.title, None, ", ".join(words), hidden=said.get_state_display())


def _places(person: Actor) -> Iterable[Said]:
    for ecosystem in person.ecosystems.order_by("pk"):
        hidden = _unseen(ecosystem.is_published)
        yield Said(f"Dans l’écosystème « {ecosystem.name} »", None, hidden=hidden)
    for area in person.areas.select_related("territory", "source").order_by("pk"):
        yield Said(area.territory.name, _proof(area))
    for mention in person.mentions.select_related("source").order_by("pk"):
        yield Said(mention.note or "Cité, sans autre précision", _proof(mention))


def _masked(point: ContactPoint) -> dict:
    """Enough to know one's own address again, too little for whoever found the link."""
    name, _, domain = point.email.partition("@")
    told = f"{name[:1]}…@{domain}" if point.email else ""
    phone = f"téléphone finissant par {point.phone[-2:]}" if point.phone else ""
    return {"told": ", ".join(filter(None, (told, phone))), "basis": point.basis, "until": point.keep_until}
