"""A function, and the organisation that may be glued to it: « Directeur CISCA », « adjointe au maire de Riom »."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import organisations as orgs
from . import words
from .organisations import KnownOrganisations
from .words import Word

_OF = words.named("of")
_AT = words.named("at")
_LINKS = _OF | _AT | {"la", "l", "le", "les", "sein"}
_DELEGATION = words.named("delegation")
# They lead the whole of something: what follows, if it is a proper noun, is what they lead.
_LEADERS = words.named("leaders")
_BEFORE = words.named("before")
_ORDINAL = re.compile(r"^\d{1,2}(?:er|ere|e|eme|ieme|nd|nde)$")


@dataclass(frozen=True)
class Split:
    """A function cut from what it is glued to. `firm`: sure whatever follows on the line; else only if no
    organisation does.
    """

    role: str
    organisation: str | None = None
    territory: str | None = None
    firm: bool = False
    sure: bool = True
    strong: bool = False  # the tail says itself an organisation, so a second one on the line is a doubt


def role_at(folded: Sequence[str], start: int = 0) -> int:
    """Length of the function's words at `start`, articles before it included (« la présidente »); 0 if none."""
    skip = start
    while (
        skip < len(folded) and skip - start < 2 and (_ORDINAL.match(folded[skip]) or folded[skip] in _BEFORE)
    ):
        length = words.roles().at(folded, skip)
        if length:
            return skip + length - start
        skip += 1
    length = words.roles().at(folded, skip)
    if not length and skip < len(folded) and folded[skip].endswith("s"):
        length = words.roles().at([folded[skip][:-1]])
    return skip + length - start if length else 0


def _whole_head(folded: Sequence[str]) -> int:
    """Length of all the functions named first: « designer gérant », « directeur et fondateur »."""
    head = role_at(folded)
    while head < len(folded):
        joined = head + 1 if folded[head] in ("et", "&", "/", "–") else head
        more = words.roles().at(folded, joined)
        if not more:
            break
        head = joined + more
    return head


def _cut(text: str, found: Sequence[Word], head_end: int, tail: int) -> tuple[str, str]:
    """The function before the links that lead to word `tail`, and the text from `tail`."""
    end = tail
    while end > head_end and found[end - 1].folded in _LINKS:
        end -= 1
    return text[: found[end - 1].end].strip(" ,;-–/("), text[found[tail].start :].strip(" ,;")


def _link(found: Sequence[Word], index: int, head_end: int) -> str:
    """How word `index` is tied to what precedes: « of », « at » or « bare »."""
    back, kind = index - 1, "bare"
    while back >= head_end and found[back].folded in _LINKS:
        kind = "at" if found[back].folded in _AT else ("of" if found[back].folded in _OF else kind)
        back -= 1
    return kind


def _tail_end(found: Sequence[Word], start: int) -> int:
    """Where an organisation's name stops before « déléguée à… », « en charge de… »."""
    for index in range(start + 1, len(found)):
        if found[index].folded in _DELEGATION and not found[index].capital:
            return index - 1 if found[index - 1].folded == "en" else index
    return len(found)


def _place_tail(text: str, found: Sequence[Word], head_end: int) -> tuple[int, str | None]:
    """A place at the end, after « à »: where it begins (its link included) and its text."""
    for index in range(len(found) - 1, head_end, -1):
        if found[index - 1].folded in ("a", "au") and found[index - 1].raw in ("à", "À", "a", "au"):
            rest = found[index:]
            if orgs.place_at(found, index) or (
                orgs.proper(rest) and len(rest) <= 5 and "-" in text[rest[0].start :]
            ):
                return index - 1, text[found[index].start :].strip(" ,;")
            return len(found), None
    return len(found), None


def _skip_matter(folded: list[str], index: int) -> int:
    return words.programmes().at(folded, index)


def _runs_to_suffix(found: Sequence[Word], index: int) -> bool:
    """Whether « Grenoble-Alpes-Métropole » begins at `index`: capitals up to such an ending."""
    if not found[index].capital or found[index].folded in orgs.SUFFIXES:
        return False
    for word in found[index + 1 : index + 5]:
        if not word.capital:
            return False
        if word.folded in orgs.SUFFIXES:
            return True
    return False


def _strong_tail(
    found: Sequence[Word], folded: list[str], start: int, known: KnownOrganisations
) -> tuple[int, int] | None:
    """First word from `start` where an organisation's name surely or likely begins, with its strength."""
    delegation, index = False, start
    while index < len(found):
        skipped = _skip_matter(folded, index)
        if skipped:
            index += skipped
            continue
        if folded[index] in _DELEGATION:
            delegation = True
        link = _link(found, index, start)
        if _runs_to_suffix(found, index) and not delegation:
            return index, 3
        strength = 0 if folded[index] in _LINKS else orgs.strength_at(found, folded, index, known)
        opens_delegation = (
            index >= 2 and delegation and any(w in _DELEGATION for w in folded[max(start, index - 3) : index])
        )
        if strength == 2 and link == "bare" and index > start:
            strength = 1
        if strength >= 2 and delegation and (link != "at" or strength < 3 or opens_delegation):
            strength = 0
        if strength >= 2:
            return index, strength
        index += 1
    return None


def _elected(text: str, found: Sequence[Word], folded: list[str], head: int) -> Split | None:
    """« Maire de Riom », « conseiller régional écologiste d'Auvergne-Rhône-Alpes », « députée du Puy-de-Dôme »."""
    named, unnamed = words.of_a_place()
    start = 1 if folded[0] in ("le", "la", "l", "ancien", "ancienne") or _ORDINAL.match(folded[0]) else 0
    ours = named.at(folded, start)
    other = unnamed.at(folded, start)
    if max(ours, other) + start < head:
        return None
    for index in range(head, len(found)):
        if found[index].folded in _LINKS or _link(found, index, head) != "of":
            continue
        end = _tail_end(found, index)
        place = found[index:end]
        known = orgs.place_at(place, 0)
        if not known and not orgs.proper(place):
            return None
        role, _ = _cut(text, found, head, index)
        name = text[place[0].start : place[-1].end].strip(" ,;.")
        article = found[index - 1]
        if article.folded in ("la", "le", "les") and article.capital:
            name = f"{article.raw} {name}"
        if end < len(found):
            role = f"{role} {text[found[end].start :].strip()}"
        return Split(role, name if ours else None, name, firm=True, sure=end == len(found) and (ours > 0))
    return None


def _unknown_tail(text: str, found: Sequence[Word], head: int, leader: bool) -> Split | None:
    """« Directeur Assemblia », « gérante de Comblab »: a tail the vocabulary does not know."""
    start = head
    while start < len(found) and found[start].folded in _LINKS:
        start += 1
    tail = found[start:]
    if not tail or orgs.only_domains(tail) or not orgs.content(tail):
        return None
    link = _link(found, start, head)
    role, rest = _cut(text, found, head, start)
    if link == "at" and not tail[0].capital and not orgs.place_at(found, start):
        return None
    if orgs.place_at(found, start):
        if link == "at":
            return Split(role, None, rest, firm=True)
        return Split(role, None, rest, sure=False) if link == "of" else Split(role, rest, sure=False)
    unmixed = not any(word.folded in words.domains() for word in orgs.content(tail))
    shaped = orgs.proper(tail) and not orgs.shouting(text)
    if orgs.proper(tail) or not any(word.folded in words.domains() for word in tail):
        sure = shaped and unmixed and leader and link in ("bare", "of")
        return Split(role, rest, sure=sure, strong=sure)
    return Split(role, rest, sure=False) if shaped else None


def _suffix_tail(text: str, found: Sequence[Word], head: int) -> Split | None:
    """« … Labo naissant Clermont Auvergne Métropole »: an authority's name at the end."""
    start = orgs.suffix_start(found)
    if start < head:
        return None
    role, rest = _cut(text, found, head, start)
    return Split(
        role,
        rest,
        firm=True,
        sure=start == head or (found[start - 1].folded in _LINKS and start - head <= 2),
        strong=True,
    )


def split_role(text: str, known: KnownOrganisations = orgs.NOTHING_KNOWN) -> Split:
    """The function `text` opens with, cut from an organisation or a place glued after it. `text` must open
    with a function.
    """
    found = words.words_of(text)
    folded = [word.folded for word in found]
    head = _whole_head(folded)
    if head >= len(found) or len(found) > 60:
        return Split(text)
    leader = any(word in _LEADERS for word in folded[:head])
    whole = len(found)
    cut, territory = _place_tail(text, found, head)
    if territory and cut > head:
        text, found, folded = text[: found[cut].start].strip(), found[:cut], folded[:cut]
    strong = _strong_tail(found, folded, head, known)
    if strong and strong[1] == 3 and not orgs.place_at(found, strong[0]):
        split = _split_tail(text, found, folded, head, leader, strong)
    else:
        split = _elected(text, found, folded, head) or _split_tail(text, found, folded, head, leader, strong)
    if split is None:
        return _second_role(text, known) or Split(text, None, territory, firm=bool(territory))
    if territory and cut < whole:
        return Split(
            split.role, split.organisation, split.territory or territory, split.firm, split.sure, split.strong
        )
    return split


def _second_role(text: str, known: KnownOrganisations) -> Split | None:
    """« psychologue du travail et fondatrice de Tisser »: whose organisation is it?"""
    left, joint, right = text.rpartition(" et ")
    if not joint or not role_at([word.folded for word in words.words_of(right)]):
        return None
    split = split_role(right, known)
    if not split.organisation:
        return None
    return Split(
        f"{left} et {split.role}", split.organisation, split.territory, split.firm, False, split.strong
    )


def _split_tail(
    text: str,
    found: Sequence[Word],
    folded: list[str],
    head: int,
    leader: bool,
    strong: tuple[int, int] | None,
) -> Split | None:
    if strong and strong[1] == 3 and not _is_unit(folded, strong[0]):
        return _named_tail(text, found, folded, head, strong[0], leader)
    suffixed = _suffix_tail(text, found, head)
    if suffixed:
        return suffixed
    if strong and strong[0] - head <= 2 and all(word.folded in _LINKS for word in found[head : strong[0]]):
        role, rest = _cut(text, found, head, strong[0])
        link = _link(found, strong[0], head)
        sure = (
            not orgs.shouting(text)
            and (leader or link != "bare")
            and not (_is_unit(folded, strong[0]) and link == "bare")
        )
        return Split(role, rest, firm=link == "at", sure=sure, strong=leader)
    if any(word in _DELEGATION for word in folded[head:]):
        return None
    if _ends_with_acronym(found, folded, head):
        role, rest = _cut(text, found, head, len(found) - 1)
        return Split(role, rest, sure=False)
    return _unknown_tail(text, found, head, leader)


def _ends_with_acronym(found: Sequence[Word], folded: list[str], head: int) -> bool:
    """« technicienne rivière SMBV »: the last word may be where she works."""
    last = len(found) - 1
    return (
        last > head
        and found[last].raw.isupper()
        and not found[last - 1].raw.isupper()
        and orgs.is_acronym(found[last])
        and not words.programmes().at(folded, last)
    )


def _is_unit(folded: list[str], index: int) -> bool:
    return bool(
        words.autonomous_units().at(folded, index)
        and words.organisations().at(folded, index) <= words.units().at(folded, index)
    )


def _named_tail(
    text: str, found: Sequence[Word], folded: list[str], head: int, index: int, leader: bool
) -> Split:
    """The tail is named by the vocabulary: « chargée de mission à la communauté de communes… »."""
    role, rest = _cut(text, found, head, index)
    link = _link(found, index, head)
    end = _tail_end(found, index)
    if end < len(found):
        rest = text[found[index].start : found[end - 1].end]
        role = f"{role} {text[found[end].start :].strip()}"
    later = orgs.suffix_start(found) > index + 1
    sure = end == len(found) and not later and (link != "bare" or found[index].capital or leader)
    gap = found[head:index]
    if link == "bare" and [
        word for word in gap if word.folded not in _LINKS and word.folded not in words.domains()
    ]:
        sure = False
    return Split(role, rest, firm=link != "bare" or found[index].capital, sure=sure, strong=True)
