"""A keyboard and no mouse: where the focus is, whether it can be seen, and going on to a place."""

from playwright.sync_api import Page

# More stops than any page has.
MOST = 150

_NAME = """
() => {
  const here = document.activeElement;
  const named = here.getAttribute("aria-labelledby");
  return (here.getAttribute("aria-label")
    || (named && document.getElementById(named.split(" ")[0])?.innerText)
    || here.labels?.[0]?.innerText || here.innerText || "").trim().split("\\n").at(-1);
}
"""

# Some inputs are drawn by what stands around them.
_BOX = """
() => {
  const {x, y, width, height} =
    (document.activeElement.closest("label") ?? document.activeElement).getBoundingClientRect();
  const around = 12;
  return {x: Math.max(0, x - around), y: Math.max(0, y - around),
          width: width + 2 * around, height: height + 2 * around};
}
"""


class Keys:
    """Drives a page; `unseen` are the stops at which nothing showed the focus."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.unseen: list[str] = []

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def name(self) -> str:
        """What the element in focus is called."""
        return str(self._page.evaluate(_NAME))

    def to(self, selector: str, *, back: bool = False, watch: bool = False) -> list[str]:
        """Go on to the next element that a selector fits; the names of all stops on the way.

        `watch` looks at each of them with the focus and after it has gone on.
        """
        stops: list[str] = []
        for _ in range(MOST):
            box = self._page.evaluate(_BOX) if watch and stops else None
            shown = self._page.screenshot(clip=box) if box else b""
            self.press("Shift+Tab" if back else "Tab")
            if box and self._page.screenshot(clip=box) == shown:
                self.unseen.append(stops[-1])
            stops.append(self.name())
            if self._page.evaluate("where => document.activeElement.matches(where)", selector):
                return stops
        raise AssertionError(f"no stop is {selector}: {stops}")
