"""The own pages of what belongs to a workshop: findings, recommendations, sessions, attendances; and the themes."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.urls import reverse

from actors.admin.inlines import PERSON
from actors.models import Membership
from foundations.admin import HistoryMixin, HouseModelAdmin, VersionedModelAdmin
from foundations.slugs import unique_slug

from .. import models
from ..entering import ensure_source
from . import inlines
from .asking import AskingMixin
from .forms import AttendanceForm, FindingForm, OfWorkshopForm, RecommendationForm, SessionForm
from .workshop import place_last


class OfWorkshopAdmin(HistoryMixin, HouseModelAdmin):
    """A row that lives in a workshop, and sends back to the step it came from."""

    form = OfWorkshopForm
    step = "atelier"
    autocomplete_filters = ("workshop",)

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(("workshop",) if obj else ()))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.remote_field.model is models.Session:
            kwargs["queryset"] = self._sessions(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _sessions(self, request):
        key = request.resolver_match.kwargs.get("object_id")
        rows = self.model.objects.filter(pk=key) if str(key).isdigit() else self.model.objects.none()
        workshop = request.GET.get("workshop") if not key else None
        if workshop and workshop.isdigit():
            return models.Session.objects.filter(workshop=workshop)
        return models.Session.objects.filter(workshop__in=rows.values("workshop"))

    def save_model(self, request, obj, form, change):
        if not change:
            obj.workshop = models.Workshop.objects.select_for_update().get(pk=obj.workshop_id)
            place_last(obj, obj.workshop)
            if obj.source_id is None:
                obj.source = ensure_source(obj.workshop)
        super().save_model(request, obj, form, change)

    def response_change(self, request, obj):
        if "_save" not in request.POST:
            return super().response_change(request, obj)
        self.message_user(request, "C’est enregistré.")
        url = reverse("admin:workshops_workshop_change", args=[obj.workshop_id])
        return HttpResponseRedirect(f"{url}?etape={self.step}")


@admin.register(models.Finding)
class FindingAdmin(OfWorkshopAdmin, VersionedModelAdmin):
    form = FindingForm
    menu_rank = 11
    step = "constats"
    list_display = ("statement", "kind", "session", "workshop")
    list_filter = ("kind", "level", "modality", "themes", ("workshop", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("workshop", "session")
    date_hierarchy = "workshop__date"
    search_fields = ("statement", "title", "code", "quotation")
    choices_only = {"voice_person": PERSON}
    fieldsets = (
        (None, {"fields": ("workshop", "kind", "statement", "session", "themes")}),
        (
            "De quoi et de qui il s’agit",
            {
                "classes": ("collapse",),
                "fields": ("actors", "initiatives", "triggers", "concerns", "part_of"),
            },
        ),
        (
            "Dans la source",
            {
                "classes": ("collapse",),
                "fields": ("title", "quotation", "points", "source", "pages", "basis", "basis_note", "note"),
            },
        ),
        (
            "Qui le dit, et comment",
            {
                "classes": ("collapse",),
                "fields": (
                    ("voice", "voice_person"),
                    "voice_note",
                    "modality",
                    ("level", "level_basis"),
                    "kind_basis",
                    "position",
                ),
            },
        ),
    )
    inlines = (inlines.LinksOut,)

    def for_choice(self, queryset):
        return queryset.select_related("workshop")

    def choice_label(self, obj):
        return f"{obj} – {obj.get_kind_display()}, {obj.workshop}"


@admin.register(models.Recommendation)
class RecommendationAdmin(AskingMixin, OfWorkshopAdmin, VersionedModelAdmin):
    form = RecommendationForm
    menu_rank = 12
    step = "recommandations"
    list_display = ("title", "parent", "workshop", "bearing_said", "progress_said")
    list_filter = (("workshop", admin.RelatedOnlyFieldListFilter), "themes")
    list_select_related = ("workshop", "parent")
    date_hierarchy = "workshop__date"
    search_fields = ("title", "statement")
    fieldsets = (
        (None, {"fields": ("workshop", "title", "statement")}),
        (
            "Préciser",
            {
                "classes": ("collapse",),
                "fields": (
                    "session",
                    "parent",
                    "position",
                    "voice_note",
                    "inspirations",
                    "due_on",
                    "questions",
                    "initiatives",
                    "themes",
                ),
            },
        ),
        ("Source", {"classes": ("collapse",), "fields": ("source", "pages", "basis", "basis_note")}),
    )
    inlines = (inlines.FollowUps, inlines.Answers)

    def get_queryset(self, request):
        return super().get_queryset(request).with_state()

    def for_choice(self, queryset):
        return queryset.select_related("workshop")

    def choice_label(self, obj):
        return f"{obj.title} – {obj.workshop}"

    @admin.display(description="qui la porte")
    def bearing_said(self, obj):
        return models.Bearing(obj.bearing).label

    @admin.display(description="avancement")
    def progress_said(self, obj):
        return models.Progress(obj.progress).label

    def save_formset(self, request, form, formset, change):
        for line in formset.forms:
            if (
                isinstance(line, inlines.FollowUpForm)
                and line.has_changed()
                and line.instance.source_id is None
            ):
                line.instance.source = line.telling()
        super().save_formset(request, form, formset, change)


class OffTheMenu:
    """Reached from the workshop it belongs to."""

    def get_model_perms(self, request):
        return {}


@admin.register(models.Session)
class SessionAdmin(OffTheMenu, OfWorkshopAdmin):
    form = SessionForm
    step = "deroule"
    list_display = ("title", "order", "workshop")
    search_fields = ()
    fields = ("workshop", "title", "order", "form", "parallel_to", "note", "source", "pages")


@admin.register(models.Attendance)
class AttendanceAdmin(OffTheMenu, OfWorkshopAdmin):
    form = AttendanceForm
    step = "presences"
    list_display = ("__str__", "status", "workshop")
    list_select_related = ("person", "delegate_of", "workshop")
    choices_only = {"person": PERSON, "delegate_of": {"kind": "organisation"}}
    fields = (
        "workshop",
        "person",
        "delegate_of",
        "status",
        "is_organiser",
        "session",
        "session_role",
        "listed_role",
        "listed_line",
        "capacities",
        "source",
        "pages",
    )

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "capacities":
            key = request.resolver_match.kwargs.get("object_id")
            rows = (
                models.Attendance.objects.filter(pk=key)
                if str(key).isdigit()
                else models.Attendance.objects.none()
            )
            kwargs["queryset"] = Membership.objects.filter(member__in=rows.values("person")).select_related(
                "organisation", "member"
            )
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(models.Theme)
class ThemeAdmin(HistoryMixin, HouseModelAdmin):
    menu_rank = 13
    list_display = ("name", "field_name", "finding_count")
    search_fields = ("name", "field_name", "definition")
    fields = ("name", "field_name", "definition", "competences")
    ordering = ("name",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(findings_counted=Count("findings"))

    def choice_label(self, obj):
        return f"{obj.name} – {obj.field_name}" if obj.field_name else obj.name

    @admin.display(description="constats", ordering="findings_counted")
    def finding_count(self, obj):
        return obj.findings_counted

    def save_model(self, request, obj, form, change):
        if not obj.slug:
            obj.slug = unique_slug(obj.name, models.Theme)
        super().save_model(request, obj, form, change)
