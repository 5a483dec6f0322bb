"""Who was there: present, excused, represented, invited. Being cited is not being there."""

import pghistory
from django.db import models
from django.db.models import Prefetch, Q

from actors.models import Actor, Basis, Membership, Sourced

from .workshop import Session, Workshop


class AttendanceStatus(models.TextChoices):
    PRESENT = "present", "présent"
    EXCUSED = "excused", "excusé"
    REPRESENTED = "represented", "représenté"
    INVITED = "invited", "invité"
    ABSENT = "absent", "absent"
    UNKNOWN = "unknown", "non précisé"


class AttendanceQuerySet(models.QuerySet):
    def present(self):
        return self.filter(status=AttendanceStatus.PRESENT)

    def organisers(self):
        return self.filter(is_organiser=True)

    def told(self):
        """Loads all that a line of the list prints, in a constant number of queries."""
        capacities = Membership.objects.select_related("organisation", "source").order_by("id")
        return self.select_related("person", "delegate_of", "session__workshop", "source").prefetch_related(
            Prefetch("capacities", capacities)
        )


@pghistory.track(model_name="AttendanceEvent")
class Attendance(Sourced):
    """One row a person, or an unnamed delegate of an organisation."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="attendances", verbose_name="atelier")
    person = models.ForeignKey(
        Actor, models.CASCADE, related_name="attendances", verbose_name="personne", null=True, blank=True
    )
    delegate_of = models.ForeignKey(
        Actor,
        models.CASCADE,
        related_name="delegates",
        verbose_name="délégué non nommé de",
        null=True,
        blank=True,
    )
    status = models.CharField(
        "présence", max_length=11, choices=AttendanceStatus, default=AttendanceStatus.PRESENT
    )
    is_organiser = models.BooleanField("organise", default=False)
    organiser_basis = models.CharField("fondement", max_length=9, choices=Basis, blank=True)
    session = models.ForeignKey(
        Session, models.SET_NULL, verbose_name="séance", null=True, blank=True, related_name="attendances"
    )
    session_role = models.CharField("rôle dans la séance", max_length=120, blank=True)
    listed_line = models.CharField("ligne de la liste", max_length=500, blank=True)
    listed_role = models.CharField("fonction telle que listée", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    capacities = models.ManyToManyField(
        Membership, verbose_name="à quels titres", blank=True, related_name="attendances"
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta(Sourced.Meta):
        verbose_name = "présence"
        verbose_name_plural = "présences"
        ordering = ["workshop", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "person"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, delegate_of__isnull=True)
                | Q(person__isnull=True, delegate_of__isnull=False),
                name="attendance_of_a_person_or_a_delegate",
            ),
            models.CheckConstraint(
                condition=Q(is_organiser=False, organiser_basis="")
                | (Q(is_organiser=True) & ~Q(organiser_basis="")),
                name="attendance_organiser_has_a_basis",
            ),
        ]

    def __str__(self):
        return str(self.person or f"un délégué de {self.delegate_of}")


@pghistory.track(model_name="AttendanceCapacityEvent")
class AttendanceCapacity(Attendance.capacities.through):
    class Meta:
        proxy = True
