"""What the steps of a workshop are made of."""

from actors.admin.inlines import PERSON, SourcedInline
from foundations.admin import HouseStacked

from .. import models
from .forms import (
    AttendanceForm,
    FindingForm,
    FollowUpForm,
    OfWorkshopForm,
    RecommendationForm,
    SessionForm,
    WorkshopFormSet,
)


class _OfWorkshop:
    formset = WorkshopFormSet

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A session is chosen among those of this workshop."""
        if db_field.remote_field.model is models.Session:
            workshop = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = models.Session.objects.filter(workshop=workshop).select_related(None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class Sessions(_OfWorkshop, HouseStacked):
    model = models.Session
    form = SessionForm
    fieldsets = (
        (None, {"fields": ("title", "form")}),
        ("Préciser", {"classes": ("collapse",), "fields": (("order", "parallel_to"), "note", "pages")}),
    )
    extra = 1


class Hosts(_OfWorkshop, HouseStacked):
    model = models.WorkshopHost
    form = OfWorkshopForm
    verbose_name_plural = "qui invite, accueille ou organise"
    fields = (("part", "actor"), "pages")
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


class AttendancesListed(_OfWorkshop, HouseStacked):
    """Those already listed: who was there is ticked on the spot, the rest is on the row's own page."""

    model = models.Attendance
    form = AttendanceForm
    verbose_name_plural = "déjà dans la liste"
    fields = (("status", "is_organiser", "session_role"),)
    show_change_link = True
    max_num = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person", "delegate_of", "source")

    def has_add_permission(self, request, obj=None):
        return False


class AttendancesToAdd(_OfWorkshop, HouseStacked):
    model = models.Attendance
    form = AttendanceForm
    verbose_name, verbose_name_plural = "personne", "ajouter à la liste"
    choices_only = {"person": PERSON, "delegate_of": {"kind": "organisation"}}
    fieldsets = (
        (None, {"fields": ("person", "status", "is_organiser")}),
        (
            "Préciser",
            {
                "classes": ("collapse",),
                "fields": ("delegate_of", "listed_role", "session", "session_role", "listed_line", "pages"),
            },
        ),
    )
    extra = 3
    add_only = True


class FindingsToAdd(_OfWorkshop, HouseStacked):
    model = models.Finding
    form = FindingForm
    verbose_name, verbose_name_plural = "constat", "ajouter des constats"
    choices_only = {"voice_person": PERSON}
    fieldsets = (
        (None, {"fields": ("kind", "statement")}),
        (
            "Préciser",
            {
                "classes": ("collapse",),
                "fields": (
                    "session",
                    "themes",
                    "quotation",
                    "pages",
                    "concerns",
                    "level",
                    "voice",
                    "voice_person",
                    "modality",
                ),
            },
        ),
    )
    extra = 3
    add_only = True


class RecommendationsToAdd(_OfWorkshop, HouseStacked):
    model = models.Recommendation
    form = RecommendationForm
    verbose_name, verbose_name_plural = "recommandation", "ajouter des recommandations"
    fieldsets = (
        (None, {"fields": ("title", "statement")}),
        (
            "Préciser",
            {"classes": ("collapse",), "fields": ("session", "parent", "voice_note", "due_on", "pages")},
        ),
    )
    extra = 1
    add_only = True


class LinksOut(SourcedInline):
    """How this finding bears on others."""

    model = models.FindingLink
    fk_name = "from_finding"
    main = ("kind", "to_finding", "statement")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("from_finding", "to_finding")


class Answers(HouseStacked):
    model = models.RecommendationAnswer
    fields = ("finding", "basis")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("finding", "recommendation")


class FollowUps(HouseStacked):
    """Added, never rewritten: a mistake is corrected by a later row that says which one it corrects."""

    model = models.FollowUp
    form = FollowUpForm
    verbose_name, verbose_name_plural = "suite", "ce qu’elle est devenue"
    fields = ("said_on", ("progress", "bearing"), "bearer", "note", "said_by", "source", "corrects")
    extra = 0

    def get_queryset(self, request):
        related = ("bearer", "said_by", "source", "corrects__recommendation", "recommendation")
        return super().get_queryset(request).select_related(*related)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "corrects":
            recommendation = request.resolver_match.kwargs.get("object_id")
            standing = models.FollowUp.objects.filter(recommendation=recommendation).standing()
            kwargs["queryset"] = standing.select_related("recommendation")
            kwargs["help_text"] = "La suite que celle-ci remplace, s’il y avait une erreur."
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
