"""What a search of actors can be narrowed by. One FilterSet serves the page and its twins."""

import django_filters as filters
from django import forms
from django.db.models import Q

from actors.models import Competence, Kind, Nature
from workshops.models import Workshop

from .models import SearchEntry
from .search.bonds import Bond

SORTS = {
    "": ("pertinence", ["-score", "bond_order", "sort_name", "actor_id"]),
    "proche": ("proximité", ["bond_order", "-score", "sort_name", "actor_id"]),
    "nom": ("nom", ["sort_name", "actor_id"]),
    "recent": (
        "confirmation la plus récente",
        ["-confirmed_on", "sort_name", "actor_id"],
    ),
}


class _SlugsFilter(filters.CharFilter):
    """Several values of one facet, each a slug; unknown ones match nothing rather than fail."""

    field_class = forms.MultipleChoiceField

    def __init__(self, *args, choices, **kwargs):
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(*args, choices=choices, required=False, **kwargs)


def _competences():
    return [(slug, name) for slug, name in Competence.objects.values_list("slug", "name")]


def _workshops():
    return [(slug, title) for slug, title in Workshop.objects.published().values_list("slug", "title")]


class ActorFilter(filters.FilterSet):
    """Facets over the search table. The words and the place are read before, in `search.query`."""

    lien = _SlugsFilter(label="Lien au territoire", choices=Bond.choices, method="by_bond")
    genre = _SlugsFilter(label="Qui", choices=Kind.choices, method="by_kind")
    nature = _SlugsFilter(label="Nature", choices=Nature.choices, method="by_nature")
    competence = _SlugsFilter(label="Compétence", choices=_competences, method="by_competence")
    atelier = _SlugsFilter(label="Vu en atelier", choices=_workshops, method="by_workshop")

    class Meta:
        model = SearchEntry
        fields = []

    FACETS = ("lien", "genre", "nature", "competence", "atelier")

    def by_bond(self, queryset, name, values):
        if not values or "bond" not in queryset.query.annotations:
            return queryset
        return queryset.filter(bond__in=values)

    def by_kind(self, queryset, name, values):
        return queryset.filter(kind__in=values) if values else queryset

    def by_nature(self, queryset, name, values):
        return queryset.filter(nature__in=values) if values else queryset

    def by_competence(self, queryset, name, values):
        """A term stands for itself and for what lies under it."""
        if not values:
            return queryset
        ids = Competence.objects.filter(Q(slug__in=values) | Q(parent__slug__in=values)).values_list(
            "pk", flat=True
        )
        return queryset.filter(competence_ids__overlap=list(ids))

    def by_workshop(self, queryset, name, values):
        if not values:
            return queryset
        ids = Workshop.objects.published().filter(slug__in=values).values_list("pk", flat=True)
        return queryset.filter(workshop_ids__overlap=list(ids))

    def chosen(self, facet: str) -> list[str]:
        """The valid choices made in `facet`."""
        self.errors  # noqa: B018  (validates the form, which fills cleaned_data)
        return self.form.cleaned_data.get(facet) or []

    def without(self, facet: str):
        """The rows that every other facet leaves: what the counts of `facet` are taken from."""
        self.errors  # noqa: B018  asked for its effect
        queryset = self.queryset
        for name in self.FACETS:
            if name != facet:
                queryset = self.filters[name].filter(queryset, self.form.cleaned_data.get(name) or [])
        return queryset
