"""The list of searches without an answer, where a click makes another name of a competence."""

from django import forms
from django.contrib import admin, messages
from django.urls import reverse

from foundations.admin import HouseForm, HouseModelAdmin

from .actions import vocabulary
from .models import UnansweredSearch


class StateFilter(admin.SimpleListFilter):
    """What waits comes first: the rest is asked for."""

    title = "état"
    parameter_name = "etat"

    def lookups(self, request, model_admin):
        return [("synonymes", "devenues des synonymes"), ("de-cote", "mises de côté"), ("toutes", "toutes")]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": "à traiter"}, *others]

    def queryset(self, request, queryset):
        states = {"synonymes": {"competence__isnull": False}, "de-cote": {"is_set_aside": True}, "toutes": {}}
        waiting = {"competence": None, "is_set_aside": False}
        return queryset.filter(**states.get(self.value(), waiting))


class UnansweredSearchForm(HouseForm):
    def clean_competence(self):
        competence = self.cleaned_data["competence"]
        other = competence and vocabulary.competence_called(self.instance.words, beside=competence)
        if other:
            raise forms.ValidationError(f"Ces mots désignent déjà la compétence « {other} ».")
        return competence


@admin.register(UnansweredSearch)
class UnansweredSearchAdmin(HouseModelAdmin):
    """Open to whoever may add a synonym: the words are nobody's."""

    form = UnansweredSearchForm
    menu_rank = 49
    fields = ("words", "count", "first_seen", "last_seen", "competence")
    readonly_fields = ("words", "count", "first_seen", "last_seen")
    list_display = ("words", "count", "last_seen", "competence")
    list_filter = (StateFilter,)
    list_select_related = ("competence",)
    search_fields = ("words",)
    actions = ("put_aside",)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(vocabulary.MAY_ADD_SYNONYMS)

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False  # `manage.py gather_unanswered` does

    def has_delete_permission(self, request, obj=None):
        return False  # the next gathering would bring it back: set it aside

    def save_model(self, request, obj, form, change):
        if obj.competence and "competence" in form.changed_data:
            vocabulary.make_synonym(unanswered=obj, competence=obj.competence, by=request.user)
            told = f"La recherche comprend maintenant « {obj.words} »\u00a0: {obj.competence}."
            self.message_user(request, told, messages.SUCCESS)

    @admin.action(description="Mettre de côté", permissions=["change"])
    def put_aside(self, request, queryset):
        count = vocabulary.set_aside(unanswered=queryset, by=request.user)
        plural = "s" if count > 1 else ""
        self.message_user(request, f"{count} recherche{plural} mise{plural} de côté.", messages.SUCCESS)

    def home_boxes(self, request):
        if not self.has_view_permission(request):
            return []
        waiting = UnansweredSearch.objects.waiting()
        rows = [
            {
                "title": f"« {row.words} »",
                "detail": f"{row.count} fois, la dernière le {row.last_seen:%d/%m/%Y}",
                "url": reverse("admin:directory_unansweredsearch_change", args=[row.pk]),
                "late": False,
            }
            for row in waiting[:6]
        ]
        return [
            {
                "rank": self.menu_rank,
                "title": "Recherches sans réponse",
                "count": waiting.count(),
                "url": reverse("admin:directory_unansweredsearch_changelist"),
                "rows": rows,
                "empty": "Rien à traiter.",
            }
        ]
