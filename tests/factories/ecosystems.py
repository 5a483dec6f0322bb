"""Rows of the ecosystems floor."""

import factory

from ecosystems import models


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
