"""Every text column of the database, read and rewritten whatever floor it belongs to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, connection, models, transaction

from foundations.masking import REMOVED_SLUG, Mask, words_of

# What a sweep leaves alone, and why.
_LEFT_ALONE = {
    "auth.User",  # a person's own account is not a publication: it is closed in the administration
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
    "sessions.Session",  # encoded, short-lived, and about accounts
    "directory.SearchEntry",  # written by triggers only, from rows that the sweep rewrites
    "directory.NameStart",  # likewise
    "actors.Withdrawal",  # fingerprints
    "foundations.ThrottleCount",
}
_APPS_LEFT_ALONE = {"territories"}  # official names: a commune that is called like a person stays


@dataclass
class Found:
    """A row whose texts hold a name, and those texts."""

    model: type[models.Model]
    pk: Any
    texts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.model._meta.verbose_name} {self.pk}"

    def all_texts(self) -> Iterator[str]:
        for value in self.texts.values():
            yield from _strings(value)


def text_columns(model: type[models.Model]) -> list[models.Field]:
    """The columns of `model` where anyone may write words: no choices, no generated column, no key."""
    return [column for column in model._meta.concrete_fields if _holds_text(column)]


def rows_holding(
    words: Iterable[str], *, only: Callable[[type[models.Model]], models.Q | None] | None = None
) -> list[Found]:
    """Rows, of any table, with one of `words` (lower case, no accents) in a text column.

    `only`: the rows of a model to look at, None for none of them; without it, all rows of all models.
    """
    found: list[Found] = []
    for model in _swept_models():
        columns = text_columns(model)
        condition = only(model) if only else models.Q()
        if columns and condition is not None:
            found += _rows_of(model, columns, list(words), condition)
    return found


def rewrite(found: Found, mask: Mask) -> bool:
    """Masks the texts of a row; returns whether that changed it."""
    columns = {column.attname: column for column in text_columns(found.model)}
    changes = {}
    for name, value in found.texts.items():
        masked = _masked(columns[name], value, mask)
        if masked != value:
            changes[name] = masked
    if changes:
        _update(found, changes)
    return bool(changes)


def _swept_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if (
            meta.managed
            and not meta.proxy
            and meta.label not in _LEFT_ALONE
            and meta.app_label not in _APPS_LEFT_ALONE
        ):
            yield model


def _holds_text(column: models.Field) -> bool:
    if (
        column.primary_key
        or column.is_relation
        or column.choices
        or isinstance(column, models.GeneratedField)
    ):
        return False
    inner = column.base_field if isinstance(column, ArrayField) else column
    return isinstance(inner, models.CharField | models.TextField | models.JSONField)


def _rows_of(model, columns: list[models.Field], words: list[str], condition: models.Q) -> Iterator[Found]:
    """The database chooses the rows by the same folding of letters that searches use."""
    quote = connection.ops.quote_name
    whole = ", ".join(f"{quote(model._meta.db_table)}.{quote(column.column)}::text" for column in columns)
    patterns = [f"%{word}%" for word in words]
    rows = model._base_manager.filter(condition).extra(  # noqa: S610 — our own columns; no ORM function folds them all
        where=[f"sort_key(concat_ws(' ', {whole})) LIKE ANY(%s)"], params=[patterns]
    )
    names = [column.attname for column in columns]
    for pk, *values in rows.values_list("pk", *names):
        yield Found(model, pk, dict(zip(names, values, strict=True)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _masked(column: models.Field, value: Any, mask: Mask) -> Any:
    if isinstance(value, dict):
        return {_masked(column, key, mask): _masked(column, item, mask) for key, item in value.items()}
    if isinstance(value, list):
        inner = column.base_field if isinstance(column, ArrayField) else column
        return [_masked(inner, item, mask) for item in value]
    if not isinstance(value, str) or not mask.names_someone(value):
        return value
    if isinstance(column, models.EmailField | models.URLField):
        return ""  # half an address leads nowhere
    if isinstance(column, models.SlugField):
        return f"{REMOVED_SLUG}-{token_hex(4)}"
    longest = getattr(column, "max_length", None)
    return mask(value)[:longest]


def _update(found: Found, changes: dict[str, Any]) -> None:
    """Writes the row. Where a unique constraint refuses two alike masked texts, a few letters tell them apart."""
    row = found.model._base_manager.filter(pk=found.pk)
    try:
        with transaction.atomic():
            row.update(**changes)
    except IntegrityError:
        row.update(**{name: _told_apart(found, name, value) for name, value in changes.items()})


def _told_apart(found: Found, name: str, value: Any) -> Any:
    column = found.model._meta.get_field(name)
    if not isinstance(value, str) or not value or isinstance(column, models.SlugField):
        return value
    longest = getattr(column, "max_length", None) or len(value) + 10
    return f"{value[: longest - 7]} ({token_hex(2)})"


def searched_words(names: Iterable[str]) -> set[str]:
    """One word a name, its longest, by which to find the rows that may hold it."""
    return {max(words, key=len) for words in map(words_of, names) if words}
