"""Before two actors become one: what each says, which value would be kept, what would move, what to beware of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from foundations.admin.permitted import may
from foundations.masking import REMOVED_SLUG

from .models import Actor, Distinction, Kind, Membership, Merge, Organisation, Person, PublicationBasis
from .redirection import Change, Redirection

# Columns that are chosen together: a value and what it rests on.
TOGETHER = (
    ("name", "family_name"),
    ("publication_basis", "publication_basis_on"),
    ("nature", "nature_basis", "nature_note"),
    ("seat", "seat_basis"),
    ("governs",),
    ("life",),
    ("founded", "dissolved"),
    ("is_named",),
    ("size",),
    ("summary",),
    ("website",),
    ("last_confirmed_on",),
    ("state",),
)
SHOWN = 8  # rows of a kind named in the recap: the rest is counted


@dataclass(frozen=True)
class Choice:
    """A value of which one of the two is kept. `taken`: the one of the absorbed actor is proposed."""

    name: str
    label: str
    kept: str
    absorbed: str
    taken: bool


@dataclass
class Moving:
    """Rows of one kind: those that will be the kept actor's, those that say what one of its own says already."""

    label: str
    count: int
    moved: list[str]
    set_aside: list[str]


@dataclass
class Recap:
    kept: Actor
    absorbed: Actor
    choices: list[Choice]
    movings: list[Moving]
    warnings: list[str]

    @property
    def moved_count(self) -> int:
        return sum(moving.count for moving in self.movings)


class Refused(Exception):
    """The two cannot be merged; the message says why, in French."""


def may_merge(user: Any, *actors: Actor) -> bool:
    """Whether `user` may change each of `actors`, as its own list asks."""
    return all(
        may(user, "change", Person if actor.kind == Kind.PERSON else Organisation, actor) for actor in actors
    )


def check(kept: Actor, absorbed: Actor) -> None:
    """Raises Refused for two actors that nobody may make one."""
    if kept.pk == absorbed.pk:
        raise Refused("Choisissez deux fiches différentes.")
    if kept.kind != absorbed.kind:
        raise Refused("Une personne et une organisation ne sont jamais la même.")
    if any(actor.slug.startswith(REMOVED_SLUG) for actor in (kept, absorbed)):
        raise Refused("L’une de ces personnes a demandé à ne plus figurer dans l’annuaire.")
    taken = Merge.objects.standing().filter(absorbed__in=[kept, absorbed]).select_related("kept").first()
    if taken:
        raise Refused(f"L’une des deux fiches est déjà fusionnée dans «\u00a0{taken.kept}\u00a0».")


def recap(kept: Actor, absorbed: Actor) -> Recap:
    """All that a merge would do. Raises Refused, or redirection.Stuck."""
    check(kept, absorbed)
    plan = Redirection(Actor, {absorbed.pk: kept.pk}, left_out=[Merge])
    return Recap(
        kept, absorbed, choices_between(kept, absorbed), _movings(plan), warnings_about(kept, absorbed)
    )


def _movings(plan: Redirection) -> list[Moving]:
    found = [_moving(change) for change in plan.changes.values()]
    return sorted(found, key=lambda moving: (-moving.count, moving.label))


def _moving(change: Change) -> Moving:
    owner = change.model._meta.auto_created
    moved, set_aside = ([change.rows[key] for key in keys] for keys in (change.moved, change.set_aside))
    shown = moved[:SHOWN] + set_aside[:SHOWN]
    # What the rows are called is read with them: as many queries for one as for eight.
    models.prefetch_related_objects(
        shown, *(c.name for c in change.model._meta.concrete_fields if c.is_relation)
    )
    if not owner:
        label = str(change.model._meta.verbose_name_plural)
        return Moving(label, len(moved), list(map(str, moved[:SHOWN])), list(map(str, set_aside[:SHOWN])))
    # A many-to-many table is known by the column that it is, and its rows by what they hold.
    many = next(c for c in owner._meta.local_many_to_many if c.remote_field.through is change.model)
    name = many.m2m_field_name()
    held = [str(getattr(row, name)) for row in shown]
    cut = len(moved[:SHOWN])
    label = f"{owner._meta.verbose_name_plural} ({many.verbose_name})"
    return Moving(label, len(moved), held[:cut], held[cut:])


# --- Which value is kept


def choices_between(kept: Actor, absorbed: Actor) -> list[Choice]:
    """One choice a value that differs; what is empty on one side is proposed from the other."""
    found = []
    for names in TOGETHER:
        mine, theirs = ([getattr(actor, name) for name in names] for actor in (kept, absorbed))
        if mine == theirs:
            continue
        found.append(
            Choice(
                names[0],
                str(Actor._meta.get_field(names[0]).verbose_name),  # type: ignore[union-attr]
                in_words(kept, names),
                in_words(absorbed, names),
                taken=(_is_nothing(mine[0]) and not _is_nothing(theirs[0])) or _shows(names, kept, absorbed),
            )
        )
    return found


def _shows(names: tuple[str, ...], kept: Actor, absorbed: Actor) -> bool:
    """A page that the public reads does not vanish by the way, unless someone of the two objects."""
    return names == ("state",) and absorbed.is_published and not objects(kept, absorbed)


def _is_nothing(value: Any) -> bool:
    return value in (None, "", "unknown")


def in_words(actor: Actor, names: Iterable[str]) -> str:
    """The values of some columns as a reader would say them; empty for nothing."""
    told = []
    for name in names:
        value = getattr(actor, name)
        if value in (None, ""):
            continue
        if isinstance(value, bool):
            value = "oui" if value else "non"
        display = getattr(actor, f"get_{name}_display", None)
        told.append(str(display() if display else value))
    return ", ".join(told)


# --- What to beware of


def warnings_about(kept: Actor, absorbed: Actor) -> list[str]:
    found = []
    if kept.nature != absorbed.nature:
        natures = f"{kept.nature_label} et {absorbed.nature_label}"
        found.append(f"Leurs natures diffèrent\u00a0: {natures}. La Ville n’est ni son CCAS ni sa Métropole.")
    if kept.governs_id and absorbed.governs_id:
        found.append(
            f"Chacune gouverne un territoire\u00a0: {kept.governs} et {absorbed.governs}. "
            "Deux collectivités ne sont presque jamais la même."
        )
    if objects(kept, absorbed):
        found.append("L’une des deux s’oppose à être nommée\u00a0: la fiche gardée sera un brouillon.")
    pair = sorted((kept.pk, absorbed.pk))
    if Distinction.objects.filter(one=pair[0], other=pair[1]).exists():
        found.append("Quelqu’un a déjà dit que ces deux fiches ne sont pas la même.")
    apart = Q(member=kept.pk, organisation=absorbed.pk) | Q(member=absorbed.pk, organisation=kept.pk)
    if Membership.objects.filter(apart).exists():
        found.append("L’une est membre de l’autre\u00a0: cette appartenance sera mise de côté.")
    return found


def objects(*actors: Actor) -> bool:
    """Whether one of the actors asked not to be named."""
    return any(actor.publication_basis == PublicationBasis.OBJECTION for actor in actors)
