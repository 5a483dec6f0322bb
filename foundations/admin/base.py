"""The base of every ModelAdmin and inline: rights per row, choices by typing, and no lost update."""

import logging

from django.contrib import admin
from django.db import IntegrityError, connection, models
from django.urls import NoReverseMatch
from django.utils.text import capfirst

from .autocomplete import Choosing, ToldApart
from .forms import HouseForm, HouseFormSet
from .permitted import may
from .search import AccentBlindSearch

logger = logging.getLogger(__name__)

REFUSED = (
    "La base de données refuse cet enregistrement ({name}). Rien de ce que vous avez saisi n’est perdu\u202f: "
    "corrigez, ou montrez ce message à l’administrateur."
)


class _Rights:
    """Asks for the right on the row itself (for an inline: on the row that the page is about)."""

    def has_view_permission(self, request, obj=None):
        return may(request.user, "view", self.model, obj) or may(request.user, "change", self.model, obj)

    def has_change_permission(self, request, obj=None):
        return may(request.user, "change", self.model, obj)

    def has_delete_permission(self, request, obj=None):
        return may(request.user, "delete", self.model, obj)


class _Guarded:
    """Shows the hidden field that lets the form compare; only where the user may write."""

    # An address typed without its scheme is taken as a safe one (Django 6's default).
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_fieldsets(self, request, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        if (
            obj is None
            or not issubclass(self.form, HouseForm)
            or not self.has_change_permission(request, obj)
        ):
            return fieldsets
        name, options = fieldsets[0]
        return [(name, {**options, "fields": [*options["fields"], "seen"]}), *fieldsets[1:]]


class HouseModelAdmin(_Guarded, Choosing, ToldApart, _Rights, AccentBlindSearch, admin.ModelAdmin):
    form = HouseForm
    list_per_page = 50
    show_full_result_count = False  # counting every row of a large table to say so helps nobody
    save_on_top = False
    menu_rank = 100

    def get_view_on_site_url(self, obj=None):
        """The page itself; Django's detour by a redirection needs the sites framework."""
        if obj is None or not self.view_on_site or not hasattr(obj, "get_absolute_url"):
            return None
        try:
            return obj.get_absolute_url()
        except NoReverseMatch:
            return None

    def get_object(self, request, object_id, from_field=None):
        """In a write, the row is locked before it is read, so that two saves of the same row wait for each other."""
        if request.method == "POST" and connection.in_atomic_block:
            field = self.opts.pk
            try:
                key = field.to_python(object_id)
            except Exception:  # not a key: the parent's own answer says so
                return super().get_object(request, object_id, from_field)
            list(self.model._base_manager.select_for_update().filter(pk=key).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refused = getattr(request, "refused_by_database", None)
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The title of the page is the name of the row, not what one does to it."""
        named = capfirst(self.opts.verbose_name)
        context |= {
            "title": capfirst(str(obj)) if obj else f"Ajouter\u00a0: {named}",
            "subtitle": named if obj else None,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        """Saves what was touched only: no new version, no line of history for a row that stays as it was."""
        if not change or form.has_changed() or getattr(form, "wanted_state", None):
            super().save_model(request, obj, form, change)

    def save_form(self, request, form, change):
        obj = super().save_form(request, form, change)
        if change and form.is_stale and form.is_untouched:
            # What someone else saved meanwhile stays, many-to-many rows included.
            obj.refresh_from_db()
            form.save_m2m = lambda: None
        return obj

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A constraint that only the database can check gives a page with everything typed, never an error page."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            constraint = (
                getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "contrainte"
            )
            logger.warning("the database refused a form of %s: %s", self.opts.label, constraint)
            words = getattr(self.form, "constraint_words", {}).get(constraint)
            request.refused_by_database = words or REFUSED.format(name=constraint)
            return super().changeform_view(request, object_id, form_url, extra_context)


class VersionedModelAdmin(HouseModelAdmin):
    """Of a model that counts its versions; kept apart so that a floor says which of its rows do."""


class _Inline(_Guarded, Choosing, _Rights):
    form = HouseForm
    formset = HouseFormSet
    extra = 0
    # Rows to be added only: those that exist are shown otherwise, lightly, by the page.
    add_only = False

    def has_add_permission(self, request, obj=None):
        return may(request.user, "add", self.model, obj)

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset.none() if self.add_only else queryset


class HouseStacked(_Inline, admin.StackedInline):
    pass


class HouseTabular(_Inline, admin.TabularInline):
    pass
