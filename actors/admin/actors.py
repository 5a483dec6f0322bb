"""People and organisations: two lists for animators over one table, and one more for choosing either."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse

from foundations.admin import HistoryMixin, HouseModelAdmin, PublishableMixin, VersionedModelAdmin
from foundations.admin.permitted import may
from foundations.slugs import unique_slug

from ..models import Actor, FormerSlug, Organisation, Person
from . import inlines
from .creating import SeenElsewhereMixin
from .forms import ActorForm, OrganisationForm, PersonForm
from .merging import AlikeMixin, MergingMixin


class ChosenActor:
    """How an actor is told apart where it is chosen: a person by a function, an organisation by nature and place."""

    autocomplete_filters = ("kind",)
    search_fields = ("name", "family_name", "other_names__name", "memberships__organisation__name")

    def for_choice(self, queryset):
        return queryset.standing().select_related("seat").prefetch_related("memberships__organisation")

    def choice_label(self, obj):
        if obj.is_person:
            functions = [membership.title for membership in obj.memberships.all()]
            words = functions[0] if functions else "personne"
        else:
            words = ", ".join(filter(None, [obj.nature_label, obj.seat.label if obj.seat else ""]))
        return f"{obj.name} – {words}{'' if obj.is_published else ' (brouillon)'}"


@admin.register(Actor)
class ActorAdmin(AlikeMixin, ChosenActor, HouseModelAdmin):
    """Not a list of its own: where either a person or an organisation may be chosen."""

    form = ActorForm

    def get_model_perms(self, request):
        return {}  # not in the menus

    def has_add_permission(self, request):
        return may(request.user, "add", Person) and may(request.user, "add", Organisation)

    def add_view(self, request, form_url="", extra_context=None):
        """Asks which of the two, then opens the right form: a popup of « + » beside a choice of either leads here."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Ajouter un acteur",
            "subtitle": None,
            "is_popup": "_popup" in request.GET,
            "query": request.GET.urlencode(),
        }
        return TemplateResponse(request, "admin/actors/choose_kind.html", context)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class OneKindOfActor(
    SeenElsewhereMixin, MergingMixin, ChosenActor, PublishableMixin, HistoryMixin, VersionedModelAdmin
):
    actions = (*PublishableMixin.actions, *MergingMixin.actions)
    list_select_related = ("seat",)
    save_as = False

    def get_queryset(self, request):
        return super().get_queryset(request).standing().select_related("seat")

    def save_model(self, request, obj, form, change):
        if not obj.slug:
            obj.slug = unique_slug(obj.name, Actor, FormerSlug)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for line in formset.save(commit=False):
            if hasattr(line, "author_id") and line.author_id is None:
                line.author = request.user
            line.save()
        for line in formset.deleted_objects:
            line.delete()
        formset.save_m2m()


@admin.register(Person)
class PersonAdmin(OneKindOfActor):
    form = PersonForm
    menu_rank = 20
    proxy_filter = {"kind": "person"}
    list_display = ("name", "functions", "state_label", "publication_basis", "last_confirmed_on")
    list_filter = ("state", "publication_basis")
    choices_only = {}
    fieldsets = (
        (None, {"fields": ("name", "family_name", "publication_basis", "publication_basis_on")}),
        (
            "Présentation et implantation",
            {
                "classes": ("collapse",),
                "fields": ("summary", "website", ("seat", "seat_basis"), "last_confirmed_on"),
            },
        ),
    )
    inlines = (
        inlines.Memberships,
        inlines.Expertises,
        inlines.OtherNames,
        inlines.Areas,
        inlines.Ties,
        inlines.ContactPoints,
        inlines.Notes,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("memberships__organisation")

    @admin.display(description="fonctions")
    def functions(self, obj):
        return "\u202f; ".join(membership.title for membership in obj.memberships.all())


@admin.register(Organisation)
class OrganisationAdmin(OneKindOfActor):
    form = OrganisationForm
    menu_rank = 21
    proxy_filter = {"kind": "organisation"}
    list_display = ("name", "nature", "seat", "state_label", "life", "last_confirmed_on")
    list_filter = ("state", "nature", "life", "is_named")
    fieldsets = (
        (None, {"fields": ("name", "nature", ("seat", "seat_basis"))}),
        (
            "Présentation et vie de l’organisation",
            {
                "classes": ("collapse",),
                "fields": (
                    "summary",
                    "website",
                    "is_named",
                    ("nature_basis", "nature_note"),
                    "governs",
                    "life",
                    ("founded", "dissolved"),
                    "size",
                    "last_confirmed_on",
                ),
            },
        ),
    )
    inlines = (
        inlines.OtherNames,
        inlines.Attachments,
        inlines.Expertises,
        inlines.Areas,
        inlines.PublishedContacts,
        inlines.Members,
        inlines.Memberships,
        inlines.Lineages,
        inlines.Ties,
        inlines.ContactPoints,
        inlines.Notes,
    )
