"""The shape of each nature of actor: in lists, in drawings and in their legends, beside its colour and a word.

All are drawn around their middle, and paint the area of a circle of radius 1: none looks larger than another.
"""

from typing import NamedTuple


class Shape(NamedTuple):
    """A `path` of SVG, and how far it reaches from its middle: sideways, upwards, downwards."""

    path: str
    aside: float
    above: float
    below: float


# By Actor.look; a category in a source's own words is nobody: its circle is drawn hollow.
_CIRCLE = Shape("M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0Z", 1.0, 1.0, 1.0)
SHAPES = {
    "local": _CIRCLE,
    "state": Shape(
        "M0-1.11a1.11 1.11 0 1 0 0 2.22 1.11 1.11 0 0 0 0-2.22Zm0 .63a.48.48 0 1 1 0 .96.48.48 0 0 1 0-.96Z",
        1.11, 1.11, 1.11,
    ),
    "assoc": Shape("M0-1.253 1.253 0 0 1.253-1.253 0Z", 1.253, 1.253, 1.253),
    "research": Shape("M0-1.405 1.347.928H-1.347Z", 1.347, 1.405, 0.928),
    "private": Shape("M-.553-.947H.553L1.105 0 .553.947H-.553L-1.105 0Z", 1.105, 0.947, 0.947),
    "person": Shape(
        "M-.4-.919H.4a.52.52 0 0 1 .519.519V.4A.52.52 0 0 1 .4.919H-.4A.52.52 0 0 1-.919.4V-.4A.52.52 0 0 1-.4-.919Z",
        0.919, 0.919, 0.919,
    ),
    "unknown": Shape("M-1.274-.616H1.274V.616H-1.274Z", 1.274, 0.616, 0.616),
    "category": _CIRCLE,
}  # fmt: skip
