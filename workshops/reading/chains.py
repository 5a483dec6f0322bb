"""« Du constat à l’action »: from what was found to what became of it, read from the links of the data alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from workshops.models import (
    Finding,
    FindingLink,
    LinkKind,
    Progress,
    Recommendation,
    RecommendationAnswer,
    Theme,
)

from .kinds import HELPFUL
from .words import basis_of, month, tell_url


@dataclass(frozen=True)
class Help:
    """What helps with what was found: because it is said to answer it (`link`), or for they share a `theme`."""

    finding: Finding
    link: FindingLink | None = None
    theme: Theme | None = None


@dataclass(frozen=True)
class Chain:
    """One recommendation, the findings it answers, and what the same workshop says helps with those."""

    recommendation: Recommendation
    answers: list[RecommendationAnswer]
    helps: list[Help]

    @property
    def steps(self) -> list[dict]:
        """The four steps in the words of components/chain.html: the first of each, with what ties them."""
        return [self._found(), self._helping(), self._recommended(), self._became()]

    def _found(self) -> dict:
        if not self.answers:
            return {"label": "Constat", "text": "Aucun constat n’est dit à son origine", "unknown": True}
        answer = self.answers[0]
        return _step(answer.finding, basis_of("lien", answer.basis))

    def _helping(self) -> dict:
        if not self.helps:
            return {"label": "Ce qui aide", "text": "Rien n’a été relevé ici qui y aide", "unknown": True}
        help_ = self.helps[0]
        tie = basis_of("lien", help_.link.basis) if help_.link else "même thème"
        return _step(help_.finding, tie)

    def _recommended(self) -> dict:
        url, title = self.recommendation.get_absolute_url(), self.recommendation.title
        return {"label": "Recommandation", "text": title, "url": url, "pages": self.recommendation.pages}

    def _became(self) -> dict:
        """`recommendation` carries the annotations of `with_state()`."""
        said, progress = self.recommendation.last_said_on, Progress(self.recommendation.progress)
        if progress == Progress.UNKNOWN:
            since, url = (
                month(said or self.recommendation.workshop.date),
                self.recommendation.get_absolute_url(),
            )
            text = f"Inconnue depuis {since}"
            return {
                "label": "Suite",
                "text": text,
                "link": "vous savez ?",
                "url": tell_url(url),
                "unknown": True,
            }
        return {"label": f"Suite, {month(said)}", "text": progress.label.capitalize()}


def _step(finding: Finding, tie: str) -> dict:
    label = ", ".join(part for part in (finding.get_kind_display().capitalize(), tie) if part)
    return {"label": label, "text": str(finding), "url": finding.get_absolute_url(), "pages": finding.pages}


def chains(recommendations: Iterable[Recommendation], findings: Iterable[Finding]) -> list[Chain]:
    """A chain a recommendation, in their order.

    `recommendations` come with `answers__finding__themes` loaded, `findings` (of the same workshop) as by `told()`.
    """
    told = {finding.pk: finding for finding in findings}
    return [_chain(recommendation, told) for recommendation in recommendations]


def _chain(recommendation: Recommendation, told: dict[int, Finding]) -> Chain:
    answers = sorted(recommendation.answers.all(), key=lambda answer: answer.finding.position)
    found = [told[answer.finding_id] for answer in answers if answer.finding_id in told]
    helps: dict[int, Help] = {}
    for help_ in [*_linked(found), *_sharing(found, told)]:
        helps.setdefault(help_.finding.pk, help_)
    return Chain(recommendation, answers, list(helps.values()))


def _linked(found: list[Finding]) -> list[Help]:
    """What the data says answers one of `found`."""
    return [
        Help(link.from_finding, link=link)
        for finding in found
        for link in finding.links_in.all()
        if link.kind == LinkKind.ANSWERS and link.from_finding.kind in HELPFUL
    ]


def _sharing(found: list[Finding], told: dict[int, Finding]) -> list[Help]:
    """What helps, in the same workshop, on a theme of one of `found`; the most shared themes first."""
    themes = {theme.pk for finding in found for theme in finding.themes.all()}
    shared = []
    for finding in told.values():
        common = [theme for theme in finding.themes.all() if theme.pk in themes]
        if common and finding.kind in HELPFUL and finding not in found:
            shared.append((len(common), Help(finding, theme=common[0])))
    return [help_ for _, help_ in sorted(shared, key=lambda pair: -pair[0])]
