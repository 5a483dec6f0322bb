"""Forms of what belongs to a workshop: the source is the workshop's own unless another is chosen."""

from django import forms

from actors.admin.sourced import SourcedForm
from actors.models import Basis, Source
from foundations.admin import HouseForm, HouseFormSet

from ..actions.proposing import self_declaration
from ..models import Bearing, Voice


class WorkshopFormSet(HouseFormSet):
    """Rows know their workshop from the start, without asking the database for it each time."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.workshop = self.instance
        return form


class OfWorkshopForm(SourcedForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "source" in self.fields:
            self.fields["source"].required = False
            self.fields["source"].help_text = "Vide\u00a0: le compte rendu de l’atelier."

    def implied_source(self):
        workshop = self.cleaned_data.get("workshop") if hasattr(self, "cleaned_data") else None
        if workshop is None and self.instance.workshop_id:
            workshop = self.instance.workshop
        return workshop.source if workshop else None


class SessionForm(OfWorkshopForm):
    constraint_words = {
        **SourcedForm.constraint_words,
        "session_order_once": "Deux séances portent le même numéro d’ordre.",
        "session_not_parallel_to_itself": "Une séance n’est pas en parallèle d’elle-même.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "order" in self.fields:
            self.fields["order"].required = False
            self.fields["order"].help_text = "Vide\u00a0: à la suite."


class AttendanceForm(OfWorkshopForm):
    constraint_words = {
        **SourcedForm.constraint_words,
        "attendance_of_a_person_or_a_delegate": (
            "Choisissez une personne, ou l’organisation dont un délégué non nommé était là\u00a0: l’une des deux."
        ),
        "attendance_once": "Cette personne est déjà dans la liste.",
    }

    def clean(self):
        cleaned = super().clean()
        if "is_organiser" in self.fields:
            organises = cleaned.get("is_organiser")
            basis = self.instance.organiser_basis or Basis.STATED
            self.instance.organiser_basis = basis if organises else ""
        return cleaned


class FindingForm(OfWorkshopForm):
    constraint_words = {
        **SourcedForm.constraint_words,
        "finding_voice_of_a_person": "« Dit par » va avec la voix « une personne nommée ».",
        "finding_not_part_of_itself": "Un constat ne fait pas partie de lui-même.",
    }

    # Said by nobody in particular: what the model says by default, so that nobody has to choose it.
    DEFAULTS = ("kind_basis", "level", "level_basis", "voice", "modality", "position")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.DEFAULTS:
            if name in self.fields:
                self.fields[name].required = False
        if "statement" in self.fields:
            self.fields["statement"].widget.attrs["rows"] = 3

    def clean(self):
        cleaned = super().clean()
        for name in self.DEFAULTS:
            if name in self.fields and cleaned.get(name) in (None, ""):
                cleaned[name] = self._meta.model._meta.get_field(name).get_default()
        if cleaned.get("voice_person") and cleaned.get("voice") != Voice.PERSON:
            self.add_error("voice_person", self.constraint_words["finding_voice_of_a_person"])
        return cleaned


class RecommendationForm(OfWorkshopForm):
    constraint_words = {
        **SourcedForm.constraint_words,
        "recommendation_not_part_of_itself": "Une recommandation ne fait pas partie d’elle-même.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False

    def clean(self):
        cleaned = super().clean()
        if "position" in self.fields and cleaned.get("position") is None:
            cleaned["position"] = 0
        return cleaned


class FollowUpForm(HouseForm):
    """What became of a recommendation, said by someone on a day. It is added, never rewritten."""

    constraint_words = {
        "follow_up_says_something": "Dites au moins une chose\u00a0: qui la porte, où elle en est, ou quelques mots.",
        "follow_up_bearer_of_a_bearing": "Un porteur va avec « porteur pressenti » ou « portée », et réciproquement.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "source" in self.fields:
            self.fields["source"].required = False
            self.fields[
                "source"
            ].help_text = "Vide\u00a0: ce que vous a dit la personne ou l’organisation de « dit par »."

    def clean(self):
        cleaned = super().clean()
        if not self.has_changed() or self.instance.pk:
            return cleaned
        if not cleaned.get("source") and not cleaned.get("said_by"):
            raise forms.ValidationError(
                "D’où vient cette information\u202f? Choisissez une source, ou qui l’a dit."
            )
        if cleaned.get("bearer") and cleaned.get("bearing") in ("", Bearing.NOBODY):
            self.add_error("bearer", self.constraint_words["follow_up_bearer_of_a_bearing"])
        return cleaned

    def telling(self) -> Source:
        """The source of what an actor said to the animator, made when the row is saved."""
        return self_declaration(who=self.cleaned_data["said_by"], day=self.cleaned_data["said_on"])
