"""A report in a real browser that has no network: its charts are drawn, and it asks for nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bench.charts.gallery import drawable
from bench.exports.html_run import run_html
from bench.exports.look import Look
from bench.samples import Run
from tests.exports.hostile import a_hostile_run
from tests.factory import a_run, costing, traced

# Wide and narrow, light and dark; the second one holds what somebody might try.
REPORTS = {
    "light": (traced(costing(a_run())), Look(), 1200),
    "dark": (a_hostile_run(), Look("dark", "cold"), 390),
}


@pytest.mark.parametrize(("run", "look", "width"), REPORTS.values(), ids=REPORTS)
def test_it_opens_offline_with_its_charts_drawn(
    browser: Browser, tmp_path: Path, run: Run, look: Look, width: int
) -> None:
    file = tmp_path / "report.html"
    file.write_text(run_html(run, look), encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": width, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(file.as_uri())
    charts = page.locator("figure svg.marks")
    expect(charts).to_have_count(len(drawable(run)))
    for chart in charts.all():
        expect(chart.locator("text").first).to_be_visible()
    assert page.evaluate("() => document.fonts.check('16px Inter')")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    charts.first.locator("[aria-label*='one round:']").first.hover(force=True)
    expect(page.locator("#vg-tooltip-element.visible")).to_be_visible()
    context.close()
    assert (asked, said) == ([file.as_uri()], [])
