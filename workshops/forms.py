"""What is typed on the page of findings, checked."""

import re

from django import forms

from actors.models import Actor, Initiative, Trigger

from .actions.drafting import LINKS, WORDS
from .models import DraftFinding, Session, Theme, Workshop
from .notes.kinds import split_lead
from .reading.lines import VOICES


class PagesField(forms.CharField):
    """« 2, 3 » or « p. 2 à 4 » → [2, 3] or [2, 3, 4]."""

    def to_python(self, value):
        text = re.sub(r"^\s*(?:pp?|pages?)\.?\s*", "", super().to_python(value) or "")
        pages: set[int] = set()
        for run in re.split(r"[,;]|\bet\b", text):
            ends = re.fullmatch(r"\s*(\d{1,4})\s*(?:(?:-|–|à)\s*(\d{1,4})\s*)?", run)
            if run.strip() and not ends:
                raise forms.ValidationError("Écrivez des numéros de page séparés par des virgules.")
            if ends:
                first, last = int(ends[1]), int(ends[2] or ends[1])
                if last - first > 50:
                    raise forms.ValidationError("Ces pages sont trop nombreuses pour un constat.")
                pages.update(range(first, last + 1))
        return sorted(pages - {0})


class PointsField(forms.CharField):
    """One point a line."""

    def to_python(self, value):
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]


class LineForm(forms.ModelForm):
    """One line. « Frein : … » at its beginning chooses the kind; a theme may be typed by its name."""

    pages = PagesField(required=False)
    points = PointsField(required=False)
    voice = forms.ChoiceField(choices=VOICES, required=False)
    theme_name = forms.CharField(required=False, max_length=120)
    actors = forms.ModelMultipleChoiceField(Actor.objects.all(), required=False)
    initiatives = forms.ModelMultipleChoiceField(Initiative.objects.all(), required=False)
    triggers = forms.ModelMultipleChoiceField(Trigger.objects.all(), required=False)

    class Meta:
        model = DraftFinding
        fields = [*WORDS, *LINKS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("level", "modality", "kind"):
            self.fields[name].required = False

    def clean(self):
        cleaned = super().clean()
        for name in ("kind", "level", "voice", "modality"):
            cleaned[name] = cleaned.get(name) or DraftFinding._meta.get_field(name).get_default()
        kind, statement = split_lead(cleaned.get("statement", ""))
        if kind:
            cleaned["kind"], cleaned["statement"] = kind, statement
        self._add_named_theme(cleaned)
        return cleaned

    def _add_named_theme(self, cleaned) -> None:
        name = cleaned.pop("theme_name", "")
        if not name:
            return
        theme = Theme.objects.filter(name__iexact=name).first()
        if theme is None:
            self.add_error("theme_name", f"Aucun thème ne s’appelle «\u00a0{name}\u00a0».")
        else:
            cleaned["themes"] = [*cleaned.get("themes", ()), theme]


class NotesForm(forms.Form):
    """Notes to cut: pasted, or a document. `as_typed`: each line is a line of the animator's own."""

    text = forms.CharField(label="Vos notes", widget=forms.Textarea(attrs={"rows": 6}), required=False)
    document = forms.FileField(
        label="Document", required=False, help_text="Word (.docx), LibreOffice (.odt) ou texte (.txt)."
    )
    session = forms.ModelChoiceField(
        Session.objects.none(),
        label="Séance",
        required=False,
        empty_label="celle que disent les titres, sinon hors séance",
    )

    def __init__(self, *args, workshop: Workshop, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = workshop.sessions.order_by("order")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("text", "").strip() and not cleaned.get("document"):
            raise forms.ValidationError("Collez vos notes, ou choisissez un document.")
        return cleaned
