"""The search table, and the triggers that keep it true.

Nobody writes `SearchEntry`: statement-level triggers on every table that feeds it collect the actors a statement
touched (before and after), lock them in id order, and recompute them from the view `directory_passage`. The triggers
sit on proxies, so that the floors below do not know that they are searched.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func

from actors import models as actors
from territories.models import Territory
from workshops import models as workshops
from workshops.reading.words import count_of

from ..search.entries import SearchEntryQuerySet
from ..search.feeding import feeding, feeding_names


class SearchEntry(models.Model):
    """One published actor as the search sees it. An actor that the public may not see has no row."""

    actor = models.OneToOneField(actors.Actor, models.CASCADE, primary_key=True, related_name="search_entry")
    kind = models.CharField(max_length=12)
    nature = models.CharField(max_length=14)
    sort_name = models.TextField()
    document = SearchVectorField()
    seat = models.ForeignKey(Territory, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    area_ids = ArrayField(models.BigIntegerField())
    competence_ids = ArrayField(models.BigIntegerField())
    attested_ids = ArrayField(models.BigIntegerField())
    workshop_ids = ArrayField(models.BigIntegerField())
    confirmed_on = models.DateField(null=True)
    # How much is known of the actor, and how lately: the order in which a set too large to be sorted is walked.
    rank = models.PositiveSmallIntegerField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée de l’index"
        verbose_name_plural = "entrées de l’index"
        indexes = [
            # One index of words, places and every facet: a common word in one place, or of a nature that few have, is
            # read from it alone.
            GinIndex(
                F("document"),
                Func(F("seat"), F("area_ids"), function="directory_places"),
                F("competence_ids"),
                F("workshop_ids"),
                F("nature"),
                F("kind"),
                name="search_words_and_facets",
            ),
            models.Index(fields=["seat"], name="search_seat"),
            models.Index(fields=["sort_name", "actor"], name="search_name"),
            models.Index(fields=["-rank", "actor"], name="search_rank"),
        ]
        triggers = feeding_names()

    def __str__(self):
        return self.sort_name

    @property
    def facts(self) -> list[str]:
        """A person's functions, or how many people an organisation has; see `with_what_a_line_prints`."""
        return self.titles or ([count_of(self.people, "personne")] if self.people else [])


class NameStart(models.Model):
    """A published actor's name from one of its words on: « chaire innovation », « innovation ». For suggestions.

    Written only by the triggers of `SearchEntry`, which any change of a name refreshes.
    """

    actor = models.ForeignKey(actors.Actor, models.DO_NOTHING, related_name="+", db_constraint=False)
    start = models.TextField()

    class Meta:
        verbose_name = "début de nom"
        verbose_name_plural = "débuts de noms"
        constraints = [
            # Read in the order of its bytes, whatever the collation of the database.
            models.UniqueConstraint(
                fields=["start", "actor"], opclasses=["text_pattern_ops", "int8_ops"], name="name_start_once"
            )
        ]
        indexes = [models.Index(fields=["actor"], name="name_start_actor")]

    def __str__(self):
        return self.start


class FeedingActor(actors.Actor):
    """Besides the actor itself: the members and the parts of an organisation, whose entries carry its name; and the
    organisations of a person, whose entries carry the functions of those who are published."""

    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT id FROM {rows}",
            "SELECT m.member_id FROM actors_membership m JOIN {rows} r ON r.id = m.organisation_id",
            "SELECT m.organisation_id FROM actors_membership m JOIN {rows} r ON r.id = m.member_id",
            "SELECT t.organisation_id FROM actors_attachment t JOIN {rows} r ON r.id = t.parent_id",
        )


class FeedingName(actors.ActorName):
    """The members of an organisation are known by its other names too."""

    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT actor_id FROM {rows}",
            "SELECT m.member_id FROM actors_membership m JOIN {rows} r ON r.actor_id = m.organisation_id",
        )


class FeedingArea(actors.ActorArea):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT actor_id FROM {rows}",
            "SELECT m.member_id FROM actors_membership m JOIN {rows} r ON r.actor_id = m.organisation_id",
        )


class FeedingMention(actors.Mention):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT actor_id FROM {rows}", reads={"actors_source": "SELECT source_id FROM {rows}"}
        )


class FeedingSource(actors.Source):
    """Its date tells how lately those whom it names were seen."""

    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT m.actor_id FROM actors_mention m JOIN {rows} r ON r.id = m.source_id",
            "SELECT m.member_id FROM actors_membership m JOIN {rows} r ON r.id = m.source_id",
        )


class FeedingAttachment(actors.Attachment):
    class Meta:
        proxy = True
        triggers = feeding("SELECT organisation_id FROM {rows}", "SELECT parent_id FROM {rows}")


class FeedingMembership(actors.Membership):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT member_id FROM {rows}",
            "SELECT organisation_id FROM {rows}",
            reads={
                "actors_source": "SELECT source_id FROM {rows}",
                "actors_initiative": "SELECT programme_id FROM {rows}",
            },
        )


class FeedingTie(actors.Tie):
    class Meta:
        proxy = True
        triggers = feeding("SELECT from_actor_id FROM {rows}")


class FeedingExpertise(actors.Expertise):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT actor_id FROM {rows}", reads={"actors_competence": "SELECT competence_id FROM {rows}"}
        )


class FeedingCompetence(actors.Competence):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT e.actor_id FROM actors_expertise e JOIN {rows} r ON r.id = e.competence_id"
        )


class FeedingBearer(actors.InitiativeBearer):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT actor_id FROM {rows} WHERE actor_id IS NOT NULL",
            reads={"actors_initiative": "SELECT initiative_id FROM {rows}"},
        )


class FeedingInitiative(actors.Initiative):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT same_as_id FROM {rows} WHERE same_as_id IS NOT NULL",
            "SELECT b.actor_id FROM actors_initiativebearer b JOIN {rows} r ON r.id = b.initiative_id"
            " WHERE b.actor_id IS NOT NULL",
            "SELECT m.member_id FROM actors_membership m JOIN {rows} r ON r.id = m.programme_id",
        )


class FeedingFinding(workshops.Finding):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT voice_person_id FROM {rows} WHERE voice_person_id IS NOT NULL",
            "SELECT a.actor_id FROM workshops_finding_actors a JOIN {rows} r ON r.id = a.finding_id",
            reads={"workshops_workshop": "SELECT workshop_id FROM {rows}"},
        )


class FeedingFindingActor(workshops.Finding.actors.through):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT actor_id FROM {rows}",
            reads={
                "workshops_finding": "SELECT finding_id FROM {rows}",
                "workshops_workshop": "SELECT f.workshop_id FROM workshops_finding f"
                " JOIN {rows} r ON r.finding_id = f.id",
            },
        )


class FeedingWorkshop(workshops.Workshop):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT a.actor_id FROM workshops_finding_actors a JOIN workshops_finding f ON f.id = a.finding_id"
            " JOIN {rows} r ON r.id = f.workshop_id",
            "SELECT f.voice_person_id FROM workshops_finding f JOIN {rows} r ON r.id = f.workshop_id"
            " WHERE f.voice_person_id IS NOT NULL",
            "SELECT a.person_id FROM workshops_attendance a JOIN {rows} r ON r.id = a.workshop_id"
            " WHERE a.person_id IS NOT NULL",
            "SELECT m.organisation_id FROM workshops_attendance a JOIN {rows} r ON r.id = a.workshop_id"
            " JOIN workshops_attendance_capacities c ON c.attendance_id = a.id"
            " JOIN actors_membership m ON m.id = c.membership_id",
            "SELECT a.delegate_of_id FROM workshops_attendance a JOIN {rows} r ON r.id = a.workshop_id"
            " WHERE a.delegate_of_id IS NOT NULL",
            "SELECT h.actor_id FROM workshops_workshophost h JOIN {rows} r ON r.id = h.workshop_id",
        )


class FeedingHost(workshops.WorkshopHost):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT actor_id FROM {rows}", reads={"workshops_workshop": "SELECT workshop_id FROM {rows}"}
        )


class FeedingAttendance(workshops.Attendance):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT person_id FROM {rows} WHERE person_id IS NOT NULL",
            "SELECT delegate_of_id FROM {rows} WHERE delegate_of_id IS NOT NULL",
            "SELECT m.organisation_id FROM workshops_attendance_capacities c JOIN {rows} r ON r.id = c.attendance_id"
            " JOIN actors_membership m ON m.id = c.membership_id",
            reads={"workshops_workshop": "SELECT workshop_id FROM {rows}"},
        )


class FeedingCapacity(workshops.Attendance.capacities.through):
    class Meta:
        proxy = True
        triggers = feeding(
            "SELECT m.organisation_id FROM actors_membership m JOIN {rows} r ON r.membership_id = m.id",
            reads={
                "actors_membership": "SELECT membership_id FROM {rows}",
                "workshops_attendance": "SELECT attendance_id FROM {rows}",
                "workshops_workshop": "SELECT a.workshop_id FROM workshops_attendance a"
                " JOIN {rows} r ON r.attendance_id = a.id",
            },
        )
