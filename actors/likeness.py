"""Whether two names may be of the same person or organisation, and why. Pure: no Django, no database.

Names come folded (`foundations.text.sort_key`). Identity is proposed, never decided: the strongest answer, `SAME`, is
for equal names borne by what is otherwise told alike; the DDT is not the Département, the Ville not its CCAS.
"""

import re
from dataclasses import dataclass
from enum import IntEnum


class Verdict(IntEnum):
    """How likely it is that the two are one; the higher the surer."""

    DISTINCT = 0  # nothing worth showing
    UNLIKELY = 1  # worth showing, so that one sees that it is another
    DECIDE = 2  # worth showing, chosen by nobody yet
    PROBABLE = 3  # proposed, to be looked at
    SAME = 4  # proposed, needs no second look


@dataclass(frozen=True)
class Described:
    """What is known of one side: folded names (the first is the usual one), organisations and functions, folded."""

    names: tuple[str, ...]
    organisations: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """`verdict`, and its reasons in French, the strongest first."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()


# What sort of body a name tells. Two names of different sorts are two bodies, however near the rest; a sort that is
# written several ways is one (« mairie », « ville », « commune »). The first that is found counts: « centre communal
# d’action sociale » is no commune, nor « direction départementale » a département.
_SORTS = (
    ("ccas", r"ccas|centre communal d action sociale"),
    ("cias", r"cias|centre intercommunal d action sociale"),
    ("ddt", r"ddtm?|direction departementale des territoires( et de la mer)?"),
    ("ddets", r"ddets|direction departementale de l emploi"),
    ("ddpp", r"ddpp|direction departementale de la protection des populations"),
    ("dreal", r"dreal|direction regionale de l environnement"),
    ("drac", r"drac|direction regionale des affaires culturelles"),
    ("draaf", r"draaf|direction regionale de l alimentation"),
    ("dreets", r"dreets|direction regionale de l economie"),
    ("direction", r"direction (departementale|regionale|academique|interdepartementale)"),
    ("sous-prefecture", r"sous prefecture"),
    ("prefecture", r"prefecture|prefet"),
    ("association", r"association|amicale|federation"),
    ("office", r"office de tourisme"),
    ("housing", r"office public|oph"),
    ("metropole", r"metropole|eurometropole"),
    ("agglomeration", r"communaute d agglomeration|agglo|agglomeration"),
    ("communaute", r"communaute de communes|comcom|cc"),
    ("departement", r"departement|conseil (departemental|general)"),
    ("region", r"region|conseil regional"),
    ("petr", r"petr|pole d equilibre territorial( et rural)?"),
    ("park", r"pnr|parc naturel( regional)?"),
    ("academie", r"academie|rectorat"),
    ("universite", r"universite"),
    ("commune", r"mairie|ville|commune|municipalite"),
)
_SORT_OF = [(sort, re.compile(rf"\b({words})\b")) for sort, words in _SORTS]
# Of these there is one a place: with the same proper name, however written, it is the same body.
_ONE_A_PLACE = frozenset(sort for sort, _ in _SORTS) - {
    *("direction", "association", "office", "housing", "universite"),
}
# Words that tell one body from another no more than an article does.
_SMALL = frozenset(["de", "du", "des", "d", "la", "le", "les", "l", "et", "a", "au", "aux", "en"])


def sort_of(name: str) -> str:
    """The sort of body that a folded name tells (« mairie de riom » → « commune »); empty when it tells none."""
    return next((sort for sort, pattern in _SORT_OF if pattern.search(name)), "")


def proper(name: str) -> frozenset[str]:
    """The words of a folded name that are its own: without the sort of body, articles and the like."""
    sort = sort_of(name)
    for known, pattern in _SORT_OF:
        if known == sort:
            name = pattern.sub(" ", name, count=1)
            break
    return frozenset(name.split()) - _SMALL


def compare_organisations(wanted: Described, known: Described, similarity: float) -> Likeness:
    """`similarity`: of the nearest two names, from 0 to 1 (trigrams)."""
    name = wanted.names[0]
    if name in known.names:
        if " " not in name and name != known.names[0]:  # an acronym: there is a « DDT » in each département
            return Likeness(Verdict.PROBABLE, ("même sigle",))
        return Likeness(Verdict.SAME, ("même nom" if name == known.names[0] else "autre écriture connue",))
    sort, own = sort_of(name), proper(name)
    sorts = {sort_of(each) for each in known.names} - {""}
    same_own = bool(own) and any(proper(each) == own for each in known.names)
    if sort and sorts and sort not in sorts:
        if same_own:
            return Likeness(Verdict.UNLIKELY, ("même nom propre, mais pas le même genre d’organisme",))
        return Likeness(Verdict.DISTINCT)
    if same_own and sort in _ONE_A_PLACE & sorts:
        return Likeness(Verdict.SAME, ("même nom, écrit autrement",))
    return _by_spelling(same_own, similarity)


def _by_spelling(same_own: bool, similarity: float) -> Likeness:
    if same_own:
        return Likeness(Verdict.DECIDE, ("même nom propre",))
    if similarity >= 0.75:
        return Likeness(Verdict.PROBABLE, ("nom très proche",))
    if similarity >= 0.5:
        return Likeness(Verdict.DECIDE, ("nom proche",))
    return Likeness(Verdict.DISTINCT)


def compare_persons(wanted: Described, known: Described, similarity: float) -> Likeness:
    """`similarity`: of the nearest two names, from 0 to 1 (trigrams)."""
    shared = [
        *(["même organisation"] if wanted.organisations & known.organisations else []),
        *(["même fonction"] if wanted.roles & known.roles else []),
    ]
    elsewhere = bool(wanted.organisations and known.organisations and not shared)
    words = _words(wanted.names[0])
    if any(_words(each) == words for each in known.names):
        if shared:
            return Likeness(Verdict.SAME, ("même nom", *shared))
        other = ("même nom", "une autre organisation") if elsewhere else ("même nom",)
        return Likeness(Verdict.DECIDE if elsewhere else Verdict.PROBABLE, other)
    if any(_abbreviates(words, _words(each)) for each in known.names):
        return Likeness(Verdict.PROBABLE if shared else Verdict.DECIDE, ("initiale du même nom", *shared))
    if similarity >= 0.6:
        return Likeness(Verdict.PROBABLE if shared else Verdict.DECIDE, ("nom proche", *shared))
    if similarity >= 0.4 and shared:
        return Likeness(Verdict.DECIDE, ("nom voisin", *shared))
    return Likeness(Verdict.DISTINCT)


def _words(name: str) -> frozenset[str]:
    return frozenset(name.split())


def _abbreviates(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one is the other with a first name cut to its initial: « c paul », « christian paul »."""
    for short, long in ((one, other), (other, one)):
        initials, rest = {word for word in short if len(word) == 1}, {word for word in short if len(word) > 1}
        if initials and rest and rest < long and initials <= {word[0] for word in long - rest}:
            return True
    return False
