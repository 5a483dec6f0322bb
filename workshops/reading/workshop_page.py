"""Everything a workshop's page tells, loaded in a constant number of queries."""

import re
from dataclasses import dataclass, field

from workshops.models import Finding, FindingLink, HostPart, LinkKind, Recommendation, Session, Workshop

from .cards import recommendation_card
from .chains import chains
from .kinds import KindGroup, by_kind
from .presence import cited, presence
from .telling import tell
from .words import page_url


@dataclass
class Tension:
    """Two findings that pull apart, and how."""

    link: FindingLink
    source_url: str


@dataclass
class SessionTold:
    """What one session left; `session` is None for what belongs to none, or lies between two."""

    session: Session | None
    groups: list[KindGroup] = field(default_factory=list)
    tensions: list[Tension] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    source_url: str = ""

    @property
    def html_id(self) -> str:
        return f"seance-{self.session.order}" if self.session else "hors-seance"

    @property
    def short_title(self) -> str:
        """« Atelier 1 » for « Atelier 1 – Écosystèmes… »: the words before the first sign."""
        return re.split(r"\s+[:–-]\s+", self.session.title)[0] if self.session else "D’une séance à l’autre"

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.tensions or self.recommendations)


def workshop_page(workshop: Workshop) -> dict:
    """What templates/workshops/workshop.html needs beside `workshop` (loaded by `told()`)."""
    findings = list(workshop.findings.told().order_by("position", "id"))
    recommendations = list(
        workshop.recommendations.whole().with_state().told().with_answers().order_by("position", "id")
    )
    attendances = list(workshop.attendances.told().order_by("position", "id"))
    there = presence(attendances)
    return {
        "chains": chains(recommendations, findings),
        "sessions": _sessions(workshop, findings, recommendations),
        "recommendations": [recommendation_card(each) for each in recommendations],
        "presence": there,
        "cited": cited(workshop, there, findings),
        "hosts": _hosts(workshop),
    }


def _sessions(
    workshop: Workshop, findings: list[Finding], recommendations: list[Recommendation]
) -> list[SessionTold]:
    """The sessions in order, then what belongs to none."""
    told = {session.pk: SessionTold(session) for session in workshop.sessions.all()} | {
        None: SessionTold(None)
    }
    for pk, each in told.items():
        said = [tell(finding, anchored=True) for finding in findings if finding.session_id == pk]
        each.groups = by_kind(said)
        each.recommendations = [one for one in recommendations if one.session_id == pk]
        if each.session:
            each.source_url = page_url(each.session.source, each.session.pages)
    for link in _tensions(findings):
        inside = link.from_finding.session_id == link.to_finding.session_id
        home = told[link.from_finding.session_id if inside else None]
        home.tensions.append(Tension(link, page_url(link.source, link.pages)))
    return [each for each in told.values() if each.session or not each.is_empty]


def _tensions(findings: list[Finding]) -> list[FindingLink]:
    here = {finding.pk: finding for finding in findings}
    links = []
    for finding in findings:
        for link in finding.links_out.all():
            if link.kind == LinkKind.TENSION and link.to_finding_id in here:
                link.from_finding = finding
                links.append(link)
    return links


def _hosts(workshop: Workshop) -> dict[str, list]:
    """The published hosts by part: `invites`, `hosts`, `organises`."""
    parts: dict[str, list] = {part.value: [] for part in HostPart}
    for host in workshop.hosts.all():
        if host.actor.is_published:
            parts[host.part].append(host)
    return parts
