"""Cuts a line into pieces: commas, tabs, brackets, dashes and slashes separate, when both sides stand by
themselves.
"""

import re
from dataclasses import replace

from . import words
from .names import read_name, split_civility
from .organisations import KnownOrganisations, is_acronym, strength_at
from .pieces import Kind, Piece, classify, tidy
from .roles import role_at
from .statuses import read_said

_TOKEN = re.compile(r"\s+[–—-]+>?\s+|\s*→\s*|\s+/\s+|\t+|[,;:|()\[\]]|\s{3,}|[^,;:|()\[\]\s/–—→-]+|[/–—-]|\s")
_HARD = {",", ";", ":", "|", "(", ")", "[", "]", "\t"}
_INCLUSIVE = words.named("inclusive")
_ARTICLE = re.compile(r"^(?:le|la|l['’])\s*", re.IGNORECASE)
_INNER = re.compile(r"(?<=\s)(?:M\.|Mme|Mr|Monsieur|Madame|Mlle)\s+(?=[A-ZÀ-Ý])")
_AND = re.compile(r"\s+(?:et|&|ainsi que|puis)\s+")


def _raw_cuts(text: str) -> list[tuple[str, str, bool]]:
    """(separator before, text, in brackets) of each raw piece."""
    cuts: list[tuple[str, str, bool]] = []
    separator, depth, current = "", 0, []
    for match in _TOKEN.finditer(text):
        token = match.group()
        kind = token.strip() or ("\t" if "\t" in token or len(token) > 2 else " ")
        if kind in "([" and current and current[-1].strip() and _glued_inclusive(text, match.end()):
            current.append(token)
            continue
        if kind in ")]" and (not depth):
            current.append(token)
            continue
        soft = (kind in "–—-→->/" or kind == "->") and token != kind
        if kind not in _HARD and not soft:
            current.append(token)
            continue
        cuts.append((separator, "".join(current), depth > 0))
        depth += (kind in "([") - (kind in ")]")
        separator, current = ("–" if soft and kind != "/" else kind), []
    cuts.append((separator, "".join(current), depth > 0))
    return [cut for cut in cuts if cut[1].strip(" .") or cut[0] == ":"]


def _glued_inclusive(text: str, index: int) -> bool:
    """Whether the bracket just opened is « chargé(e) »."""
    end = text.find(")", index, index + 6)
    return end > 0 and text[index - 2 : index - 1].isalpha() and text[index:end].strip("-.") in _INCLUSIVE


def _is_expansion(previous: str, inner: str) -> bool:
    """« Agence nationale de la cohésion des territoires (ANCT) », « (63) »: the bracket belongs to the name."""
    found = words.words_of(inner)
    if len(found) != 1 or not is_acronym(found[0]):
        return False
    initials = "".join(word.raw[0] for word in words.words_of(previous)).upper()
    letters = iter(initials)
    return len(words.words_of(previous)) > 1 and all(
        char in letters for char in found[0].raw.strip(".,").upper()
    )


def _stands(text: str, known: KnownOrganisations) -> bool:
    """Whether `text` stands by itself after a dash or a slash."""
    piece = classify(text, known)
    return (piece.kind is Kind.ROLE) or (
        piece.sure and piece.kind in (Kind.ORGANISATION, Kind.UNIT, Kind.SAID, Kind.NAME)
    )


def _merge(cuts: list[tuple[str, str, bool]], known: KnownOrganisations) -> list[tuple[str, str, bool]]:
    """Glues back what a soft separator cut in the middle of one thing."""
    hard = sum(cut[0] in (",", ";", "\t", "|") for cut in cuts)
    merged: list[tuple[str, str, bool]] = []
    for separator, text, inside in cuts:
        if not merged or not separator:
            merged.append((separator, text, inside))
            continue
        before, previous, was_inside = merged[-1]
        soft = separator in ("–", "/", ":")
        if (
            soft
            and inside == was_inside
            and not _separates(separator, previous, text, hard, len(merged) == 1, known)
        ):
            merged[-1] = (before, f"{previous} {separator} {text}".replace("  ", " "), inside)
        elif separator in "([" and _is_expansion(previous, text):
            merged[-1] = (before, f"{previous.strip()} ({text.strip()})", was_inside)
        else:
            merged.append((separator, text, inside))
    return merged


def _separates(
    separator: str, previous: str, text: str, hard: int, first: bool, known: KnownOrganisations
) -> bool:
    if separator == ":":
        return True
    if separator == "/":
        piece = classify(text, known)
        if first and classify(previous, known).kind is Kind.NAME and text[:1].isupper():
            return classify(previous, known).sure or piece.sure
        if piece.kind is Kind.UNIT:
            return classify(previous, known).kind is Kind.ORGANISATION
        return piece.kind is Kind.ROLE or (
            piece.kind in (Kind.ORGANISATION, Kind.NAME, Kind.SAID) and piece.sure and len(tidy(text)) > 1
        )
    if first and classify(previous, known).kind in (Kind.NAME, Kind.ORGANISATION, Kind.SAID):
        return True
    if not hard:
        return True
    return _stands(text, known)


def _split_and(text: str, known: KnownOrganisations) -> list[str]:
    """« A et B » when B opens with a name or, after a function with its organisation, with a function."""
    if " et " not in text and " & " not in text and " ainsi que " not in text:
        return [text]
    parts, start = [], 0
    for match in _AND.finditer(text):
        left, right = text[start : match.start()], text[match.end() :]
        if (_name_opens(right) and _complete(left, known)) or _role_after_role(left, right, known):
            parts.append(left)
            start = match.end()
    parts.append(text[start:])
    return parts


def _complete(left: str, known: KnownOrganisations) -> bool:
    """What precedes « et » is whole: a name, a function, a presence; « Université Pierre » before « Marie
    Curie » is not.
    """
    left = tidy(left)
    if not left:
        return True
    piece = classify(left, known)
    if piece.kind in (Kind.NAME, Kind.ROLE, Kind.SAID):
        return True
    return bool(split_civility(left)[0]) or (
        piece.kind is not Kind.UNKNOWN and not read_name(left.split()[-1])
    )


def _name_opens(text: str) -> bool:
    """Whether the first words of `text` are surely a name."""
    words_ = text.split(None, 5)[:5]
    for length in range(min(4, len(words_)), 0, -1):
        found = read_name(" ".join(words_[:length]).rstrip(",;:("))
        if found and found.strength >= 3:
            return True
    return False


def _role_after_role(left: str, right: str, known: KnownOrganisations) -> bool:
    if not role_at(words.tokens(right[:60])):
        return False
    piece = classify(left, known)
    return piece.kind is Kind.ROLE and bool(
        piece.split and (piece.split.organisation or piece.split.territory)
    )


def _titled(text: str) -> list[tuple[str, bool]]:
    """« M. le colonel Franck Astier », « adjudant Berger »: the name, then the function written before it."""
    civility, _, rest = split_civility(text)
    found = words.words_of(rest[:120])
    length = role_at([word.folded for word in found])
    if not length or length >= len(found):
        return []
    tail = rest[found[length].start :]
    name = read_name(tail)
    if not name or (name.strength < 3 and not civility) or (name.incomplete and not name.civility):
        return []
    head = _ARTICLE.sub("", rest[: found[length - 1].end])
    return [(tail, True), (head, civility is not None or name.civility is not None)]


def _peel(text: str, known: KnownOrganisations) -> list[tuple[str, bool]]:
    """(text, sure) of a name and of what follows it without a separator: « Marie DUPONT Directrice ADEME »."""
    if read_name(text) or len(text) > 300:
        return [(text, True)]
    titled = _titled(text)
    if titled:
        return titled
    inner = _INNER.search(text)
    if inner:  # « S.E. M. Lambert »
        return [(text[: inner.start()].strip(), False), *_peel(text[inner.start() :], known)]
    return _name_and_rest(text, known) or [(text, True)]


def _name_and_rest(text: str, known: KnownOrganisations) -> list[tuple[str, bool]]:
    """The longest name that opens `text`, when what follows says a function, a presence or an organisation."""
    found = text.split()
    for length in range(min(6, len(found) - 1), 0, -1):
        head, tail = " ".join(found[:length]), " ".join(found[length:])
        name = read_name(head)
        if not name or (name.strength < 3 and not name.civility):
            continue
        after = words.words_of(tail)
        folded = [word.folded for word in after]
        if role_at(folded) or read_said(tail):
            return [(head, True), (tail, True)]
        if after and strength_at(after, folded, 0, known) >= 3:
            return [(head, True), (tail, True)]
        if (
            length >= 2
            and after
            and (strength_at(after, folded, 0, known) >= 2 or folded[0] in ("de", "du", "d", "pour", "a"))
        ):
            return [(head, True), (tail, False)]
    return []


def _placed(piece: Piece, before: str, inside: bool, sure: bool) -> Piece:
    if piece.before == before and piece.inside == inside and (sure or not piece.sure):
        return piece
    return replace(piece, before=before, inside=inside, sure=piece.sure and sure)


def cut(text: str, known: KnownOrganisations) -> list[Piece]:
    """The pieces of `text`, classified, in order."""
    pieces: list[Piece] = []
    for separator, raw, inside in _merge(_raw_cuts(text), known):
        first = True
        for part in _split_and(raw, known):
            for peeled, sure in _peel(tidy(part), known):
                if not peeled:
                    continue
                before = separator if first else ("et" if peeled == tidy(part) or not pieces else " ")
                pieces.append(_placed(classify(peeled, known), before, inside, sure))
                first = False
    return pieces
