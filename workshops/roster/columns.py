"""The head of a table: what its columns hold, and how its rows are cut."""

import re
from dataclasses import dataclass

from . import words

_HINT = re.compile(  # what no table's head is without: sparing the other lines the reading of their cells
    r"\b(?:noms?|pr[ée]noms?|participant|identit|personne|membre|repr[ée]sentant|invit|contact|patronyme|adh[ée]rent|name|company|"
    r"qui|titulaire|organis|structure|collectivit|entit|"
    r"[ée]tablissement|employeur|institution|association|entreprise|soci[ée]t|partenaire|affiliation|"
    r"appartenance|rattachement)",
    re.IGNORECASE,
)
_TITLE_WORDS = frozenset(word for names in words.column_kinds() for word in names.split() if len(word) > 2)
STATUS_COLUMNS = ("present", "excused", "absent", "represented", "invited")


@dataclass(frozen=True)
class Columns:
    """What each column holds, and whether any row of the table bears a cross."""

    kinds: tuple[str, ...]
    separator: str
    starts: tuple[int, ...] = ()
    crossed: bool = False

    def index(self, kind: str) -> int | None:
        """Position of the first column of that kind."""
        return self.kinds.index(kind) if kind in self.kinds else None


def split_row(text: str, separator: str) -> list[str]:
    """The cells of a line."""
    if separator == "|":
        return [cell.strip() for cell in text.strip().strip("|").split("|")]
    if separator == " ":
        return [cell.strip() for cell in re.split(r"\s{2,}", text.strip())]
    if separator in ",;" and '"' in text:
        return _quoted(text, separator)
    return [cell.strip().strip('"') for cell in text.split(separator)]


def _quoted(text: str, separator: str) -> list[str]:
    cells, current, inside = [], [], False
    for char in text:
        if char == '"':
            inside = not inside
        elif char == separator and not inside:
            cells.append("".join(current).strip())
            current = []
        else:
            current.append(char)
    cells.append("".join(current).strip())
    return cells


def separator_of(text: str) -> str | None:
    """What separates cells on this line, if it is a row."""
    if "\t" in text:
        return "\t"
    if text.count("|") >= 1:
        return "|"
    if re.search(r"\S\s{3,}\S", text):
        return " "
    return next((mark for mark in (";", ",", " / ", " – ", " - ", "  ") if mark in text), None)


def kind_of(cell: str) -> str:
    """What a column under that title holds; "" if the title says nothing."""
    folded = re.sub(r"[’'._]", " ", words.fold(cell))
    folded = " ".join(re.sub(r"\((?:s|e|es|ées|x|1)\)|[*:°]", " ", folded).split())
    tight = re.sub(r"\s*/\s*", " / ", folded)
    asked = " ".join(word for word in folded.split() if word not in _ASKED)
    for spelling in (folded, tight, words.bare(folded), asked):
        if spelling in words.column_kinds():
            return words.column_kinds()[spelling]
    return ""


_ASKED = frozenset(("votre", "vos", "vous", "participant"))  # « Votre structure », « Prénom participant »
NAME_KINDS = frozenset(("family", "given", "name", "name-given"))


def read_columns(text: str) -> Columns | None:
    """The columns `text` names, if it is a table's head."""
    if len(text) > 400 or not _HINT.search(text):
        return None
    separator = separator_of(text)
    if separator == "  ":
        separator = " "
    if separator is None:
        return None
    cells = split_row(text, separator)
    kinds = [kind_of(cell) for cell in cells]
    filled = [cell for cell in cells if cell]
    if "proxy" in kinds:  # « Structure | Représentée par »: the names; beside names, who came for them
        kinds[kinds.index("proxy")] = "represented" if NAME_KINDS & set(kinds) else "name"
    kinds = _with_deputies(kinds, [words.fold(cell) for cell in cells])
    known = [kind for kind in kinds if kind]
    if (
        len(known) < 2
        or len(known) * 2 < len(filled)
        or not {"family", "given", "name", "name-given", "organisation"} & set(known)
    ):
        return None
    if "family" in kinds and "given" not in kinds:
        kinds[kinds.index("family")] = "name"
    if kinds.count("role") == 2 and "role" in [words.fold(cell) for cell in cells]:
        kinds[[words.fold(cell) for cell in cells].index("role")] = "session"
    kinds = _unique_names(_of_a_call(kinds))
    starts = (
        tuple(match.start() for match in re.finditer(r"(?:(?<=^)|(?<=\s\s))\S", text))
        if separator == " "
        else ()
    )
    return Columns(tuple(kinds), separator, starts)


def only_titles(text: str) -> bool:
    """« Nom Prénom Fonction Organisme »: the head of a table whose columns were lost."""
    opens = text[:3].lower() in ("nom", "pré", "pre", "civ")
    found = words.tokens(text) if opens and len(text) < 120 else []
    return (
        len(found) > 1
        and found[0] in ("nom", "noms", "prenom", "prenoms", "civilite")
        and all(w in _TITLE_WORDS or len(w) < 3 for w in found)
    )


def _with_deputies(kinds: list[str], folded: list[str]) -> list[str]:
    """« Membres | Titulaire | Suppléant »: the members are organisations."""
    if not {"titulaire", "titulaires"} & set(folded):
        return kinds
    return [
        "organisation" if cell in ("membre", "membres") else kind
        for kind, cell in zip(kinds, folded, strict=True)
    ]


def _of_a_call(kinds: list[str]) -> list[str]:
    """Where a column says when people were connected, « rôle » and « invité » are those of the call."""
    if "joined" not in kinds:
        return kinds
    return ["ignored" if kind in ("role", "invited") else kind for kind in kinds]


def _unique_names(kinds: list[str]) -> list[str]:
    """« Organisme | Représentant »: a second column of names is only for notes."""
    seen = False
    for index, kind in enumerate(kinds):
        if kind in ("name", "name-given"):
            kinds[index] = "notes" if seen or "family" in kinds else kind
            seen = True
    return kinds


def cells_of(text: str, columns: Columns) -> list[str] | None:
    """The cells of a row under `columns`; None if the line is not such a row."""
    if columns.separator == " ":
        return _by_position(text, columns)
    if columns.separator not in text:
        return None
    cells = split_row(text, columns.separator)
    if columns.separator == "," and len(cells) > len(columns.kinds) + 1:
        return None
    cells += [""] * (len(columns.kinds) - len(cells))
    return cells


def _by_position(text: str, columns: Columns) -> list[str] | None:
    found = [(match.start(), match.group().strip()) for match in re.finditer(r"\S(?:\S|\s(?!\s))*", text)]
    if len(found) < 2:
        return None
    if len(found) == len(columns.kinds):
        return [cell for _, cell in found]
    cells = [""] * len(columns.kinds)
    for start, cell in found:
        nearest = min(range(len(columns.starts)), key=lambda index: abs(columns.starts[index] - start))
        if abs(columns.starts[nearest] - start) > 4 or nearest >= len(cells) or cells[nearest]:
            return None
        cells[nearest] = cell
    return cells
