"""Ecosystems and who looks after them; and, over the lists of the floors below, joining one's own ecosystem."""

from django import forms
from django.contrib import admin

from actors.admin.actors import OrganisationAdmin, PersonAdmin
from actors.models import Organisation, Person
from foundations.admin import HistoryMixin, HouseForm, HouseTabular, PublishableMixin, VersionedModelAdmin
from foundations.admin.permitted import permitted
from foundations.slugs import unique_slug
from workshops.admin.workshop import WorkshopAdmin
from workshops.models import Workshop

from .models import Caretaker, Ecosystem, Role
from .roles import open_data_entry


class Caretakers(HouseTabular):
    model = Caretaker
    fields = ("user", "role")
    extra = 1


class EcosystemForm(HouseForm):
    """Nobody draws into their ecosystem what another one holds: its private addresses would come along."""

    user = None  # set by the ModelAdmin

    def _only_mine(self, field):
        rows = self.cleaned_data[field]
        kept = getattr(self.instance, field).values("pk") if self.instance.pk else ()
        new = rows.exclude(pk__in=kept) if self.instance.pk else rows
        foreign = new.exclude(pk__in=permitted(self.user, "change", rows.model.objects.all()).values("pk"))
        if foreign.exists():
            names = ", ".join(str(row) for row in foreign[:5])
            raise forms.ValidationError(
                f"Déjà dans un autre écosystème\u00a0: {names}. L’administrateur peut les partager."
            )
        return rows

    def clean_workshops(self):
        return self._only_mine("workshops")

    def clean_actors(self):
        return self._only_mine("actors")


@admin.register(Ecosystem)
class EcosystemAdmin(PublishableMixin, HistoryMixin, VersionedModelAdmin):
    form = EcosystemForm
    menu_rank = 40
    list_display = ("name", "state_label")
    list_filter = ("state",)
    search_fields = ("name",)
    fields = ("name", "summary", "territories", "workshops", "actors")
    inlines = (Caretakers,)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def save_model(self, request, obj, form, change):
        if not obj.slug:
            obj.slug = unique_slug(obj.name, Ecosystem)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for caretaker in formset.save():
            open_data_entry(caretaker)


class JoinsOnesEcosystem:
    """What an animator of one ecosystem adds belongs to it; with several, they say so on the ecosystem's page."""

    ecosystem_field: str

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change:
            return
        mine = Ecosystem.objects.filter(caretakers__user=request.user, caretakers__role=Role.ANIMATOR)[:2]
        if len(mine) == 1:
            getattr(mine[0], self.ecosystem_field).add(obj.pk)


class JoiningWorkshopAdmin(JoinsOnesEcosystem, WorkshopAdmin):
    ecosystem_field = "workshops"
    change_form_template = "admin/ecosystems/workshop_change_form.html"  # with the way to the drawings


class JoiningPersonAdmin(JoinsOnesEcosystem, PersonAdmin):
    ecosystem_field = "actors"


class JoiningOrganisationAdmin(JoinsOnesEcosystem, OrganisationAdmin):
    ecosystem_field = "actors"


# The floors below do not know ecosystems, so their lists are registered again here, one step richer.
for _model, _admin in (
    (Workshop, JoiningWorkshopAdmin),
    (Person, JoiningPersonAdmin),
    (Organisation, JoiningOrganisationAdmin),
):
    admin.site.unregister(_model)
    admin.site.register(_model, _admin)
