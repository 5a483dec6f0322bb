"""Two people changed the same row: both versions side by side, to choose field by field. Works without JavaScript."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.template.loader import render_to_string

from .history import authors_of

MINE, THEIRS = "mine", "theirs"


def plain(value) -> object:
    """`value` of a form or of a row as something that compares: a key for a row, text for the rest."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if value is None or value is False:
        return ""
    if hasattr(value, "__iter__"):
        items = [plain(item) for item in value]
        return sorted(items) if any(isinstance(item, Model) for item in value) else items
    return str(value)


def fingerprint(values: dict) -> str:
    """« name:digest,name:digest »: the values of a form, the same for a row as read and for a form as it was typed.

    A digest a field, so that one may tell which of two people changed what.
    """
    digests = (
        f"{name}:{hashlib.sha256(json.dumps(plain(value)).encode()).hexdigest()[:12]}"
        for name, value in sorted(values.items())
    )
    return ",".join(digests)


@dataclass(frozen=True)
class Differing:
    """A field of which the two versions differ; `chosen` is the one proposed, empty where both wrote."""

    name: str
    label: str
    mine: str
    theirs: str
    chosen: str
    is_missing: bool = False


class Conflict:
    """What differs between a form as typed and its row as it is now, and what was chosen of it, if it was."""

    def __init__(self, form):
        self.form = form
        self.shown = dict(
            pair.split(":", 1) for pair in self._sent("seen").split(",") if ":" in pair
        )  # what each field was when the page was shown

    def _sent(self, name: str) -> str:
        return self.form.data.get(self.form.add_prefix(name), "")

    @cached_property
    def fields(self) -> list[Differing]:
        form = self.form
        return [
            self._differing(name, stored)
            for name, stored in form.stored_values.items()
            if name not in form.cleaned_data or plain(form.cleaned_data[name]) != plain(stored)
        ]

    def _differing(self, name: str, stored: Any) -> Differing:
        form = self.form
        mine = form.cleaned_data.get(name, form.data.get(form.add_prefix(name)))
        chosen = self._sent(f"choose-{name}") if self._was_read else ""
        return Differing(
            name,
            str(form.fields[name].label or name),
            self._in_words(name, mine),
            self._in_words(name, stored),
            chosen if chosen in (MINE, THEIRS) else self._changed_by(name, mine, stored),
            is_missing=self._was_read and chosen not in (MINE, THEIRS),
        )

    def _changed_by(self, name: str, mine: Any, stored: Any) -> str:
        """Whose version to propose: of what only one side changed, that side's."""
        digest = {MINE: self._digest(name, mine), THEIRS: self._digest(name, stored)}
        changed = [who for who, now in digest.items() if now != self.shown.get(name)]
        return changed[0] if len(changed) == 1 else ""

    def _digest(self, name: str, value: Any) -> str:
        return fingerprint({name: value}).split(":", 1)[1]

    @property
    def _was_read(self) -> bool:
        """Whether the page that was sent showed both versions, the other one being what it still is."""
        return self._sent("replace") == self.form.stored

    @property
    def is_settled(self) -> bool:
        return self._was_read and not any(field.is_missing for field in self.fields)

    def theirs_chosen(self) -> dict[str, Any]:
        """{field: value}: as they are now, for the fields of which the other version was chosen."""
        return {field.name: self._as_stored(field.name) for field in self.fields if field.chosen == THEIRS}

    def _as_stored(self, name: str) -> Any:
        field, value = self.form.fields[name], self.form.stored_values[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return field.clean([item.pk for item in value or ()])
        if isinstance(field, forms.MultiValueField):
            return value
        try:
            return field.clean(field.prepare_value(value))
        except ValidationError:  # stored under rules that changed since
            return value

    def _in_words(self, name: str, value: Any) -> str:
        field = self.form.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            items = value if isinstance(value, list | tuple) or hasattr(value, "__iter__") else [value]
            keys = [getattr(item, "pk", item) for item in ([value] if isinstance(value, str) else items)]
            rows = field.queryset.filter(pk__in=[key for key in keys if str(key or "").isdecimal()])
            return ", ".join(map(str, rows))
        if isinstance(value, bool):
            return "oui" if value else "non"
        told = dict(getattr(field, "choices", ())).get(value, value) if not isinstance(value, list) else value
        return ", ".join(map(str, told)) if isinstance(told, list) else str(told if told is not None else "")

    def as_html(self) -> str:
        who, when = self._last_change()
        context = {
            "fields": self.fields,
            "prefix": self.form.add_prefix("choose-"),
            "agreed_name": self.form.add_prefix("replace"),
            "agreed": self.form.stored,
            "who": who,
            "when": when,
        }
        return render_to_string("admin/_conflict.html", context)

    def _last_change(self) -> tuple[str, Any]:
        """(who, when) of the last line of history of the row; what is not known is empty."""
        events = getattr(self.form.instance, "pgh_event_model", None)
        if events is None:
            return "", None
        rows = events.objects.filter(pgh_obj_id=self.form.instance.pk).select_related("pgh_context")
        event = rows.order_by("-pgh_id").first()
        return (authors_of([event]).get(event.pgh_id, ""), event.pgh_created_at) if event else ("", None)


__all__ = ["Conflict", "Differing", "fingerprint", "plain"]
