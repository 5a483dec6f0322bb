"""« Demander au porteur »: from a recommendation's page, the link by which its bearer says where it stands."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from actors.letters import mail_is_set
from actors.models import Actor, ContactPoint
from foundations.admin.permitted import permitted
from foundations.throttle import HourlyLimit, allowed

from ..actions.asking import Asked, ask_bearer, revoke_links
from ..models import BearerLink

# A double click, or two animators on the same evening, must not fill a mailbox.
TO_BEARER = HourlyLimit(per_address=3, overall=300)


class AskingMixin:
    """For the ModelAdmin of recommendations."""

    change_form_template = "admin/workshops/recommendation_change_form.html"

    def get_urls(self):
        ask = self.admin_site.admin_view(self.ask_view)
        return [path("<int:key>/demander/", ask, name="workshops_recommendation_ask"), *super().get_urls()]

    @method_decorator(never_cache)
    def ask_view(self, request, key):
        """GET says whom and how; POST sends the link, makes one to pass on, or closes those that are open."""
        row = get_object_or_404(self.get_queryset(request).select_related("workshop"), pk=key)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        bearer = Actor.objects.filter(pk=row.bearer_id).first()
        asked = None
        if request.method == "POST" and bearer:
            if request.POST.get("step") == "revoke":
                return self._revoke(request, bearer)
            asked = self._ask(request, row, bearer)
        context = {
            **self.admin_site.each_context(request),
            "title": "Demander où elle en est",
            "subtitle": None,
            "opts": self.opts,
            "row": row,
            "bearer": bearer,
            "asked": asked,
            "can_mail": mail_is_set() and bool(bearer and self._points(request, bearer).exists()),
            "open_links": BearerLink.objects.alive().filter(actor=bearer).order_by("created_at"),
        }
        return TemplateResponse(request, "admin/workshops/ask_bearer.html", context)

    def _points(self, request, bearer):
        """The addresses of the bearer that this user may read and that are still to be kept."""
        points = permitted(request.user, "view", ContactPoint.objects.filter(actor=bearer))
        return points.filter(keep_until__gte=timezone.localdate()).exclude(email="")

    def _ask(self, request, row, bearer) -> Asked | None:
        if not allowed("ask-bearer", str(bearer.pk), TO_BEARER):
            told = "Ce porteur vient déjà de recevoir plusieurs liens. Réessayez dans une heure."
            self.message_user(request, told, messages.ERROR)
            return None
        by_mail = request.POST.get("step") == "send"
        points = self._points(request, bearer) if by_mail else ()
        site = f"{request.scheme}://{request.get_host()}"
        self.log_change(request, row, "lien fait pour le porteur")
        return ask_bearer(actor=bearer, by=request.user, site=site, points=points)

    def _revoke(self, request, bearer):
        closed = revoke_links(actor=bearer, by=request.user)
        told = "Aucun lien n’était ouvert." if not closed else f"Liens fermés\u00a0: {closed}."
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(request.path)
