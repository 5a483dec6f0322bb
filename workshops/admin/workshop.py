"""Entering a workshop, step by step: what is required first, the rest when there is time."""

from django.contrib import admin
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.urls import reverse

from foundations.admin import HistoryMixin, PublishableMixin, VersionedModelAdmin
from foundations.admin.permitted import permitted
from foundations.models import State
from foundations.slugs import unique_slug
from foundations.typography import day_in_words

from ..entering import ensure_source, next_mark, next_number
from ..models import Attendance, Finding, Recommendation, Session, Workshop
from . import inlines
from .recorded import recorded_rows
from .steps import STEPS, step_after, step_asked

STEP_INLINES = {
    "atelier": (),
    "deroule": (inlines.Sessions, inlines.Hosts),
    "presences": (inlines.AttendancesListed, inlines.AttendancesToAdd),
    "constats": (inlines.FindingsToAdd,),
    "recommandations": (inlines.RecommendationsToAdd,),
}


@admin.register(Workshop)
class WorkshopAdmin(PublishableMixin, HistoryMixin, VersionedModelAdmin):
    change_form_template = "admin/workshops/workshop_change_form.html"
    menu_rank = 10
    list_display = ("title", "date", "place", "finding_count", "state_label")
    list_filter = ("state", "half_day", ("programme", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("place",)
    date_hierarchy = "date"
    ordering = ("-date", "title")
    search_fields = ("title", "venue", "place__name", "hosts__actor__name")
    fieldsets = (
        (None, {"fields": ("title", "date", "half_day", "venue", "place")}),
        (
            "Préciser",
            {
                "classes": ("collapse",),
                "fields": (
                    "summary",
                    "territories",
                    "perimeter",
                    "perimeter_note",
                    "programme",
                    "source",
                    "announced_attendance",
                    "attendance_note",
                ),
            },
        ),
    )

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("source")
            .annotate(findings_counted=Count("findings"))
        )

    @admin.display(description="constats", ordering="findings_counted")
    def finding_count(self, obj):
        return obj.findings_counted

    def choice_label(self, obj):
        return f"{obj.title} – {obj.date:%d/%m/%Y}"

    # --- The steps

    def _step(self, request, obj=None):
        return step_asked(request.GET.get("etape"), is_new=obj is None)

    def get_fieldsets(self, request, obj=None):
        if self._step(request, obj) is STEPS[0]:
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ("seen",) if self.has_change_permission(request, obj) else ()})]

    def get_inlines(self, request, obj):
        return STEP_INLINES[self._step(request, obj).key]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        step = self._step(request, obj)
        url = reverse("admin:workshops_workshop_change", args=[obj.pk]) if obj else ""
        context |= {
            "step": step,
            "steps": [
                {"label": one.label, "url": f"{url}?etape={one.key}", "is_current": one is step}
                for one in STEPS
            ]
            if obj
            else [],
            "following": step_after(step),
            "later_step": step is not STEPS[0],
            "recorded": recorded_rows(obj, step.key) if obj else [],
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _to_step(self, obj, step):
        url = reverse("admin:workshops_workshop_change", args=[obj.pk])
        return HttpResponseRedirect(f"{url}?etape={step.key}#etape")

    def response_add(self, request, obj, post_url_continue=None):
        if "_popup" in request.POST or "_publish" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, f"L’atelier «\u00a0{obj}\u00a0» est enregistré, en brouillon.")
        return self._to_step(obj, STEPS[1])

    def response_change(self, request, obj):
        step = self._step(request, obj)
        if "_next" in request.POST and step_after(step):
            self.message_user(request, "C’est enregistré.")
            return self._to_step(obj, step_after(step))
        if "_continue" in request.POST:
            self.message_user(request, "C’est enregistré.")
            return self._to_step(obj, step)
        return super().response_change(request, obj)

    # --- What is filled in for the animator

    def save_model(self, request, obj, form, change):
        if not obj.slug:
            obj.slug = unique_slug(f"{obj.title} {obj.date.year}", Workshop)
        super().save_model(request, obj, form, change)
        ensure_source(obj)

    def save_formset(self, request, form, formset, change):
        workshop = form.instance
        for row in formset.save(commit=False):
            if row.source_id is None:
                row.source = ensure_source(workshop)
            if row.pk is None:
                place_last(row, workshop)
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    def home_boxes(self, request):
        """Workshops begun and not yet published, the latest touched first."""
        if not self.has_change_permission(request):
            return []
        drafts = permitted(request.user, "change", Workshop.objects.filter(state=State.DRAFT)).order_by(
            "-updated_at"
        )
        rows = [
            {
                "title": workshop.title,
                "detail": f"atelier du {day_in_words(workshop.date)}",
                "url": reverse("admin:workshops_workshop_change", args=[workshop.pk]),
                "late": False,
            }
            for workshop in drafts[:6]
        ]
        url = f"{reverse('admin:workshops_workshop_changelist')}?state__exact=draft"
        return [
            {
                "rank": 40,
                "title": "Brouillons\u00a0: ateliers",
                "count": drafts.count(),
                "url": url,
                "rows": rows,
                "empty": "Aucun atelier en cours de saisie.",
            }
        ]


def place_last(row, workshop) -> None:
    """Gives a new row of `workshop` its rank, and what its kind of row needs to be told apart."""
    if isinstance(row, Session) and row.order is None:
        row.order = next_number(workshop.sessions, "order")
    if isinstance(row, Attendance):
        row.position = next_number(workshop.attendances, "position")
    if isinstance(row, Finding):
        row.code = next_mark(workshop, row.kind)
        row.position = row.position or next_number(workshop.findings, "position")
    if isinstance(row, Recommendation):
        row.slug = unique_slug(row.title, Recommendation)
        row.position = row.position or next_number(workshop.recommendations, "position")
