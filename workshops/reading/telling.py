"""A finding as a page tells it: what was said, by whom, how firmly, on which page, and what answers it."""

from dataclasses import dataclass, field

from actors.models import Modality
from foundations.typography import day_in_words
from workshops.models import Finding, FindingKind, Level, LinkKind, Voice

from .words import basis_of, initiative_url, page_url, recurrence

MODALITIES = {
    Modality.NUANCED: "dit avec nuance",
    Modality.CRITICISM: "critique rapportée, que les participants discutent",
    Modality.CONDITION: "dit sous condition",
    Modality.INTUITION: "une intuition partagée",
    Modality.QUESTION: "posé comme une question",
    Modality.EXAMPLE: "donné en exemple",
    Modality.UNCERTAIN: "incertain dans la source",
}
VOICES = {
    Voice.SOME: "selon certains participants",
    Voice.AUTHOR: "selon l’auteur du compte rendu",
    Voice.UNSPECIFIED: "la source ne dit pas qui parle",
}
# How a link reads from the finding that it leaves, and from the one that it reaches.
LINK_WORDS = {
    LinkKind.ANSWERS: ("répond à", "y répond"),
    LinkKind.NUANCES: ("nuance", "nuancé par"),
    LinkKind.TENSION: ("en tension avec", "en tension avec"),
    LinkKind.REPEATS: ("redit", "redit par"),
    LinkKind.COUNTEREXAMPLE: ("contredit", "contredit par"),
}


@dataclass(frozen=True)
class Link:
    """A line under a finding: « Recommandation : … »."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Recurrence:
    """A theme of a finding, and where it comes back."""

    label: str
    url: str


@dataclass
class Told:
    """A finding in the words of components/finding.html; `anchored` where this page is the finding's own place."""

    finding: Finding
    anchored: bool
    level_label: str = ""
    voice_label: str = ""
    modality_label: str = ""
    source_label: str = "Compte rendu"
    source_url: str = ""
    themes: list[Recurrence] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def kind_label(self) -> str:
        return self.finding.get_kind_display().capitalize()

    @property
    def html_id(self) -> str:
        return f"constat-{self.finding.pk}" if self.anchored else ""

    @property
    def url(self) -> str:
        return "" if self.anchored else self.finding.get_absolute_url()


def tell(finding: Finding, *, anchored: bool) -> Told:
    """`finding`, loaded by `FindingQuerySet.told()`, in plain words."""
    return Told(
        finding,
        anchored,
        level_label=_level(finding),
        voice_label=voice_of(finding),
        modality_label=_firmness(finding),
        source_label="Compte rendu" if anchored else f"Atelier du {day_in_words(finding.workshop.date)}",
        source_url=page_url(finding.source, finding.pages),
        themes=_themes(finding),
        links=[
            *_belonging(finding),
            *_links(finding),
            *_recommendations(finding),
            *_about(finding),
        ],
    )


def voice_of(finding: Finding) -> str:
    """Who says it, when that is not the participants together; a person who is not published is not named."""
    person = finding.voice_person if finding.voice_person and finding.voice_person.is_published else None
    words = VOICES.get(Voice(finding.voice), "")
    if finding.voice == Voice.PERSON:
        words = f"dit par {person}" if person else "dit par une personne"
    # A note may tell who the masked person is.
    note = "" if finding.voice == Voice.PERSON and not person else finding.voice_note
    return ", ".join(part for part in (words, note) if part)


def _level(finding: Finding) -> str:
    if finding.level == Level.UNSPECIFIED:
        return ""
    doubt = basis_of("niveau", finding.level_basis)
    return f"{finding.get_level_display()} ({doubt})" if doubt else finding.get_level_display()


def _firmness(finding: Finding) -> str:
    words = MODALITIES.get(Modality(finding.modality), "")
    return " · ".join(part for part in (words, basis_of("classement", finding.kind_basis)) if part)


def _themes(finding: Finding) -> list[Recurrence]:
    return [
        Recurrence(
            ", ".join(part for part in (theme.name, recurrence(theme)) if part), theme.get_absolute_url()
        )
        for theme in finding.themes.all()
    ]


def _belonging(finding: Finding) -> list[Link]:
    """The whole that the finding is a part of, or its own parts."""
    whole = finding.part_of
    if not whole:
        return [
            Link(f"en fait partie ({part.get_kind_display()})", str(part), part.get_absolute_url())
            for part in finding.parts.all()
        ]
    kind = "dans l’ingrédient" if whole.kind == FindingKind.INGREDIENT else "dans"
    return [Link(kind, str(whole), whole.get_absolute_url())]


def _links(finding: Finding) -> list[Link]:
    lines = [(LINK_WORDS[LinkKind(link.kind)][0], link, link.to_finding) for link in finding.links_out.all()]
    lines += [
        (LINK_WORDS[LinkKind(link.kind)][1], link, link.from_finding) for link in finding.links_in.all()
    ]
    return [_line(words, link, other) for words, link, other in lines]


def _line(words: str, link, other: Finding) -> Link:
    doubt = basis_of("lien", link.basis)
    return Link(f"{words} ({doubt})" if doubt else words, str(other), other.get_absolute_url())


def _recommendations(finding: Finding) -> list[Link]:
    lines = []
    for answer in finding.answered_by.all():
        recommendation, doubt = answer.recommendation, basis_of("lien", answer.basis)
        if recommendation.workshop_id == finding.workshop_id or recommendation.workshop.is_published:
            label = f"une recommandation y répond ({doubt})" if doubt else "une recommandation y répond"
            lines.append(Link(label, recommendation.title, recommendation.get_absolute_url()))
    return lines


def _about(finding: Finding) -> list[Link]:
    """The experiences told, the actors it is about (neither its author nor its voice), what set it off."""
    lines = [
        Link(each.get_kind_display(), each.name, initiative_url(each)) for each in finding.initiatives.all()
    ]
    lines += [Link("à propos de", actor.name, actor.get_absolute_url()) for actor in finding.actors.all()]
    return lines + [Link("déclencheur", each.name) for each in finding.triggers.all()]
