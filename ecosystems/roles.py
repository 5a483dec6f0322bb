"""The two groups of the house and what each may do anywhere; `backends.py` says to which rows."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from .models import Caretaker, Ecosystem, Role

ALL = ("view", "add", "change", "delete")
WRITE = ("view", "add", "change")
READ = ("view",)

_WORKSHOP_FLOOR = (
    "workshop session workshophost attendance finding findinglink recommendation recommendationanswer"
)
_ACTOR_FLOOR = (
    "person organisation actorname actorarea mention membership attachment lineage tie expertise publishedcontact "
    "initiative initiativebearer initiativelineage"
)
# Words and documents that all ecosystems share: added and corrected by any animator, removed by the administrator.
_SHARED = {"actors": "competence competencesynonym trigger source", "workshops": "theme"}

ANIMATOR: dict[str, tuple[str, ...]] = {
    **{f"workshops.{model}": ALL for model in _WORKSHOP_FLOOR.split()},
    **{f"actors.{model}": ALL for model in _ACTOR_FLOOR.split()},
    **{f"{app}.{model}": WRITE for app, models in _SHARED.items() for model in models.split()},
    "actors.competencesynonym": ALL,
    "workshops.followup": ("view", "add"),  # append-only
    "workshops.proposedfollowup": ("view", "change"),
    "workshops.reminder": ("view", "change"),
    "workshops.reminderline": ("view", "change"),  # whose lines: a message may ask about several ecosystems
    "actors.actor": (
        "view",
        "change",
    ),  # whoever may preview a draft, whatever its kind, is asked for this one
    "actors.merge": READ,  # merging and undoing ask for the right to change both actors
    "actors.contactpoint": ALL,
    "actors.privatenote": ALL,
    "actors.contactrequest": ("view", "change"),
    "actors.correctionrequest": ("view", "change"),
    "territories.territory": READ,
    "ecosystems.ecosystem": ("view", "change"),
}
_NOT_FOR_REVIEWERS = (
    "contactpoint",
    "contactrequest",
    "correctionrequest",
    "proposedfollowup",
    "reminder",
    "reminderline",
)
REVIEWER: dict[str, tuple[str, ...]] = {
    **{name: READ for name in ANIMATOR if not name.endswith(_NOT_FOR_REVIEWERS)},
    "actors.privatenote": WRITE,
}
GROUPS = {"animateur": ANIMATOR, "relecteur": REVIEWER}
GROUP_OF = {Role.ANIMATOR: "animateur", Role.REVIEWER: "relecteur"}


@transaction.atomic
def create_roles() -> dict[str, int]:
    """Makes the groups, or puts their permissions right again. Returns how many permissions each has."""
    counts = {}
    for name, rights in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        wanted = {
            (app, f"{action}_{model}")
            for (app, model), actions in ((name.split("."), actions) for name, actions in rights.items())
            for action in actions
        }
        rows = Permission.objects.filter(codename__in={codename for _, codename in wanted}).select_related(
            "content_type"
        )
        found = [row for row in rows if (row.content_type.app_label, row.codename) in wanted]
        missing = wanted - {(row.content_type.app_label, row.codename) for row in found}
        if missing:
            raise LookupError(f"Permissions manquantes (lancez d’abord migrate) : {sorted(missing)}")
        group.permissions.set(found)
        counts[name] = len(found)
    return counts


@transaction.atomic
def give_role(*, ecosystem: Ecosystem, user, role: str) -> Caretaker:
    """Entrusts `ecosystem` to `user` as `role`, and opens the data entry to them."""
    caretaker, _ = Caretaker.objects.update_or_create(ecosystem=ecosystem, user=user, defaults={"role": role})
    open_data_entry(caretaker)
    return caretaker


def open_data_entry(caretaker: Caretaker) -> None:
    """A caretaker has the group of their role and may log in to the administration."""
    group, _ = Group.objects.get_or_create(name=GROUP_OF[Role(caretaker.role)])
    caretaker.user.groups.add(group)
    if not caretaker.user.is_staff:
        caretaker.user.is_staff = True
        caretaker.user.save(update_fields=["is_staff"])
