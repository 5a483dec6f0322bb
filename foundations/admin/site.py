"""The administration site: plain words, a home page that says what is waiting, choices that tell homonyms apart."""

from django.contrib.admin import AdminSite

from .autocomplete import HouseAutocompleteView


class HouseAdminSite(AdminSite):
    site_header = "Passerelles"
    site_title = "Passerelles, saisie"
    index_title = "Que voulez-vous faire\u202f?"
    enable_nav_sidebar = False  # the home page and the breadcrumbs lead everywhere, on a telephone too
    empty_value_display = "–"

    def autocomplete_view(self, request):
        return HouseAutocompleteView.as_view(admin_site=self)(request)

    def index(self, request, extra_context=None):
        return super().index(request, {"boxes": self.boxes(request), **(extra_context or {})})

    def boxes(self, request) -> list[dict]:
        """What waits for this user: each ModelAdmin may offer boxes by a method `home_boxes(request)`.

        A box is {rank, title, count, url, rows: [{title, detail, url, late}], empty}; the lowest rank comes first.
        """
        found = [
            box
            for admin in self._registry.values()
            if hasattr(admin, "home_boxes")
            for box in admin.home_boxes(request)
        ]
        return sorted(found, key=lambda box: box["rank"])

    def get_app_list(self, request, app_label=None):
        """Floors and lists in the order of the work: `menu_rank` of each ModelAdmin (100 by default)."""
        apps = list(self._build_app_dict(request, app_label).values())
        for app in apps:
            app["models"].sort(key=lambda model: (self._rank(model["model"]), model["name"]))
        return sorted(apps, key=lambda app: (self._rank(app["models"][0]["model"]), app["name"]))

    def _rank(self, model) -> int:
        return getattr(self._registry[model], "menu_rank", 100)
