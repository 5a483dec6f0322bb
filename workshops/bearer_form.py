"""What a bearer says of a recommendation: two clicks and a sentence."""

import uuid

from django import forms
from django.core.exceptions import ValidationError

from actors.forms import MessageField

from .models import Bearing, Progress

BEARINGS = ((Bearing.ACCEPTED, "Je la porte"), (Bearing.NOBODY, "Je ne la porte pas"))
PROGRESSES = (
    (Progress.NOT_BEGUN, "Pas commencée"),
    (Progress.UNDER_WAY, "En cours"),
    (Progress.BLOCKED, "Bloquée"),
    (Progress.DONE, "Faite"),
    (Progress.DROPPED, "Abandonnée"),
)


class BearerForm(forms.Form):
    """`recommendation` and `key` are the page's: of what one speaks, and a draw that makes two sendings one."""

    recommendation = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    key = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)
    bearing = forms.ChoiceField(
        label="Portez-vous cette recommandation ?",
        choices=BEARINGS,
        required=False,
        widget=forms.RadioSelect,
    )
    progress = forms.ChoiceField(
        label="Où en est-elle ?", choices=PROGRESSES, required=False, widget=forms.RadioSelect
    )
    note = MessageField(
        label="En une phrase",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Écrivez moins de %(limit_value)d signes : une phrase suffit."},
    )

    use_required_attribute = False

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in ("bearing", "progress", "note")):
            raise ValidationError("Dites au moins une chose : un choix, ou une phrase.", code="empty")
        return cleaned

    @staticmethod
    def too_many() -> ValidationError:
        told = "Trop de réponses viennent d’être envoyées. Gardez votre texte et réessayez dans une heure."
        return ValidationError(told, code="throttled")
