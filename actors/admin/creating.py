"""Entering someone new: who is already there under nearly the same name is shown before, and remembered after."""

from ..actions.identity import tell_apart

DISTINCT = "_distinct"
BUTTONS = ("_publish", "_addanother", "_continue", "_save")


class SeenElsewhereMixin:
    """For a list of actors of one kind; the form (forms.ActorForm) does the looking."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """« Ce n’est pas la même : enregistrer » does what the button that was pressed first would have done."""
        if request.method == "POST" and DISTINCT in request.POST:
            keys, _, button = request.POST[DISTINCT].partition(":")
            request.told_apart = frozenset(int(key) for key in keys.split(",") if key.isdecimal())
            request.POST = request.POST.copy()
            request.POST[button if button in BUTTONS else "_save"] = "1"
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.told_apart = getattr(request, "told_apart", frozenset())
        form.pressed = next((name for name in BUTTONS if name in request.POST), "_save")
        return form

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            for candidate in form.alike:
                tell_apart(one=obj, other=candidate.actor, by=request.user)
