"""Two actors become one, and two again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pgtrigger
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Case, F, GeneratedField, Q, Value, When
from django.utils import timezone

from foundations.models import State

from ..merging import TOGETHER, Refused, check, objects
from ..models import Actor, ActorName, FormerSlug, Merge, NameKind, PublicationBasis
from ..redirection import Redirection, Stuck


@transaction.atomic
def merge_actors(*, kept: Actor, absorbed: Actor, taken: Iterable[str] = (), by: Any = None) -> Merge:
    """`kept` gets all that pointed to `absorbed`, which stays as a draft whose address leads to `kept`.

    `taken`: values of `absorbed` to keep instead (first names of `merging.TOGETHER`). Rows that would say twice the
    same, or tie the actor to itself, are set aside. A person of the two who objected is not published by it.
    Raises merging.Refused with what to say when the two may not be merged or the result would not stand.
    """
    rows = _locked(kept.pk, absorbed.pk)
    kept, absorbed = rows[kept.pk], rows[absorbed.pk]
    check(kept, absorbed)
    try:
        plan = Redirection(Actor, {absorbed.pk: kept.pk}, left_out=[Merge], lock=True)
    except Stuck as error:
        raise Refused(f"Une ligne dont d’autres dépendent l’empêche\u00a0: {error}.") from error
    merge = Merge(kept=kept, absorbed=absorbed, by=by)
    with _append_only_yields(plan.changes):
        merge.moved = [one for change in plan.changes.values() for one in _told(change)]
        for model, change in plan.changes.items():
            _write(model, change.moved)
        for model, change in plan.changes.items():
            gone = [change.rows[key] for key in change.set_aside]
            merge.set_aside += [_whole(row) for row in gone]
            model._base_manager.filter(pk__in=change.set_aside)._raw_delete(using=connection.alias)
    _take_values(merge, kept, absorbed, set(taken))
    _lead_to(merge, kept, absorbed)
    merge.save()
    return merge


def _locked(*keys: int) -> dict[int, Actor]:
    """The actors, held in the order of their keys: two merges of the same two, crosswise, wait for each other."""
    rows = Actor.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    if missing := set(keys) - set(found):
        raise Refused(f"Une de ces fiches n’existe plus ({min(missing)}).")
    return found


@contextmanager
def _append_only_yields(changed: Iterable[type[models.Model]]) -> Iterator[None]:
    """Tables whose rows nobody may update let their references follow, and nothing else does so here."""
    guarded = [
        f"{model._meta.label}:{trigger.name}"
        for model in changed
        for trigger in getattr(model._meta, "triggers", ())
        if isinstance(trigger, pgtrigger.Protect) and pgtrigger.Update in _operations(trigger)
    ]
    with pgtrigger.ignore(*guarded) if guarded else transaction.atomic():
        yield


def _operations(trigger: pgtrigger.Trigger) -> list:
    return list(getattr(trigger.operation, "operations", [trigger.operation]))


# --- Rows that move


def _told(change) -> Iterator[dict]:
    """What moves, one line a column and a pair of ends: {model, column, keys, from, to}."""
    lines = defaultdict(list)
    for key, values in change.moved.items():
        for name, new in values.items():
            lines[name, getattr(change.rows[key], name), new].append(key)
    for (name, old, new), keys in lines.items():
        yield {"model": change.model._meta.label, "column": name, "keys": keys, "from": old, "to": new}


def _write(model: type[models.Model], moved: dict[Any, dict[str, Any]]) -> None:
    """Sets columns of many rows by one statement."""
    if not moved:
        return
    by_column = defaultdict(lambda: defaultdict(list))
    for key, values in moved.items():
        for name, new in values.items():
            by_column[name][new].append(key)
    columns = {
        name: Case(
            *(
                When(pk__in=keys, then=Value(new, output_field=_column(model, name).target_field))
                for new, keys in ends.items()
            ),
            default=F(name),
        )
        for name, ends in by_column.items()
    }
    model._base_manager.filter(pk__in=moved).update(
        **{_column(model, name).name: value for name, value in columns.items()}
    )


def _column(model: type[models.Model], name: str) -> Any:
    return next(column for column in model._meta.concrete_fields if name == column.attname)


def _whole(row: models.Model) -> dict:
    """{model, values}: all the columns of a row, as text that gives them back exactly."""
    values = {
        column.attname: None if column.value_from_object(row) is None else column.value_to_string(row)
        for column in row._meta.concrete_fields
        if not isinstance(column, GeneratedField)
    }
    return {"model": row._meta.label, "values": values}


# --- Values of the two


def _take_values(merge: Merge, kept: Actor, absorbed: Actor, taken: set[str]) -> None:
    before = {actor.pk: _whole(actor)["values"] for actor in (kept, absorbed)}
    merge.columns["objected"] = objected = objects(kept, absorbed)
    for names in TOGETHER:
        if names[0] in taken:
            for name in names:
                setattr(kept, name, getattr(absorbed, name))
    if objected:
        # A refusal of the one is a refusal of both: it is the same person.
        dates = [
            a.publication_basis_on
            for a in (kept, absorbed)
            if a.publication_basis == PublicationBasis.OBJECTION
        ]
        kept.state, kept.publication_basis = State.DRAFT, PublicationBasis.OBJECTION
        kept.publication_basis_on = min(filter(None, dates), default=timezone.localdate())
    absorbed.state = State.DRAFT
    for actor in (kept, absorbed):
        try:
            actor.validate_constraints()
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        after = _whole(actor)["values"]
        changed = {name: [old, after[name]] for name, old in before[actor.pk].items() if old != after[name]}
        merge.columns[str(actor.pk)] = changed
        # Saved even as it was: whoever would take back an actor that nobody touched must see that this one was.
        actor.save(update_fields=[*(_column(Actor, name).name for name in changed), "updated_at"])


def _lead_to(merge: Merge, kept: Actor, absorbed: Actor) -> None:
    """The absorbed one's address and name, and the name that was given up, lead to the kept one."""
    old = [values[0] for name, values in merge.columns[str(kept.pk)].items() if name == "name"]
    spellings = {name for name in (absorbed.name, *old) if name != kept.name}
    known = set(ActorName.objects.filter(actor=kept, name__in=spellings).values_list("name", flat=True))
    rows: list[models.Model] = [FormerSlug.objects.create(slug=absorbed.slug, actor=kept)]
    rows += [
        ActorName.objects.create(actor=kept, name=name, kind=NameKind.SPELLING)
        for name in sorted(spellings - known)
    ]
    merge.added = [{"model": row._meta.label, "key": row.pk} for row in rows]


# --- Undoing


@transaction.atomic
def undo_merge(*, merge: Merge, by: Any = None) -> int:
    """Everything is again as before the merge. Returns how many rows were deleted meanwhile, which do not come back.

    Raises merging.Refused, which names what was changed since, when putting it back would undo someone's later work.
    """
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_on:
        raise Refused("Cette fusion est déjà défaite.")
    actors = _locked(merge.kept_id, merge.absorbed_id)
    _refuse_what_changed(merge, actors)
    Merge.objects.filter(pk=merge.pk).update(undone_on=timezone.now(), undone_by=by)
    back = _by_model(merge.moved, "from")
    with _append_only_yields(back):
        try:
            with transaction.atomic():
                gone = _move_back(back)
                for line in merge.added:
                    apps.get_model(line["model"])._base_manager.filter(pk=line["key"]).delete()
                _bring_back(merge.set_aside)
                _restore_values(merge, actors)
                with connection.cursor() as cursor:
                    # A missing end is refused here, not at commit; what follows may wait again.
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except IntegrityError as error:
            raise Refused(
                "Des lignes ajoutées ou supprimées depuis la fusion empêchent de la défaire\u00a0: "
                f"{_table(error)}. Corrigez-les d’abord, ou déplacez-les à la main."
            ) from error
    return gone


def _table(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    table = getattr(diagnosis, "table_name", None)
    model = next((m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table), None)
    return str(model._meta.verbose_name_plural) if model else "table inconnue"


def _refuse_what_changed(merge: Merge, actors: dict[int, Actor]) -> None:
    changed = []
    for actor in actors.values():
        now = _whole(actor)["values"]
        for name, (_, after) in merge.columns.get(str(actor.pk), {}).items():
            if name not in ("updated_at", "version") and now[name] != after:
                changed.append(f"«\u00a0{_column(Actor, name).verbose_name}\u00a0» de {actor}")
    later = Merge.objects.standing().filter(absorbed=merge.kept_id).select_related("kept").first()
    if later:
        changed.append(f"{merge.kept} a été fusionnée à son tour dans {later.kept}")
    if objects(actors[merge.kept_id]) and not merge.columns["objected"]:
        changed.append(f"{actors[merge.kept_id]} s’oppose maintenant à être nommée")
    changed += [str(row) for row in _gone_elsewhere(merge)[:5]]
    if changed:
        told = "\u202f; ".join(changed)
        raise Refused(f"Cela a changé depuis la fusion, qui ne peut plus être défaite\u00a0: {told}.")


def _gone_elsewhere(merge: Merge) -> list[models.Model]:
    """Rows that no longer point where the merge had put them."""
    return [
        row
        for model, wanted in _by_model(merge.moved, "to").items()
        for row in model._base_manager.filter(pk__in=wanted).order_by("pk")
        if any(getattr(row, name) != end for name, end in wanted[row.pk].items())
    ]


def _by_model(lines: list[dict], end: str) -> dict[type[models.Model], dict[Any, dict[str, Any]]]:
    """{model: {key of a row: {column: value}}}, with the values `from` or `to` which the rows went."""
    found: dict[Any, dict] = defaultdict(lambda: defaultdict(dict))
    for line in lines:
        for key in line["keys"]:
            found[apps.get_model(line["model"])][key][line["column"]] = line[end]
    return found


def _move_back(moved_rows: dict) -> int:
    gone = 0
    for model, moved in moved_rows.items():
        held = model._base_manager.select_for_update(of=("self",)).filter(pk__in=moved)
        living = set(held.values_list("pk", flat=True))
        gone += len(moved) - len(living)
        _write(model, {key: values for key, values in moved.items() if key in living})
    return gone


def _bring_back(set_aside: list[dict]) -> None:
    rows = defaultdict(list)
    for line in set_aside:
        model = apps.get_model(line["model"])
        rows[model].append(_as_it_was(model, line["values"]))
    for model, listed in rows.items():
        model._base_manager.bulk_create(listed)


def _as_it_was(model: type[models.Model], values: dict) -> models.Model:
    return model(**{name: _value(model, name, text) for name, text in values.items()})


def _value(model: type[models.Model], name: str, text: Any) -> Any:
    return None if text is None else _column(model, name).to_python(text)


def _restore_values(merge: Merge, actors: dict[int, Actor]) -> None:
    for actor in actors.values():
        changed = merge.columns.get(str(actor.pk), {})
        values = {name: _value(Actor, name, old) for name, (old, _) in changed.items()}
        if values:
            Actor.objects.filter(pk=actor.pk).update(**values, updated_at=timezone.now())


# --- Forgetting


def forget_merges(*, person: Actor) -> list[Actor]:
    """Erases all that merges keep of `person`. Returns the others that are the same person, by a merge that stands.

    For a withdrawal: a merge must bring back nothing of someone who asked to disappear, not even a row that was set
    aside on another's page.
    """
    own = Merge.objects.filter(Q(kept=person) | Q(absorbed=person))
    same = [one for pair in own.standing().values_list("kept", "absorbed") for one in pair]
    own.delete()
    for merge in Merge.objects.exclude(set_aside=[]):
        left = [line for line in merge.set_aside if not _is_about(line, person)]
        if len(left) != len(merge.set_aside):
            Merge.objects.filter(pk=merge.pk).update(set_aside=left)
    return list(Actor.objects.filter(pk__in=same).exclude(pk=person.pk))


def _is_about(line: dict, person: Actor) -> bool:
    model = apps.get_model(line["model"])
    return any(
        column.is_relation
        and column.related_model._meta.concrete_model is Actor
        and line["values"].get(column.attname) == str(person.pk)
        for column in model._meta.concrete_fields
    )
