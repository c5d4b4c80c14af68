"""Walking through the pages of a running app as its own links lead: nothing is loaded anew."""

from playwright.sync_api import Page

from tests.browser.states import State

# The longest that a page may take on a busy machine, in milliseconds; the first one asks Pythons.
LONGEST = 90_000

_TURN = """
address => {
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}
"""

# Nothing is drawn any more, or waits to be: no script runs, and every chart is there.
_STILL = """
() => {
  const app = document.querySelector("[data-testid=stApp]");
  const charts = [...document.querySelectorAll("[data-testid=stVegaLiteChart]")];
  return app?.dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]")
    && charts.every(chart => chart.querySelector("svg.marks, canvas.marks"));
}
"""


def turn(page: Page, state: State) -> None:
    """Bring the page to a state."""
    page.evaluate(_TURN, state.address)
    page.get_by_text(state.shows).first.wait_for(timeout=LONGEST)
    still(page)
    state.do(page)
    still(page)


def still(page: Page) -> None:
    """Wait until nothing moves."""
    page.wait_for_function(_STILL, timeout=LONGEST)


def charts(page: Page) -> list[str]:
    """What is read out for each chart on the page.

    A chart that is drawn anew for another width has its sentence a moment after its marks; one
    that never has any is not waited for longer than a page.
    """
    said: list[str] = page.wait_for_function(_SAID, timeout=LONGEST).json_value()
    return said


_SAID = """() => {
  const said = [...document.querySelectorAll("[data-testid=stVegaLiteChart]")].map(chart =>
    (chart.closest("[role=graphics-document]") ?? chart.querySelector("[role=graphics-document]"))
      ?.getAttribute("aria-label"));
  return said.every(Boolean) && said;
}"""
