"""Reads the CSV by which an animator describes sets of communes or groupings (`code, nom, nature, membres`).

Nothing is written here: each line comes back with its territories, or with its errors in words that say what to type.
The format is told in fixtures/territories/README.md.
"""

import csv
import difflib
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F

from foundations.text import sort_key

from .models import Kind, Territory, TerritoryName

REQUIRED = ["code", "nom", "nature", "membres"]
COMPOSED_KINDS = [Kind.PETR, Kind.PNR, Kind.ACADEMIE, Kind.EPCI, Kind.EPT, Kind.OTHER]
LENGTHS = (2, 3, 5, 9)  # characters of an official code
CODE = re.compile(r"[A-Za-z0-9-]{1,60}")  # an SIREN number, or a short slug
LONGEST_NAME = 200


@dataclass
class SetLine:
    """One line of the file: a territory to be, and what is wrong with it."""

    number: int
    code: str
    name: str
    kind: str
    members: list[Territory] = field(default_factory=list)
    declared: str = ""
    touching: list[Territory] = field(default_factory=list)
    source: str = ""
    errors: list[str] = field(default_factory=list)


def read_sets(text: str) -> list[SetLine]:
    """Every line of `text`, checked. Line numbers are those of a text editor: the header is line 1.

    A file whose header is wrong gives one line, number 1, that says so.
    """
    text = text.lstrip("\ufeff")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    header = [(name or "").strip().lower() for name in reader.fieldnames or []]
    reader.fieldnames = header
    if missing := [name for name in REQUIRED if name not in header]:
        return [SetLine(1, "", "", "", errors=[f"Colonnes qui manquent : {', '.join(missing)}."])]
    rows = [
        (reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}) for row in reader
    ]
    rows = [(number, row) for number, row in rows if any(row.values())]
    lookup = Lookup.of(
        token for _number, row in rows for token in tokens(row["membres"]) + tokens(row.get("etendue", ""))
    )
    seen: dict[str, int] = {}
    return [read_line(number, row, lookup, seen) for number, row in rows]


def tokens(cell: str) -> list[str]:
    return [token for token in re.split(r"[\s,;|]+", cell) if token]


def read_line(number: int, row: dict, lookup: "Lookup", seen: dict[str, int]) -> SetLine:
    line = SetLine(number, row["code"], row["nom"], read_kind(row["nature"]))
    line.declared, line.source = row.get("declaration", ""), row.get("source", "")
    if not line.code or not line.name:
        line.errors.append("Le code et le nom sont obligatoires.")
    elif not CODE.fullmatch(line.code):
        line.errors.append(
            "Le code ne peut avoir que des lettres sans accent, des chiffres et des tirets (60 au plus)."
        )
    if len(line.name) > LONGEST_NAME:
        line.errors.append(f"Ce nom dépasse {LONGEST_NAME} caractères.")
    if line.code in seen:
        line.errors.append(f"Le code « {line.code} » est déjà celui de la ligne {seen[line.code]}.")
    seen.setdefault(line.code, number)
    if not line.kind:
        choices = ", ".join(kind.value for kind in COMPOSED_KINDS)
        line.errors.append(f"Nature inconnue : « {row['nature']} ». Écrivez l’une de celles-ci : {choices}.")
    elif Territory.objects.filter(kind=line.kind, code=line.code, is_official=True).exists():
        line.errors.append(f"Le code « {line.code} » est celui d’un territoire du découpage officiel.")
    line.members = read_members(tokens(row["membres"]), lookup, line.errors)
    line.touching = read_members(tokens(row.get("etendue", "")), lookup, line.errors)
    line.errors += repeated_communes(line.members, lookup)
    return line


def read_kind(text: str) -> str:
    """The `Kind` value for « petr » or « Parc naturel régional »; empty when there is none."""
    for kind in COMPOSED_KINDS:
        if sort_key(text) in (kind.value, sort_key(str(kind.label))):
            return kind.value
    return ""


def read_members(codes: list[str], lookup: "Lookup", errors: list[str]) -> list[Territory]:
    found: dict[str, Territory] = {}
    for code in codes:
        territory = lookup.find(code)
        if territory is None:
            errors.append(lookup.explain(code))
        elif code in found:
            errors.append(f"« {code} » ({territory.label}) est écrit deux fois.")
        elif not territory.is_known:
            errors.append(
                f"« {code} » ({territory.label}) : ses communes ne sont pas connues, il ne peut pas être membre."
            )
        if territory:
            found.setdefault(code, territory)
    return list(found.values())


def repeated_communes(members: list[Territory], lookup: "Lookup") -> list[str]:
    """A commune that is also in a grouping of the same line was written by mistake, one way or the other."""
    groupings = [member for member in members if member.kind != Kind.COMMUNE]
    return [
        f"« {commune.code} » ({commune.label}) est déjà dans « {grouping.code} » ({grouping.label})."
        for commune in members if commune.kind == Kind.COMMUNE
        for grouping in groupings if commune.pk in lookup.communes_of(grouping)
    ]  # fmt: skip


class Lookup:
    """The territories named by codes, fetched together; and what was probably meant by a code that names none."""

    def __init__(self, territories: list[Territory]):
        self._found: dict[tuple[str, str], Territory] = {item.natural_key(): item for item in territories}
        self._communes: dict[int, set[int]] = {}

    @classmethod
    def of(cls, codes) -> "Lookup":
        bare = {code.rpartition(":")[2] for code in codes}
        return cls(list(Territory.objects.filter(code__in=bare).select_related("replaced_by")))

    def find(self, token: str) -> Territory | None:
        """The current territory that `token` names (`63457`, `246300701`, `region:84`), or None."""
        kind, _colon, code = token.rpartition(":")
        guessed = {5: ["commune"], 9: ["epci", "ept"]}.get(len(code), ["departement", "com"])
        kinds = [kind] if kind else guessed
        for kind in kinds:
            territory = self._found.get((kind, code))
            if territory and not territory.is_obsolete:
                return territory
        return None

    def communes_of(self, territory: Territory) -> set[int]:
        if territory.pk not in self._communes:
            rows = territory.commune_rows.values_list("commune_id", flat=True)
            self._communes[territory.pk] = set(rows)
        return self._communes[territory.pk]

    def explain(self, token: str) -> str:
        """Why `token` names nothing, and what to write instead."""
        kind, _colon, code = token.rpartition(":")
        gone = self._found.get((kind or "commune", code))
        if gone and gone.replaced_by:
            return f"« {token} » ({gone.name}) n’existe plus : écrivez {_named(gone.replaced_by)}."
        if gone:
            return f"« {token} » ({gone.name}) n’existe plus, et rien ne dit ce qui l’a remplacé."
        if (
            former := TerritoryName.objects.filter(code=code)
            .exclude(code="")
            .select_related("territory")
            .first()
        ):
            return f"« {token} » est l’ancien code de {former.name} : écrivez {_named(former.territory)}."
        posts = TerritoryName.objects.filter(kind=TerritoryName.Kind.POSTAL, name=code).select_related(
            "territory"
        )
        posts = posts.order_by(F("territory__population").desc(nulls_last=True), "territory__code")
        if named := [_named(item.territory) for item in posts[:4]]:
            return f"« {token} » est un code postal, pas un code de commune : {' ou '.join(named)} ?"
        return f"Territoire inconnu : « {token} ».{self._nearest(code)}"

    def _nearest(self, code: str) -> str:
        padded = code.zfill(5) if code.isdigit() and len(code) < 5 else code
        by_code = defaultdict(list)
        if len(padded) in LENGTHS:
            alike = Territory.objects.current().filter(code__startswith=padded[:2])
            for territory in alike.filter(code__regex=rf"^.{{{len(padded)}}}$"):
                by_code[territory.code].append(territory)
        close = [padded, *swapped(padded), *difflib.get_close_matches(padded, by_code, n=3, cutoff=0.7)]
        close = [code for code in dict.fromkeys(close) if code in by_code][:3]
        named = [_named(by_code[match][0]) for match in close]
        if not named:  # a name where a code is wanted
            named = [_named(match) for match in Territory.objects.search(code)[:3]]
        return f" Vouliez-vous écrire {' ou '.join(named)} ?" if named else ""


def swapped(code: str) -> list[str]:
    """`code` with two neighbouring characters exchanged, the commonest slip of the hand."""
    pairs = range(len(code) - 1)
    return [code[:index] + code[index + 1] + code[index] + code[index + 2 :] for index in pairs]


def _named(territory: Territory) -> str:
    return f"{territory.code} ({territory.label})"
