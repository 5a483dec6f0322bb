"""Reminders to bearers, before they go: an animator reads each, drops a line or the whole, and says « Envoyer »."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html

from actors.letters import mail_is_set
from foundations.admin import HouseModelAdmin
from foundations.admin.permitted import permitted

from ..actions import reminding
from ..models import Reminder, ReminderLine, ReminderState


class StateFilter(admin.SimpleListFilter):
    """What is to be read comes first: the rest is asked for."""

    title = "état"
    parameter_name = "etat"

    def lookups(self, request, model_admin):
        others = [(state.value, state.label) for state in ReminderState if state != ReminderState.PREPARED]
        return [*others, ("tous", "tous")]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": "à relire"}, *others]

    def queryset(self, request, queryset):
        if self.value() == "tous":
            return queryset
        return queryset.filter(state=self.value() or ReminderState.PREPARED)


@admin.register(Reminder)
class ReminderAdmin(HouseModelAdmin):
    """A message may ask about several ecosystems: an animator reads and sends the lines of theirs."""

    change_form_template = "admin/workshops/reminder.html"
    menu_rank = 15
    list_display = ("to_whom", "about_what", "state_label", "prepared_on", "sent_on")
    list_filter = (StateFilter,)
    ordering = ("prepared_on", "pk")
    actions = ("send_all", "drop_all")

    def has_add_permission(self, request):
        return False  # `manage.py prepare_reminders` does

    def has_delete_permission(self, request, obj=None):
        return False  # it is dropped instead, so that it does not come back the next day

    def get_queryset(self, request):
        mine = permitted(request.user, "view", ReminderLine.objects.all())
        rows = super().get_queryset(request).filter(pk__in=mine.values("reminder"))
        told = mine.select_related("contact_point__actor", "recommendation").order_by("pk")
        return rows.prefetch_related(Prefetch("lines", told))

    @admin.display(description="à qui")
    def to_whom(self, obj):
        return ", ".join(sorted({line.contact_point.actor.name for line in obj.lines.all()}))

    @admin.display(description="recommandations")
    def about_what(self, obj):
        return " ; ".join(
            sorted({line.recommendation.title for line in obj.lines.all() if not line.is_dropped})
        )

    @admin.display(description="état", ordering="state")
    def state_label(self, obj):
        return format_html('<span class="state state-{}">{}</span>', obj.state, obj.get_state_display())

    # --- One message

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        row = get_object_or_404(self.get_queryset(request), pk=object_id)
        if request.method == "POST":
            if not self.has_change_permission(request, row):
                raise PermissionDenied
            return self._decide_one(request, row)
        context = {
            "row": row,
            "lines": permitted(request.user, "view", row.lines.select_related("recommendation__workshop"))
            .select_related("contact_point__actor")
            .order_by("pk"),
            "may_send": row.state in (ReminderState.PREPARED, ReminderState.APPROVED)
            and self.has_change_permission(request, row),
            "can_mail": mail_is_set(),
        }
        return super().changeform_view(request, str(object_id), form_url, context)

    def get_fieldsets(self, request, obj=None):
        return []  # the page is the list of its lines

    def _decide_one(self, request, row):
        chosen = {int(key) for key in request.POST.getlist("ligne") if key.isdigit()}
        if request.POST.get("step") == "drop":
            chosen = set()
        self._tell(request, [self._decide(request, row, chosen)])
        return HttpResponseRedirect(reverse("admin:workshops_reminder_changelist"))

    # --- Several at once

    @admin.action(description="Envoyer les messages choisis", permissions=["change"])
    def send_all(self, request, queryset):
        done = []
        for row in queryset:
            kept = {line.pk for line in row.lines.all() if not line.is_dropped}
            done.append(self._decide(request, row, kept))
        self._tell(request, done)

    @admin.action(description="Écarter les messages choisis", permissions=["change"])
    def drop_all(self, request, queryset):
        self._tell(request, [self._decide(request, row, set()) for row in queryset])

    def _decide(self, request, row, chosen: set[int]) -> str:
        """Approves the lines that are chosen and are this user's, and sends at once; returns what became of it."""
        mine = set(permitted(request.user, "change", row.lines.all()).values_list("pk", flat=True))
        site = f"{request.scheme}://{request.get_host()}"
        state = reminding.approve(reminder=row, lines=chosen & mine, by=request.user, site=site)
        if state != ReminderState.APPROVED:
            return "dropped" if state else "decided"
        done = reminding.send_approved(only=row)
        if done.sent:
            return "sent"
        return "too_soon" if done.too_soon else "failed"

    def _tell(self, request, outcomes: list[str]) -> None:
        words = {
            "sent": ("envoyé{s}", messages.SUCCESS),
            "dropped": ("écarté{s}", messages.SUCCESS),
            "decided": ("déjà décidé{s} par quelqu’un d’autre", messages.WARNING),
            "too_soon": (
                "à envoyer dans un mois\u00a0: cette adresse vient de recevoir un message",
                messages.WARNING,
            ),
            "failed": ("pas encore parti{s}\u00a0: l’envoi sera repris", messages.WARNING),
        }
        for outcome, (told, level) in words.items():
            count = outcomes.count(outcome)
            if count:
                plural = "s" if count > 1 else ""
                self.message_user(request, f"{count} message{plural} {told.format(s=plural)}.", level)

    def home_boxes(self, request):
        if not self.has_view_permission(request):
            return []
        waiting = (
            self.get_queryset(request).filter(state=ReminderState.PREPARED).order_by("prepared_on", "pk")
        )
        rows = [
            {
                "title": self.to_whom(row),
                "detail": self.about_what(row),
                "url": reverse("admin:workshops_reminder_change", args=[row.pk]),
                "late": False,
            }
            for row in waiting[:6]
        ]
        return [
            {
                "rank": 34,
                "title": "Rappels aux porteurs, à relire",
                "count": waiting.count(),
                "url": reverse("admin:workshops_reminder_changelist"),
                "rows": rows,
                "empty": "Aucun rappel n’attend.",
            }
        ]
