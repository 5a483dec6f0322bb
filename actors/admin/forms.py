"""Forms of people and organisations: what the tables demand, said beside the field that is missing."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from foundations.admin import HouseForm

from ..fingerprint import is_withdrawn
from ..models import Basis, Life, Nature

CONSTRAINTS = {
    "actor_basis_is_dated": "Indiquez depuis quand la personne peut être nommée.",
    "actor_objection_unpublishes": "Cette personne s’oppose à être nommée\u00a0: sa fiche ne peut pas être publiée.",
    "actor_person_has_a_basis": (
        "Avant de publier, dites pourquoi cette personne peut être nommée (« fondement de la publication »)."
    ),
    "actor_dates_in_order": "La fin est avant le début.",
}


class ActorForm(HouseForm):
    constraint_words = CONSTRAINTS
    checked_too = ("kind", "state")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("seat"):
            cleaned["seat_basis"] = ""
        elif not cleaned.get("seat_basis"):
            self.add_error("seat_basis", "Dites d’où l’on sait où cet acteur est implanté.")
        return cleaned


class PersonForm(ActorForm):
    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("publication_basis"):
            cleaned["publication_basis_on"] = None
        elif not cleaned.get("publication_basis_on"):
            cleaned["publication_basis_on"] = timezone.localdate()
        return cleaned

    def clean_name(self):
        name = self.cleaned_data["name"]
        if name != self.instance.name and is_withdrawn(name):
            raise ValidationError("Une personne de ce nom a demandé à ne plus figurer dans l’annuaire.")
        return name

    def clean_family_name(self):
        """A name to sort by that is not part of the name shown is a slip."""
        family, name = self.cleaned_data["family_name"], self.cleaned_data.get("name", "")
        if family and family.lower() not in name.lower():
            raise ValidationError("Le nom de famille doit se trouver dans le nom complet.")
        return family


class OrganisationForm(ActorForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            for name in ("nature", "nature_basis", "life"):
                self.initial.setdefault(name, getattr(self.instance, name))

    def clean(self):
        cleaned = super().clean()
        cleaned["nature"] = cleaned.get("nature") or Nature.UNKNOWN
        cleaned["life"] = cleaned.get("life") or Life.UNKNOWN
        basis = Basis.UNCERTAIN if cleaned["nature"] == Nature.UNKNOWN else Basis.STATED
        cleaned["nature_basis"] = cleaned.get("nature_basis") or basis
        return cleaned
