"""Choosing another row by typing: with the words that tell homonyms apart, and only rows of the sort that fits."""

from urllib.parse import urlencode

from django import forms
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ManyToManyField, Model, QuerySet


class ToldApart:
    """For a ModelAdmin whose rows are chosen elsewhere: what a choice prints, loads and may be narrowed by."""

    # Names of columns that a form may narrow the choice by: `?only_kind=person`.
    autocomplete_filters: tuple[str, ...] = ()

    def choice_label(self, obj: Model) -> str:
        """The name with what tells it from its homonyms."""
        return str(obj)

    def for_choice(self, queryset: QuerySet) -> QuerySet:
        """Loads what `choice_label` prints, in a constant number of queries."""
        return queryset


class HouseAutocompleteView(AutocompleteJsonView):
    def get_queryset(self):
        queryset = super().get_queryset()
        allowed = getattr(self.model_admin, "autocomplete_filters", ())
        wanted = {
            name: self.request.GET[f"only_{name}"] for name in allowed if f"only_{name}" in self.request.GET
        }
        queryset = queryset.filter(**wanted)
        return self.model_admin.for_choice(queryset) if isinstance(self.model_admin, ToldApart) else queryset

    def serialize_result(self, obj, to_field_name):
        result = super().serialize_result(obj, to_field_name)
        if isinstance(self.model_admin, ToldApart):
            result["text"] = self.model_admin.choice_label(obj)
        return result


class _Narrowed:
    """An autocomplete widget whose address carries the narrowing."""

    only: dict[str, str] = {}

    def get_url(self):
        url = super().get_url()
        return (
            f"{url}?{urlencode({f'only_{name}': value for name, value in self.only.items()})}"
            if self.only
            else url
        )


class NarrowedSelect(_Narrowed, AutocompleteSelect):
    pass


class NarrowedSelectMultiple(_Narrowed, AutocompleteSelectMultiple):
    pass


class Choosing:
    """For a ModelAdmin or an inline: every relation to a searchable model is chosen by typing.

    `choices_only` narrows a relation: {"person": {"kind": "person"}}. The form checks what the widget proposes.
    """

    choices_only: dict[str, dict[str, str]] = {}

    def _chosen_admin(self, db_field):
        try:
            admin = self.admin_site.get_model_admin(db_field.remote_field.model)
        except NotRegistered:
            return None
        return admin if isinstance(admin, ToldApart) and admin.search_fields else None

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Of the small links beside a choice, only « add » stays: the others open a second form over the first."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(field.widget, "can_add_related"):
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(
            db_field, request, **self._told_apart(db_field, request, kwargs)
        )

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, **self._told_apart(db_field, request, kwargs)
        )

    def _told_apart(self, db_field, request, kwargs):
        admin = self._chosen_admin(db_field)
        if not admin or "widget" in kwargs:
            return kwargs
        many = isinstance(db_field, ManyToManyField)
        only = self.choices_only.get(db_field.name, {})
        widget = (NarrowedSelectMultiple if many else NarrowedSelect)(db_field, self.admin_site)
        widget.only = only
        queryset = admin.for_choice(db_field.remote_field.model._default_manager.filter(**only))
        return {
            "widget": widget,
            "queryset": queryset,
            "form_class": labelled(admin, many),
            **kwargs,
        }


def labelled(admin: ToldApart, many: bool) -> type[forms.ModelChoiceField]:
    """A form field whose choices read as `admin` tells them apart."""
    base = forms.ModelMultipleChoiceField if many else forms.ModelChoiceField
    return type("Labelled", (base,), {"label_from_instance": lambda _, obj: admin.choice_label(obj)})
