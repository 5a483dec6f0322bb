"""The words and documents that every floor shares: competences, triggers, sources."""

from django import forms
from django.contrib import admin
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.html import format_html

from foundations.admin import HistoryMixin, HouseForm, HouseModelAdmin
from foundations.slugs import unique_slug

from .. import models
from .inlines import Synonyms
from .sourced import SourcedForm


class Slugged:
    """Gives a new row its address, made from its name."""

    slug_from = "name"

    def save_model(self, request, obj, form, change):
        if not obj.slug:
            obj.slug = unique_slug(getattr(obj, self.slug_from), self.model)
        super().save_model(request, obj, form, change)


class CompetenceForm(HouseForm):
    constraint_words = {"competence_not_under_itself": "Un terme n’est pas plus large que lui-même."}

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent and parent.parent_id:
            raise forms.ValidationError(
                f"« {parent} » est déjà sous « {parent.parent} »\u00a0: deux niveaux, pas plus."
            )
        if parent and self.instance.pk and self.instance.narrower.exists():
            raise forms.ValidationError("Ce terme en a d’autres sous lui\u00a0: deux niveaux, pas plus.")
        return parent


@admin.register(models.Competence)
class CompetenceAdmin(Slugged, HistoryMixin, HouseModelAdmin):
    form = CompetenceForm
    menu_rank = 50
    fields = ("name", "parent", "definition", "related")
    inlines = (Synonyms,)
    list_display = ("in_tree", "definition")
    list_filter = (("parent", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("parent",)
    search_fields = ("name", "synonyms__name", "definition")
    list_per_page = 200

    # Each wide term, then those below it.
    ordering = (
        Coalesce(F("parent__sort_name"), F("sort_name")),
        F("parent").desc(nulls_first=True),
        "sort_name",
    )

    def for_choice(self, queryset):
        return queryset.select_related("parent")

    def choice_label(self, obj):
        return f"{obj.name} – {obj.parent.name}" if obj.parent else f"{obj.name} (terme large)"

    @admin.display(description="terme")
    def in_tree(self, obj):
        return format_html('<span class="leaf">{}</span>', obj.name) if obj.parent_id else obj.name


@admin.register(models.Trigger)
class TriggerAdmin(Slugged, HistoryMixin, HouseModelAdmin):
    form = SourcedForm
    menu_rank = 51
    list_display = ("name", "kind", "note")
    list_filter = ("kind",)
    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "kind", "note", "source", "pages")}),
        ("Précisions sur la source", {"classes": ("collapse",), "fields": ("basis", "basis_note")}),
    )

    def choice_label(self, obj):
        return f"{obj.name} – {obj.get_kind_display()}"


class SourceForm(HouseForm):
    """The page count may not shrink under the pages that facts cite: the database refuses, in its own words."""

    constraint_words = {
        "pages_within_source": "Des faits citent une page au-delà de ce nombre de pages\u00a0: corrigez-les d’abord.",
        "source_has_pages": "Une source a au moins une page, ou aucun nombre de pages.",
    }


@admin.register(models.Source)
class SourceAdmin(Slugged, HouseModelAdmin):
    form = SourceForm
    slug_from = "title"
    menu_rank = 52
    list_display = ("title", "kind", "date", "publisher", "page_count")
    list_filter = ("kind",)
    date_hierarchy = "date"
    search_fields = ("title", "publisher")
    fieldsets = (
        (None, {"fields": ("title", "kind", "date", "page_count")}),
        ("Précisions", {"classes": ("collapse",), "fields": ("publisher", "licence", "url", "note")}),
    )

    def choice_label(self, obj):
        told = [obj.get_kind_display(), f"{obj.date:%d/%m/%Y}" if obj.date else ""]
        return f"{obj.title} – {', '.join(filter(None, told))}"
