"""Search in the administration: blind to accents, case, hyphens and apostrophes, as the public search is."""

from django.db.models import CharField, TextField, Transform

from ..text import sort_key


class SortKeyLookup(Transform):
    """`name__sort_key`: the column as the SQL function `sort_key` folds it."""

    lookup_name = "sort_key"
    function = "sort_key"
    output_field = TextField()


CharField.register_lookup(SortKeyLookup)
TextField.register_lookup(SortKeyLookup)


class AccentBlindSearch:
    """For a ModelAdmin: each plain name of `search_fields` is compared without accents with what was typed."""

    def get_search_fields(self, request):
        return [f"{name}__sort_key" for name in super().get_search_fields(request)]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, sort_key(search_term))
