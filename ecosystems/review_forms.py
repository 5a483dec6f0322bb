"""What an animator makes of a drawing: for whoever draws and for each line, who is meant, and the words to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actors.forms import LineField
from actors.models import Actor, Closeness, Frequency, Kind, Trigger
from foundations.models import PartialDateField
from foundations.text import sort_key

from .actions.reviewing import AcceptedTie, Party
from .forms import ActorNameField
from .models import Drawing, DrawnTie

NEW = "new"
KEEP, DROP = "keep", "drop"
_SINCE = PartialDateField()


@dataclass(frozen=True)
class Meant:
    """Whom a typed name may mean, each with the reasons; `proposed`: whom to propose first, nobody where it is open."""

    proposed: Actor | None = None
    candidates: Sequence[tuple[Actor, Sequence[str]]] = ()

    @property
    def target(self) -> str:
        return str(self.proposed.pk) if self.proposed else NEW


class PartyForm(forms.Form):
    """Who is meant: an actor that the name resembles, or the one of this name, new where there is none."""

    use_required_attribute = False

    target = forms.ChoiceField(label="C’est", widget=forms.RadioSelect)
    name = ActorNameField(
        label="Nom",
        max_length=200,
        required=False,
        help_text="Corrigez-le, ou choisissez un acteur parmi les propositions.",
    )
    kind = forms.ChoiceField(label="Genre", choices=Kind.choices, widget=forms.RadioSelect)

    def __init__(self, *args, meant: Meant, suggestions: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = {str(actor.pk): actor for actor, _ in meant.candidates}
        self.fields["target"].choices = [
            *((str(actor.pk), _told(actor, reasons)) for actor, reasons in meant.candidates),
            (NEW, "Un autre, dont voici le nom" if meant.candidates else "Un nouvel acteur"),
        ]
        self.fields["name"].widget.attrs["data-url"] = suggestions

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("target") == NEW and not data.get("name"):
            self.add_error("name", "Écrivez un nom.")
        return data

    @property
    def party(self) -> Party:
        """Who is meant, once the form is right."""
        data = self.cleaned_data
        actor = (
            self.candidates.get(data["target"]) or Actor.objects.published().filter(slug=data["name"]).first()
        )
        return Party(name=data["name"], kind=data["kind"], actor=actor)


def _told(actor: Actor, reasons: Sequence[str]) -> str:
    state = "" if actor.is_published else ", brouillon"
    return f"{actor.name} – {actor.nature_label}{state} ({', '.join(reasons)})"


class LineForm(PartyForm):
    """One line of a drawing."""

    verdict = forms.ChoiceField(
        label="Cette ligne", choices=[(KEEP, "Reprendre"), (DROP, "Écarter")], widget=forms.RadioSelect
    )
    subject = LineField(label="À quel sujet", max_length=200, required=False)
    frequency = forms.ChoiceField(
        label="À quelle fréquence", choices=[("", "non dit"), *Frequency.choices], required=False
    )
    since = LineField(label="Depuis", max_length=10, required=False)
    occasion = LineField(label="Né de quelle occasion", max_length=200, required=False)
    trigger = forms.ChoiceField(label="C’est le déclencheur", required=False)
    closeness = forms.ChoiceField(
        label="Près ou loin", choices=[("", "non dit"), *Closeness.choices], required=False
    )

    def __init__(self, *args, triggers: Sequence[Trigger], **kwargs):
        """`triggers`: read once for all the lines of a page."""
        super().__init__(*args, **kwargs)
        self.triggers = {str(trigger.pk): trigger for trigger in triggers}
        named = [(key, trigger.name) for key, trigger in self.triggers.items()]
        self.fields["trigger"].choices = [("", "aucun"), *named]

    def clean_trigger(self) -> Trigger | None:
        return self.triggers.get(self.cleaned_data["trigger"])

    def clean_since(self) -> str:
        if not self.cleaned_data["since"].isascii():
            raise ValidationError("Écrivez une année en chiffres\u00a0: 2019.")
        _SINCE.run_validators(self.cleaned_data["since"])
        return self.cleaned_data["since"]

    @property
    def is_kept(self) -> bool:
        return self.cleaned_data["verdict"] == KEEP

    def accepted(self, drawn: DrawnTie) -> AcceptedTie:
        data = self.cleaned_data
        words = ("subject", "frequency", "since", "occasion", "closeness", "trigger")
        return AcceptedTie(drawn, self.party, **{name: data[name] for name in words})


def line_initial(
    drawn: DrawnTie, meant: Meant, triggers: Sequence[Trigger], doubtful: bool
) -> dict[str, Any]:
    """What the form of a line says at first: as typed. `doubtful`: someone private is named, so it is set aside."""
    occasion = sort_key(drawn.occasion)
    typed = ("name", "kind", "subject", "frequency", "since", "occasion", "closeness")
    return {
        "verdict": DROP if doubtful else KEEP,
        "target": meant.target,
        "trigger": next((str(one.pk) for one in triggers if sort_key(one.name) == occasion), ""),
        **{name: getattr(drawn, name) for name in typed},
    }


def origin_of(drawing: Drawing) -> tuple[str, str]:
    """(kind, name) of whose ties they are: the organisation or, for whoever came in their own name, the person."""
    return (Kind.ORGANISATION, drawing.organisation) if drawing.organisation else (Kind.PERSON, drawing.name)
