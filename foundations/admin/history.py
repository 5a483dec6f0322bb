"""The history of a row as the database kept it: who, when, what changed; any version can be put back whole."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst

from .changes import Naming, changes_between, tracked_fields

PER_PAGE = 50


class HistoryMixin:
    """For a ModelAdmin of a model tracked by pghistory."""

    history_template = "admin/history.html"
    deleted_template = "admin/deleted.html"

    def get_urls(self):
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("supprimees/", wrap(self.deleted_view), name=f"{prefix}_deleted"),
            path("<int:object_id>/history/<int:event_id>/", wrap(self.revert_view), name=f"{prefix}_revert"),
            *super().get_urls(),
        ]

    @property
    def deleted_url(self) -> str:
        return self._url("deleted")

    @property
    def events(self):
        """Every event of this model, the latest first, with what says who."""
        events = self.model.pgh_event_model.objects.select_related("pgh_context").order_by("-pgh_id")
        if self.model._meta.proxy:  # one table, several proxies: only rows of this one
            events = events.filter(**self.proxy_filter)
        return events

    # Of a proxy: what tells its rows from its siblings', {"kind": "person"}.
    proxy_filter: dict[str, str] = {}

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if not str(object_id).isdigit():
            raise Http404
        events = self.events.filter(pgh_obj_id=object_id)
        told = obj or self._as_it_was(events.first())
        if told is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, told):
            raise PermissionDenied
        page = Paginator(events, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Historique\u00a0: {told}",
            "subtitle": None,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": told,
            "is_deleted": obj is None,
            "may_revert": self.may_restore(request, told, obj is None),
            "opts": self.opts,
            "page": page,
            "versions": self._versions(list(page), object_id),
            "notes": self.history_notes(told),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.history_template, context)

    def history_notes(self, obj) -> list[dict]:
        """[{when, words, url}]: what happened to a row and is not a change of its columns."""
        return []

    def _versions(self, events, object_id):
        """What a page of the history prints: each event with its author and what it changed."""
        older = (
            self.events.filter(pgh_obj_id=object_id, pgh_id__lt=events[-1].pgh_id).first() if events else None
        )
        pairs = list(zip(events, [*events[1:], older], strict=True))
        naming = Naming(self.model, events + ([older] if older else []))
        authors = authors_of(events)
        return [
            {
                "id": event.pgh_id,
                "when": event.pgh_created_at,
                "who": authors.get(event.pgh_id, "programme ou administrateur du serveur"),
                "what": {"insert": "création", "delete": "suppression"}.get(event.pgh_label, "modification"),
                "changes": [] if event.pgh_label == "delete" else changes_between(before, event, naming),
                "is_current": index == 0 and event.pgh_label != "delete",
                "revert_url": self._url("revert", object_id, event.pgh_id),
            }
            for index, (event, before) in enumerate(pairs)
        ]

    def _url(self, name, *args):
        full = f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}"
        return reverse(full, args=args, current_app=self.admin_site.name)

    def _as_it_was(self, event):
        """The row of an event as an unsaved instance; None for no event."""
        if event is None:
            return None
        values = {field.attname: getattr(event, field.attname) for field in tracked_fields(self.model)}
        return self.model(pk=event.pgh_obj_id, **values)

    def may_restore(self, request, row, is_deleted) -> bool:
        """A change is put back by whoever may change the row; a deleted row by whoever may also add one."""
        return self.has_change_permission(request, row) and (
            not is_deleted or self.has_add_permission(request)
        )

    def revert_view(self, request, object_id, event_id):
        """POST: the whole row becomes again what it was at that event; a deleted row comes back under its own key."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            with transaction.atomic():
                row, is_new = self._revert(request, object_id, event_id)
        except IntegrityError:
            self.message_user(
                request,
                "Impossible de revenir à cette version\u202f: une fiche dont elle dépend n’existe plus, ou une autre a "
                "pris sa place.",
                messages.ERROR,
            )
            return HttpResponseRedirect(self._url("history", object_id))
        told = "est rétablie" if is_new else "est revenue à cette version"
        self.message_user(request, f"La fiche «\u00a0{row}\u00a0» {told}.", messages.SUCCESS)
        return HttpResponseRedirect(self._url("change", object_id))

    def _revert(self, request, object_id, event_id):
        event = self.events.filter(pgh_obj_id=object_id, pgh_id=event_id).first()
        if event is None:
            raise Http404
        row = self.model._base_manager.select_for_update().filter(pk=object_id).first()
        is_new = row is None
        wanted = self._as_it_was(event)
        # Both as it is and as it would become: nobody may pull a row into, or out of, what they do not look after.
        if not all(self.may_restore(request, state, is_new) for state in (row or wanted, wanted)):
            raise PermissionDenied
        for field in tracked_fields(self.model):
            if row is not None and field.name != "version":  # the database counts on
                setattr(row, field.attname, getattr(event, field.attname))
        row = row or wanted
        row.save(force_insert=is_new)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a missing parent is refused here, not at commit
        self.log_change(request, row, f"Retour à la version du {event.pgh_created_at:%d/%m/%Y à %H:%M}")
        return row, is_new

    def deleted_view(self, request):
        """Rows that exist no more, the last deleted first, each with its history and the way back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        living = self.model._base_manager.values("pk")
        gone = self.events.filter(pgh_label="delete").exclude(pgh_obj_id__in=living)
        latest = gone.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").values("pgh_id")
        page = Paginator(self.events.filter(pgh_id__in=latest), PER_PAGE).get_page(request.GET.get("p"))
        authors = authors_of(page)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{capfirst(self.opts.verbose_name_plural)}\u00a0: ce qui a été supprimé",
            "subtitle": None,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "opts": self.opts,
            "page": page,
            "rows": [
                {
                    "name": str(self._as_it_was(event)),
                    "when": event.pgh_created_at,
                    "who": authors.get(event.pgh_id, "programme ou administrateur du serveur"),
                    "url": self._url("history", event.pgh_obj_id),
                }
                for event in page
            ],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.deleted_template, context)


def authors_of(events) -> dict[int, str]:
    """Event id → who, for the events that a logged-in user caused; one query."""
    keys = {
        event.pgh_id: event.pgh_context.metadata.get("user")
        for event in events
        if event.pgh_context and event.pgh_context.metadata.get("user")
    }
    users = get_user_model().objects.in_bulk(set(keys.values()))
    return {
        event: (users[key].get_full_name() or users[key].get_username())
        if key in users
        else "compte supprimé"
        for event, key in keys.items()
    }
