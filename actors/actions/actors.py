"""Entering people and organisations."""

from collections.abc import Iterable

from django.db import transaction

from foundations.slugs import unique_slug

from ..fingerprint import is_withdrawn
from ..models import Actor, ActorName, FormerSlug, Merge, Organisation, Person
from .record import record


def record_person(*, name: str, slug: str = "", **values) -> Person | None:
    """The person of this address (or a new one), entered; None when someone of this name asked to disappear.

    `values`: columns of Actor and options of `record`.
    """
    if is_withdrawn(name):
        return None
    if kept := _merged_into(slug):
        return Person.objects.get(pk=kept)
    return record(Person, name=name, slug=slug or unique_slug(name, Actor, FormerSlug), **values)


def _merged_into(slug: str) -> int | None:
    """The key of the actor that the one of this address was merged into, which what is said of it again is about."""
    merged = Merge.objects.standing().filter(absorbed__slug=slug) if slug else Merge.objects.none()
    found = merged.values_list("kept", flat=True).first()
    while further := Merge.objects.standing().filter(absorbed=found).values_list("kept", flat=True).first():
        found = further
    return found


@transaction.atomic
def record_organisation(
    *, name: str, slug: str = "", other_names: Iterable[tuple[str, str]] = (), **values
) -> Organisation | None:
    """The organisation of this address (or a new one), with its `other_names`: pairs of a spelling and a NameKind.

    `values`: columns of Actor and options of `record`. None when it was deleted and `overwrite` is off.
    """
    if kept := _merged_into(slug):
        return Organisation.objects.get(pk=kept)
    slug = slug or unique_slug(name, Actor, FormerSlug)
    organisation = record(Organisation, name=name, slug=slug, **values)
    options = {option: values[option] for option in ("tally", "overwrite") if option in values}
    for spelling, kind in other_names if organisation else ():
        record(ActorName, actor=organisation, name=spelling, kind=kind, **options)
    return organisation
