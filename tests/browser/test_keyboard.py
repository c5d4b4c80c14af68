"""The main job by keys alone, charts that are read out, and no motion for who wants none.

The host's lock is held meanwhile, so that what waits stays waiting.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bench.analysis.results import results
from bench.charts.gallery import View, charts_of
from bench.charts.theme import LIGHT
from bench.samples import Run
from bench.store import Store
from tests.browser.conftest import App
from tests.browser.keys import Keys
from tests.browser.walking import still
from tests.factory import a_run, costing, traced
from tests.keeping import keep_run

NewPage = Callable[..., Page]


@pytest.fixture(scope="module")
def app(idle_app: App) -> App:
    return idle_app


@pytest.fixture(scope="module")
def done(store: Store) -> Run:
    """A run that has ended, with all that a run can show."""
    run = store.runs.find(keep_run(store, traced(costing(a_run()))), traces=True)
    assert run
    return run


def test_a_chart_is_read_out_with_what_its_run_measured(new_page: NewPage, done: Run) -> None:
    page = new_page(f"/result?run={done.id}")
    expect(page.get_by_text("What it was measured on")).to_be_visible()
    for name, kind in charts_of(done.plan).items():
        if kind.place == "below":
            page.get_by_role("tab", name=kind.title).click()
        drawn = kind.draw(done, results(done), View("warm", LIGHT)).to_dict()
        chart = page.locator(f".st-key-chart-{name} [role=graphics-document]")
        expect(chart).to_have_attribute("aria-label", drawn["description"])


def test_a_first_visit_by_keys_alone(new_page: NewPage, app: App, done: Run) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    expect(page.get_by_role("heading", name="Which way to run it is faster")).to_be_visible()
    still(page)
    keys = Keys(page)

    # The first stop skips the navigation; the form follows in the order in which it is read.
    keys.press("Tab")
    assert keys.name() == "Skip to main content"
    keys.press("Enter")
    stops = keys.to(".st-key-run button", watch=True)
    order = ["Work", "small", "Limit", "quick", "Threads (ThreadPoolExecutor)"]
    assert [name for name in order if name in stops] == order
    assert sorted(order, key=stops.index) == order
    assert keys.unseen == []

    keys.press("Enter")
    expect(page.get_by_role("heading", name="Waiting")).to_be_visible()
    keys.to("[class*=st-key-stop-] button")
    keys.press("Enter")
    expect(page.get_by_text("What it was measured on")).to_be_visible()
    link = f"{app.url}/result?{page.url.partition('?')[2]}"
    expect(page.get_by_text(link, exact=True).first).to_be_visible()
    before = page.url
    keys.press("Control+Enter")
    page.wait_for_function("before => location.href !== before", arg=before)
    expect(page.get_by_role("heading", name="Waiting")).to_be_visible()
    keys.to("[class*=st-key-stop-] button")
    keys.press("Enter")

    keys.to("[data-testid=stSidebarNavLink][href$='/history']", back=True)
    keys.press("Enter")
    expect(page.get_by_text("newest first")).to_be_visible()
    keys.to(f"a[href*='run={done.id}']")
    keys.press("Enter")
    expect(page.get_by_text("What it was measured on")).to_be_visible()
    still(page)
    keys.to("[role=tab]")
    keys.press("ArrowRight")
    expect(page.get_by_role("tab", name="Cost")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".st-key-chart-costs svg.marks")).to_be_visible()
    keys.to("[data-testid=stCode]")
    # It shows a moment after its text is reached.
    expect(page.get_by_role("button", name="Copy to clipboard").first).to_be_visible()
    keys.press("Tab")
    keys.press("Enter")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.endswith(f"/result?run={done.id}")
    keys.to("summary")
    keys.press("Enter")
    expect(page.get_by_text(re.compile(r"/share/.*\.png")).first).to_be_visible()


def test_who_wants_no_motion_gets_none(new_page: NewPage, done: Run) -> None:
    moving, still_ = (
        new_page(f"/result?run={done.id}", reduced_motion=wish)
        for wish in ("no-preference", "reduce")
    )
    for page in (moving, still_):
        expect(page.get_by_text("What it was measured on")).to_be_visible()
    assert moving.evaluate(LONGEST_MOTION) >= 0.1
    # The style comes with the page's first run, which what is drawn may be a moment ahead of.
    still_.wait_for_function(f"() => ({LONGEST_MOTION})() <= 0.001")


# The longest transition or animation that any element has, in seconds.
LONGEST_MOTION = """() => Math.max(...[...document.querySelectorAll("*")].flatMap(element => {
    const style = getComputedStyle(element);
    const both = `${style.transitionDuration}, ${style.animationDuration}`;
    return both.split(",").map(parseFloat);
}))"""
