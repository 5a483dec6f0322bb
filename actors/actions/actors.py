"""Entering people and organisations."""

from collections.abc import Iterable

from django.db import transaction

from foundations.slugs import unique_slug

from ..fingerprint import is_withdrawn
from ..models import Actor, ActorName, FormerSlug, Organisation, Person
from .record import record


def record_person(*, name: str, slug: str = "", **values) -> Person | None:
    """The person of this address (or a new one), entered; None when someone of this name asked to disappear.

    `values`: columns of Actor and options of `record`.
    """
    if is_withdrawn(name):
        return None
    return record(Person, name=name, slug=slug or unique_slug(name, Actor, FormerSlug), **values)


@transaction.atomic
def record_organisation(
    *, name: str, slug: str = "", other_names: Iterable[tuple[str, str]] = (), **values
) -> Organisation | None:
    """The organisation of this address (or a new one), with its `other_names`: pairs of a spelling and a NameKind.

    `values`: columns of Actor and options of `record`. None when it was deleted and `overwrite` is off.
    """
    slug = slug or unique_slug(name, Actor, FormerSlug)
    organisation = record(Organisation, name=name, slug=slug, **values)
    options = {option: values[option] for option in ("tally", "overwrite") if option in values}
    for spelling, kind in other_names if organisation else ():
        record(ActorName, actor=organisation, name=spelling, kind=kind, **options)
    return organisation
