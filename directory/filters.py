"""What a search of actors can be narrowed by. One FilterSet serves the page and its twins."""

from functools import cached_property

import django_filters as filters
from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import slug_re
from django.db.models import Q

from actors.models import Competence, Kind, Nature
from workshops.models import Workshop

from .models import SearchEntry
from .search.bonds import Bond

# How results are ordered: of a set known whole (SQL over the columns of `search.probe`), and of one too large to
# be sorted (`full`), which is walked in the order of an index. Both are total, so that nothing is shown twice or never
# from page to page. Who was never dated is not the latest.
SORTS = {
    "": {"label": "pertinence", "whole": "score DESC, bond_order, rank DESC, sort_name, actor_id"},
    "proche": {"label": "proximité", "whole": "bond_order, score DESC, rank DESC, sort_name, actor_id"},
    "nom": {"label": "nom", "whole": "sort_name, actor_id", "full": ["sort_name", "actor_id"]},
    "recent": {
        "label": "confirmation la plus récente",
        "whole": "confirmed_on DESC NULLS LAST, sort_name, actor_id",
    },
}
BY_RANK = ["-rank", "actor_id"]


class _SlugsField(forms.MultipleChoiceField):
    """Slugs, whatever they are: one that exists no more matches nothing, and no query is spent on checking."""

    def valid_value(self, value: str) -> bool:
        return bool(slug_re.match(value))


class _ChoicesFilter(filters.CharFilter):
    """Several values of one facet."""

    field_class = forms.MultipleChoiceField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, required=False, **kwargs)


class _SlugsFilter(_ChoicesFilter):
    field_class = _SlugsField


class ActorFilter(filters.FilterSet):
    """Facets over the search table. The words and the place are read before, in `search.query`."""

    lien = _ChoicesFilter(label="Lien au territoire", choices=Bond.choices, method="by_bond")
    genre = _ChoicesFilter(label="Qui", choices=Kind.choices, method="by_kind")
    nature = _ChoicesFilter(label="Nature", choices=Nature.choices, method="by_nature")
    competence = _SlugsFilter(label="Compétence", method="by_competence")
    atelier = _SlugsFilter(label="Vu en atelier", method="by_workshop")

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
        terms = Competence.objects.filter(Q(slug__in=values) | Q(parent__slug__in=values))
        return queryset.filter(competence_ids__overlap=ArraySubquery(terms.order_by().values("pk")))

    def by_workshop(self, queryset, name, values):
        if not values:
            return queryset
        seen_at = Workshop.objects.published().filter(slug__in=values)
        return queryset.filter(workshop_ids__overlap=ArraySubquery(seen_at.values("pk")))

    def chosen(self, facet: str) -> list[str]:
        """The valid choices made in `facet`."""
        return self._choices.get(facet) or []

    @cached_property
    def _choices(self) -> dict[str, list[str]]:
        self.errors  # noqa: B018  (validates the form, which fills cleaned_data)
        return self.form.cleaned_data

    def without(self, facet: str):
        """The rows that every other facet leaves: what the counts of `facet` are taken from."""
        queryset = self.queryset
        for name in self.FACETS:
            if name != facet:
                queryset = self.filters[name].filter(queryset, self.chosen(name))
        return queryset
