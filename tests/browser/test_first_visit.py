"""A first visit in a real browser: from the one screen to the example and back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

NewPage = Callable[..., Page]

# The longest that a page may take to be there on a busy machine, in milliseconds.
SHOWN = 30_000


def test_the_example_opens_from_a_first_visit_and_leads_back(new_page: NewPage) -> None:
    page = new_page(width=390)
    page.locator(".st-key-run button").wait_for()
    page.get_by_text("See an example result").click()
    page.wait_for_url(re.compile(r"/result\?run=example$"))
    expect(page.get_by_text("It comes with the lab")).to_be_visible(timeout=SHOWN)
    for name in ("times", "speedup"):
        expect(page.locator(f".st-key-chart-{name} svg.marks")).to_be_visible(timeout=SHOWN)
    page.get_by_text("Measure it on this machine").click()
    expect(page.get_by_text("All ways in turn")).to_be_visible(timeout=SHOWN)
