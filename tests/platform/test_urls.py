"""Each address leads to one page: of two patterns alike on different floors, the second would never be reached."""

from collections import Counter
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def _routes(patterns, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield route
        elif isinstance(pattern, URLResolver) and not route.startswith(
            "admin/"
        ):  # Django's own, with detours
            yield from _routes(pattern.url_patterns, route)


def test_no_address_hides_another():
    routes = Counter(_routes(get_resolver().url_patterns))
    assert len(routes) > 50
    assert [route for route, count in routes.items() if count > 1] == []
