"""Draft, preview, publish: by a button of the form and in bulk from the list."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from ..models import State
from .permitted import permitted

BUTTONS = {"_publish": State.PUBLISHED, "_unpublish": State.DRAFT}


class PublishableMixin:
    """For a ModelAdmin of a `Publishable` model. Whoever may change a row may publish it."""

    actions = ("publish", "unpublish")
    change_form_template = "admin/publishable_change_form.html"

    @admin.display(description="état", ordering="state")
    def state_label(self, obj):
        return format_html('<span class="state state-{}">{}</span>', obj.state, obj.get_state_display())

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.wanted_state = next((state for name, state in BUTTONS.items() if name in request.POST), None)
        form.checked_too = (*form.checked_too, "state")
        return form

    def response_change(self, request, obj):
        if not any(name in request.POST for name in BUTTONS):
            return super().response_change(request, obj)
        self._say_state(request, obj)
        return self.response_to_state(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        if "_publish" in request.POST:
            self._say_state(request, obj)
            return self.response_to_state(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_to_state(self, request, obj):
        """After the button: the form again, where the link to the page is."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[obj.pk], current_app=self.admin_site.name))

    def _say_state(self, request, obj):
        told = (
            "publiée\u00a0: elle est visible de tous"
            if obj.is_published
            else "retirée du site\u00a0: c’est un brouillon"
        )
        self.message_user(request, f"La fiche «\u00a0{obj}\u00a0» est {told}.", messages.SUCCESS)

    @admin.action(description="Publier les fiches choisies", permissions=["change"])
    def publish(self, request, queryset):
        self._move(request, queryset, State.PUBLISHED, "publiée")

    @admin.action(description="Remettre en brouillon les fiches choisies", permissions=["change"])
    def unpublish(self, request, queryset):
        self._move(request, queryset, State.DRAFT, "remise en brouillon")

    def _move(self, request, queryset, state, word):
        """Moves row by row, so that one that cannot be published does not hold the others back, and says which."""
        asked = queryset.count()
        allowed = permitted(request.user, "change", queryset).exclude(state=state).order_by("pk")
        moved, refused = 0, []
        for obj in allowed:
            try:
                self._move_one(obj, state)
            except (ValidationError, IntegrityError) as error:
                refused.append(f"{obj} ({self._why(error)})")
            else:
                self.log_change(request, obj, word)
                moved += 1
        left = asked - permitted(request.user, "change", queryset).count()
        plural = "s" if moved > 1 else ""
        if moved:
            self.message_user(request, f"{moved} fiche{plural} {word}{plural}.", messages.SUCCESS)
        if refused:
            named = "\u202f; ".join(refused)
            self.message_user(request, f"Restées telles quelles\u00a0: {named}.", messages.WARNING)
        if left:
            self.message_user(
                request,
                f"{left} hors de vos écosystèmes, laissée{'s' if left > 1 else ''} telle quelle.",
                messages.WARNING,
            )

    def _why(self, error) -> str:
        if isinstance(error, ValidationError):
            return " ".join(error.messages)
        return "la base de données le refuse"

    @transaction.atomic
    def _move_one(self, obj, state):
        fresh = self.model._base_manager.select_for_update().get(pk=obj.pk)
        fresh.state = state
        words = self.form.constraint_words
        for model, constraints in fresh.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, fresh)
                except ValidationError as error:
                    raise ValidationError(words.get(constraint.name, error.messages)) from error
        fresh.save()
