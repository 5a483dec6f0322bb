"""Reads variables of the environment and says, in one sentence, what to do about one that is missing or malformed."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, EnvValidationError, validate

env = Env()
T = TypeVar("T")


def read(reader: Callable[..., T], name: str, advice: str, **options: Any) -> T:
    """The variable `name` read by `reader`, one of the methods of `env`.

    `advice` is an order that ends the sentence of an error: "Write …". Without `default` the variable must be set.
    Raises ImproperlyConfigured; the value itself is never quoted, since it may be a secret.
    """
    try:
        return reader(name, **options)
    except EnvValidationError:
        problem = "cannot be understood"
    except EnvError:
        problem = "is not set"
    raise ImproperlyConfigured(f"The environment variable {name} {problem}: {advice}")


def at_least(minimum: int) -> validate.Range:
    """Validator of a number."""
    return validate.Range(min=minimum)


def one_of(*words: str) -> validate.OneOf:
    """Validator of a word."""
    return validate.OneOf(words)


def is_cache_url(url: str) -> None:
    """Validator: a cache whose library is there, told now rather than at the first visit.

    No cache in the database: to fill it is a write, and a GET never writes.
    """
    scheme = urlsplit(url).scheme
    if scheme not in {"locmem", "redis", "rediss"} or (scheme != "locmem" and not find_spec("redis")):
        raise validate.ValidationError("no such cache")


def secret(value: str) -> None:
    """Validator of a key: as long and as varied as `check --deploy` wants it."""
    if len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-"):
        raise validate.ValidationError("too easy to guess")


def database(url_reader: Callable[..., dict], advice: str) -> dict[str, Any]:
    """DATABASE_URL as Django wants it, and only if it is PostgreSQL's.

    `?host=/folder` (a socket) becomes Django's HOST, which `dbshell` reads too: in the middle of a URL a path would
    lose its capital letters.
    """
    parsed = read(url_reader, "DATABASE_URL", advice)
    if parsed["ENGINE"] != "django.db.backends.postgresql" or not parsed["NAME"]:
        raise ImproperlyConfigured(f"The environment variable DATABASE_URL cannot be understood: {advice}")
    options = parsed.setdefault("OPTIONS", {})
    parsed["HOST"] = options.pop("host", parsed["HOST"])
    return parsed


def is_email_url(url: str) -> None:
    """Validator: a scheme that sends (or plainly does not), and a host where one is needed."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "submission", "console", "dummy", "memory"}:
        raise validate.ValidationError("unknown scheme")
    if parts.scheme in {"smtp", "submission"} and not parts.hostname:
        raise validate.ValidationError("no host")
