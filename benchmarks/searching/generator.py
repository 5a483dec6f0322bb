"""Fills an empty database with territories, the vocabulary and N made-up actors, as fast as the server takes them."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.db import connection, models
from django.utils import timezone

from actors.models import Actor, ActorArea, Competence, Expertise, Membership, Mention, Source
from territories.models import Territory
from workshops.models import Attendance, Workshop

from .words import ROLES, UNITS, Words

MARK = "Données engendrées par benchmarks/search.py : elles ne disent rien de personne"
BATCH = 20_000  # actors indexed in one statement
PERSONS = 0.3
TABLES = (Actor, ActorArea, Membership, Mention, Expertise, Attendance)
SCALES = ("epci", "petr", "pnr", "departement", "region")


def generate(actors: int, say: Callable[[str], None]) -> None:
    """Writes `actors` published actors, with places, functions, competences and presences at workshops."""
    words = Words()
    source = Source.objects.create(
        title=MARK, slug="engendre", kind="import", date=date(2026, 1, 1), page_count=9
    )
    places = _Places(words)
    workshops = _workshops(source, places)
    with _untriggered():
        tables = _Rows(actors, words, places, source.pk, workshops)
        for model, columns, rows in tables.all():
            _copy(model, columns, rows)
            say(f"{model._meta.db_table} written")
    _index(say)


class _Places:
    """Communes, the populous ones more often, and what lies around each."""

    def __init__(self, words: Words):
        self.rng = words.rng
        communes = list(
            Territory.objects.filter(kind="commune", is_obsolete=False)
            .order_by("code")
            .values_list("pk", "name", "population")
        )
        self.communes = [(pk, name) for pk, name, _ in communes]
        self.weights = list(itertools.accumulate((population or 1) ** 0.7 for *_, population in communes))
        self.around: dict[int, list[int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT r.from_territory_id, r.to_territory_id FROM territories_territoryrelation r"
                " JOIN territories_territory t ON t.id = r.to_territory_id"
                " WHERE r.kind = 'within' AND t.kind = ANY(%s) ORDER BY 1, t.commune_count, 2",
                [list(SCALES)],
            )
            for commune, wider in cursor.fetchall():
                self.around.setdefault(commune, []).append(wider)

    def draw(self) -> tuple[int, str]:
        return self.rng.choices(self.communes, cum_weights=self.weights)[0]

    def areas(self, commune: int) -> list[int]:
        """Where one seated there acts: often nowhere said, sometimes the commune, or a wider place, seldom a région."""
        wider = self.around.get(commune, [])
        drawn = self.rng.random()
        if drawn < 0.3 or not wider:
            return []
        if drawn < 0.6:
            return [commune]
        return sorted({commune, wider[min(int(self.rng.expovariate(1.2)), len(wider) - 1)]})


def _workshops(source: Source, places: _Places) -> list[int]:
    made = Workshop.objects.bulk_create(
        Workshop(title=f"Atelier engendré {n}", slug=f"atelier-engendre-{n}", date=date(2016 + n, 6, 1),
                 source=source, place_id=places.draw()[0], state="published")
        for n in range(9)
    )  # fmt: skip
    return [workshop.pk for workshop in made]


class _Rows:
    """The rows of each table. Actors first: the others name them by position."""

    def __init__(self, count: int, words: Words, places: _Places, source: int, workshops: Sequence[int]):
        self.count, self.words, self.places, self.source, self.workshops = (
            count,
            words,
            places,
            source,
            workshops,
        )
        self.rng = words.rng
        self.persons = range(1, int(count * PERSONS) + 1)
        self.organisations = range(self.persons.stop, count + 1)
        self.seats: dict[int, int] = {}
        terms = list(Competence.objects.order_by("slug").values_list("pk", "name"))
        self.rng.shuffle(terms)
        self.terms, self.term_weights = (
            terms,
            list(itertools.accumulate(1 / (n + 2) for n in range(len(terms)))),
        )

    def all(self) -> Iterator[tuple[type[models.Model], Sequence[str], Iterator[tuple]]]:
        yield Actor, _ACTOR, self.actors()
        yield ActorArea, ("actor_id", "territory_id", "source_id"), self.areas()
        yield Membership, ("member_id", "organisation_id", "role", "unit", "source_id"), self.memberships()
        yield Mention, ("actor_id", "source_id"), ((pk, self.source) for pk in range(1, self.count + 1))
        columns = ("actor_id", "competence_id", "evidence", "pages", "basis", "source_id")
        yield Expertise, columns, self.expertises()
        yield (
            Attendance,
            ("workshop_id", "person_id", "status", "listed_line", "source_id"),
            self.attendances(),
        )

    def actors(self) -> Iterator[tuple]:
        today = date(2026, 1, 1)
        for pk in self.persons:
            name, family = self.words.person()
            yield (
                pk,
                "person",
                name,
                f"engendre-{pk}",
                "published",
                "",
                None,
                "",
                family,
                "report",
                today,
                "",
                "",
                "",
            )
        for pk in self.organisations:
            commune, place = self.places.draw()
            self.seats[pk] = commune
            nature, name = self.words.organisation(place)
            summary = self.words.sentence(self.rng.randint(8, 30))
            yield (pk, "organisation", name, f"engendre-{pk}", "published", summary, commune, "stated", "", "", None,
                   nature, "stated", "active")  # fmt: skip

    def areas(self) -> Iterator[tuple]:
        for pk, commune in self.seats.items():
            for area in self.places.areas(commune):
                yield pk, area, self.source

    def memberships(self) -> Iterator[tuple]:
        """Few organisations have many people."""
        span = len(self.organisations)
        for pk in self.persons:
            organisation = self.organisations[int(span * self.rng.random() ** 2)]
            yield pk, organisation, self.rng.choice(ROLES), self.rng.choice(UNITS), self.source

    def expertises(self) -> Iterator[tuple]:
        for pk in range(1, self.count + 1):
            drawn = self.rng.choices(
                self.terms, cum_weights=self.term_weights, k=min(int(self.rng.expovariate(0.6)), 6)
            )
            for competence, _ in dict.fromkeys(drawn):
                basis = "stated" if self.rng.random() < 0.6 else "deduced"
                evidence = self.words.sentence(10)
                yield pk, competence, evidence, [self.rng.randint(1, 9)], basis, self.source

    def attendances(self) -> Iterator[tuple]:
        for pk in self.persons:
            if self.rng.random() < 0.2:
                yield self.rng.choice(self.workshops), pk, "present", "engendré", self.source


_ACTOR = ("id", "kind", "name", "slug", "state", "summary", "seat_id", "seat_basis", "family_name", "publication_basis",
          "publication_basis_on", "nature", "nature_basis", "life")  # fmt: skip


def _copy(model: type[models.Model], columns: Sequence[str], rows: Iterator[tuple]) -> None:
    """COPY; the columns that are not named take the model's defaults."""
    rest = [
        field
        for field in model._meta.concrete_fields
        if field.column not in columns and not field.generated and not field.primary_key and not field.null
    ]
    defaults = tuple(timezone.now() if getattr(f, "auto_now", 0) or getattr(f, "auto_now_add", 0)
                     else f.get_default() for f in rest)  # fmt: skip
    names = ", ".join([*columns, *(field.column for field in rest)])
    statement = f"COPY {model._meta.db_table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row + defaults)


class _untriggered:
    """No trigger of ours while the rows are written: the search table is filled once, afterwards."""

    def __enter__(self):
        self._switch("DISABLE")

    def __exit__(self, *_):
        self._switch("ENABLE")

    def _switch(self, how: str) -> None:
        with connection.cursor() as cursor:
            for model in TABLES:
                cursor.execute(f"ALTER TABLE {model._meta.db_table} {how} TRIGGER USER")


def _index(say: Callable[[str], None]) -> None:
    """Fills the search table by batches, its indexes left for the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'directory_searchentry'"
            " AND indexname NOT LIKE '%pkey'"
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("ANALYZE")
        cursor.execute("SELECT max(id) FROM actors_actor")
        last = cursor.fetchone()[0]
        for start in range(1, last + 1, BATCH):
            cursor.execute(
                "SELECT directory_refresh(ARRAY(SELECT id FROM actors_actor WHERE id BETWEEN %s AND %s))",
                [start, start + BATCH - 1],
            )
            say(f"indexed up to {start + BATCH - 1}")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("VACUUM (ANALYZE)")
