"""The list of actors as a feed: the same search, the newest confirmed first."""

from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from ..search.criteria import in_words
from ..search.query import Search

SHOWN = 50


class ActorFeed(Feed):
    """`/acteurs.atom?…` with the parameters of the page; no more personal data than the page."""

    feed_type = Atom1Feed
    language = "fr"

    def __call__(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        # People who did not agree to be found by search engines are in it, as on the page.
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, request: HttpRequest) -> Search:
        data = request.GET.copy()
        data["tri"] = "recent"
        data.pop("page", None)
        return Search(data)

    def title(self, search: Search) -> str:
        words = in_words(search)
        return f"Passerelles\u00a0: {words}" if words else "Passerelles\u00a0: acteurs"

    def subtitle(self, search: Search) -> str:
        return "Les acteurs qui répondent à cette recherche, les derniers confirmés d’abord."

    def link(self, search: Search) -> str:
        return f"{reverse('actor_list')}?{search.data.urlencode()}"

    def feed_url(self, search: Search) -> str:
        return f"{reverse('actor_feed')}?{search.data.urlencode()}"

    def items(self, search: Search) -> list:
        return list(search.rows[:SHOWN])

    def item_title(self, entry) -> str:
        return entry.actor.name

    def item_link(self, entry) -> str:
        return entry.actor.get_absolute_url()

    def item_description(self, entry) -> str:
        seat = entry.actor.seat.label if entry.actor.seat else ""
        told = ", ".join(filter(None, [entry.actor.nature_label, seat]))
        return ". ".join(filter(None, [told[:1].upper() + told[1:], entry.actor.summary]))

    def item_updateddate(self, entry) -> datetime:
        """When the actor was last confirmed; when its row was last written, where nobody ever was."""
        if entry.confirmed_on:
            return datetime.combine(entry.confirmed_on, time(), tzinfo=UTC)
        return entry.actor.updated_at
