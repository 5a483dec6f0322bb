"""What the page of an actor, an initiative or a competence gathers, folded where it is seldom filled."""

from django import forms
from django.utils import timezone

from foundations.admin import HouseForm, HouseStacked, HouseTabular
from foundations.admin.permitted import may

from .. import models
from .sourced import PRECISIONS, SourcedForm

ORGANISATION = {"kind": "organisation"}
PERSON = {"kind": "person"}


class SourcedInline(HouseStacked):
    form = SourcedForm
    classes = ("collapse",)
    # The fields asked first; those that the source of the fact needs follow, folded.
    main: tuple = ()

    def get_fieldsets(self, request, obj=None):
        self.fieldsets = ((None, {"fields": self.main}), PRECISIONS)
        return super().get_fieldsets(request, obj)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")


class OtherNames(HouseTabular):
    model = models.ActorName
    classes = ("collapse",)
    fields = ("name", "kind")


class Memberships(SourcedInline):
    model = models.Membership
    fk_name = "member"
    choices_only = {"organisation": ORGANISATION}
    verbose_name, verbose_name_plural = "fonction", "fonctions et appartenances"
    main = (
        "organisation",
        "role",
        "unit",
        ("since", "until"),
        "delegations",
        "is_elected",
        "programme",
        "note",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation", "member")


class Members(SourcedInline):
    model = models.Membership
    fk_name = "organisation"
    verbose_name, verbose_name_plural = "membre", "membres"
    main = ("member", "role", "unit", ("since", "until"), "delegations", "is_elected", "programme", "note")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation", "member")


class Attachments(SourcedInline):
    model = models.Attachment
    fk_name = "organisation"
    choices_only = {"parent": ORGANISATION}
    main = ("parent", ("since", "until"))

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation", "parent")


class Lineages(SourcedInline):
    model = models.Lineage
    fk_name = "successor"
    choices_only = {"predecessor": ORGANISATION}
    main = ("kind", "predecessor", "happened")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("successor", "predecessor")


class ExpertiseForm(SourcedForm):
    constraint_words = {
        **SourcedForm.constraint_words,
        "expertise_terms_of_an_offer": "« À qui » et « à quelles conditions » vont avec une aide proposée.",
    }


class Expertises(SourcedInline):
    model = models.Expertise
    form = ExpertiseForm
    main = ("competence", "evidence", "helps", "help_audience", "help_terms")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor", "competence")


class Areas(SourcedInline):
    model = models.ActorArea
    main = ("territory",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor", "territory")


class TieForm(SourcedForm):
    constraint_words = {
        **SourcedForm.constraint_words,
        "tie_to_an_actor_or_a_category": "Choisissez un acteur, ou écrivez une catégorie\u00a0: l’un des deux.",
        "tie_to_another": "Un acteur n’est pas en lien avec lui-même.",
    }


class Ties(SourcedInline):
    model = models.Tie
    form = TieForm
    fk_name = "from_actor"
    choices_only = {"voice_person": PERSON}
    verbose_name_plural = "liens avec d’autres (être au même atelier n’est pas un lien)"
    main = (
        "kind",
        "to_actor",
        "to_category",
        "label",
        "subject",
        ("frequency", "closeness"),
        "trigger",
        ("since", "until"),
        "voice",
        "voice_person",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("from_actor", "to_actor")


class PublishedContacts(SourcedInline):
    model = models.PublishedContact
    verbose_name_plural = "coordonnées publiées (standard, adresse, formulaire)"
    main = (("kind", "value"),)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


class _Private:
    """Seen only by those who look after the actor: being able to read the rest is not enough."""

    def has_view_permission(self, request, obj=None):
        return may(request.user, "view", self.model, obj)


class ContactPointForm(HouseForm):
    constraint_words = {"contact_point_is_not_empty": "Écrivez une adresse e-mail ou un téléphone."}

    def clean_keep_until(self):
        until = self.cleaned_data["keep_until"]
        if until < timezone.localdate():
            raise forms.ValidationError("Cette date est passée\u00a0: la coordonnée serait à effacer.")
        return until


class ContactPoints(_Private, HouseStacked):
    model = models.ContactPoint
    form = ContactPointForm
    classes = ("collapse",)
    verbose_name_plural = "coordonnées privées (jamais montrées sur le site)"
    fields = (("email", "phone"), "basis", "keep_until")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


class Notes(_Private, HouseStacked):
    model = models.PrivateNote
    classes = ("collapse",)
    verbose_name_plural = "notes privées et rappels"
    fields = ("text", ("call_back_on", "is_done"))


class BearerForm(SourcedForm):
    constraint_words = {
        **SourcedForm.constraint_words,
        "bearer_is_an_actor_or_words": "Choisissez un acteur, ou écrivez les mots de la source\u00a0: l’un des deux.",
    }


class Bearers(SourcedInline):
    model = models.InitiativeBearer
    form = BearerForm
    classes = ()
    main = ("actor", "unnamed", "part")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor", "initiative")


class FollowingInitiatives(SourcedInline):
    model = models.InitiativeLineage
    fk_name = "earlier"
    verbose_name_plural = "ce qu’elle a permis"
    main = ("later", "label")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("earlier", "later")


class Synonyms(HouseTabular):
    model = models.CompetenceSynonym
    fields = ("name",)
    extra = 2
