"""The form of every row: never overwrites someone else's change, says in French what the database would refuse."""

from django import forms
from django.core.exceptions import ValidationError

from .conflicts import Conflict, fingerprint

GONE = (
    "Quelqu’un d’autre a supprimé entre-temps une ligne que vous avez modifiée. Vous y aviez écrit\u202f: {}."
)


class SeenField(forms.CharField):
    """What the row was when the page was shown. It changes nothing by itself."""

    def __init__(self):
        super().__init__(required=False, widget=forms.HiddenInput, label="Version")

    def has_changed(self, initial, data):
        return False


class HouseForm(forms.ModelForm):
    """Compares three states of the row: as it was shown (`seen`), as it is now, and as it was typed.

    What the user did not touch at all is left as it is now. Where both wrote, the page comes back with everything
    typed still in the form and both versions side by side (conflicts.py), to choose field by field.
    It compares the fields of the form rather than the row's `version`, which does not count many-to-many changes, and
    which a change to a column that the form does not show would move for nothing.
    """

    seen = SeenField()
    # Columns set by the form's own logic, which constraints must look at although no field shows them.
    checked_too: tuple[str, ...] = ()
    # Names of database constraints → what to say.
    constraint_words: dict[str, str] = {}
    # Set by the ModelAdmin: the state that the button asks for, and what the database refused a moment ago.
    wanted_state: str | None = None
    refused: str | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored, self.stored_values = "", {}
        self.own_fields = [name for name in self.fields if name != "seen"]
        if self.instance.pk:
            # Here, not later: a formset adds the keys of the row and of its parent, which nobody edits.
            self.stored_values = {name: self.initial.get(name) for name in self.own_fields}
            self.stored = fingerprint(self.stored_values)
            self.initial["seen"] = self.stored

    @property
    def is_stale(self) -> bool:
        """Whether the row changed since the page was shown."""
        seen = self.data.get(self.add_prefix("seen"), "") if self.is_bound else ""
        return bool(self.stored and seen and seen != self.stored)

    @property
    def is_untouched(self) -> bool:
        """Whether what was sent is what had been shown."""
        cleaned = getattr(self, "cleaned_data", {})
        if any(name not in cleaned for name in self.own_fields):
            return False
        typed = fingerprint({name: cleaned[name] for name in self.own_fields})
        return typed == self.data.get(self.add_prefix("seen"))

    def has_changed(self) -> bool:
        # Reading the errors runs the validation first, which the comparison needs.
        if self.is_stale and not self.errors and self.is_untouched:
            return False
        return super().has_changed()

    def clean(self):
        cleaned = super().clean()
        if self.refused:
            self.add_error(None, self.refused)
        if self.wanted_state and hasattr(self.instance, "state"):
            self.instance.state = self.wanted_state
        if self.is_stale:
            self._refuse_to_overwrite()
        return cleaned

    def _refuse_to_overwrite(self) -> None:
        """Takes the values that were chosen, or asks to choose between both versions."""
        conflict = Conflict(self)
        if conflict.fields and not self.is_untouched:
            if conflict.is_settled:
                for name, value in conflict.theirs_chosen().items():
                    self.cleaned_data[name] = value
                    self.errors.pop(name, None)  # what was typed there is not what is saved
            else:
                self.add_error(None, ValidationError(conflict.as_html(), code="conflict"))

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - set(self.checked_too)

    def _update_errors(self, errors):
        """The words of `constraint_words` in place of a message that only names a constraint."""
        found = errors.error_dict.values() if hasattr(errors, "error_dict") else [errors.error_list]
        for error in (one for listed in found for one in listed):
            for name, words in self.constraint_words.items():
                if f"« {name} »" in str(error.message):
                    error.message = words
        super()._update_errors(errors)


class HouseFormSet(forms.BaseInlineFormSet):
    """Inline rows, read under a lock when they are about to be written."""

    def get_queryset(self):
        if not hasattr(self, "_queryset") and self.is_bound and self.instance.pk:
            self.queryset = self.queryset.select_for_update(of=("self",))
        return super().get_queryset()

    def _is_gone(self, form) -> bool:
        """Whether the row of `form` was deleted since the page was shown."""
        return self.is_bound and form in self.initial_forms and form.instance.pk is None

    def _should_delete_form(self, form):
        # Nothing to check in it and nothing to save: Django passes over such a form.
        return self._is_gone(form) or super()._should_delete_form(form)

    def clean(self):
        super().clean()
        for form in self.initial_forms:
            if self._is_gone(form) and form.errors is not None and self._typed_into(form):
                raise ValidationError(GONE.format(", ".join(self._typed_into(form))))

    def _typed_into(self, form) -> list[str]:
        """What was written in a row that is gone; nothing if it was left as it had been shown."""
        sent = form.add_prefix("seen") in self.data
        if not sent or form.is_untouched or super()._should_delete_form(form):
            return []
        return [str(value) for name in form.own_fields if (value := form.cleaned_data.get(name))]
