"""What the page prints where an animator reads a drawing: what was typed, whom it may mean, what to look at twice."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict

from actors.models import Actor, Kind, Trigger
from actors.resemblance import Match, Wanted, resembling

from .actions.collecting import WHAT
from .actions.reviewing import AcceptedTie
from .drawn import told
from .models import Drawing, DrawnTie
from .private_names import PERSON, warnings
from .review_forms import LineForm, Meant, PartyForm, line_initial, origin_of

CHOSEN = "choisi par le participant"


@dataclass(frozen=True)
class Line:
    drawn: DrawnTie
    form: LineForm
    warnings: list[str]

    @property
    def told(self) -> str:
        """What was typed, in one line."""
        return told({name: getattr(self.drawn, name) for name in WHAT})


class ReviewPage:
    """`data`: what was sent back, if anything. A fixed number of queries, whatever the number of lines."""

    def __init__(self, drawing: Drawing, suggestions: str, data: QueryDict | None = None):
        self.drawing, self.data, self.suggestions = drawing, data, suggestions
        self.drawn = list(drawing.ties.all())

    @cached_property
    def _matches(self) -> dict[tuple[str, str], Match]:
        """Whom each typed name may mean, all of them at once."""
        names = {origin_of(self.drawing), *((tie.kind, tie.name) for tie in self.drawn)}
        wanted = [Wanted(kind, name) for kind, name in sorted(names)]
        return {(each.kind, each.name): match for each, match in zip(wanted, resembling(wanted), strict=True)}

    def _who(self, kind: str, name: str, chosen: Actor | None) -> Meant:
        """`chosen` (by the participant, among suggestions) first, then those that resemble the name."""
        match = self._matches[kind, name]
        found = [(one.actor, one.reasons) for one in match.candidates if one.actor != chosen]
        if chosen:
            return Meant(chosen, [(chosen, (CHOSEN,)), *found])
        return Meant(match.proposed, found)

    @cached_property
    def origin(self) -> PartyForm:
        kind, name = origin_of(self.drawing)
        meant = self._who(kind, name, self.drawing.organisation_actor)
        return PartyForm(
            self.data,
            prefix="qui",
            initial={"target": meant.target, "name": name, "kind": kind},
            meant=meant,
            suggestions=self.suggestions,
        )

    @cached_property
    def origin_warnings(self) -> list[str]:
        """A person who did not say that they may be named stays a draft."""
        if self.drawing.organisation or self.drawing.may_be_named:
            return []
        return [PERSON]

    @cached_property
    def lines(self) -> list[Line]:
        triggers = list(Trigger.objects.order_by("name"))
        return [self._line(tie, triggers) for tie in self.drawn]

    def _line(self, tie: DrawnTie, triggers: list[Trigger]) -> Line:
        meant = self._who(tie.kind, tie.name, tie.actor)
        doubts = warnings(
            name=tie.name,
            is_person=tie.kind == Kind.PERSON,
            is_known=bool(meant.proposed and meant.proposed.is_published),
            texts=[tie.subject, tie.occasion],
        )
        form = LineForm(
            self.data,
            prefix=f"ligne-{tie.pk}",
            initial=line_initial(tie, meant, triggers, PERSON in doubts),
            meant=meant,
            triggers=triggers,
            suggestions=self.suggestions,
        )
        return Line(tie, form, doubts)

    def is_valid(self) -> bool:
        """Whoever draws must be told; a line that is set aside may say anything."""
        rows = [
            line.form for line in self.lines if line.form.data.get(f"{line.form.prefix}-verdict") != "drop"
        ]
        return all([self.origin.is_valid(), *(form.is_valid() for form in rows)])

    @property
    def kept(self) -> list[AcceptedTie]:
        kept = (line for line in self.lines if line.form.is_valid() and line.form.is_kept)
        return [line.form.accepted(line.drawn) for line in kept]

    @property
    def errors(self) -> list[dict[str, Any]]:
        """What is wrong, with where it is."""
        forms = [self.origin, *(line.form for line in self.lines)]
        return [
            {"id": form[name].id_for_label, "said": " ".join(said)}
            for form in forms
            if form.is_bound
            for name, said in form.errors.items()
            if name in form.fields
        ]
