"""What only the whole list can tell: in which order names are written, and who is listed twice."""

from collections import Counter
from dataclasses import replace

from . import words
from .assembly import WHY_NAME
from .entries import Entry, Private
from .names import read_name
from .representation import WHY_REPRESENTS

WHY_ORDER = "Quel est le prénom, quel est le nom\u202f?"
WHY_TWICE = "Déjà dans la liste, ligne {line}"
WHY_OTHER_STATUS = "Déjà dans la liste, avec une autre présence, ligne {line}"


def settle_names(read: list[tuple[Entry, str]]) -> list[Entry]:
    """Entries whose name could be read in both orders follow the others of the list; failing that, they are doubted.

    `read`: each entry with its name as listed.
    """
    names = [read_name(listed) if entry.person_name and listed else None for entry, listed in read]
    sure = Counter(
        name.order
        for name in names
        if name and name.order in ("given", "family") and not name.swapped and name.strength > 1
    )
    named = sum(bool(name and name.strength > 1) for name in names)
    plainly = named >= 3 and named * 5 >= 4 * len(names)
    entries = []
    for (entry, _), name in zip(read, names, strict=True):
        same = name is not None and name.swapped and name.text == entry.person_name
        settled = _settled(entry, name.order, name.swapped, sure) if same and name and name.swapped else entry
        entries.append(
            _trusted(settled) if plainly and name and name.order == "none" and entry.organisation else settled
        )
    return entries


def _trusted(entry: Entry) -> Entry:
    """A name known by its shape only, where nearly all the lines of the list begin with a sure name: one
    of them too.
    """
    kept = tuple(other for other in entry.alternatives if other.reason != WHY_NAME)
    return replace(entry, alternatives=kept, needs_review=bool(kept))


def _settled(entry: Entry, order: str, swapped: str, sure: Counter[str]) -> Entry:
    given, family = sure["given"], sure["family"]
    if order == "given":
        return entry.doubted(WHY_ORDER, person_name=swapped) if family > given else entry
    if given and not family:
        return entry
    if given > 4 * family:
        return entry
    if family and family >= 2 * given:
        turned = replace(entry, person_name=swapped)
        return (
            turned
            if not given and order == "either"
            else turned.doubted(WHY_ORDER, person_name=entry.person_name)
        )
    return entry.doubted(WHY_ORDER, person_name=swapped)


def _key(entry: Entry) -> str:
    return " ".join(sorted(words.tokens(entry.person_name))) if entry.person_name else ""


def _bare(entry: Entry) -> bool:
    return not (entry.role or entry.unit or entry.organisation or entry.territory)


def merge_repeats(entries: list[Entry]) -> list[Entry]:
    """Someone named again only as the holder of a proxy, or only for a part played in the session, is listed once.

    « Secrétaire de séance : Mme A » after « Présents : Mme A, M. B » tells one more thing of the same Mme A.
    """
    plain = {_key(entry): index for index, entry in enumerate(entries) if _listed_plainly(entry)}
    kept: list[Entry | None] = list(entries)
    for index, entry in enumerate(entries):
        other = plain.get(_key(entry))
        if other is None or other == index or not _bare(entry):
            continue
        named = kept[other]
        if named is None or not (_came_for_another(entry) or entry.session_role):
            continue
        if entry.session_role and not named.session_role:
            named = replace(named, session_role=entry.session_role)
        elif entry.session_role and entry.session_role != named.session_role:
            continue
        private = Private(
            named.private.emails + entry.private.emails, named.private.phones + entry.private.phones
        )
        kept[other], kept[index] = replace(named, private=private), None
    return [entry for entry in kept if entry is not None]


def _listed_plainly(entry: Entry) -> bool:
    """Whether it is the line of someone who was there, for themselves."""
    there = entry.status == "present" or (entry.status == "unknown" and not entry.session_role)
    return bool(entry.person_name) and there and not (_bare(entry) and _told_again(entry))


def _came_for_another(entry: Entry) -> bool:
    return any(other.reason == WHY_REPRESENTS for other in entry.alternatives)


def _told_again(entry: Entry) -> bool:
    return bool(entry.session_role) or _came_for_another(entry)


def mark_repeats(entries: list[Entry]) -> list[Entry]:
    """A person listed again is kept and doubted: nobody is counted twice, or twice differently, in silence."""
    first: dict[str, Entry] = {}
    marked = []
    for entry in entries:
        key = _key(entry)
        before = first.get(key)
        if key and before is None:
            first[key] = entry
        elif before is not None and entry.person_name:
            if before.status != entry.status:
                entry = entry.doubted(WHY_OTHER_STATUS.format(line=before.line), status=before.status)
            else:
                entry = entry.doubted(WHY_TWICE.format(line=before.line))
        marked.append(entry)
    return marked
