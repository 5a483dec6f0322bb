"""Territories come from the official geography: looked up and chosen here, corrected by the loading command."""

from django.contrib import admin

from foundations.admin import HouseModelAdmin

from .admin_sets import SetsImport
from .models import Territory


@admin.register(Territory)
class TerritoryAdmin(SetsImport, HouseModelAdmin):
    menu_rank = 60
    list_display = ("name", "kind_label", "code", "located_in", "population")
    list_filter = ("kind", "composition", "is_obsolete")
    search_fields = ("name", "names__name", "code")
    autocomplete_filters = ("kind",)
    ordering = ("sort_name", "code")
    fields = (
        "name",
        "kind",
        "code",
        "nature",
        "located_in",
        "population",
        "composition",
        "declared",
        "origin",
        "is_obsolete",
        "replaced_by",
    )
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_search_results(self, request, queryset, search_term):
        """A choice proposes places that exist today; the list shows the others too."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        if "field_name" in request.GET:
            found = found.current()
        return found, duplicates

    def choice_label(self, obj):
        told = ", ".join(filter(None, [obj.kind_label, obj.located_in, obj.code]))
        return f"{obj.name} – {told}"
