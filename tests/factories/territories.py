"""Rows of the ground floor. Communes are sets of themselves; `make_set` derives what a set of them implies."""

import factory

from territories import algebra, models


class TerritoryFactory(factory.django.DjangoModelFactory):
    """A commune by default: a set of itself, as the load makes them."""

    class Meta:
        model = models.Territory
        skip_postgeneration_save = True

    kind = models.Kind.COMMUNE
    code = factory.Sequence(lambda n: f"{90000 + n}")
    name = factory.Sequence(lambda n: f"Commune {n}")
    slug = factory.Sequence(lambda n: f"commune-{n}")
    population = 1000
    commune_count = 1
    lon = 3.1
    lat = 45.7

    @factory.post_generation
    def own_row(self, create, extracted, **kwargs):
        if create and self.kind == models.Kind.COMMUNE and not self.is_obsolete:
            models.TerritoryCommune.objects.create(territory=self, commune=self)


class SetFactory(TerritoryFactory):
    """A grouping, without its communes: `make_set` gives them."""

    kind = models.Kind.EPCI
    code = factory.Sequence(lambda n: f"{200000000 + n}")
    name = factory.Sequence(lambda n: f"Groupement {n}")
    slug = factory.Sequence(lambda n: f"groupement-{n}")
    population = commune_count = lon = lat = None


def make_set(*communes: models.Territory, **columns) -> models.Territory:
    """A grouping of these communes, with its totals and relations."""
    territory = SetFactory(**columns)
    models.TerritoryCommune.objects.bulk_create(
        [models.TerritoryCommune(territory=territory, commune=commune) for commune in communes]
    )
    algebra.refresh_totals([territory.pk])
    algebra.rebuild_relations([territory.pk])
    territory.refresh_from_db()
    return territory
