"""What a list of recommendations may be narrowed to; the state lives in the address."""

import django_filters
from django.db.models import QuerySet

from workshops.models import Bearing, Progress, Recommendation, Theme, Workshop


def _workshops():
    """(slug, title) of the published workshops. Choices rather than a look-up: what is typed never reaches SQL."""
    return Workshop.objects.published().values_list("slug", "title")


def _themes():
    return Theme.objects.order_by("name").values_list("slug", "name")


class RecommendationFilter(django_filters.FilterSet):
    """Expects a queryset annotated by `with_state()`."""

    etat = django_filters.ChoiceFilter(
        field_name="progress", choices=Progress.choices, label="Avancement", empty_label="Tous"
    )
    portage = django_filters.ChoiceFilter(
        field_name="bearing", choices=Bearing.choices, label="Qui la porte", empty_label="Tous"
    )
    atelier = django_filters.ChoiceFilter(
        field_name="workshop__slug", choices=_workshops, label="Atelier", empty_label="Tous"
    )
    theme = django_filters.ChoiceFilter(
        method="on_theme", choices=_themes, label="Thème", empty_label="Tous"
    )

    class Meta:
        model = Recommendation
        fields: list[str] = []

    def on_theme(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.on_themes(Theme.objects.filter(slug=value))
