"""What a list of recommendations may be narrowed to; the state lives in the address."""

from collections import Counter
from urllib.parse import urlencode

import django_filters
from django.db.models import QuerySet

from foundations.text import sort_key
from workshops.models import Bearing, Progress, Recommendation, Theme, Workshop

# Beyond these options, a filter that is not in force is folded.
LONG = 8


def _workshops():
    """(slug, title) of the published workshops. Choices rather than a look-up: what is typed never reaches SQL."""
    return Workshop.objects.published().values_list("slug", "title")


def _themes():
    # Sorted here: the database may not know that É goes with E.
    return sorted(Theme.objects.values_list("slug", "name"), key=lambda theme: sort_key(theme[1]))


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
    theme = django_filters.ChoiceFilter(method="on_theme", choices=_themes, label="Thème", empty_label="Tous")

    class Meta:
        model = Recommendation
        fields: list[str] = []

    def on_theme(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.on_themes(Theme.objects.filter(slug=value))


def facets(chosen: RecommendationFilter, everything: QuerySet) -> list[dict]:
    """The filters as components/facet.html draws them: each option with its count under the other filters."""
    return [_facet(name, chosen, everything) for name in chosen.filters]


def _facet(name: str, chosen: RecommendationFilter, everything: QuerySet) -> dict:
    field = chosen.form.fields[name]
    others = {key: value for key, value in chosen.data.items() if key != name}
    found = RecommendationFilter(others, everything)
    counts = _counts(name, found.qs if found.is_valid() else everything)
    current = chosen.data.get(name, "")
    options = [{"value": "", "label": field.empty_label, "count": None, "checked": not current}]
    for value, label in field.choices:
        # A theme that nothing answers to is one line too many; a state that nothing is in says something.
        if value and (name in {"etat", "portage"} or counts.get(value) or value == current):
            named, checked = f"{label[0].upper()}{label[1:]}", current == value
            options.append(
                {"value": value, "label": named, "count": counts.get(value, 0), "checked": checked}
            )
    is_long = len(options) > LONG
    return {"name": name, "legend": field.label, "options": options, "folded": is_long and not current}


def _counts(name: str, found: QuerySet) -> dict[str, int]:
    """value → number of recommendations. A theme counts those that carry it or answer a finding that does."""
    found = found.order_by()
    if name == "theme":
        carried = found.values_list("themes__slug", "pk")
        answered = found.values_list("findings__themes__slug", "pk")
        return Counter(slug for slug, _ in {*carried, *answered})
    columns = {"etat": "progress", "portage": "bearing", "atelier": "workshop__slug"}
    return Counter(found.values_list(columns[name], flat=True))


def active_filters(chosen: RecommendationFilter) -> list[dict]:
    """The filters in force, each with the query string of the same list without it."""
    active = []
    for name, field in chosen.form.fields.items():
        labels = dict(field.choices)
        value = chosen.data.get(name, "")
        if value in labels and value:
            others = {key: other for key, other in chosen.data.items() if other and key not in {name, "page"}}
            active.append({"label": f"{field.label} : {labels[value]}", "url": f"?{urlencode(others)}"})
    return active
