"""The inbox: what visitors wrote, and the three things an animator does with it: relay, answer, close.

The address of whoever wrote is shown here and nowhere else.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from foundations.admin import HouseModelAdmin
from foundations.admin.permitted import permitted

from ..actions import contact
from ..models import ContactRequest, CorrectionRequest, RequestState

OPEN = (RequestState.RECEIVED, RequestState.RELAYED)
BUTTONS = {
    RequestState.RELAYED: "Transmettre à l’acteur",
    RequestState.ANSWERED: "Répondre au demandeur",
    RequestState.CLOSED: "Clore la demande",
}
DONE = {
    RequestState.RELAYED: "La demande est notée comme transmise",
    RequestState.ANSWERED: "La réponse est visible du demandeur",
    RequestState.CLOSED: "La demande est close",
}


class InboxAdmin(HouseModelAdmin):
    """Nothing is typed over what a visitor wrote: the form is the answer, the buttons are the states.

    Another floor that receives things to decide says its own `buttons_of`, `_move`, `waiting` and `refused`.
    """

    change_form_template = "admin/request_change_form.html"
    answer_label = "Réponse que le demandeur lira"
    answer_help = "Aucune adresse n’est transmise, ni la sienne ni celle de l’acteur."
    refused: type[Exception] = contact.RequestError
    box_rank = 0  # of its box on the home page; the menu's by default
    list_filter = ("state", "created_at")
    date_hierarchy = "created_at"
    ordering = ("state_on",)
    search_fields = ("name", "organisation", "message")
    fields = ()

    def has_add_permission(self, request):
        return False  # visitors write from the site

    def get_queryset(self, request):
        return permitted(request.user, "view", super().get_queryset(request))

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": self.fields})]

    def get_view_on_site_url(self, obj=None):
        return None  # the visitor's private link is the visitor's

    @admin.display(description="état", ordering="state")
    def state_label(self, obj):
        return format_html('<span class="state state-{}">{}</span>', obj.state, obj.get_state_display())

    @admin.display(description="de")
    def sender(self, obj):
        return f"{obj.name} <{obj.email}>"

    @admin.display(description="nom", ordering="name")
    def sender_name(self, obj):
        return obj.name

    @admin.display(description="son organisation ou sa commune")
    def sender_organisation(self, obj):
        return obj.organisation

    @admin.display(description="son message")
    def written(self, obj):
        return obj.message

    @admin.display(description="message")
    def beginning(self, obj):
        return obj.message if len(obj.message) < 100 else f"{obj.message[:100]}…"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id:
            return self._act(request, object_id)
        return self._page(request, object_id, "")

    def _page(self, request, object_id, draft):
        row = self.get_object(request, object_id) if object_id else None
        allowed = self.buttons_of(row) if row and self.has_change_permission(request, row) else {}
        context = {
            "steps": [{"state": state, "label": label} for state, label in allowed.items()],
            "row": row,
            "draft": draft,
            "answer_label": self.answer_label,
            "answer_help": self.answer_help,
        }
        return super().changeform_view(request, object_id, "", context)

    def buttons_of(self, row) -> dict[str, str]:
        """What may be done with `row`: the state that each button leads to, and its words."""
        allowed = contact.allowed_next(row)
        return {state: label for state, label in BUTTONS.items() if state in allowed}

    def _act(self, request, object_id):
        """One of the buttons was pressed. An answer that could not be kept comes back in its box."""
        row = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        state, text = request.POST.get("step", ""), request.POST.get("answer", "")
        version = request.POST.get("version", "")
        try:
            told = self._move(request, row, state, text, int(version) if version.isdigit() else -1)
        except self.refused as error:
            self.message_user(request, str(error), messages.ERROR)
            request.method = "GET"  # shows the page again
            return self._page(request, object_id, text)
        self.message_user(request, told, messages.SUCCESS)
        self.log_change(request, row, row.get_state_display())
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _move(self, request, row, state, text, version) -> str:
        site = f"{request.scheme}://{request.get_host()}"
        if state == RequestState.RELAYED:
            sent = contact.relay(row, by=request.user, version=version)
            how = (
                f"{sent} message{'s' if sent > 1 else ''} envoyé{'s' if sent > 1 else ''}"
                if sent
                else "aucun e-mail n’est parti, appelez ou écrivez vous-même"
            )
            return f"{DONE[state]} ({how})."
        if state == RequestState.ANSWERED:
            contact.answer(row, by=request.user, version=version, text=text, site=site)
        elif state == RequestState.CLOSED:
            contact.close(row, by=request.user, version=version, text=text, site=site)
        else:
            raise contact.RequestError("Choisissez un des boutons.")
        return f"{DONE[state]}."

    def home_boxes(self, request):
        if not self.has_view_permission(request):
            return []
        waiting = self.waiting(self.get_queryset(request))
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        rows = [
            {
                "title": self.about(row),
                "detail": self.since(row),
                "url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk]),
                "late": self.is_new(row),
            }
            for row in waiting[:6]
        ]
        return [
            {
                "rank": self.box_rank or self.menu_rank,
                "title": f"Boîte de réception\u00a0: {self.opts.verbose_name_plural}",
                "count": waiting.count(),
                "url": url,
                "rows": rows,
                "empty": "Rien n’attend.",
            }
        ]

    def about(self, row) -> str:
        raise NotImplementedError

    def waiting(self, rows):
        """Those of `rows` that an animator has still something to do with, the first come first."""
        return rows.filter(state__in=OPEN).order_by("state_on")

    def since(self, row) -> str:
        return f"{row.get_state_display()} le {row.state_on:%d/%m/%Y}"

    def is_new(self, row) -> bool:
        return row.state == RequestState.RECEIVED


@admin.register(ContactRequest)
class ContactRequestAdmin(InboxAdmin):
    menu_rank = 30
    list_display = ("actor", "beginning", "state_label", "sender_name", "created_at")
    list_select_related = ("actor",)
    fields = (
        "actor",
        "written",
        "sender",
        "sender_organisation",
        "created_at",
        "state_label",
        "answer",
        "ways_in",
    )

    def about(self, row):
        return f"Joindre {row.actor}"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")

    @admin.display(description="pour joindre l’acteur")
    def ways_in(self, obj):
        points = obj.actor.contact_points.all()
        published = obj.actor.published_contacts.all()
        lines = [(f"{point.email} {point.phone}".strip(), "privé") for point in points]
        lines += [(contact_.value, contact_.get_kind_display()) for contact_ in published]
        if not lines:
            return "Aucune coordonnée connue."
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} ({})</li>", lines))


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(InboxAdmin):
    menu_rank = 31
    list_display = ("page_title", "beginning", "state_label", "sender_name", "created_at")
    fields = ("page_link", "written", "sender", "sender_organisation", "created_at", "state_label", "answer")

    def about(self, row):
        return row.page_title or row.page

    @admin.display(description="page")
    def page_link(self, obj):
        # Written by a visitor: only an address inside the site becomes a link.
        if obj.page.startswith("/") and not obj.page.startswith(("//", "/\\")):
            return format_html('<a href="{}">{}</a>', obj.page, obj.page_title or obj.page)
        return obj.page_title or obj.page
