"""Rows of the ecosystems floor."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone

from ecosystems import models

from .workshops import WorkshopFactory


class EcosystemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Ecosystem
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Écosystème {n}")
    slug = factory.Sequence(lambda n: f"ensemble-{n}")
    state = "published"

    @factory.post_generation
    def actors(self, create, extracted, **kwargs):
        self.actors.add(*(extracted or ()))

    @factory.post_generation
    def territories(self, create, extracted, **kwargs):
        self.territories.add(*(extracted or ()))


class CollectionFactory(factory.django.DjangoModelFactory):
    """Open until tomorrow."""

    class Meta:
        model = models.Collection

    workshop = factory.SubFactory(WorkshopFactory)
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))


class DrawingFactory(factory.django.DjangoModelFactory):
    """Sent, and not yet read."""

    class Meta:
        model = models.Drawing

    collection = factory.SubFactory(CollectionFactory)
    key = factory.LazyFunction(uuid4)
    revision = 1
    state = models.Sending.SENT
    sent_at = factory.LazyFunction(timezone.now)
    organisation = factory.Sequence(lambda n: f"Commune {n}")


class DrawnTieFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DrawnTie

    drawing = factory.SubFactory(DrawingFactory)
    position = factory.Sequence(lambda n: n % 60)
    name = factory.Sequence(lambda n: f"Partenaire {n}")
