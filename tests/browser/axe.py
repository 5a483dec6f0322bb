"""axe-core, run in a page by the browser's own tools: a script tag would be stopped by our Content-Security-Policy."""

from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# Everything that axe holds for a fault of WCAG 2.2 A and AA, and its best practices (landmarks, order of headings).
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _script() -> str:
    return PATH.read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    """What axe finds in the page as it is now, one line a fault: the rule and the first element at fault.

    axe itself may write a style sheet in the page, which our policy stops: what the page complains of meanwhile is
    put aside.
    """
    complaints = list(page.complaints)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    # A colour half way to another has the contrast of neither.
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
    # What is right is not described, element by element: half of the time on a long page.
    how = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    report = page.evaluate("how => axe.run(document, how)", how)
    page.complaints[:] = complaints
    return [_line(found) for found in report["violations"]]


def _line(found: dict[str, Any]) -> str:
    first = found["nodes"][0]
    return f"{found['id']}: {len(found['nodes'])} × {first['html'][:160]} {first['failureSummary']}"
