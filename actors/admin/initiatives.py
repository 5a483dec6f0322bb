"""Experiences, projects and programmes, with those who bear them."""

from django.contrib import admin

from foundations.admin import HistoryMixin, PublishableMixin, VersionedModelAdmin

from ..models import Initiative
from .inlines import ORGANISATION, Bearers, FollowingInitiatives
from .sourced import SourcedForm
from .vocabulary import Slugged


@admin.register(Initiative)
class InitiativeAdmin(Slugged, PublishableMixin, HistoryMixin, VersionedModelAdmin):
    form = SourcedForm
    menu_rank = 22
    list_display = ("name", "kind", "bearer_names", "place", "state_label")
    list_filter = ("state", "kind", ("source", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("place", "source")
    search_fields = ("name", "acronym", "summary", "bearers__actor__name")
    choices_only = {"same_as": ORGANISATION}
    fieldsets = (
        (None, {"fields": ("name", "kind", "summary", "source", "pages")}),
        (
            "Lieu et état",
            {
                "classes": ("collapse",),
                "fields": ("place", "place_note", "place_basis_note", "status", "acronym"),
            },
        ),
        (
            "Précisions",
            {
                "classes": ("collapse",),
                "fields": ("modality", "triggers", "note", "same_as", "basis", "basis_note"),
            },
        ),
    )
    inlines = (Bearers, FollowingInitiatives)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("bearers__actor")

    def for_choice(self, queryset):
        return queryset.select_related("place").prefetch_related("bearers__actor")

    def choice_label(self, obj):
        place = obj.place.label if obj.place else obj.place_note
        told = ", ".join(filter(None, [obj.get_kind_display(), self.bearer_names(obj), place]))
        return f"{obj.name} – {told}"

    @admin.display(description="portée par")
    def bearer_names(self, obj):
        return ", ".join(str(bearer.actor or bearer.unnamed) for bearer in obj.bearers.all())
