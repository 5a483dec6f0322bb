"""What lists of recommendations and of findings may be narrowed to; the state lives in the address."""

from collections import Counter
from datetime import date
from urllib.parse import urlencode

import django_filters
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundations.text import sort_key
from workshops.models import Bearing, Finding, Progress, Recommendation, Theme, Workshop
from workshops.places import Places

# Beyond these options, a filter that is not in force is folded.
LONG = 8
# Since how long nothing was said: from so many years, to so many.
AGES = {
    "moins-d-un-an": ("moins d’un an", 0, 1),
    "un-a-deux-ans": ("un à deux ans", 1, 2),
    "deux-a-cinq-ans": ("deux à cinq ans", 2, 5),
    "plus-de-cinq-ans": ("plus de cinq ans", 5, 9999),
}


def _workshops():
    """(slug, title) of the published workshops. Choices rather than a look-up: what is typed never reaches SQL."""
    return Workshop.objects.published().values_list("slug", "title")


def _themes():
    # Sorted here: the database may not know that É goes with E.
    return sorted(Theme.objects.values_list("slug", "name"), key=lambda theme: sort_key(theme[1]))


def years_ago(years: int, today: date | None = None) -> date:
    """The same day so many years before; 28 February for a 29th that the year had not."""
    today = today or timezone.localdate()
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=max(today.year - years, 1), day=day)


def age_of(news_on: date) -> str:
    """The key of AGES for a day of last news."""
    return next(key for key, (_, _, until) in AGES.items() if news_on > years_ago(until))


class PlacedFilter(django_filters.FilterSet):
    """Abstract: of rows that belong to a workshop. `where`: the places of the published workshops.

    `shown`: the filters, in the order of the page. `always`: those whose options show even where nothing answers to
    them, for that says something too.
    """

    territoire = django_filters.ChoiceFilter(
        method="in_territory", choices=[], label="Territoire", empty_label="Tous"
    )
    shown: tuple[str, ...] = ("territoire",)
    always: set[str] = set()

    def __init__(self, data, queryset, *, where: Places):
        super().__init__(data, queryset)
        self.where = where
        self.filters["territoire"].extra["choices"] = where.choices

    def in_territory(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(workshop__in=self.where.workshops.get(value, set()))

    def counts(self, name: str, found: QuerySet) -> dict[str, int]:
        """value of the filter `name` → number of rows of `found`, which has no order."""
        of_workshop = Counter(found.values_list("workshop", flat=True))
        return {slug: sum(of_workshop[key] for key in keys) for slug, keys in self.where.workshops.items()}


def _years():
    return [(str(day.year), str(day.year)) for day in Workshop.objects.published().dates("date", "year")][
        ::-1
    ]


class FindingFilter(PlacedFilter):
    """Of findings, by where and when their workshop was."""

    shown = ("territoire", "annee")
    annee = django_filters.ChoiceFilter(
        field_name="workshop__date__year", choices=_years, label="Année", empty_label="Toutes"
    )

    class Meta:
        model = Finding
        fields: list[str] = []

    def counts(self, name: str, found: QuerySet) -> dict[str, int]:
        if name == "annee":
            return Counter(map(str, found.values_list("workshop__date__year", flat=True)))
        return super().counts(name, found)


class RecommendationFilter(PlacedFilter):
    """Expects a queryset annotated by `with_state()`."""

    shown = ("etat", "portage", "nouvelles", "territoire", "atelier", "theme")
    always = {"etat", "portage", "nouvelles"}
    etat = django_filters.ChoiceFilter(
        field_name="progress", choices=Progress.choices, label="Avancement", empty_label="Tous"
    )
    portage = django_filters.ChoiceFilter(
        field_name="bearing", choices=Bearing.choices, label="Qui la porte", empty_label="Tous"
    )
    nouvelles = django_filters.ChoiceFilter(
        method="without_news_for",
        choices=[(key, label) for key, (label, _, _) in AGES.items()],
        label="Dernières nouvelles il y a",
        empty_label="Toutes",
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

    def without_news_for(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        _, since, until = AGES[value]
        news = queryset.annotate(heard_on=Coalesce("last_said_on", "workshop__date"))
        return news.filter(heard_on__gt=years_ago(until), heard_on__lte=_latest(since))

    def counts(self, name: str, found: QuerySet) -> dict[str, int]:
        """A theme counts those that carry it or answer a finding that does."""
        if name == "theme":
            carried = found.values_list("themes__slug", "pk")
            answered = found.values_list("findings__themes__slug", "pk")
            return Counter(slug for slug, _ in {*carried, *answered})
        if name == "nouvelles":
            heard = found.annotate(heard=Coalesce("last_said_on", "workshop__date"))
            return Counter(map(age_of, heard.values_list("heard", flat=True)))
        columns = {"etat": "progress", "portage": "bearing", "atelier": "workshop__slug"}
        if name in columns:
            return Counter(found.values_list(columns[name], flat=True))
        return super().counts(name, found)


def _latest(since: int) -> date:
    return years_ago(since) if since else date.max  # what is dated of tomorrow is news too


def facets(chosen: PlacedFilter, everything: QuerySet) -> list[dict]:
    """The filters as components/facet.html draws them: each option with its count under the other filters."""
    return [_facet(name, chosen, everything) for name in chosen.shown]


def _facet(name: str, chosen: PlacedFilter, everything: QuerySet) -> dict:
    field = chosen.form.fields[name]
    others = {key: value for key, value in chosen.data.items() if key != name}
    found = type(chosen)(others, everything, where=chosen.where)
    counts = chosen.counts(name, (found.qs if found.is_valid() else everything).order_by())
    current = chosen.data.get(name, "")
    options = [{"value": "", "label": field.empty_label, "count": None, "checked": not current}]
    for value, label in field.choices:
        if value and (name in chosen.always or counts.get(value) or value == current):
            named, checked = f"{label[0].upper()}{label[1:]}", current == value
            options.append(
                {"value": value, "label": named, "count": counts.get(value, 0), "checked": checked}
            )
    is_long = len(options) > LONG
    return {"name": name, "legend": field.label, "options": options, "folded": is_long and not current}


def active_filters(chosen: PlacedFilter) -> list[dict]:
    """The filters in force, each with the query string of the same list without it."""
    active = []
    for name in chosen.shown:
        field = chosen.form.fields[name]
        labels = dict(field.choices)
        value = chosen.data.get(name, "")
        if value in labels and value:
            others = {key: other for key, other in chosen.data.items() if other and key not in {name, "page"}}
            active.append({"label": f"{field.label} : {labels[value]}", "url": f"?{urlencode(others)}"})
    return active
