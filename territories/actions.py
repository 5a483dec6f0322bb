"""Writes of sets of communes. Keyword-only, atomic; the admin, the import and the load all go through them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify

from . import algebra
from .models import Composition, Kind, Territory, TerritoryCommune, TerritoryContour, TerritoryRelation
from .outline import union
from .packing import bounds
from .sets_csv import SetLine, read_sets


class RefusedSets(ValueError):
    """A file with at least one wrong line: nothing of it was loaded. `lines` are the wrong ones."""

    def __init__(self, lines: list[SetLine]):
        super().__init__(
            "; ".join(f"ligne {line.number} : {error}" for line in lines for error in line.errors)
        )
        self.lines = lines


@dataclass
class Preview:
    """What a line of the file would give, read from a load that was then undone."""

    number: int
    territory: Territory
    is_new: bool
    outline: dict | None
    relations: list[TerritoryRelation] = field(
        default_factory=list
    )  # overlaps first, the largest share first


@transaction.atomic
def create_composed_territory(
    *,
    code: str,
    name: str,
    kind: str,
    members: Iterable[Territory],
    declared: str = "",
    touching: Iterable[Territory] = (),
    origin: str = "",
) -> Territory:
    """Creates the territory (`kind`, `code`), or gives it these members when it exists and is not official.

    The set is the communes of all `members`; its population, point, outline and relations follow. Without members
    its composition is unknown, `declared` and `touching` say what a source says of it, and nothing is computed.
    """
    if kind in (Kind.COMMUNE, Kind.DEPARTEMENT, Kind.REGION, Kind.COM):
        raise ValueError("Les communes, départements et régions viennent du découpage officiel.")
    algebra.lock_sets()
    members = list(members)
    territory = Territory.objects.select_for_update().filter(kind=kind, code=code).first()
    if territory and territory.is_official:
        raise ValueError("Un territoire du découpage officiel ne se recompose pas.")
    territory = territory or Territory(kind=kind, code=code, slug=free_slug(name=name, code=code))
    territory.name, territory.declared, territory.origin = name, declared, origin
    territory.composition = Composition.KNOWN if members else Composition.UNKNOWN
    territory.save()
    territory.declared_touching.set(touching)
    replace_communes(territory=territory, members=members)
    return territory


def compose_territory(*, line: SetLine) -> Territory:
    """The same from a checked line of the CSV format."""
    return create_composed_territory(
        code=line.code, name=line.name, kind=line.kind, members=line.members,
        declared=line.declared, touching=line.touching, origin=line.source,
    )  # fmt: skip


@transaction.atomic
def replace_communes(*, territory: Territory, members: Iterable[Territory]) -> None:
    """Makes the set of `territory` the communes of `members`, and derives what follows from it."""
    algebra.lock_sets()
    members = list(members)
    wanted = set(TerritoryCommune.objects.filter(territory__in=members).values_list("commune_id", flat=True))
    rows = TerritoryCommune.objects.filter(territory=territory)
    rows.exclude(commune_id__in=wanted).delete()
    TerritoryCommune.objects.bulk_create(
        [TerritoryCommune(territory=territory, commune_id=pk) for pk in sorted(wanted)], ignore_conflicts=True
    )
    algebra.refresh_totals([territory.pk])
    algebra.rebuild_relations([territory.pk])
    store_outline(territory=territory, geometry=outline_of(members))
    territory.refresh_from_db()


def store_outline(*, territory: Territory, geometry: dict | None) -> None:
    if geometry is None:
        TerritoryContour.objects.filter(territory=territory).delete()
        return
    west, south, east, north = bounds(geometry)
    box = {"west": west, "south": south, "east": east, "north": north}
    TerritoryContour.objects.update_or_create(territory=territory, defaults={"geometry": geometry, **box})


def outline_of(members: list[Territory]) -> dict | None:
    """The union of the outlines of `members` when they are of one kind, else of all their communes.

    Outlines meet exactly only within one kind. A member without an outline leaves a gap.
    """
    contours = TerritoryContour.objects.filter(territory__in=members)
    one_kind = len({member.kind for member in members}) == 1
    if not one_kind or contours.count() < len(members):
        communes = TerritoryCommune.objects.filter(territory__in=members).values("commune_id")
        contours = TerritoryContour.objects.filter(territory__in=communes)
    return union(contours.order_by("pk").values_list("geometry", flat=True))


def free_slug(*, name: str, code: str) -> str:
    """An address nobody has: the name, else with the code."""
    base = slugify(name.replace("’", "-").replace("'", "-"))[:100] or slugify(code)
    taken = set(Territory.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = [
        base,
        f"{base}-{slugify(code)}"[:120],
        *(f"{base}-{number}" for number in range(2, len(taken) + 3)),
    ]
    return next(slug for slug in candidates if slug not in taken)


@transaction.atomic
def import_sets(*, text: str) -> list[Territory]:
    """Loads a CSV of sets, all of it or nothing: raises `RefusedSets` with the wrong lines."""
    lines = read_sets(text)
    if wrong := [line for line in lines if line.errors]:
        raise RefusedSets(wrong)
    return [compose_territory(line=line) for line in lines]


def preview_sets(*, text: str) -> list[Preview]:
    """What `import_sets` would give: outline, population, overlaps. Loads, looks, and undoes; raises `RefusedSets`."""
    known = set(Territory.objects.values_list("kind", "code"))
    with transaction.atomic():
        numbers = [line.number for line in read_sets(text)]
        previews = [
            look(number=number, territory=territory, is_new=territory.natural_key() not in known)
            for number, territory in zip(numbers, import_sets(text=text), strict=True)
        ]
        transaction.set_rollback(True)
    return previews


def look(*, number: int, territory: Territory, is_new: bool) -> Preview:
    contour = TerritoryContour.objects.filter(territory=territory).first()
    relations = territory.relations.exclude(to_territory__kind=Kind.COMMUNE).select_related("to_territory")
    ordered = sorted(
        relations, key=lambda row: (row.kind != "overlaps", -row.commune_share, row.to_territory.sort_name)
    )
    return Preview(number, territory, is_new, contour.geometry if contour else None, ordered)
