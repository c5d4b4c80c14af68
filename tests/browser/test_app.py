"""The main job in a real browser: pick, run, watch, reload, share, stop."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from bench.asking.links import query_of_plan
from bench.settings import settings
from bench.store import Store
from tests.browser.conftest import ROOT, App
from tests.build import a_plan
from tests.factory import a_run, traced
from tests.keeping import keep_run

NewPage = Callable[..., Page]

# The longest that a default run may take on a busy machine, in milliseconds.
RUN = 120_000

# The tabs of an ended run, with the charts that they show.
DETAILS = {
    "Where the time goes": "phases",
    "Cost": "costs",
    "Efficiency": "efficiency",
    "Timeline": "timeline",
    "Round by round": "rounds",
}


def press_run(page: Page) -> str:
    """Start what the form says; the run's id, from the address."""
    page.locator(".st-key-run button").click()
    page.wait_for_url(re.compile(r"run=[0-9a-z]{12}"))
    return page.url.partition("run=")[2]


def form_of(precision: str) -> str:
    """The address of a form that asks for rounds of a second, with threads alone."""
    plan = a_plan(executors=["threads"], parameters={"limit": 100_000}, precision=precision)
    return f"/?{urlencode(query_of_plan(plan) or {}, doseq=True)}"


def chart(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-chart-{name} svg.marks")


def ended(page: Page) -> None:
    """Wait for what only an ended run shows."""
    expect(page.get_by_text("What it was measured on")).to_be_visible(timeout=RUN)


def test_a_run_fills_in_is_found_again_and_can_be_shared(new_page: NewPage, app: App) -> None:
    page = new_page()
    expect(page.get_by_role("heading", name="Which way to run it is faster, here?")).to_be_visible()
    id_ = press_run(page)
    expect(page.get_by_text(re.compile(r"\d+ of \d+ trials"))).to_be_visible(timeout=RUN)
    expect(chart(page, "times")).to_be_visible()
    ended(page)

    run = shown(app, id_)
    assert run["state"] == "done"
    # Every sample of every contender is drawn, and every contender is named.
    one_round = chart(page, "times").locator("[aria-label*='one round:']")
    expect(one_round).to_have_count(len(run["samples"]))
    for result in run["analysis"]["contenders"]:
        expect(chart(page, "times").get_by_text(result["name"], exact=True)).to_be_visible()
    points = chart(page, "speedup").locator(".mark-symbol path")
    expect(points).to_have_count(len(run["plan"]["contenders"]))
    expect(chart(page, "speedup").get_by_text(re.compile(r"^\d+ usable CPUs?$"))).to_be_visible()

    headline = page.get_by_role("heading", level=2).first.inner_text()
    page.reload()
    ended(page)
    assert page.get_by_role("heading", level=2).first.inner_text() == headline

    other = new_page(f"/result?run={id_}")
    ended(other)
    assert other.get_by_role("heading", level=2).first.inner_text() == headline


def test_a_browser_tab_has_the_labs_icon(new_page: NewPage) -> None:
    page = new_page()
    expect(page).to_have_title("Speedup Lab")
    href = page.locator("link[rel~=icon]").evaluate("link => link.href")
    with urllib.request.urlopen(href) as answer:
        assert answer.read() == (ROOT / "pages" / "static" / "icon.png").read_bytes()


def test_each_detail_of_a_run_is_drawn_and_fits_its_window(new_page: NewPage, app: App) -> None:
    plan = ["primes", "--rounds", "2", "--set", "limit=20000", "--workers", "2", "--out", "-"]
    told = subprocess.run(
        [sys.executable, "-m", "bench", "run", *plan],
        cwd=ROOT,
        env=environment(app),
        check=True,
        capture_output=True,
    )
    id_ = json.loads(told.stdout)["id"]
    for width, dark in ((1440, False), (390, True)):
        page = new_page(f"/result?run={id_}", width=width, dark=dark)
        for tab, name in DETAILS.items():
            page.get_by_role("tab", name=tab).click()
            expect(chart(page, name)).to_be_visible()
            drawn = chart(page, name).bounding_box()
            assert drawn
            assert drawn["x"] + drawn["width"] <= width
            assert overflow(page) <= 0
    page.get_by_role("tab", name="Timeline").click()
    # A pale bar for each task of the baseline, of threads and of the fastest, if it is another.
    pale = chart(page, "timeline").locator("[fill-opacity='0.3']")
    expect(pale.nth(2 * 256 - 1)).to_be_visible()
    assert pale.count() in (2 * 256, 3 * 256)


def test_a_stopped_run_keeps_its_finished_rounds(new_page: NewPage, app: App) -> None:
    page = new_page(form_of("rigorous"))
    expect(page.get_by_text(re.compile(r"at most about 5 min")).first).to_be_visible()
    id_ = press_run(page)
    expect(page.get_by_text(re.compile(r"Round [3-9] "))).to_be_visible(timeout=RUN)
    page.locator("[class*=st-key-stop-]").get_by_role("button").click()
    ended(page)
    run = shown(app, id_)
    assert run["state"] == "stopped"
    rounds = {sample["round"] for sample in run["samples"]}
    assert {1, 2} <= rounds
    expect(page.get_by_text(re.compile(r"rounds were finished of at least 10"))).to_be_visible()
    expect(chart(page, "times")).to_be_visible()


def test_a_closed_tab_stops_nothing(new_page: NewPage, app: App) -> None:
    page = new_page(form_of("quick"))
    id_ = press_run(page)
    expect(page.get_by_text(re.compile(r"\d+ of \d+ trials"))).to_be_visible(timeout=RUN)
    page.close()
    again = new_page(f"/result?run={id_}")
    ended(again)
    assert shown(app, id_)["state"] == "done"


def test_the_history_opens_a_run_and_compares_two(new_page: NewPage, app: App) -> None:
    for _ in range(2):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "bench",
                "run",
                "primes",
                "--rounds",
                "2",
                "--set",
                "limit=9000",
            ],
            cwd=ROOT,
            env=environment(app),
            check=True,
            capture_output=True,
        )
    page = new_page("/history")
    rows = page.locator("[class*=st-key-row-]")
    for place in range(2):
        rows.nth(place).get_by_test_id("stCheckbox").locator("label").click()
    page.get_by_text("Compare the two that are ticked").click()
    page.wait_for_url(re.compile(r"/compare\?a=[0-9a-z]{12}&b=[0-9a-z]{12}"))
    for name in ("ratios", "times", "speedup"):
        expect(chart(page, name)).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    expect(chart(page, "ratios")).to_be_visible()
    assert overflow(page) <= 0
    page.go_back()
    rows.first.get_by_test_id("stPageLink").click()
    ended(page)
    assert "/result?run=" in page.url


def test_an_ended_run_can_be_given_away(new_page: NewPage, app: App) -> None:
    with Store(settings(environment(app))) as store:
        id_ = keep_run(store, traced(a_run()))
    page = new_page(f"/result?run={id_}")
    ended(page)
    page.get_by_text("A chart in a chat, a wiki or a pull request").click()
    picture = f"{app.url}/share/{id_}/speedup.png"
    expect(page.get_by_text(picture, exact=True).first).to_be_visible()
    with urllib.request.urlopen(picture) as answer:
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.read(4) == b"\x89PNG"
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    assert download.value.suggested_filename == f"speedup-lab-{id_}.md"
    assert download.value.path().read_text().startswith("### Processes × 2: 1.8")
    # What a chat tool reads, which runs no script.
    with urllib.request.urlopen(f"{app.url}/result?run={id_}") as answer:
        head = answer.read().decode().partition("</head>")[0]
    assert '<meta property="og:title" content="Processes × 2: 1.8' in head
    assert f'<meta property="og:image" content="{picture}">' in head


def test_questions_lead_to_the_lab_filled_in_and_its_link_to_the_same_in_another_browser(
    new_page: NewPage,
) -> None:
    page = new_page("/choose")
    for answer in ("does-computes", "state-no", "code-images"):
        page.locator(f".st-key-answer-{answer} button").click()
    expect(page.get_by_role("heading", name=re.compile("^Image processing: "))).to_be_visible()
    heavy = chart(page, "tree").get_by_text("Image processing", exact=True)
    expect(heavy).to_have_attribute("font-weight", "600")
    page.set_viewport_size({"width": 390, "height": 1600})
    expect(page.get_by_role("heading", name="The advice, measured here")).to_be_visible()
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1440, "height": 1600})
    page.get_by_test_id("stPageLink-NavLink").get_by_text("Measure it here").click()
    page.wait_for_url(re.compile(r"/\?form=1&work=images"))
    other = new_page("/?" + page.url.partition("/?")[2])
    for shown in (page, other):
        expect(shown.get_by_label(re.compile("^Width"))).to_have_value("800")
        expect(shown.get_by_label("Threads (ThreadPoolExecutor)")).to_be_checked()
        expect(shown.get_by_label("Coroutines (asyncio)")).not_to_be_checked()


def test_the_tour_is_led_by_keys_in_a_frame_too(new_page: NewPage) -> None:
    page = new_page("/tour?embed=true&step=waiting")
    expect(page.get_by_text("Step 1 of 5")).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_enabled()  # the last that is drawn
    # Keys are listened to once that is over.
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.keyboard.press("Enter")
    answer = page.get_by_role("heading", name=re.compile("^Threads × 8: "))
    expect(answer).to_be_visible(timeout=RUN)
    expect(chart(page, "stage").get_by_text(re.compile("^threads × 8: "))).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 1600})
    assert overflow(page) <= 0
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Step 2 of 5")).to_be_visible()
    assert "embed=true" in page.url
    page.keyboard.press("ArrowLeft")
    expect(answer).to_be_visible()


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_pages_fit_their_window(new_page: NewPage, width: int, dark: bool) -> None:
    for path, name in (
        ("/", "Which way to run it is faster, here?"),
        ("/history", "History"),
        ("/machine", "One-minute check"),
    ):
        page = new_page(path, width=width, dark=dark)
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        assert overflow(page) <= 0


def test_the_font_comes_with_the_app(app: App) -> None:
    with urllib.request.urlopen(f"{app.url}/app/static/inter-latin.woff2") as answer:
        assert answer.status == 200
        assert answer.read(4) == b"wOF2"


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    )


def shown(app: App, id_: str) -> dict[str, Any]:
    """A run's JSON, as the command line gives it."""
    command = [sys.executable, "-m", "bench", "show", id_, "--json"]
    told = subprocess.run(command, cwd=ROOT, env=environment(app), check=True, capture_output=True)
    run: dict[str, Any] = json.loads(told.stdout)
    return run


def environment(app: App) -> dict[str, str]:
    return {**os.environ, "BENCH_DATA": str(app.data), "BENCH_LOCK": str(app.data / "lock")}
