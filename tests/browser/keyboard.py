"""A visitor who has a keyboard and no mouse: goes from stop to stop, and must see at each where they are."""

import re
from typing import Any

# What tells the stop one is at: its outline, or that of the frame that draws it (the search boxes share one).
VISIBLE = """() => {
  const seen = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const here = document.activeElement;
  const box = here.getBoundingClientRect();
  if (!box.width || !box.height) return "nothing of it is drawn";
  if (box.bottom < 0 || box.top > innerHeight) return "it is out of the screen";
  for (let element = here; element && element !== document.body; element = element.parentElement) {
    if (seen(element)) return "";
  }
  return "no outline";
}"""
HERE = """() => {
  const here = document.activeElement;
  if (here === document.body) return "";
  const label = here.labels?.[0]?.textContent || here.textContent || here.value || "";
  return `${here.tagName.toLowerCase()} ${label}`.replace(/\\s+/g, " ").trim();
}"""


class Keyboard:
    """`tab_to("link words")` presses Tab until what has the focus is so named."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def here(self) -> str:
        """The element that has the focus: its tag and its name; nothing where the focus was lost."""
        return self.page.evaluate(HERE)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def assert_visible(self) -> None:
        """One sees where the focus is."""
        problem = self.page.evaluate(VISIBLE)
        assert not problem, f"{self.page.url}, on « {self.here()} »: {problem}"

    def tab_to(self, pattern: str, most: int = 80, key: str = "Tab") -> None:
        """Goes on to the element whose tag and name match the regular expression, seeing each stop on the way."""
        stops = []
        for _ in range(most):
            self.press(key)
            stops.append(self.here())
            if stops[-1]:
                self.assert_visible()
            if re.search(pattern, stops[-1]):
                return
        raise AssertionError(f"{pattern} is not on the way: {stops}")

    def follow(self, pattern: str, **options: Any) -> None:
        """Goes to a link or a button and presses Enter; waits for the page that it opens."""
        self.tab_to(pattern, **options)
        with self.page.expect_navigation():
            self.press("Enter")
