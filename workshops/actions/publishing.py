"""Showing a workshop to all, once its animator has looked at the check list."""

from django.db import transaction

from foundations.models import State

from ..models import Workshop


@transaction.atomic
def publish_workshop(*, workshop: Workshop) -> Workshop:
    """Publishes `workshop`; publishing it twice changes nothing."""
    fresh = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    if not fresh.is_published:
        fresh.state = State.PUBLISHED
        fresh.save(update_fields=["state", "updated_at"])
    return fresh
