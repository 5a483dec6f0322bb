"""What a participant types on a telephone, checked; and what an animator makes of it."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from actors.forms import LineField
from actors.models import Actor, Closeness, Frequency, Kind
from foundations.models import PartialDateField

from .models import MOST_TIES

LONGEST_SENDING = 100_000  # letters: sixty ties with every box full are fewer
UNREADABLE = "Ce dessin ne se lit pas. Rechargez la page\u00a0: ce que vous avez écrit est gardé."
_SINCE = PartialDateField()


class ActorNameField(LineField):
    """A name as typed or, when a suggestion was chosen, the slug of a published actor (see static/js/combobox.js)."""

    def __init__(self, **options):
        options.setdefault("max_length", 200)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "data-combobox": ""}))
        super().__init__(**options)


class Resolving(forms.Form):
    """A form one of whose boxes may name an actor. `known`: published actors by slug, when many forms share them."""

    use_required_attribute = False  # the page says what is missing, in French
    actor_box: str
    actor_column: str

    def __init__(self, *args, known: dict[str, Actor] | None = None, suggestions: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        if suggestions:
            self.fields[self.actor_box].widget.attrs["data-url"] = suggestions

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        text = data.get(self.actor_box, "")
        known = self.known if self.known is not None else actors_named([text])
        actor = known.get(text)
        data[self.actor_column] = actor
        if actor:
            data[self.actor_box] = actor.name[:200]
        return data


def actors_named(slugs: Iterable[str]) -> dict[str, Actor]:
    """The published actors of these slugs, in one query; none without a slug."""
    wanted = {slug for slug in slugs if slug}
    return (
        {actor.slug: actor for actor in Actor.objects.published().filter(slug__in=wanted)} if wanted else {}
    )


class WhoForm(Resolving):
    """Who draws. Nothing but a name or an organisation is needed."""

    actor_box, actor_column = "organisation", "organisation_actor"

    name = LineField(
        label="Votre prénom et votre nom",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    function = LineField(
        label="Votre fonction",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    organisation = ActorNameField(
        label="Votre organisation",
        required=False,
        help_text="Commune, association, service… Laissez vide si vous venez en votre nom propre.",
    )
    may_be_named = forms.BooleanField(
        label="Mon nom peut être écrit à côté de ce que je dessine", required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("name") and not data.get("organisation"):
            self.add_error("organisation", "Écrivez votre organisation ou, à défaut, votre nom.")
        return data


class TieForm(Resolving):
    """One actor that the participant works with."""

    actor_box, actor_column = "who", "actor"

    who = ActorNameField(
        label="Avec qui travaillez-vous\u202f?",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-combobox": "",
                "data-needed": "Écrivez avec qui vous travaillez.",
            }
        ),
        error_messages={"required": "Écrivez avec qui vous travaillez."},
    )
    kind = forms.ChoiceField(
        label="C’est",
        choices=[(Kind.ORGANISATION, "une organisation"), (Kind.PERSON, "une personne")],
        initial=Kind.ORGANISATION,
        required=False,
        widget=forms.RadioSelect,
    )
    subject = LineField(label="À quel sujet\u202f?", max_length=200, required=False)
    frequency = forms.ChoiceField(
        label="À quelle fréquence\u202f?",
        choices=[*Frequency.choices, ("", "je ne sais pas")],
        required=False,
        widget=forms.RadioSelect,
    )
    since = LineField(
        label="Depuis quand\u202f?",
        max_length=10,
        required=False,
        help_text="Une année suffit\u00a0: 2019.",
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "data-pattern": r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
                "data-wrong": "Écrivez une année\u00a0: 2019.",
            }
        ),
    )
    occasion = LineField(
        label="Né de quelle occasion\u202f?",
        max_length=200,
        required=False,
        help_text="Une formation, une crise, un projet, une rencontre…",
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "occasions"}),
    )
    closeness = forms.ChoiceField(
        label="Près ou loin de vous\u202f?",
        choices=[*Closeness.choices, ("", "entre les deux")],
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.ORGANISATION

    def clean_since(self) -> str:
        since = self.cleaned_data["since"]
        if not since.isascii():
            raise ValidationError("Écrivez une année en chiffres\u00a0: 2019.")
        _SINCE.run_validators(since)
        if since[:4] > str(timezone.localdate().year):
            raise ValidationError("Cette date est à venir.")
        return since

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("actor"):
            data["kind"] = data["actor"].kind
        return data

    def columns(self) -> dict[str, Any]:
        """The answers as columns of DrawnTie."""
        data = dict(self.cleaned_data)
        data["name"] = data.pop("who")
        return data


def read_sending(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Who, and the ties, of what a telephone sends: `{"who": {…}, "ties": [{…}]}`. Raises ValidationError."""
    if len(text) > LONGEST_SENDING:
        raise ValidationError(
            f"C’est trop long pour être envoyé d’un coup\u00a0: {MOST_TIES} acteurs au plus."
        )
    try:
        sent = json.loads(text)
        who, ties = sent["who"], sent["ties"]
        slugs = [who.get("organisation"), *(tie.get("who") for tie in ties)]
        json.dumps(sent, ensure_ascii=False).encode()  # half a character (a lone surrogate) is stored nowhere
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        raise ValidationError(UNREADABLE) from None
    if len(ties) > MOST_TIES:
        raise ValidationError(f"{MOST_TIES} acteurs au plus\u00a0: gardez ceux qui comptent le plus.")
    if "\\u0000" in text or "\x00" in text:
        raise ValidationError(UNREADABLE)
    known = actors_named(slug for slug in slugs if isinstance(slug, str))
    form = WhoForm(who, known=known)
    _check(form, "Vous")
    return form.cleaned_data, [_tie(tie, known) for tie in ties]


def _tie(sent: dict[str, Any], known: dict[str, Actor]) -> dict[str, Any]:
    form = TieForm(sent, known=known)
    _check(form, str(sent.get("who") or "?")[:60])
    return form.columns()


def _check(form: forms.Form, about: str) -> None:
    if not form.is_valid():
        said = " ".join(error for errors in form.errors.values() for error in errors)
        raise ValidationError(f"{about}\u00a0: {said}")


class OpeningForm(forms.Form):
    """Until when drawings are received."""

    use_required_attribute = False
    closes_at = forms.DateTimeField(
        label="Se ferme le",
        help_text="Heure de Paris.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "Dites jusqu’à quand.", "invalid": "Écrivez une date et une heure."},
    )
