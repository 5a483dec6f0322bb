"""The inbox of what bearers say by their link: published as a follow-up, or not, with a word."""

from django.contrib import admin
from django.utils.html import format_html

from actors.admin.inbox import InboxAdmin

from ..actions import proposing
from ..models import Bearing, ProposalState, ProposedFollowUp

BUTTONS = {ProposalState.APPROVED: "Publier cette suite", ProposalState.REFUSED: "Ne pas publier"}
DONE = {
    ProposalState.APPROVED: "La suite est publiée sur la page de la recommandation.",
    ProposalState.REFUSED: "Rien n’est publié\u00a0; le porteur lira votre mot par son lien.",
}


@admin.register(ProposedFollowUp)
class ProposedFollowUpAdmin(InboxAdmin):
    menu_rank = 14
    box_rank = 32  # after what visitors wrote
    answer_label = "Un mot pour le porteur"
    answer_help = "Il le lit par son lien. Obligatoire quand vous ne publiez pas."
    refused = proposing.ProposalError
    list_display = ("recommendation", "actor", "said", "state_label", "said_at")
    list_filter = ("state",)
    list_select_related = ("recommendation", "actor")
    date_hierarchy = "said_at"
    ordering = ("said_at",)
    search_fields = ("recommendation__title", "actor__name", "note")
    fields = ("page", "actor", "said", "said_at", "state_label", "answer")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("recommendation", "actor")

    def has_delete_permission(self, request, obj=None):
        return False  # « Ne pas publier » says why; all is erased a year later

    def about(self, row):
        return f"{row.actor}\u00a0: {row.recommendation}"

    def waiting(self, rows):
        return rows.waiting().order_by("said_at")

    def since(self, row):
        return f"{self.said(row)} (le {row.said_at:%d/%m/%Y})"

    def is_new(self, row):
        return True

    def buttons_of(self, row):
        return BUTTONS if row.state == ProposalState.WAITING else {}

    def _move(self, request, row, state, text, version):
        decide = {ProposalState.APPROVED: proposing.approve, ProposalState.REFUSED: proposing.refuse}.get(
            state
        )
        if decide is None:
            raise proposing.ProposalError("Choisissez un des boutons.")
        decide(proposal=row, by=request.user, version=version, answer=text)
        return DONE[ProposalState(state)]

    @admin.display(description="recommandation")
    def page(self, obj):
        return format_html('<a href="{}">{}</a>', obj.recommendation.get_absolute_url(), obj.recommendation)

    @admin.display(description="ce qu’il en dit")
    def said(self, obj):
        bearing = {Bearing.ACCEPTED: "je la porte", Bearing.NOBODY: "je ne la porte pas"}
        axes = [obj.bearing and bearing[Bearing(obj.bearing)], obj.get_progress_display()]
        state = ", ".join(axis for axis in axes if axis)
        return "\u00a0: ".join(part for part in (state, obj.note) if part)
