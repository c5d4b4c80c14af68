"""What axe-core finds on a page, but for what is Streamlit's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

GRAVE = ("serious", "critical")

# The one rule whose findings differ between light and dark.
CONTRAST = "color-contrast"


@dataclass(frozen=True)
class Excused:
    """Findings of a rule on elements that a selector fits, or within them, and why they stay."""

    rule: str
    selector: str
    why: str


# What Streamlit draws and no page can mend.
EXCUSED = (
    Excused(
        "list",
        "[data-testid=stSidebarNavItems]",
        "Streamlit groups the entries of the navigation in a div between list and items.",
    ),
    Excused("listitem", "[data-testid=stSidebarNavItems]", "The same, from the items' side."),
    Excused(
        "scrollable-region-focusable",
        "[data-testid=stCode] pre",
        "Browsers of today let keys reach what scrolls; Streamlit does not say so itself.",
    ),
    Excused(
        "svg-img-alt",
        "svg.marks g.role-mark:empty",
        "Vega names a layer by its marks; one without rows has none, and says nothing.",
    ),
)


@dataclass(frozen=True)
class Finding:
    """A rule, the element that breaks it, how, and the place in EXCUSED of its excuse, if any."""

    rule: str
    element: str
    told: str
    excuse: int | None


_FIND = """
async ([grave, only, excused]) => {
  const options = {resultTypes: ["violations"], elementRef: true};
  if (only.length) options.runOnly = only;
  const {violations} = await axe.run(document, options);
  return violations.filter(one => grave.includes(one.impact)).flatMap(
    one => one.nodes.map(node => [
      one.id,
      node.html.slice(0, 300),
      node.failureSummary,
      excused.findIndex(([rule, where]) => rule === one.id && node.element.closest(where)),
    ])
  );
}
"""


def findings(page: Page, only: Sequence[str] = ()) -> list[Finding]:
    """What is serious or critical on the page as it is now, by all rules or by some."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    excused = [[one.rule, one.selector] for one in EXCUSED]
    found = page.evaluate(_FIND, [GRAVE, list(only), excused])
    return [
        Finding(rule, element, told, excuse if excuse >= 0 else None)
        for rule, element, told, excuse in found
    ]
