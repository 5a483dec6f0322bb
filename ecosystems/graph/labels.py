"""Where names are written: beside their mark, never over another mark or name."""

from dataclasses import dataclass

from actors.looks import SHAPES

from .model import Node

Box = tuple[float, float, float, float]  # left, top, right, bottom

LINE = 14.0  # height of a label's letters
# Widths of letters, a little more than the font's own: a name takes at most the room kept for it.
SMALL, CAPITAL, WIDE = 7.2, 9.5, 12.5
LONGEST = 26  # letters of a label


@dataclass(frozen=True)
class Label:
    """Where a name is written: its middle `x`, base line `y`, and the box it takes."""

    text: str
    x: float
    y: float
    box: Box


def shortened(text: str) -> str:
    """At most `LONGEST` letters; the list beside the drawing has the whole name."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def length(text: str) -> float:
    """The room that `text` takes."""
    return sum(WIDE if letter in "mwMW…œæ" else CAPITAL if letter.isupper() else SMALL for letter in text)


def disc(x: float, y: float, radius: float) -> Box:
    return (x - radius, y - radius, x + radius, y + radius)


def mark_box(node: Node, x: float, y: float, radius: float) -> Box:
    """The box of the shape of `node`, as large as a circle of `radius`."""
    shape = SHAPES[node.look]
    return (
        x - radius * shape.aside,
        y - radius * shape.above,
        x + radius * shape.aside,
        y + radius * shape.below,
    )


def overlaps(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def place_label(
    text: str, at: tuple[float, float], mark: Box, taken: list[Box], size: tuple[float, float]
) -> Label | None:
    """Below the `mark`, else above, else a little aside; None rather than over something, or outside `size`."""
    short = shortened(text)
    half = length(short) / 2
    (x, y), (left, top, right, bottom) = at, mark
    below, above = bottom + LINE, top - 5
    level = [other for other in taken if other[1] < below + 4 and other[3] > above - LINE]
    spots = [(x, below), (x, above), (right + half + 4, y + 4), (left - half - 4, y + 4)]
    spots += [(x + sign * half / 2, base) for base in (below, above) for sign in (1, -1)]
    for middle, base in spots:
        box = (middle - half, base - LINE + 1, middle + half, base + 4)
        inside = box[0] >= 0 and box[2] <= size[0] and box[1] >= 0 and box[3] <= size[1]
        if inside and not any(overlaps(box, other) for other in level):
            return Label(short, round(middle, 1), round(base, 1), box)
    return None
