"""Tables: rows of cells under named columns, with a cross for presence."""

import re
from dataclasses import dataclass, replace

from . import words
from .assembly import WHY_INCOMPLETE, WHY_NAME, WHY_STATUS
from .entries import Affiliation, Entry
from .names import Name, read_name, split_civility
from .organisations import KnownOrganisations
from .people import people_on
from .statuses import read_said

WHY_EMPTY = "Case vide\u202f: même organisme que la ligne du dessus\u202f?"
WHY_COLUMN = "Colonne au sens incertain"
WHY_NO_CROSS = "Aucune croix sur cette ligne"

_COLUMNS = {
    "number": "n no num numero # ordre rang",
    "civility": "civilite|civ|m mme|m. / mme|mme m|genre|m./mme|mme/m.",
    "family": "nom|noms|nom de famille|nom d usage|nom de naissance|patronyme",
    "given": "prenom|prenoms",
    "name": "nom prenom|nom et prenom|noms et prenoms|noms prenoms|nom & prenom|nom / prenom|nom - prenom|nom – prenom|participant|participants|participante|"
    "identite|personne|personnes|nom complet|membre|membres|nom du participant|nom des participants|representant|representants|qui|invites|contact",
    "name-given": "prenom nom|prenom et nom|prenoms et noms|prenom / nom|prenoms noms|prenom & nom|prenom - nom",
    "role": "fonction|fonctions|qualite|titre|poste|mandat|profession|fonction / qualite|fonction qualite|titre / fonction|fonction / titre|metier|qualite / fonction|"
    "intitule du poste|intitule de poste|mission|fonction / mandat|fonction ou mandat|fonction et mandat|titre fonction|role",
    "organisation": "organisme|organismes|organisation|organisations|structure|structures|collectivite|collectivites|entite|etablissement|employeur|institution|"
    "association|entreprise|societe|organisme / structure|organisation / structure|structure / organisme|structure / organisation|structure d appartenance|"
    "organisme d appartenance|organisme represente|structure representee|collectivite / organisme|organisme / collectivite|collectivite / structure|partenaire|"
    "affiliation|appartenance|rattachement|structure / collectivite|organisme de rattachement|entite / organisme|representant de|institution / organisme|nom de la structure|"
    "nom de l organisme|affiliations|collectivite ou organisme|organisme ou collectivite|structure ou organisme",
    "unit": "service|services|direction|pole|unite|direction / service|service / direction|direction et service|service ou direction|pole / service|bureau|division",
    "territory": "territoire|commune|ville|lieu|localisation|region|secteur geographique|code postal|cp|dpt|commune d origine|territoire d intervention|bassin",
    "present": "present|presents|presente|presente e|present e|presentes|presences|p",
    "excused": "excuse|excuses|excusee|excuse e|excuses ees|exc|e|absent excuse|absents excuses",
    "absent": "absent|absents|absente|absent e|a",
    "represented": "represente|representes|representee|represente e|pouvoir|represente par|represente e par|procuration|pouvoir a|suppleant",
    "invited": "invite|invitee|invite e",
    "presence": "presence|present / absent|present / excuse|statut|etat|participation|reponse|p / a|p / e / a|p/a/e|presence / absence|present absent|confirmation|venue|inscription",
    "signature": "emargement|signature|signatures|visa",
    "session": "role dans la seance|role dans l atelier|role pendant l atelier|session role|role en seance|role de seance|animation",
    "private": "mail|mails|email|e mail|courriel|adresse mail|adresse email|adresse e mail|adresse electronique|mel|telephone|tel|tel.|portable|mobile|mail / tel|contact mail|coordonnees|"
    "telephone portable|n de telephone|numero de telephone|tel / mail|telephone / mail|mail / telephone|telephone fixe",
    "mixed": "fonction et organisme|organisme et fonction|organisme / fonction|fonction / organisme|fonction structure|fonction / structure|structure / fonction|qualite et organisme|"
    "structure et fonction|fonction et structure|organisation / fonction|fonction / organisation|fonction et organisation|organisation et fonction|qualite / organisme|fonctions et organismes|"
    "organisme fonction|fonction organisme|titre et organisme|presentation",
    "notes": "observations|observation|remarques|remarque|commentaire|commentaires|notes|note|divers|precisions|informations",
    "ignored": "date|heure|arrivee|depart|atelier|groupe|table|repas|dejeuner|adresse|site|site web|session|atelier choisi|source|id|categorie|type|college",
    "department": "departement",
}
_KIND_OF = {
    name.strip(): kind
    for kind, names in _COLUMNS.items()
    for name in (names.split("|") if "|" in names else names.split() if kind == "number" else [names])
}
_HINT = re.compile(  # what no table's head is without: sparing the other lines the reading of their cells
    r"\b(?:noms?|pr[ée]noms?|participant|identit|personne|membre|repr[ée]sentant|invit|contact|patronyme|qui|organis|structure|collectivit|entit|"
    r"[ée]tablissement|employeur|institution|association|entreprise|soci[ée]t|partenaire|affiliation|appartenance|rattachement)",
    re.IGNORECASE,
)
_MARKS = frozenset("x × ✓ ✔ ☑ ☒ ✅ oui o yes y 1 ok vrai true v • ● ■ p present presente xx ✗ ✘ +".split())
_NO_MARKS = frozenset("non n no 0 faux false ☐ ⬜ - – — / [] ✖ ❌".split())
_CODES = {
    **{mark: "present" for mark in _MARKS},
    **{mark: "absent" for mark in ("a", "abs", "absent", "absente", "non", "n", "no", "0", "faux", "false")},
    **{mark: "excused" for mark in ("e", "exc", "ex", "excuse", "excusee")},
    **{mark: "represented" for mark in ("r", "rep", "represente", "representee", "pouvoir")},
    **{mark: "invited" for mark in ("i", "inv", "invite", "invitee")},
}
_EMPTY = frozenset(
    (
        "",
        "-",
        "–",
        "—",
        "/",
        "n/a",
        "na",
        "neant",
        "nc",
        "n.c.",
        ".",
        "..",
        "…",
        "?",
        "nd",
        "sans objet",
        "rien",
    )
)
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


def _kind(cell: str) -> str:
    folded = re.sub(r"[’'._]", " ", words.fold(cell))
    folded = " ".join(re.sub(r"\((?:s|e|es|ées|x|1)\)|[*:°]", " ", folded).split())
    tight = re.sub(r"\s*/\s*", " / ", folded)
    for spelling in (folded, tight, words.bare(folded)):
        if spelling in _KIND_OF:
            return _KIND_OF[spelling]
    return ""


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
    kinds = [_kind(cell) for cell in cells]
    filled = [cell for cell in cells if cell]
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
    kinds = _unique_names(kinds)
    starts = (
        tuple(match.start() for match in re.finditer(r"(?:(?<=^)|(?<=\s\s))\S", text))
        if separator == " "
        else ()
    )
    return Columns(tuple(kinds), separator, starts)


_TITLE_WORDS = frozenset(word for names in _KIND_OF for word in names.split() if len(word) > 2)


def only_titles(text: str) -> bool:
    """« Nom Prénom Fonction Organisme »: the head of a table whose columns were lost."""
    found = words.tokens(text) if len(text) < 120 else []
    return (
        len(found) > 1
        and found[0] in ("nom", "noms", "prenom", "prenoms", "civilite")
        and all(w in _TITLE_WORDS or len(w) < 3 for w in found)
    )


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


def _filled(cell: str) -> str | None:
    text = cell.strip()
    return None if words.fold(text) in _EMPTY else text


def _first(cells: list[str], columns: Columns, kind: str) -> str | None:
    for index, other in enumerate(columns.kinds):
        if other == kind and index < len(cells) and _filled(cells[index]):
            return _filled(cells[index])
    return None


def has_cross(cells: list[str], columns: Columns) -> bool:
    """Whether the row bears a mark in a column of presence."""
    return any(
        kind in STATUS_COLUMNS and index < len(cells) and words.fold(cells[index]) in _MARKS
        for index, kind in enumerate(columns.kinds)
    )


def tells_presence(cells: list[str], columns: Columns) -> bool:
    """Whether a column of presence says something on this row."""
    told = (*STATUS_COLUMNS, "presence", "signature", "notes")
    return any(
        kind in told and index < len(cells) and _filled(cells[index])
        for index, kind in enumerate(columns.kinds)
    )


def _status(cells: list[str], columns: Columns, section: str) -> tuple[str, str | None]:
    """The status a row says, and what else it could be if that is in doubt."""
    crossed = [
        (kind, cells[index])
        for index, kind in enumerate(columns.kinds)
        if kind in STATUS_COLUMNS
        and index < len(cells)
        and (_filled(cells[index]) or words.fold(cells[index]) in _NO_MARKS)
    ]
    said = [_crossed(kind, cell) for kind, cell in crossed]
    positive = [status for status in said if status and status != "absent"] or [
        status for status in said if status
    ]
    if len(positive) == 1:
        return positive[0], None
    if positive:
        return positive[0], positive[1] if positive[1] != positive[0] else None
    code = _first(cells, columns, "presence")
    if code:
        return _coded(code)
    signed = _first(cells, columns, "signature")
    if signed:
        return _CODES.get(words.fold(signed), "present"), None if words.fold(signed) in _CODES else "unknown"
    if columns.crossed and any(kind in STATUS_COLUMNS for kind in columns.kinds):
        return "absent", "unknown"
    return section, None


def _crossed(kind: str, cell: str) -> str | None:
    """What a cell says under a column of presence: a cross says the column; « excusée » says itself; « non » under
    « présent » says absent, and nothing elsewhere."""
    folded = words.fold(cell).strip(".")
    if folded in _NO_MARKS:
        return "absent" if kind == "present" and folded in ("non", "n", "no", "faux", "false", "0") else None
    said = read_said(cell)
    if said and said.status:
        return said.status
    return kind


def _coded(code: str) -> tuple[str, str | None]:
    folded = words.fold(code).strip(".")
    if folded in _CODES:
        return _CODES[folded], None
    said = read_said(code)
    if said and said.status:
        return said.status, None if said.sure else "unknown"
    return "unknown", "present"


def _given_family(cells: list[str], columns: Columns) -> tuple[Name | None, str | None]:
    family, given = _first(cells, columns, "family"), _first(cells, columns, "given")
    if family and given:
        family = split_civility(family)[2]
        joined = read_name(f"{family.upper()} {given.title() if given.isupper() else given}")
        dressed = read_name(f"{given} {family}")
        text = joined.text if joined and family.isupper() else f"{_case(given)} {_case(family)}"
        return Name(text, 3, "given", civility=dressed.civility if dressed else None), None
    alone = family or given
    if not alone:
        return None, None
    whole = read_name(alone)
    if whole and not whole.incomplete:
        return whole, None
    return Name(_case(alone), 3, "family", incomplete=True), alone


def _case(text: str) -> str:
    if not (text.isupper() or text.islower()):
        return text
    return re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), text.lower())


def _name(cells: list[str], columns: Columns) -> tuple[Name | None, str | None]:
    """The person of a row, and the text of a cell that does not read as a name."""
    if "family" in columns.kinds:
        return _given_family(cells, columns)
    text = _first(cells, columns, "name") or _first(cells, columns, "name-given")
    if not text:
        return None, None
    name = read_name(text)
    if name and name.order in ("none", "either") and name.swapped and "name-given" in columns.kinds:
        name = replace(name, order="given", swapped=None, strength=max(2, name.strength))
    return name, None if name else text


def read_row(
    cells: list[str], columns: Columns, known: KnownOrganisations, section: str, session: str | None
) -> list[tuple[Entry, str]]:
    """The entry of a row, with the text of its name; several if the name's cell holds several people."""
    name, odd = _name(cells, columns)
    status, other = _status(cells, columns, section)
    role, unit, organisation = (_first(cells, columns, kind) for kind in ("role", "unit", "organisation"))
    mixed = _first(cells, columns, "mixed")
    if name is None and odd or mixed or ("organisation" not in columns.kinds and (role or name)):
        return _through_pieces(cells, columns, known, status, other, session)
    if name is None and not organisation:
        return []
    entry = Entry(
        person_name=name.text if name else None,
        role=role,
        unit=unit,
        organisation=organisation,
        territory=_first(cells, columns, "territory"),
        status=status,
        session_role=_first(cells, columns, "session") or session,
    )
    entry = replace(entry, affiliations=(Affiliation(role, unit, organisation, entry.territory),))
    return [(_row_doubts(entry, name, other, cells, columns), odd or _first(cells, columns, "name") or "")]


def _row_doubts(
    entry: Entry, name: Name | None, other: str | None, cells: list[str], columns: Columns
) -> Entry:
    if other:
        entry = entry.doubted(
            WHY_NO_CROSS if entry.status == "absent" and other == "unknown" else WHY_STATUS, status=other
        )
    if name and name.incomplete:
        entry = entry.doubted(
            WHY_INCOMPLETE, person_name=f"{name.civility} {name.text}" if name.civility else name.text
        )
    elif name and name.strength < 2 and name.order != "none":
        entry = entry.doubted(WHY_NAME, person_name=name.swapped)
    note = _first(cells, columns, "notes")
    said = read_said(note) if note else None
    if said and said.status and said.status != entry.status:
        before = entry.status
        entry = replace(entry, status=said.status)
        if before not in ("unknown", "absent"):
            entry = entry.doubted(WHY_STATUS, status=before)
    if said and said.session_role:
        entry = replace(entry, session_role=said.session_role)
    department = _first(cells, columns, "department")
    if department:
        placed = words.places().whole(words.tokens(department)) or department.isdigit()
        entry = (
            replace(entry, territory=entry.territory or department)
            if placed
            else replace(entry, unit=department).doubted(WHY_COLUMN, unit=None, territory=department)
        )
    return entry


def _through_pieces(
    cells: list[str],
    columns: Columns,
    known: KnownOrganisations,
    status: str,
    other: str | None,
    session: str | None,
) -> list[tuple[Entry, str]]:
    """Rows whose columns hold several things at once are read as a line of text."""
    if "family" in columns.kinds:
        name, _ = _given_family(cells, columns)
        who = name.text if name else ""
    else:
        who = _first(cells, columns, "name") or _first(cells, columns, "name-given") or ""
    parts = [
        who,
        *(
            _first(cells, columns, kind) or ""
            for kind in ("role", "mixed", "unit", "organisation", "territory")
        ),
    ]
    found = people_on("\t".join(part for part in parts if part), known, status, session)
    if other:
        found = [(entry.doubted(WHY_STATUS, status=other), start) for entry, start in found]
    return found
