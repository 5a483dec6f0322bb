"""Rows of the workshops floor."""

from datetime import date

import factory

from workshops import models

from .actors import OrganisationFactory, PersonFactory, SourcedFactory, SourceFactory


class WorkshopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Workshop

    title = factory.Sequence(lambda n: f"Atelier {n}")
    slug = factory.Sequence(lambda n: f"atelier-{n}")
    date = date(2022, 7, 4)
    state = "published"
    source = factory.SubFactory(SourceFactory)


class WorkshopHostFactory(SourcedFactory):
    class Meta:
        model = models.WorkshopHost

    workshop = factory.SubFactory(WorkshopFactory)
    actor = factory.SubFactory(OrganisationFactory)
    part = models.HostPart.INVITES


class SessionFactory(SourcedFactory):
    class Meta:
        model = models.Session

    workshop = factory.SubFactory(WorkshopFactory)
    order = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Séance {n}")


class AttendanceFactory(SourcedFactory):
    class Meta:
        model = models.Attendance

    workshop = factory.SubFactory(WorkshopFactory)
    person = factory.SubFactory(PersonFactory)


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Theme

    name = factory.Sequence(lambda n: f"Thème {n}")
    slug = factory.Sequence(lambda n: f"theme-{n}")
    definition = "Ce que ce thème rassemble."


class FindingFactory(SourcedFactory):
    class Meta:
        model = models.Finding

    workshop = factory.SubFactory(WorkshopFactory)
    code = factory.Sequence(lambda n: f"C{n}")
    kind = models.FindingKind.FREIN
    statement = factory.Sequence(lambda n: f"Un obstacle, le {n}ᵉ")


class FindingLinkFactory(SourcedFactory):
    class Meta:
        model = models.FindingLink

    from_finding = factory.SubFactory(FindingFactory)
    to_finding = factory.SubFactory(FindingFactory)
    kind = models.LinkKind.TENSION


class RecommendationFactory(SourcedFactory):
    class Meta:
        model = models.Recommendation

    workshop = factory.SubFactory(WorkshopFactory)
    title = factory.Sequence(lambda n: f"Recommandation {n}")
    slug = factory.Sequence(lambda n: f"recommandation-{n}")


class FollowUpFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FollowUp

    recommendation = factory.SubFactory(RecommendationFactory)
    source = factory.SubFactory(SourceFactory)
    said_on = date(2023, 1, 10)
    note = "Une réunion a eu lieu."
