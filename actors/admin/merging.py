"""Making one of two: choosing the other, the recap, the merge; its list and the way back; who resembles whom."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from foundations.admin import HouseModelAdmin
from foundations.admin.autocomplete import NarrowedSelect
from foundations.admin.permitted import permitted

from ..actions.identity import tell_apart
from ..actions.merge import merge_actors, undo_merge
from ..merging import Refused, may_merge, recap
from ..models import Actor, Merge
from ..redirection import Stuck
from ..resemblance import alike

MOST_LOOKED_AT = 1000  # actors, the latest first: each is compared with all the others
MOST_PAIRS = 50
TAKEN = "choix-"


def page_of(actor: Actor, page: str = "change", **query) -> str:
    """Address of a page of the administration about an actor, of the list that its kind has."""
    return reverse(f"admin:actors_{actor.kind}_{page}", args=[actor.pk], query=query or None)


class MergingMixin:
    """For a list of actors of one kind: « Fusionner avec… » from a page, and from two rows that are ticked."""

    actions = ("merge_chosen",)

    @property
    def alike_url(self) -> str:
        return reverse("admin:actors_actor_alike")

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:object_id>/fusionner/", view, name=name), *super().get_urls()]

    @admin.action(description="Fusionner les deux fiches choisies…", permissions=["change"])
    def merge_chosen(self, request, queryset):
        chosen = list(queryset.order_by("created_at", "pk")[:3])
        if len(chosen) != 2:
            self.message_user(request, "Choisissez exactement deux fiches à fusionner.", messages.WARNING)
            return None
        return HttpResponseRedirect(page_of(chosen[0], "merge", avec=chosen[1].pk))

    def merge_view(self, request, object_id):
        """GET: whom to merge with, or the recap; POST: merges. Whoever may change both."""
        kept = self.get_queryset(request).filter(pk=object_id).first()
        if kept is None:
            raise Http404
        asked = request.POST.get("avec") or request.GET.get("avec") or ""
        other = Actor.objects.standing().filter(pk=asked).first() if asked.isdecimal() else None
        if not may_merge(request.user, kept, *([other] if other else [])):
            raise PermissionDenied
        request.current_app = self.admin_site.name
        if other is None:
            return self._choose(request, kept)
        if request.method == "POST":
            return self._merge(request, kept, other)
        return self._recap(request, kept, other)

    def _page(self, request, kept, title, template, context, status=200):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": None,
            "opts": self.opts,
            "kept": kept,
            "kept_url": page_of(kept),
        } | context
        return TemplateResponse(request, template, context, status=status)

    def _choose(self, request, kept):
        form = ChooseForm(kept, self.admin_site)
        pairs = [(candidate, page_of(kept, "merge", avec=candidate.actor.pk)) for candidate in _like(kept)]
        context = {"form": form, "media": self.media + form.media, "pairs": pairs}
        return self._page(
            request, kept, f"Fusionner {kept.name} avec…", "admin/actors/merge_choose.html", context
        )

    def _recap(self, request, kept, other, refused="", status=200):
        told = None
        try:
            told = recap(kept, other)
        except Refused as error:
            refused, status = refused or str(error), 409
        except Stuck as error:
            refused, status = f"Une ligne dont d’autres dépendent l’empêche\u00a0: {error}.", 409
        context = {
            "other": other,
            "other_url": page_of(other),
            "swap_url": page_of(other, "merge", avec=kept.pk) if other.kind == kept.kind else "",
            "recap": told,
            "refused": refused,
        }
        return self._page(
            request,
            kept,
            f"Fusionner {other.name} dans {kept.name}\u202f?",
            "admin/actors/merge.html",
            context,
            status,
        )

    def _merge(self, request, kept, other):
        taken = [
            name.removeprefix(TAKEN)
            for name, value in request.POST.items()
            if name.startswith(TAKEN) and value == "absorbed"
        ]
        try:
            merge = merge_actors(kept=kept, absorbed=other, taken=taken, by=request.user)
        except Refused as error:
            return self._recap(request, kept, other, refused=str(error), status=409)
        self.log_change(request, kept, f"Fusion avec «\u00a0{other}\u00a0»")
        undo = reverse("admin:actors_merge_change", args=[merge.pk])
        said = '«\u00a0{}\u00a0» et «\u00a0{}\u00a0» ne sont plus qu’une fiche. <a href="{}">Défaire la fusion</a>'
        messages.success(request, format_html(said, other.name, kept.name, undo))
        return HttpResponseRedirect(page_of(kept))

    def history_notes(self, obj):
        """What the table of versions cannot say: with whom this one was merged."""
        merges = Merge.objects.told().filter(kept=obj.pk)
        return [
            {
                "when": merge.on,
                "words": f"Fusion avec «\u00a0{merge.absorbed}\u00a0»{', défaite depuis' if merge.undone_on else ''}",
                "url": reverse("admin:actors_merge_change", args=[merge.pk]),
            }
            for merge in merges
        ]


class ChooseForm(forms.Form):
    avec = forms.ModelChoiceField(Actor.objects.none(), label="L’autre fiche")

    def __init__(self, kept: Actor, site):
        super().__init__()
        widget = NarrowedSelect(Merge._meta.get_field("absorbed"), site)
        widget.only = {"kind": kept.kind}
        self.fields["avec"].widget = widget
        widget.choices = self.fields["avec"].choices


def _like(actor: Actor):
    """Candidates that resemble one actor, surest first."""
    return [
        candidate
        for one, candidate in alike([actor.pk])
        if one.pk == actor.pk and candidate.actor.pk != actor.pk
    ]


@admin.register(Merge)
class MergeAdmin(HouseModelAdmin):
    """What was merged, when, by whom; a page tells it and undoes it."""

    menu_rank = 60
    list_display = ("absorbed", "kept", "on", "by", "is_undone")
    list_select_related = ("absorbed", "kept", "by")
    search_fields = ("kept__name", "absorbed__name")
    date_hierarchy = "on"
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<int:object_id>/defaire/", view, name="actors_merge_undo"), *super().get_urls()]

    @admin.display(description="défaite", boolean=True)
    def is_undone(self, obj):
        return obj.undone_on is not None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        merge = self._get(request, object_id)
        return self._told(request, merge)

    def _get(self, request, object_id):
        merge = Merge.objects.told().filter(pk=object_id).first() if str(object_id).isdecimal() else None
        if merge is None:
            raise Http404
        if not self.has_view_permission(request, merge):
            raise PermissionDenied
        return merge

    def _told(self, request, merge, refused="", status=200):
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": f"Fusion\u00a0: {merge}",
            "subtitle": None,
            "opts": self.opts,
            "merge": merge,
            "kept_url": page_of(merge.kept),
            "moved": sum(len(line["keys"]) for line in merge.moved),
            "set_aside": len(merge.set_aside),
            "may_undo": not merge.undone_on and may_merge(request.user, merge.kept, merge.absorbed),
            "refused": refused,
        }
        return TemplateResponse(request, "admin/actors/merge_done.html", context, status=status)

    def undo_view(self, request, object_id):
        """POST: everything is as before; 409 with what changed since, when it cannot be."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        merge = self._get(request, object_id)
        if not may_merge(request.user, merge.kept, merge.absorbed):
            raise PermissionDenied
        try:
            gone = undo_merge(merge=merge, by=request.user)
        except Refused as error:
            return self._told(request, merge, refused=str(error), status=409)
        self.log_change(request, merge.kept, f"Fusion avec «\u00a0{merge.absorbed}\u00a0» défaite")
        lost = f" Lignes supprimées entre-temps, qui ne reviennent pas\u00a0: {gone}." if gone else ""
        self.message_user(request, f"La fusion est défaite\u00a0: il y a de nouveau deux fiches.{lost}")
        return HttpResponseRedirect(page_of(merge.absorbed))


class AlikeMixin:
    """For the admin of either kind: the page of the pairs that resemble each other."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("ressemblances/", wrap(self.alike_view), name="actors_actor_alike"),
            path("ressemblances/distinguer/", wrap(self.tell_apart_view), name="actors_actor_tell_apart"),
            *super().get_urls(),
        ]

    def alike_view(self, request):
        """The pairs among the latest actors that the user may change, the surest first."""
        mine = permitted(request.user, "change", Actor.objects.standing())
        keys = list(mine.order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST_LOOKED_AT])
        if not request.user.has_perm("actors.change_actor"):
            raise PermissionDenied
        found = alike(keys)
        context = {
            **self.admin_site.each_context(request),
            "title": "Fiches qui se ressemblent",
            "subtitle": None,
            "count": len(found),
            "pairs": [
                {
                    "one": actor,
                    "one_url": page_of(actor),
                    "other": candidate.actor,
                    "other_url": page_of(candidate.actor),
                    "reasons": candidate.reasons,
                    "merge_url": page_of(actor, "merge", avec=candidate.actor.pk),
                }
                for actor, candidate in found[:MOST_PAIRS]
            ],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/actors/alike.html", context)

    def tell_apart_view(self, request):
        """POST: the two are not the same, and are never proposed again."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        keys = {int(key) for key in request.POST.getlist("fiche") if key.isdecimal()}
        actors = list(Actor.objects.filter(pk__in=keys))
        if len(actors) != 2:
            raise Http404
        if not may_merge(request.user, *actors):
            raise PermissionDenied
        tell_apart(one=actors[0], other=actors[1], by=request.user)
        messages.success(request, "C’est noté\u00a0: ces deux fiches ne seront plus rapprochées.")
        return HttpResponseRedirect(reverse("admin:actors_actor_alike"))
