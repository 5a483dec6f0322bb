"""The call-back list: private notes with a date, the overdue first, marked done by a button."""

from django.contrib import admin, messages
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from foundations.admin import HouseForm, HouseModelAdmin
from foundations.admin.permitted import permitted

from ..models import PrivateNote


class Due(admin.SimpleListFilter):
    title = "rappels"
    parameter_name = "rappel"

    def lookups(self, request, model_admin):
        return [
            ("retard", "en retard"),
            ("aujourdhui", "aujourd’hui"),
            ("venir", "à venir"),
            ("faits", "faits"),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        waiting = queryset.filter(is_done=False)
        return {
            "retard": waiting.filter(call_back_on__lt=today),
            "aujourdhui": waiting.filter(call_back_on=today),
            "venir": waiting.filter(call_back_on__gt=today),
            "faits": queryset.filter(is_done=True),
        }.get(self.value(), queryset)


@admin.register(PrivateNote)
class PrivateNoteAdmin(HouseModelAdmin):
    form = HouseForm
    menu_rank = 32
    fields = ("actor", "text", "call_back_on", "is_done")
    list_display = ("actor", "text", "when", "is_done", "author")
    list_select_related = ("actor", "author")
    list_filter = (Due,)
    search_fields = ("actor__name", "text")
    actions = ("mark_done",)

    # What is to be done first, the overdue on top; then notes without a date, then what is done.
    ordering = ("is_done", F("call_back_on").asc(nulls_last=True), "-created_at")

    def get_queryset(self, request):
        return permitted(request.user, "view", super().get_queryset(request))

    def save_model(self, request, obj, form, change):
        if obj.author_id is None:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description="à rappeler", ordering="call_back_on")
    def when(self, obj):
        if obj.call_back_on is None:
            return "–"
        late = not obj.is_done and obj.call_back_on < timezone.localdate()
        told = f"{obj.call_back_on:%d/%m/%Y}"
        return format_html('<strong class="late">{} (en retard)</strong>', told) if late else told

    @admin.action(description="Noter comme faits", permissions=["change"])
    def mark_done(self, request, queryset):
        done = permitted(request.user, "change", queryset).filter(is_done=False).update(is_done=True)
        self.message_user(
            request,
            f"{done} rappel{'s' if done > 1 else ''} fait{'s' if done > 1 else ''}.",
            messages.SUCCESS,
        )

    def home_boxes(self, request):
        if not self.has_view_permission(request):
            return []
        today = timezone.localdate()
        waiting = (
            self.get_queryset(request)
            .filter(is_done=False, call_back_on__isnull=False)
            .select_related("actor")
        )
        late = ", en retard"
        rows = [
            {
                "title": str(note.actor),
                "detail": f"{note.text[:80]} ({note.call_back_on:%d/%m/%Y}{late if note.call_back_on < today else ''})",
                "url": reverse("admin:actors_privatenote_change", args=[note.pk]),
                "late": note.call_back_on < today,
            }
            for note in waiting[:6]
        ]
        url = reverse("admin:actors_privatenote_changelist")
        empty = "Personne à rappeler."
        return [
            {
                "rank": 33,
                "title": "À rappeler",
                "count": waiting.count(),
                "url": url,
                "rows": rows,
                "empty": empty,
            }
        ]
