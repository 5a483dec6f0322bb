"""What a visitor without account may write. A wrong answer is told beside its field, and nothing typed is lost."""

import re
import time
import unicodedata

from django import forms
from django.core import signing
from django.utils.functional import cached_property

# Nobody reads what will happen and fills four fields in less; a robot does.
LEAST_SECONDS = 3
# A page left open longer is asked to be sent again: a stamp must not serve a robot for ever.
MOST_SECONDS = 24 * 3600
_SALT = "actors.forms.stamp"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Letters and signs that turn the reading direction around can make a text say other than it shows.
_DIRECTION = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


class LineField(forms.CharField):
    """One line: a line break or another control character in it is an attempt at another header of an e-mail."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if _CONTROL.search(value):
            raise forms.ValidationError(
                "Écrivez sur une seule ligne, sans caractère de contrôle.", code="control"
            )

    def to_python(self, value: object) -> str:
        return _clean(super().to_python(value) or "")


class LineEmailField(forms.EmailField, LineField):
    """An e-mail address, on one line."""


class MessageField(forms.CharField):
    """Several lines, counted as they were typed: browsers send each line break as two characters."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return _clean(re.sub(r"\r\n?", "\n", super().to_python(value) or ""))

    def validate(self, value: str) -> None:
        super().validate(value)
        if _CONTROL.search(value.replace("\n", "").replace("\t", "")):
            raise forms.ValidationError("Le message contient des caractères illisibles.", code="control")


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_DIRECTION).strip()


class VisitorRequestForm(forms.Form):
    """Name, e-mail, organisation, message; a trap and a stamp against robots, no third party."""

    name = LineField(
        label="Votre nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Écrivez votre nom."},
    )
    email = LineEmailField(
        label="Votre adresse e-mail",
        max_length=254,
        help_text="Pour vous répondre. Elle n’est montrée à personne d’autre que l’animateur.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Écrivez votre adresse e-mail.",
            "invalid": "Écrivez une adresse complète, comme nom@exemple.fr.",
        },
    )
    organisation = LineField(
        label="Votre organisation ou votre commune",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    message = MessageField(
        label="Votre message", max_length=4000, error_messages={"required": "Écrivez votre message."}
    )
    # Named as a robot expects, hidden from people by the style sheet and from screen readers by the template.
    website = forms.CharField(
        label="Laissez ce champ vide",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    # The page says itself what is wrong, in French and beside the field; the browser's bubbles would come first.
    use_required_attribute = False

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields a person fills, in order."""
        return [self[name] for name in ("name", "email", "organisation", "message")]

    @cached_property
    def fresh_stamp(self) -> str:
        """The stamp to print: the one sent while it is good, so that a second try is not too early again."""
        sent = self.data.get(self.add_prefix("stamp"), "") if self.is_bound else ""
        return sent if self._age(sent) is not None else signing.Signer(salt=_SALT).sign(str(time.time()))

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Ce champ doit rester vide.", code="trap")
        return ""

    def clean(self) -> dict:
        if self.errors:
            return self.cleaned_data  # a person has enough to read; the next sending is looked at again
        age = self._age(self.cleaned_data.get("stamp", ""))
        if age is None:
            raise forms.ValidationError(
                "Cette page est restée ouverte longtemps. Vérifiez votre message et envoyez-le de nouveau.",
                code="old",
            )
        if age < LEAST_SECONDS:
            raise forms.ValidationError(
                "L’envoi a été plus rapide qu’une lecture. Relisez et envoyez de nouveau.", code="quick"
            )
        return self.cleaned_data

    @staticmethod
    def _age(stamp: str) -> float | None:
        """Seconds since `stamp` was made; None if it is not ours or too old."""
        try:
            made = signing.Signer(salt=_SALT).unsign(stamp)
        except signing.BadSignature:
            return None
        age = time.time() - float(made)
        return age if age <= MOST_SECONDS else None

    def what_was_written(self) -> dict[str, str]:
        """The cleaned answers, as the actions take them."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "organisation", "message")}
