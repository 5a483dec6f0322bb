"""From raw text to logical lines: bullets set apart, page headers and numbers dropped, wrapped lines joined."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from . import words
from .columns import read_columns
from .line import Line
from .pieces import Kind, classify
from .sections import read_heading
from .stacked import restack

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc]|[\x00-\x08\x0e-\x1f\x7f]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_BULLET = re.compile(
    r"^\s*(?:(?:[-*+•·▪▫◦‣⁃○●■□◆◇❖➢➤►▶◐◑✓✔❓❔–—\uf0b7\uf0a7]|(?:-|–)>|=>|>)\s*(?!\d{1,3}\s*[-–—]?\s*$)|"
    r"\(?\d{1,3}\s?[.)°/](?!\d)\s*|\d{1,3}\s+[-–—]\s+|0\d{1,2}\s+(?=[A-ZÀ-Ý])|[a-z]\)\s+|o\s+(?=[A-ZÀ-Ý]))"
)
_BOX = re.compile(r"^\s*(?:[-*•]\s*)?(\[\s?[xX✓✔]?\s?\]|[☐☑☒✅⬜❌])\s*")
_MIDDLE = re.compile(r"(?<=\S)\s+(?=[•▪●◦‣➢■]\s*\S)")  # several bullets on one line
_FIRST = re.compile(r"[,(:;\t|]|\s[–—-]\s")
_PAGE = re.compile(r"^\W*(?:page|p\.)?\s*\d{1,3}\s*(?:(?:/|sur|of|de)\s*\d{1,3})?\W*$", re.IGNORECASE)
_PAGE_IN = re.compile(r"\bpage\s*\d{1,3}\s*(?:(?:/|sur|of)\s*\d{1,3})?\s*$", re.IGNORECASE)
_OPEN_END = re.compile(
    r"(?:[,(/&–’'-]|\b(?:de|du|des|la|le|les|d|l|et|à|au|aux|en|pour|sur))$", re.IGNORECASE
)

_NOTE_CALL = re.compile(r"(?<=[^\W\d_]{3})\s?[¹²³⁰⁴-⁹]+(?!\w)")  # « Mme Souchon ¹ », never « m² »
_TIGHT = re.compile(r",(?=\S|$)")  # a comma of a .csv, which no space follows
_HALF_NAME = re.compile(r"\b(?:M\.|Mme|Mr|Monsieur|Madame)\s+[A-ZÀ-Ý][a-zà-ÿ'’-]+$")  # « …, Mme Pascale »
_FULL = 50  # a line that long may have been cut by its margin


def clean(text: str) -> str:
    """`text` with plain spaces and line ends, composed accents, nothing invisible; page breaks stay as form feeds."""
    text = unicodedata.normalize("NFC", text).translate(_LIGATURES)
    return _INVISIBLE.sub("", _SPACES.sub(" ", _BREAKS.sub("\n", text)))


def _line(number: int, raw: str, after_blank: bool) -> Line:
    body = _NOTE_CALL.sub("", raw.replace("**", "").replace("__", ""))
    box = _BOX.match(body)
    if box:
        ticked = any(mark in box.group(1) for mark in "xX✓✔☑☒✅")
        return Line(
            number,
            raw.strip(),
            body[box.end() :].rstrip(),
            True,
            ticked,
            len(raw) - len(raw.lstrip()),
            after_blank,
        )
    bullet = None if "\t" in body[:4] and body[:1].isdigit() else _BULLET.match(body)
    if bullet and not body[bullet.end() :].strip():
        bullet = None
    text = body[bullet.end() :] if bullet else body
    keep = text.rstrip() if "\t" in text or "   " in text.strip() else text.strip()
    return Line(
        number, raw.strip(), keep, bullet is not None, None, len(raw) - len(raw.lstrip()), after_blank
    )


def _raw_lines(text: str) -> tuple[list[Line], set[int]]:
    """Lines that are not blank, and the positions in that list which follow a page break."""
    lines: list[Line] = []
    breaks: set[int] = set()
    blank = True
    for number, raw in enumerate(clean(text).split("\n"), start=1):
        if "\f" in raw:
            breaks.add(len(lines))
            raw = raw.replace("\f", " ")
        if not raw.strip(" \t_*=-–—.|+#"):
            blank = True
            if lines:
                lines[-1] = replace(lines[-1], before_blank=True)
            continue
        for part in _MIDDLE.split(raw) if _MIDDLE.search(raw) else (raw,):
            lines.append(_line(number, part, blank))
            blank = False
    return lines, breaks


def _is_number(line: Line) -> bool:
    return len(line.raw) < 20 and bool(_PAGE.match(line.raw))


def _repeated(lines: list[Line]) -> set[str]:
    counts = Counter(words.fold(line.raw) for line in lines if not line.bullet and len(line.raw) < 150)
    return {text for text, count in counts.items() if count > 1 and text}


def _keeps(line: Line) -> bool:
    """A repeated line that is not a page header by itself: a section, a table's head, a person, an organisation."""
    if "\t" in line.text or "|" in line.text or ";" in line.text or read_heading(line.text):
        return True
    first = classify(re.split(r"[,(:]", line.text, maxsplit=1)[0])
    return first.kind in (Kind.NAME, Kind.ORGANISATION, Kind.ROLE)


def _noise(lines: list[Line], breaks: set[int]) -> set[int]:
    """Positions of page headers, footers and numbers."""
    repeated = _repeated(lines)
    folded = [words.fold(line.raw) for line in lines]
    numbers = {index for index, line in enumerate(lines) if _is_number(line)}
    dropped = set(numbers)
    for index, line in enumerate(lines):
        if _PAGE_IN.search(line.raw) and len(line.raw) < 150 and not line.bullet and "," not in line.raw:
            dropped.add(index)
            continue
        if line.bullet or folded[index] not in repeated:
            continue
        edge = index in breaks or index + 1 in breaks or index - 1 in numbers or index + 1 in numbers
        first = classify(line.text.split(",")[0])
        person = first.kind is Kind.NAME and first.sure
        if not person and read_heading(line.text) is None and "\t" not in line.text:
            beside = (
                index + 1 < len(lines) and folded[index + 1] in repeated and not lines[index + 1].bullet
            ) or (index > 0 and folded[index - 1] in repeated and not lines[index - 1].bullet)
            if edge or not _keeps(line) or (beside and line.raw.isupper()):
                dropped.add(index)
    return dropped


def _joins(previous: Line, line: Line, gap: bool, cased: bool, bulleted: bool) -> str | None:
    """How `line` goes on with `previous`: « wrap », « loose », « sub », or None."""
    if _apart(previous, line, gap):
        return None
    if _in_brackets(previous.text) and ")" in line.text.split("(")[0]:
        return "wrap"
    return "loose" if _half_named(previous, line) else _goes_on(previous, line, cased, bulleted)


def _goes_on(previous: Line, line: Line, cased: bool, bulleted: bool) -> str | None:
    end = previous.text.rstrip()
    first = classify(_FIRST.split(line.text, maxsplit=1)[0])
    named = first.kind is Kind.NAME and first.name is not None and first.name.strength >= 2
    if named and not _OPEN_END.search(end):
        return None
    if end.endswith(",") and named and not previous.bullet:
        return "wrap"
    if _OPEN_END.search(end) or (cased and line.text[:1].islower()) or line.text[:1] in "(–&/,":
        return "wrap"
    if not previous.bullet or first.kind is Kind.NAME:
        return None
    if line.indent > previous.indent and first.kind in (Kind.ROLE, Kind.ORGANISATION, Kind.UNIT, Kind.PLACE):
        return "sub"
    return "loose" if len(previous.raw) >= 60 and bulleted else None


def _in_brackets(text: str) -> bool:
    """Whether a bracket of `text` is still open at its end."""
    return text.rfind("(") > text.rfind(")")


def _half_named(previous: Line, line: Line) -> bool:
    """« …, Mme Pascale » at the end of a full line, « DURIEUX (CAF) » below."""
    cut = len(previous.raw) >= _FULL and _HALF_NAME.search(previous.text.rstrip())
    return bool(cut) and line.text.split()[0].isupper()


def _apart(previous: Line, line: Line, gap: bool) -> bool:
    """Whether something visible separates the two lines: a bullet, a cell, a blank, a final point, a heading."""
    if line.bullet or "\t" in line.text or "\t" in previous.text or (line.after_blank and not gap):
        return True
    if len(_TIGHT.findall(previous.text)) >= 3 and len(_TIGHT.findall(line.text)) >= 3:
        return True  # rows of a .csv, whose last cell may be empty
    end = previous.text.rstrip()
    if end.endswith((".", ":")) and not end.endswith(("M.", "Mme.", "St.")):
        return True
    return (
        read_heading(line.text) is not None
        or _heads_list(previous)
        or read_columns(previous.text) is not None
    )


def _heads_list(line: Line) -> bool:
    heading = read_heading(line.text)
    return heading is not None and not heading.rest


def _joined(previous: Line, line: Line, how: str) -> Line:
    hyphen = previous.hyphen
    if previous.text.endswith("-") and not previous.text.endswith(" -"):
        hyphen = hyphen or line.text[:1].islower() or _shouted_on(previous.text, line.text)
        text, raw = previous.text + line.text, previous.raw + line.raw
    else:
        glue = ", " if how == "sub" else " "
        text, raw = f"{previous.text}{glue}{line.text}", f"{previous.raw} {line.raw}"
    return replace(
        previous,
        text=text,
        raw=raw,
        hyphen=hyphen,
        loose=previous.loose or how == "loose",
        before_blank=line.before_blank,
    )


def _shouted_on(before: str, after: str) -> bool:
    """« LANG- » then « LOIS »: one name cut, or two joined?"""
    return before.split()[-1].isupper() and after.split()[0].strip("(),.;").isupper()


def cut_lines(text: str) -> list[Line]:
    """The logical lines of `text`."""
    lines, breaks = restack(*_raw_lines(text))
    dropped = _noise(lines, breaks)
    cased = _cased(
        [line for index, line in enumerate(lines) if index not in dropped and read_heading(line.text) is None]
    )
    bulleted = sum(line.bullet for line in lines) > 2
    kept: list[Line] = []
    gap = False
    parts: list[Line] = []
    for index, line in enumerate(lines):
        if index in dropped:
            gap = True
            continue
        how = _joins(parts[-1] if parts else kept[-1], line, gap, cased, bulleted) if kept else None
        if how and len(parts) < 40:
            parts[-1:] = [_joined(parts[-1] if parts else kept[-1], line, how)]
            kept[-1] = parts[-1]
        else:
            parts = []
            kept.append(replace(line, after_blank=False) if gap and line.after_blank else line)
        gap = False
    return kept


def _cased(lines: list[Line]) -> bool:
    """Whether capitals mean something in this text."""
    opening = sum(line.text[:1].isupper() for line in lines)
    shouting = sum(line.text.isupper() for line in lines)
    return opening * 2 > len(lines) and shouting * 2 < len(lines) + 1
