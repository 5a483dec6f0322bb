"""What a visitor fills to follow a search: an address, and the trap and stamp of every form of the house."""

from django import forms

from actors.forms import LineEmailField, VisitorRequestForm


class FollowForm(VisitorRequestForm):
    name = None
    organisation = None
    message = None
    email = LineEmailField(
        label="Votre adresse e-mail",
        max_length=254,
        help_text="Nous y enverrons d’abord un lien de confirmation. Elle ne sert qu’à cela.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Écrivez votre adresse e-mail.",
            "invalid": "Écrivez une adresse complète, comme nom@exemple.fr.",
        },
    )

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self["email"]]
