"""Forms of people and organisations: what the tables demand, said beside the field that is missing."""

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from foundations.admin import HouseForm

from ..fingerprint import is_withdrawn
from ..models import Basis, Life, Nature
from ..resemblance import Wanted, resembling

CONSTRAINTS = {
    "actor_basis_is_dated": "Indiquez depuis quand la personne peut être nommée.",
    "actor_objection_unpublishes": "Cette personne s’oppose à être nommée\u00a0: sa fiche ne peut pas être publiée.",
    "actor_person_has_a_basis": (
        "Avant de publier, dites pourquoi cette personne peut être nommée (« fondement de la publication »)."
    ),
    "actor_dates_in_order": "La fin est avant le début.",
}


class ActorForm(HouseForm):
    """Of a new one, the look-alikes are shown once, with why: the same, to open, or another, to save as such."""

    constraint_words = CONSTRAINTS
    checked_too = ("kind", "state")
    # Set by the ModelAdmin: those that the user said are not this one, and the button that was pressed.
    told_apart: frozenset[int] = frozenset()
    pressed = "_save"

    def clean(self):
        cleaned = super().clean()
        if not self.instance.pk:
            self._show_who_resembles(cleaned.get("name", ""))
        if not cleaned.get("seat"):
            cleaned["seat_basis"] = ""
        elif not cleaned.get("seat_basis"):
            self.add_error("seat_basis", "Dites d’où l’on sait où cet acteur est implanté.")
        return cleaned

    def _show_who_resembles(self, name: str) -> None:
        self.alike = list(resembling([Wanted(self.instance.kind, name)])[0].candidates) if name else []
        if not self.alike or {candidate.actor.pk for candidate in self.alike} <= self.told_apart:
            return
        rows = [
            {
                "candidate": candidate,
                "url": reverse(f"admin:actors_{candidate.actor.kind}_change", args=[candidate.actor.pk]),
            }
            for candidate in self.alike
        ]
        keys = ",".join(str(candidate.actor.pk) for candidate in self.alike)
        words = render_to_string(
            "admin/actors/_seen_elsewhere.html", {"rows": rows, "value": f"{keys}:{self.pressed}"}
        )
        self.add_error(None, ValidationError(words, code="alike"))


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
