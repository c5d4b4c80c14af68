"""A first visit in a real browser: from the one screen to the example and back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

NewPage = Callable[..., Page]


def test_the_example_opens_from_a_first_visit_and_leads_back(new_page: NewPage) -> None:
    page = new_page(width=390)
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    page.get_by_text("See an example result").click()
    page.wait_for_url(re.compile(r"/result\?run=example$"))
    expect(page.get_by_text("It comes with the lab")).to_be_visible()
    for name in ("times", "speedup"):
        expect(page.locator(f".st-key-chart-{name} svg.marks")).to_be_visible()
    page.get_by_text("Measure it on this machine").click()
    expect(page.get_by_text("All ways in turn")).to_be_visible()
