"""What a visitor fills to follow a search: an address, and the trap and stamp of every form of the house."""

from django import forms

from actors.forms import LineEmailField, MessageField, VisitorRequestForm


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


class OwnCorrectionForm(forms.Form):
    """What is wrong or missing, said by the person themselves: we know already who writes, and where to answer."""

    message = MessageField(
        label="Ce qui est faux, et ce qui est juste",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez ce qu’il faut corriger."},
    )

    use_required_attribute = False
