"""The page where findings are typed, as it is drawn: sessions, their lines, the themes that each brings to mind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.contrib.postgres.aggregates import StringAgg
from django.core.cache import cache
from django.db.models import Value
from django.utils import timezone

from actors.models import Modality
from foundations.typography import hour_in_words
from workshops.models import DraftFinding, Finding, FindingKind, Level, Session, Theme, Voice, Workshop
from workshops.suggesting import Lexicon, lexicon, suggest

# The key that chooses each kind, with Alt; the first letter, but for constat, whose letter is condition's.
KEYS = {
    FindingKind.FREIN: "F",
    FindingKind.MOTEUR: "M",
    FindingKind.INGREDIENT: "I",
    FindingKind.CONDITION: "C",
    FindingKind.BESOIN: "B",
    FindingKind.TENSION: "T",
    FindingKind.QUESTION: "Q",
    FindingKind.REPRESENTATION: "R",
    FindingKind.CONSTAT: "S",
}
# A named person is chosen on the finding's own page, where the person is chosen too.
VOICES = [choice for choice in Voice.choices if choice[0] != Voice.PERSON]

WORDS_KEPT = 300  # seconds


@dataclass(frozen=True)
class Choice:
    """An option of a list, or a box to tick."""

    value: str
    label: str
    is_chosen: bool
    shortcut: str = ""


@dataclass
class LineShown:
    """A line with what surrounds it. `trouble`: what stopped it, when it comes back unsaved."""

    line: DraftFinding
    themes: list[Choice] = field(default_factory=list)
    mentions: list[dict] = field(default_factory=list)
    trouble: str = ""
    version: int = 0

    @property
    def key(self) -> str:
        return str(self.line.key)

    @property
    def kinds(self) -> list[Choice]:
        """The plain word, with the field's where it is another: « obstacle (frein) »."""
        field_words = {FindingKind.FREIN: " (frein)", FindingKind.MOTEUR: " (moteur)"}
        return [
            Choice(kind.value, f"{kind.label}{field_words.get(kind, '')}", kind == self.line.kind, KEYS[kind])
            for kind in FindingKind
        ]

    @property
    def levels(self) -> list[Choice]:
        return _choices(Level.choices, self.line.level)

    @property
    def voices(self) -> list[Choice]:
        return _choices(VOICES, self.line.voice)

    @property
    def modalities(self) -> list[Choice]:
        return _choices(Modality.choices, self.line.modality)

    @property
    def pages(self) -> str:
        return ", ".join(map(str, self.line.pages))

    @property
    def points(self) -> str:
        return "\n".join(self.line.points)

    @property
    def is_precise(self) -> bool:
        """Whether something is said under « Préciser »: it is then unfolded."""
        line = self.line
        usual = (Level.UNSPECIFIED, Voice.PARTICIPANTS, Modality.ASSERTED)
        said = (line.level, line.voice, line.modality) != usual
        return bool(said or line.pages or line.points or line.quotation or line.title)


@dataclass
class SessionLines:
    """The lines of one session, and what is recorded of it already. `session` is None for what belongs to none."""

    session: Session | None
    lines: list[LineShown] = field(default_factory=list)
    recorded: list[Finding] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.session.pk) if self.session else ""

    @property
    def html_id(self) -> str:
        return f"seance-{self.session.order}" if self.session else "hors-seance"

    @property
    def title(self) -> str:
        return self.session.title if self.session else "Hors séance"

    def blank(self) -> LineShown:
        """An empty line, to be drawn as the pattern of the new ones."""
        return LineShown(DraftFinding(key=uuid4(), kind=FindingKind.CONSTAT), version=0)


def _choices(pairs: Iterable[tuple[str, str]], chosen: str) -> list[Choice]:
    return [Choice(value, label, value == chosen) for value, label in pairs]


def lines_page(workshop: Workshop, themes: dict[int, Theme], known: Lexicon) -> list[SessionLines]:
    """Every session of `workshop` with its lines, then what belongs to none; a constant number of queries."""
    told = {each.pk: SessionLines(each) for each in workshop.sessions.order_by("order")}
    told[None] = SessionLines(None)
    for line in workshop.draft_findings.told().order_by("position", "id"):
        told[line.session_id].lines.append(line_shown(line, themes, known))
    for finding in workshop.findings.order_by("position", "id"):
        told[finding.session_id].recorded.append(finding)
    return list(told.values())


def line_shown(line: DraftFinding, themes: dict[int, Theme], known: Lexicon) -> LineShown:
    """`line` (loaded by `told()`) with its themes, those that its wording brings to mind, and what it mentions."""
    chosen = [theme.pk for theme in line.themes.all()]
    proposed = [key for key in suggest(f"{line.title} {line.statement}", known) if key not in chosen]
    return LineShown(
        line,
        themes=[
            Choice(str(key), themes[key].name, key in chosen) for key in [*chosen, *proposed] if key in themes
        ],
        mentions=[
            {"name": name, "value": row.pk, "label": str(row)}
            for name in ("actors", "initiatives", "triggers")
            for row in getattr(line, name).all()
        ],
        version=line.version,
    )


def known_themes() -> tuple[dict[int, Theme], Lexicon]:
    """All themes by key, and the words by which a statement brings them to mind (findings already under them count).

    The themes are read each time, the words of thousands of findings once in a while: they change little in an evening.
    """
    themes = {theme.pk: theme for theme in Theme.objects.order_by("name")}
    return themes, cache.get_or_set("theme-words", _words_of_themes, WORDS_KEPT)


def _words_of_themes() -> Lexicon:
    said = StringAgg("findings__statement", Value(" "), default=Value(""))
    rows = Theme.objects.annotate(said=said)
    return lexicon((row.pk, f"{row.name} {row.field_name}", f"{row.definition} {row.said}") for row in rows)


def saved_words(moment: datetime | None = None) -> str:
    """« Enregistré à 21 h 04 »."""
    return f"Enregistré à {hour_in_words(timezone.localtime(moment or timezone.now()))}"


def order_of(workshop: Workshop) -> dict[str, list[dict]]:
    """The lines of each session as the page compares them with its own: key and version, in order."""
    found: dict[str, list[dict]] = defaultdict(list)
    lines = workshop.draft_findings.order_by("position", "id")
    for key, version, session in lines.values_list("key", "version", "session"):
        found[str(session or "")].append({"key": str(key), "version": version})
    return found
