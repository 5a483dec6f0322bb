"""The page by which an animator adds sets of communes from a CSV: refused line by line, else previewed, then loaded."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from foundations.admin.permitted import may

from . import actions
from .drawing import draw
from .forms import SetsForm
from .telling import relation_in_words

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base
else:
    Base = object  # a mixin: the ModelAdmin of the house comes after it

SHOWN = 12  # relations told of each set; its page tells all


class SetsImport(Base):
    """For the ModelAdmin of territories."""

    change_list_template = "admin/territories/territory/change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.import_view)
        return [path("ensembles/", view, name="territories_territory_sets"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        url = reverse("admin:territories_territory_sets") if may(request.user, "add", self.model) else ""
        return super().changelist_view(request, {"sets_url": url, **(extra_context or {})})

    def import_view(self, request):
        """GET: the form. POST: refusals or a preview; with `load`, the load itself, checked again."""
        if not may(request.user, "add", self.model):
            raise PermissionDenied
        form = SetsForm(request.POST or None, request.FILES or None)
        context = {"form": form, "refused": [], "previews": []}
        if request.method == "POST" and form.is_valid():
            text = form.cleaned_data["text"]
            try:
                if "load" in request.POST:
                    return self.loaded(request, actions.import_sets(text=text))
                context["previews"] = [self.told(preview) for preview in actions.preview_sets(text=text)]
            except actions.RefusedSets as refused:
                context["refused"] = refused.lines
            context["form"], context["text"] = SetsForm(initial={"text": text}), text
        return self.page(request, context)

    def loaded(self, request, territories):
        many = "s" if len(territories) > 1 else ""
        names = ", ".join(territory.name for territory in territories)
        messages.success(request, f"{len(territories)} territoire{many} chargé{many}\u00a0: {names}.")
        return redirect("admin:territories_territory_changelist")

    def told(self, preview: actions.Preview) -> dict:
        relations = [relation_in_words(row) for row in preview.relations[:SHOWN]]
        drawing = draw(preview.outline) if preview.outline else None
        return {"is_new": preview.is_new, "territory": preview.territory, "drawing": drawing, "relations": relations,
                "more": max(0, len(preview.relations) - SHOWN)}  # fmt: skip

    def page(self, request, context: dict) -> TemplateResponse:
        shared = {
            **self.admin_site.each_context(request),
            "title": "Ajouter des ensembles de communes",
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/territories/territory/sets.html", shared | context)
