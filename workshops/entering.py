"""What is filled in for whoever enters a workshop: its source, the marks and the ranks of its rows."""

from django.db.models import Max

from actors.models import Source, SourceKind
from foundations.slugs import unique_slug

from .models import Finding, FindingKind, Workshop

# The letters of the marks (« F03 »), as in the reading of the first report.
MARKS = {
    FindingKind.FREIN: "F",
    FindingKind.MOTEUR: "M",
    FindingKind.INGREDIENT: "I",
    FindingKind.CONDITION: "CO",
    FindingKind.BESOIN: "B",
    FindingKind.TENSION: "TE",
    FindingKind.QUESTION: "Q",
    FindingKind.REPRESENTATION: "R",
    FindingKind.CONSTAT: "C",
}


def ensure_source(workshop: Workshop) -> Source:
    """The source of what is said of `workshop`: its report or, until there is one, the workshop itself."""
    if workshop.source is None:
        workshop.source = Source.objects.create(
            title=workshop.title,
            slug=unique_slug(workshop.title, Source),
            kind=SourceKind.WORKSHOP,
            date=workshop.date,
        )
        workshop.save(update_fields=["source", "updated_at"])
    return workshop.source


def next_mark(workshop: Workshop, kind: str) -> str:
    """The next mark of a finding of `kind` in `workshop`: « F04 » after « F03 ». Call it with the workshop locked."""
    letters = MARKS[FindingKind(kind)]
    codes = Finding.objects.filter(workshop=workshop, code__startswith=letters).values_list("code", flat=True)
    numbers = [int(code[len(letters) :]) for code in codes if code[len(letters) :].isdigit()]
    return f"{letters}{max(numbers, default=0) + 1:02}"


def next_number(rows, field: str) -> int:
    """One more than the highest `field` among `rows`, so that what is entered last comes last."""
    return (rows.aggregate(highest=Max(field))["highest"] or 0) + 1
