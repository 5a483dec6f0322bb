"""The palette of tokens.css keeps the contrasts of WCAG 2.2 AA, by day and by night: text 4.5, marks and edges 3."""

import re
from itertools import chain, product

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
GROUNDS = ["paper", "surface"]
WORDS = [
    "ink",
    "muted",
    "lake",
    "lava",
    "leaf",
    *(f"k-{k}" for k in ["local", "state", "assoc", "research", "private", "person"]),
]
ON_GROUND = list(product([*WORDS, "on-lava-soft"], GROUNDS))
ON_SOFT = [(f"on-{tint}-soft", f"{tint}-soft") for tint in ("lake", "lava", "leaf", "grey")]
OTHER_TEXT = [("on-action", "action"), ("on-action", "action-hover"), ("ink", "mark")]
MARKS = list(product(["line-strong", "focus", "lake", "lava", "leaf"], GROUNDS))


def palette(mode):
    """Names and colours of one mode; the night's complete the day's."""
    day = dict(re.findall(r"--([\w-]+):\s*(#\w+)", TOKENS.split("@media")[0]))
    night = dict(re.findall(r"--([\w-]+):\s*(#\w+)", TOKENS.split("@media")[1]))
    return day if mode == "day" else day | night


def luminance(colour):
    """Relative luminance of #rgb or #rrggbb, as WCAG defines it."""
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    shares = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_wcag():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["day", "night"])
def test_the_palette_is_legible(mode):
    colours = palette(mode)
    text = [(pair, 4.5) for pair in chain(ON_GROUND, ON_SOFT, OTHER_TEXT)]
    marks = [(pair, 3) for pair in MARKS]
    faint = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair, floor in text + marks
        if contrast(colours[pair[0]], colours[pair[1]]) < floor
    }
    assert not faint


def test_the_six_natures_have_six_colours_by_day_and_by_night():
    for mode in ("day", "night"):
        colours = palette(mode)
        assert len({colours[name] for name in WORDS if name.startswith("k-")}) == 6


def test_only_the_tokens_name_colours():
    for sheet in (settings.BASE_DIR / "static/css").glob("*.css"):
        if sheet.name in {"tokens.css", "messages.css"}:  # the latter darkens the page behind a dialog
            continue
        assert not re.findall(r":[^;{]*#[0-9a-f]{3,8}\b", sheet.read_text()), sheet.name
