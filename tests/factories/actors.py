"""Rows of the actors floor. Names are invented and plain; a test that cares about one says it."""

from datetime import date

import factory

from actors import models


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Source

    title = factory.Sequence(lambda n: f"Compte rendu {n}")
    slug = factory.Sequence(lambda n: f"compte-rendu-{n}")
    kind = models.SourceKind.REPORT
    date = date(2022, 7, 4)
    page_count = 5


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    state = "published"
    nature = models.Nature.ASSOCIATION
    nature_basis = models.Basis.STATED
    life = models.Life.ACTIVE


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Person

    name = factory.Sequence(lambda n: f"Camille Exemple{n}")
    family_name = factory.Sequence(lambda n: f"Exemple{n}")
    slug = factory.Sequence(lambda n: f"camille-exemple-{n}")
    state = "published"
    publication_basis = models.PublicationBasis.PUBLIC_REPORT
    publication_basis_on = date(2022, 7, 4)


class SourcedFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    source = factory.SubFactory(SourceFactory)
    pages = [1]
    basis = models.Basis.STATED


class MembershipFactory(SourcedFactory):
    class Meta:
        model = models.Membership

    member = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "Directrice"


class AttachmentFactory(SourcedFactory):
    class Meta:
        model = models.Attachment

    organisation = factory.SubFactory(OrganisationFactory)
    parent = factory.SubFactory(OrganisationFactory)


class LineageFactory(SourcedFactory):
    class Meta:
        model = models.Lineage

    successor = factory.SubFactory(OrganisationFactory)
    predecessor = factory.SubFactory(OrganisationFactory)
    kind = models.LineageKind.MERGER


class TieFactory(SourcedFactory):
    class Meta:
        model = models.Tie

    from_actor = factory.SubFactory(OrganisationFactory)
    to_actor = factory.SubFactory(OrganisationFactory)
    kind = models.TieKind.WORKS_WITH


class TriggerFactory(SourcedFactory):
    class Meta:
        model = models.Trigger

    name = factory.Sequence(lambda n: f"Déclencheur {n}")
    slug = factory.Sequence(lambda n: f"declencheur-{n}")
    kind = models.TriggerKind.CRISIS


class InitiativeFactory(SourcedFactory):
    class Meta:
        model = models.Initiative

    name = factory.Sequence(lambda n: f"Initiative {n}")
    slug = factory.Sequence(lambda n: f"initiative-{n}")
    state = "published"


class InitiativeBearerFactory(SourcedFactory):
    class Meta:
        model = models.InitiativeBearer

    initiative = factory.SubFactory(InitiativeFactory)
    actor = factory.SubFactory(OrganisationFactory)


class CompetenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Competence

    name = factory.Sequence(lambda n: f"Compétence {n}")
    slug = factory.Sequence(lambda n: f"competence-{n}")
    definition = "Ce que ce terme veut dire."


class ExpertiseFactory(SourcedFactory):
    class Meta:
        model = models.Expertise

    actor = factory.SubFactory(OrganisationFactory)
    competence = factory.SubFactory(CompetenceFactory)
    evidence = "Sa fonction le dit."


class ActorAreaFactory(SourcedFactory):
    class Meta:
        model = models.ActorArea

    actor = factory.SubFactory(OrganisationFactory)


class MentionFactory(SourcedFactory):
    class Meta:
        model = models.Mention

    actor = factory.SubFactory(OrganisationFactory)


class PublishedContactFactory(SourcedFactory):
    class Meta:
        model = models.PublishedContact

    actor = factory.SubFactory(OrganisationFactory)
    kind = models.ContactKind.PHONE
    value = "04 00 00 00 00"


class ContactRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ContactRequest

    actor = factory.SubFactory(OrganisationFactory)
    name = "Dominique Visite"
    email = factory.Sequence(lambda n: f"visite{n}@example.org")
    message = "Nous voulons organiser un débat public."
