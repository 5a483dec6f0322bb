"""People and organisations: entering them, renaming them, publishing."""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from foundations.models import State

from ..fingerprint import is_withdrawn
from ..models import Actor, ActorName, FormerSlug, NameKind, Organisation, Person
from .record import record


def free_slug(name: str, *, besides: int | None = None) -> str:
    """An address for `name` that no actor has or had: « cisca », else « cisca-2 »…; `besides` is one's own id."""
    base = slugify(name.replace("’", "-").replace("'", "-"))[:100] or "acteur"
    taken = set(
        Actor.objects.exclude(pk=besides).filter(slug__startswith=base).values_list("slug", flat=True)
    )
    former = FormerSlug.objects.exclude(actor_id=besides).filter(slug__startswith=base)
    taken |= set(former.values_list("slug", flat=True))
    candidates = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def record_person(*, name: str, slug: str = "", **values) -> Person | None:
    """The person of this address, entered if new; None when someone of this name asked to disappear.

    `values`: columns of Actor and options of `record`.
    """
    if is_withdrawn(name):
        return None
    return record(Person, name=name, slug=slug or free_slug(name), **values)


@transaction.atomic
def record_organisation(
    *, name: str, slug: str = "", other_names: Iterable[tuple[str, str]] = (), **values
) -> Organisation | None:
    """The organisation of this address, entered if new, with its `other_names`: pairs of a spelling and a NameKind.

    `values`: columns of Actor and options of `record`. None when it was deleted and `overwrite` is off.
    """
    organisation = record(Organisation, name=name, slug=slug or free_slug(name), **values)
    options = {option: values[option] for option in ("tally", "overwrite") if option in values}
    for spelling, kind in other_names if organisation else ():
        record(ActorName, actor=organisation, name=spelling, kind=kind, **options)
    return organisation


@transaction.atomic
def rename_actor(*, actor: Actor, name: str, keep_former: bool = True) -> Actor:
    """Gives `actor` a new name and the address that goes with it; the old address redirects for good.

    `keep_former=False` when the old name was a mistake: it is then no longer found by search.
    """
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    if name == actor.name:
        return actor
    slug = free_slug(name, besides=actor.pk)
    if keep_former and not actor.is_person:
        ActorName.objects.get_or_create(actor=actor, name=actor.name, defaults={"kind": NameKind.FORMER})
    if slug != actor.slug:
        FormerSlug.objects.filter(slug=slug).delete()
        FormerSlug.objects.get_or_create(slug=actor.slug, defaults={"actor": actor})
    ActorName.objects.filter(actor=actor, name=name).delete()
    actor.name, actor.slug = name, slug
    actor.save(update_fields=["name", "slug", "updated_at"])
    return actor


@transaction.atomic
def publish(*, rows: models.QuerySet) -> int:
    """Shows drafts to the public; returns how many changed. A row the database may not publish stops the lot."""
    return rows.exclude(state=State.PUBLISHED).update(state=State.PUBLISHED, updated_at=timezone.now())


@transaction.atomic
def unpublish(*, rows: models.QuerySet) -> int:
    """Takes rows back from the public; returns how many changed."""
    return rows.exclude(state=State.DRAFT).update(state=State.DRAFT, updated_at=timezone.now())
