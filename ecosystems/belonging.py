"""Which ecosystems a row belongs to: the only place that knows the way from each model to an ecosystem."""

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from actors import models as actors
from workshops import models as workshops

from .models import Caretaker, Ecosystem

# For each model, the paths from an ecosystem to its rows. A model that is not here is shared by all (themes,
# competences, sources, triggers): no ecosystem owns the common words.
_OF_ACTOR = {
    actors.ActorName: "actor",
    actors.ActorArea: "actor",
    actors.Mention: "actor",
    actors.Expertise: "actor",
    actors.PublishedContact: "actor",
    actors.ContactPoint: "actor",
    actors.PrivateNote: "actor",
    actors.ContactRequest: "actor",
    actors.Membership: "member",
    actors.Attachment: "organisation",
    actors.Lineage: "successor",
    actors.Tie: "from_actor",
}
_OF_WORKSHOP = {
    workshops.Session: "workshop",
    workshops.WorkshopHost: "workshop",
    workshops.Attendance: "workshop",
    workshops.Finding: "workshop",
    workshops.Recommendation: "workshop",
    workshops.FindingLink: "from_finding__workshop",
    workshops.RecommendationAnswer: "recommendation__workshop",
    workshops.FollowUp: "recommendation__workshop",
    workshops.ProposedFollowUp: "recommendation__workshop",
    workshops.ReminderLine: "recommendation__workshop",
}
_OF_INITIATIVE = {actors.InitiativeBearer: "initiative", actors.InitiativeLineage: "earlier"}

# Through these, an ecosystem reaches an initiative: who bears it, who tells of it, whose programme it is.
_TO_INITIATIVE = (
    "actors__borne_initiatives__initiative",
    "actors__as_initiative",
    "workshops__findings__initiatives",
    "workshops__programme",
)


def paths_to(model: type[Model]) -> tuple[tuple[str, ...], str] | None:
    """(paths from an ecosystem, path from the row to what they lead to); None for a model that is shared by all."""
    model = model._meta.concrete_model
    if model is Ecosystem:
        return ("pk",), "pk"
    if model is actors.Actor:
        return ("actors",), "pk"
    if model is workshops.Workshop:
        return ("workshops",), "pk"
    if model is actors.Initiative:
        return _TO_INITIATIVE, "pk"
    if model in _OF_ACTOR:
        return ("actors",), _OF_ACTOR[model]
    if model in _OF_WORKSHOP:
        return ("workshops",), _OF_WORKSHOP[model]
    if model in _OF_INITIATIVE:
        return _TO_INITIATIVE, _OF_INITIATIVE[model]
    return None


def _key_of(row: Model, path: str):
    """The key that `path` leads to from `row`, saved or not; None where it leads nowhere."""
    if path == "pk":
        return row.pk
    *steps, last = path.split("__")
    for step in steps:
        row = getattr(row, step, None)
        if row is None:
            return None
    return getattr(row, f"{last}_id", None)


def ecosystems_of(row: Model) -> QuerySet:
    """The ecosystems that `row` belongs to; none for what is shared or belongs nowhere."""
    found = paths_to(type(row))
    key = found and _key_of(row, found[1])
    if not found or key is None:
        return Ecosystem.objects.none()
    condition = Q()
    for path in found[0]:
        condition |= Q(**{path: key})
    return Ecosystem.objects.filter(condition).distinct()


def within_reach(queryset: QuerySet, user, roles: list[str]) -> QuerySet:
    """The rows of `queryset` in an ecosystem where `user` has one of `roles`, and those that belong to no ecosystem."""
    found = paths_to(queryset.model)
    if found is None:
        return queryset
    paths, key = found
    if paths == ("pk",):
        return queryset.filter(pk__in=Caretaker.objects.filter(user=user, role__in=roles).values("ecosystem"))
    held, cared = Q(), Q()
    for path in paths:
        owners = Ecosystem.objects.filter(**{path: OuterRef(key)})
        held |= Exists(owners)
        cared |= Exists(owners.filter(caretakers__user=user, caretakers__role__in=roles))
    return queryset.filter(cared | ~held)
