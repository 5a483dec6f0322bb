"""The page where a list of participants is checked: what is pasted, each line, each organisation, the confirmation."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import TextChoices

from actors.likeness import Verdict
from foundations.text import sort_key

from .actions.attending import Publication
from .models import AttendanceStatus, Roster, RosterLine
from .reading.roster import Known, matches_of

AS_READ = "lue"


class ListForm(forms.Form):
    """The list, pasted or in a document."""

    text = forms.CharField(
        label="La liste, telle que vous l’avez",
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
        max_length=1_000_000,
        help_text="Un nom par ligne ou tout à la suite, avec ou sans fonctions\u00a0: elle sera mise en ordre.",
    )
    document = forms.FileField(
        label="Ou un document", required=False, help_text="Word, LibreOffice, tableur, CSV, PDF ou texte."
    )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("text", "").strip() and not cleaned.get("document"):
            raise forms.ValidationError("Collez la liste, ou choisissez un document.")
        return cleaned


class Decision(TextChoices):
    NEW = "new", "Nouvelle fiche"


def decision_choices(known: Known, new: str) -> list[tuple[str, str]]:
    """The candidates, each with why, then « a new one »."""
    told = [
        (
            str(candidate.actor.pk),
            f"{candidate.actor.name}, {candidate.actor.nature_label} – {', '.join(candidate.reasons)}",
        )
        for candidate in known.match.candidates
    ]
    return [*told, (Decision.NEW, new)]


class OpenChoice(forms.ChoiceField):
    """Takes any answer: one that is no longer among the choices (a card merged or withdrawn since) is no answer."""

    def valid_value(self, value):
        return True

    def clean(self, value):
        answer = super().clean(value)
        return answer if answer in {str(key) for key, _ in self.choices} else ""


class LineForm(forms.Form):
    """Who a line names, whether they were there, which reading is right, and who they are in the directory."""

    person_name = forms.CharField(label="Prénom et nom", max_length=250, required=False)
    status = forms.ChoiceField(label="Présence", choices=AttendanceStatus)
    session_role = forms.CharField(label="Rôle dans la séance", max_length=120, required=False)
    reading = OpenChoice(label="Lecture", widget=forms.RadioSelect, required=False)
    choice = OpenChoice(label="Sa fiche", widget=forms.RadioSelect, required=False)
    removed = forms.BooleanField(label="Retirer cette ligne", required=False)

    def __init__(self, *args, line: RosterLine, known: Known | None, **kwargs):
        super().__init__(
            *args,
            prefix=f"l{line.pk}",
            initial={
                "person_name": line.person_name,
                "status": line.status,
                "session_role": line.session_role,
                "choice": _kept(line.choice, known),
            },
            **kwargs,
        )
        self.line, self.known = line, known
        if line.is_sure:
            del self.fields["reading"]
        else:
            self.fields["reading"].choices = [
                *(
                    (str(rank), _told(other))
                    for rank, other in enumerate(line.alternatives)
                    if len(other) > 1
                ),
                (AS_READ, "Telle quelle, avec mes corrections"),
            ]
        if known is None:
            del self.fields["choice"]
        else:
            self.fields["choice"].choices = decision_choices(known, "Nouvelle fiche")
        self.capacities = [
            CapacityForm(
                self.data or None,
                prefix=f"l{line.pk}-c{rank}",
                initial=capacity,
                use_required_attribute=False,
            )
            for rank, capacity in enumerate(line.capacities or [{}])
        ]

    @property
    def reasons(self) -> list[str]:
        """Why the line is to be looked at, in the words of the reading."""
        return [] if self.line.is_sure else [other["reason"] for other in self.line.alternatives]

    @property
    def is_doubtful(self) -> bool:
        """Whether a person must choose something."""
        undecided = self.known is not None and not self.initial["choice"]
        return not self.line.is_sure or undecided or not (self.line.person_name or self.line.capacities)

    @property
    def is_probable(self) -> bool:
        """Whether what is proposed deserves a look."""
        return self.known is not None and self.known.match.verdict in (Verdict.UNLIKELY, Verdict.PROBABLE)

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(form.is_valid() for form in self.capacities)])

    def values(self) -> dict[str, Any]:
        """The columns of the line, the reading that was chosen applied, unless its fields were corrected by hand."""
        said = self.cleaned_data
        values = {
            "person_name": " ".join(said["person_name"].split()),
            "status": said["status"],
            "session_role": said["session_role"],
            "removed": said["removed"],
            "choice": said.get("choice", ""),
            "capacities": [form.cleaned_data for form in self.capacities if any(form.cleaned_data.values())],
        }
        reading = said.get("reading")
        if reading:
            values["is_sure"] = True
            if reading != AS_READ:
                _apply(values, self.line.alternatives[int(reading)])
        elif self._is_corrected():
            values["is_sure"] = True
        if values["person_name"] != self.line.person_name and values["choice"].isdecimal():
            values["choice"] = ""  # it was said of another name
        return values

    def _is_corrected(self) -> bool:
        corrected = {"person_name", "session_role"} & set(self.changed_data)
        return bool(corrected or any(form.has_changed() for form in self.capacities))


class CapacityForm(forms.Form):
    """A function in an organisation. All empty: it goes."""

    role = forms.CharField(label="Fonction", max_length=250, required=False)
    unit = forms.CharField(label="Service", max_length=250, required=False)
    organisation = forms.CharField(label="Organisation", max_length=250, required=False)


class OrganisationForm(forms.Form):
    """Which actor an organisation of the list is."""

    choice = OpenChoice(widget=forms.RadioSelect, required=False)

    def __init__(self, *args, key: str, rank: int, known: Known, chosen: str, **kwargs):
        super().__init__(*args, prefix=f"o{rank}", initial={"choice": _kept(chosen, known)}, **kwargs)
        self.key, self.known = key, known
        self.fields["choice"].label = known.wanted.name
        self.fields["choice"].choices = decision_choices(
            known, f"Nouvelle fiche «\u00a0{known.wanted.name}\u00a0»"
        )

    @property
    def is_doubtful(self) -> bool:
        return not self.initial["choice"]


class ConfirmForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    publication = forms.ChoiceField(
        label="Que rendre public\u202f?",
        choices=Publication,
        initial=Publication.NOTHING,
        widget=forms.RadioSelect,
        help_text="Les fiches déjà publiées le restent.",
    )
    keep_contacts = forms.BooleanField(
        label="Garder les e-mails et téléphones de la liste, pour les seuls animateurs, un an",
        required=False,
    )


class RosterForms:
    """All the forms of the page, over the open list: what is known is read once, for every line."""

    def __init__(self, roster: Roster, data: Mapping | None = None, settled: Mapping | None = None):
        """`settled`: what the last part of the page said, when the lines above were kept and it was not done."""
        lines = list(roster.lines.order_by("position"))
        matches = matches_of(roster, lines)
        self.roster = roster
        self.lines = [
            LineForm(data, line=line, known=known, use_required_attribute=False)
            for line, known in zip(lines, matches.people, strict=True)
        ]
        self.organisations = [
            OrganisationForm(data, key=key, rank=rank, known=known, chosen=roster.organisations.get(key, ""))
            for rank, (key, known) in enumerate(matches.organisations.items())
        ]
        self.confirm = ConfirmForm(
            data, initial={**(settled or {}), "version": roster.version}, use_required_attribute=False
        )
        self.has_contacts = any(line.emails or line.phones for line in lines)

    def __iter__(self) -> Iterator[forms.Form]:
        return iter([*self.lines, *self.organisations, self.confirm])

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self])  # noqa: C419 — each one is asked, to show all its errors

    @property
    def doubtful(self) -> list[LineForm]:
        return [form for form in self.lines if form.is_doubtful]

    @property
    def sure(self) -> list[LineForm]:
        return [form for form in self.lines if not form.is_doubtful]

    @property
    def doubtful_organisations(self) -> list[OrganisationForm]:
        return [form for form in self.organisations if form.is_doubtful]

    @property
    def sure_organisations(self) -> list[OrganisationForm]:
        return [form for form in self.organisations if not form.is_doubtful]

    def values(self) -> dict[str, Any]:
        """What `save_roster` takes, once valid."""
        return {
            "lines": {form.line.pk: form.values() for form in self.lines},
            "organisations": {form.key: form.cleaned_data["choice"] for form in self.organisations},
        }


def _kept(chosen: str, known: Known | None) -> str:
    """What was chosen before, while it is still among the answers; else what is proposed."""
    if known is None:
        return ""
    keys = {str(candidate.actor.pk) for candidate in known.match.candidates} | {Decision.NEW.value}
    return chosen if chosen in keys else known.proposed


_FIELD_WORDS = {
    "person_name": "nom",
    "role": "fonction",
    "unit": "service",
    "organisation": "organisation",
    "status": "présence",
    "session_role": "rôle",
}


def _told(alternative: dict[str, Any]) -> str:
    """« fonction : élu ; organisation : PETR du Grand Clermont »."""
    told = [
        f"{words}\u00a0: {_value(name, alternative[name])}"
        for name, words in _FIELD_WORDS.items()
        if name in alternative
    ]
    return "\u202f; ".join(told) or alternative["reason"]


def _value(name: str, value: str | None) -> str:
    if name == "status" and value in AttendanceStatus.values:
        return str(AttendanceStatus(value).label)
    return value or "aucun"


def _apply(values: dict[str, Any], alternative: dict[str, Any]) -> None:
    """Changes `values` to another reading of the line: what it says of the person, and of the first capacity."""
    for name in ("person_name", "status", "session_role"):
        if name in alternative:
            values[name] = alternative[name] or ""
    changes = {
        name: alternative[name] or "" for name in ("role", "unit", "organisation") if name in alternative
    }
    if changes:
        first = {"role": "", "unit": "", "organisation": "", **(values["capacities"] or [{}])[0], **changes}
        rest = [each for each in values["capacities"][1:] if not _same(each, first)]
        values["capacities"] = [first, *rest] if any(first.values()) else rest


def _same(one: dict[str, str], other: dict[str, str]) -> bool:
    return all(sort_key(one[name]) == sort_key(other[name]) for name in ("role", "unit", "organisation"))
