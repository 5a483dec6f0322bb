"""What holds for every request, whatever page answers it."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, cast

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import get_resolver
from django.utils.cache import patch_cache_control

Next = Callable[[HttpRequest], HttpResponseBase]

SAFE = ("GET", "HEAD", "OPTIONS")
# The site has pages and forms. Whoever adds an API adds its methods here.
KNOWN = (*SAFE, "POST")
LONGEST_QUERY = 8_192  # bytes; the longest search the filters can write is a tenth of it
LONGEST_PATH = 1_024  # bytes


class BoundedRequestMiddleware:
    """Turns away what no page means: unknown methods (405), null bytes and endless addresses (400).

    PostgreSQL stores no null byte and says so with an error: without this, `/acteurs/?q=%00` would be a 500. The 400
    page is the site's own: templates/400.html, through Django's error handler.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in KNOWN:
            return HttpResponseNotAllowed(KNOWN)
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY or len(request.path_info) > LONGEST_PATH:
            return _refused(request)
        if "\x00" in request.path_info or "\x00" in query or "%00" in query:
            return _refused(request)
        return self.get_response(request)


def _refused(request: HttpRequest) -> HttpResponseBase:
    """The site's 400 page. Returned, not raised: robots send such things all day, a trace of each fills the logs."""
    handler: Callable[..., HttpResponseBase] = get_resolver().resolve_error_handler(400)
    return handler(request, exception=None)


class NullFreeFormMiddleware:
    """A null byte in a sent form is a 400 too. After the CSRF check, which has read the form already."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        if request.method == "POST" and any(
            "\x00" in text for name, values in request.POST.lists() for text in (name, *values)
        ):
            return _refused(request)
        return None


class WriteInSafeRequest(RuntimeError):
    """A GET, HEAD or OPTIONS tried to change the database."""


# What reads, and what opens or closes a savepoint around reads.
_READS = re.compile(
    r"\s*\(*\s*(SELECT|WITH|EXPLAIN|SHOW|VALUES|DECLARE|FETCH|CLOSE|SAVEPOINT|RELEASE|ROLLBACK|SET\s+CONSTRAINTS)\b",
    re.IGNORECASE,
)
# A WITH can hide a write, and a lock keeps writers waiting. Quoted words are names and texts, not orders.
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_WRITES = re.compile(
    r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|INTO\s+TEMP|FOR\s+(NO\s+KEY\s+)?(UPDATE|SHARE)|nextval|setval)\b",
    re.IGNORECASE,
)
# Django forgets a session whose password changed elsewhere, and renews one signed by a former SECRET_KEY, whatever
# the method of the request that brings it. That is upkeep of the log-in, not of the directory.
_SESSION = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"django_session"\s')


def refuse_writes(execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
    """A wrapper for `connection.execute_wrapper`: lets reads through, raises WriteInSafeRequest for the rest."""
    text = sql if isinstance(sql, str) else str(sql)
    reads = _READS.match(text) and not _WRITES.search(_QUOTED.sub("", text))
    if not reads and not _SESSION.match(text):
        raise WriteInSafeRequest(f"A GET, HEAD or OPTIONS must not write: {text[:200]}")
    return execute(sql, params, many, context)


@contextmanager
def reading_only() -> Iterator[None]:
    """Inside, no connection of this thread executes anything but reads."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(refuse_writes))
        yield


class SafeRequestsReadOnlyMiddleware:
    """A GET never writes: here it fails, in production as in tests.

    Why not let PostgreSQL refuse (`SET TRANSACTION READ ONLY`)? It would put every page in a transaction: two more
    trips to the server each, an error in one query spoiling those that follow, a pooler's connection held for the
    whole page, and no exception for the upkeep of sessions. The wrapper costs a regular expression per query, sees
    `update()` and raw SQL alike, and works inside the transaction of a test. What it cannot see, a SELECT of a
    function that writes, we have none of (triggers only run on writes).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE:
            return self.get_response(request)
        with reading_only():
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            # A long CSV is read while it is sent, after this method has returned.
            response.streaming_content = _streamed(cast(Iterator[bytes], response.streaming_content))
        return response


def _streamed(content: Iterator[bytes]) -> Iterator[bytes]:
    with reading_only():
        yield from content


class RevalidationMiddleware:
    """Public pages are `no-cache`: anyone may keep them, nobody shows them without asking (a withdrawal shows at once).

    The question is cheap: ConditionalGetMiddleware, below, gives each page its ETag. A page for someone logged in is
    `private`. What a view says of itself (the administration says `no-store`) stands.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            logged_in = settings.SESSION_COOKIE_NAME in request.COOKIES
            patch_cache_control(response, no_cache=True, **({"private": True} if logged_in else {}))
        return response
