"""Terms, their CSV, and what is wrong with a list of them."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COLUMNS = ("slug", "parent", "name", "definition", "synonyms", "related")
LONGEST = 120  # letters of a name or a synonym, as in the table
_SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@dataclass(frozen=True)
class Term:
    """A competence; `parent` and `related` are slugs, `parent` empty for a broad term."""

    slug: str
    name: str
    definition: str
    parent: str = ""
    synonyms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


def write_csv(terms: Iterable[Term]) -> str:
    """A table with a head; several synonyms or neighbours in a cell are separated by « ; »."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for term in terms:
        cells = (
            term.slug,
            term.parent,
            term.name,
            term.definition,
            ";".join(term.synonyms),
            ";".join(term.related),
        )
        writer.writerow(cells)
    return out.getvalue()


def read_csv(text: str) -> tuple[list[Term], list[str]]:
    """The terms of a table, and what is wrong with it, line by line, in French; terms are good only if nothing is."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in COLUMNS[:4] if name not in (rows.fieldnames or [])]
    if missing:
        return [], [f"Ligne 1\u00a0: il manque les colonnes {', '.join(missing)}."]
    terms = [_term(row) for row in rows]
    return terms, check(terms, first_line=2)


def _term(row: dict) -> Term:
    def cell(name: str) -> str:
        return " ".join((row.get(name) or "").split())

    def words(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word.strip() for word in cell(name).split(";") if word.strip()))

    return Term(
        cell("slug"), cell("name"), cell("definition"), cell("parent"), words("synonyms"), words("related")
    )


def check(terms: Sequence[Term], *, first_line: int = 1) -> list[str]:
    """What is wrong, each with its line: bad or repeated slugs, unknown or too deep parents, unknown neighbours."""
    by_slug = {term.slug: term for term in terms}
    seen_slugs: set[str] = set()
    seen_names: set[str] = set()
    problems = []
    for line, term in enumerate(terms, start=first_line):
        found = [*_wrong_in(term), *_wrong_ties(term, by_slug)]
        if term.slug in seen_slugs:
            found.append(f"le repère « {term.slug} » est déjà pris")
        if term.name.casefold() in seen_names:
            found.append(f"le nom « {term.name} » est déjà pris")
        seen_slugs.add(term.slug)
        seen_names.add(term.name.casefold())
        problems += [f"Ligne {line}\u00a0: {problem}." for problem in found]
    return problems


def _wrong_in(term: Term) -> list[str]:
    found = []
    if not _SLUG.match(term.slug) or len(term.slug) > LONGEST:
        found.append(f"le repère « {term.slug} » doit être en minuscules sans accents, avec des tirets")
    if not term.name:
        found.append("le nom manque")
    if not term.definition:
        found.append("la définition manque")
    too_long = [name for name in (term.name, *term.synonyms) if len(name) > LONGEST]
    return found + [f"« {name[:40]}… » dépasse {LONGEST} caractères" for name in too_long]


def _wrong_ties(term: Term, by_slug: dict[str, Term]) -> list[str]:
    found = []
    if term.parent and term.parent not in by_slug:
        found.append(f"le terme plus large « {term.parent} » n’existe pas")
    elif term.parent == term.slug and term.slug:
        found.append("un terme n’est pas sous lui-même")
    elif term.parent and by_slug[term.parent].parent:
        found.append(f"« {term.parent} » est déjà sous un autre terme\u00a0: le vocabulaire a deux niveaux")
    unknown = [slug for slug in term.related if slug not in by_slug]
    return found + [f"le terme voisin « {slug} » n’existe pas" for slug in unknown]
