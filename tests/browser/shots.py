"""Pictures of every page, in both themes and three widths, taken from the running app: make shots

The app starts on a folder of its own: first without any run, for what is shown then, and then with
runs that were really made: the example, and those in tests/fixtures/shown. What a page tells of its
own machine alone (a step of the tour, the check, a pitfall, a row of the table) is performed.
"""

import io
import math
import re
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, expect, sync_playwright

from bench.access import OPERATOR
from bench.measure.processes.hostlock import host_lock
from bench.settings import settings
from bench.store import Store
from tests.browser import chromium
from tests.browser.conftest import FLAGS, ROOT, App, free_port, running
from tests.browser.shown import fill, long_plan

FOLDER = ROOT / "docs" / "shots"

THEMES = ("light", "dark")

# From the widest to the narrowest, as one who makes the window narrower: the sidebar folds.
WIDTHS = (1440, 1024, 390)

# A picture is as high as its page, within so many pixels, and keeps its most common colours.
LOWEST, HIGHEST, COLOURS = 800, 1_500, 256

# The longest that a page may take to be drawn on a busy machine, in milliseconds.
PATIENCE = 60_000

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Shot:
    """A page as it is photographed: its address, the text that it shows once it is there.

    `{name}` in an address is the id of the run that is kept under that name. `act` is done before,
    and the picture begins at the heading `top` (or at the tabs) and ends before the heading `end`,
    where these are named.
    """

    name: str
    path: str
    shows: str
    act: Act | None = None
    top: str = ""
    end: str = ""

    @property
    def page(self) -> str:
        """The page's own name in the address."""
        return self.path.partition("?")[0].strip("/") or "lab"


def opened(text: str) -> Act:
    """Open an expander, or what else opens by a click on its text."""
    return lambda page: page.get_by_text(text, exact=True).first.click()


def answered(*answers: str) -> Act:
    """Answer questions of the decision tree, one after the other."""

    def act(page: Page) -> None:
        for answer in answers:
            page.locator(f".st-key-answer-{answer} button").click()

    return act


def tab(name: str) -> Act:
    """Open one of the tabs of a result."""
    return lambda page: page.get_by_role("tab", name=name).click()


def refused(page: Page) -> None:
    """Bring in a file that is none of a run."""
    opened("Import runs from files")(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "teammate.json", "mimeType": "application/json", "buffer": b'{"format": "x"}'}
    )
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_test_id("stAlert").first).to_be_visible(timeout=PATIENCE)


# What is shown before anybody has run anything.
EMPTY = (
    Shot("first-visit", "/", "All ways in turn"),
    Shot("example", "/result?run=example", "What it was measured on"),
    Shot("history-empty", "/history", "No runs yet"),
)

TABS = ("Where the time goes", "Cost", "Efficiency", "Timeline", "Round by round")

SHOTS = (
    Shot("lab", "/", "Ways to run it"),
    Shot("result", "/result?run={primes}", "What it was measured on"),
    *(
        Shot(
            f"result-{name.lower().replace(' ', '-')}",
            "/result?run={primes}",
            "What it was measured on",
            tab(name),
            top="tab",
        )
        for name in TABS
    ),
    Shot(
        "share",
        "/result?run={primes}",
        "What it was measured on",
        opened("A chart in a chat, a wiki or a pull request"),
        top="Share",
    ),
    Shot("sweep", "/result?run={sweep}", "What it was measured on"),
    Shot("embed", "/result?run={pages}&embed=true", "What it was measured on"),
    Shot("compare", "/compare?a={primes}&b={primes-busy}", "python -m bench compare"),
    Shot("history", "/history", "newest first"),
    Shot("import", "/history", "newest first", opened("Import runs from files")),
    Shot("refused", "/history", "newest first", refused),
    Shot("failed", "/result?run={failed}", "What it was measured on"),
    Shot("not-found", "/result?run=000000000000", "There is no such run"),
    Shot("tour", "/tour?step=waiting", "All that this run shows"),
    Shot("choose", "/choose", "The advice, measured here"),
    Shot(
        "recommended",
        "/choose",
        "The advice, measured here",
        answered("does-computes", "state-no", "code-python"),
    ),
    Shot("decisions", "/choose", "Measure all", top="The advice, measured here"),
    Shot("pitfalls", "/pitfalls", "Show all"),
    Shot("pitfall", "/pitfalls?show=race", "What was observed"),
    Shot("patterns", "/patterns", "Show all"),
    # Without the table of Pythons, which holds the paths of whoever takes the pictures.
    Shot("machine", "/machine", "All of its figures", end="Pythons"),
    Shot("check", "/machine", "All of its figures", top="What would make measurements better"),
)


# What is shown of a run that waits for another measurement, and then of the same being measured.
WAITING = Shot("waiting", "/result?run={live}", "Waiting for")
RUNNING = Shot("running", "/result?run={live}", "Round [2-9]")

ALL = (*EMPTY, *SHOTS, WAITING, RUNNING)


def files() -> list[str]:
    """The names of all pictures."""
    return [
        f"{shot.name}-{theme}-{width}.png" for shot in ALL for theme in THEMES for width in WIDTHS
    ]


def take_all(app: App, browser: Browser, names: Collection[str] = ()) -> None:
    """Take the pictures of those names, or every one, of an app that has no runs yet."""

    def take(*shots: Shot, **ids: str) -> None:
        _take(app, browser, [shot for shot in shots if shot.name in names], ids)

    names = names or {shot.name for shot in ALL}
    take(*EMPTY)
    if not {shot.name for shot in EMPTY}.issuperset(names):
        here = settings({"BENCH_DATA": str(app.data), "BENCH_LOCK": str(app.data / "lock")})
        with Store(here) as store:
            take(*SHOTS, **fill(store, here))
            with host_lock(here.lock, "another measurement"):
                live = store.queue.submit(long_plan())
                take(WAITING, live=live)
            take(RUNNING, live=live)
            store.queue.stop(live, OPERATOR)


def _take(app: App, browser: Browser, shots: Iterable[Shot], ids: Mapping[str, str]) -> None:
    for theme in THEMES:
        context = browser.new_context(
            viewport={"width": WIDTHS[0], "height": LOWEST},
            color_scheme="dark" if theme == "dark" else "light",
            base_url=app.url,
        )
        context.set_default_timeout(PATIENCE)
        for shot in shots:
            page = context.new_page()
            page.goto(shot.path.format(**ids))
            expect(page.get_by_text(re.compile(shot.shows)).first).to_be_attached(timeout=PATIENCE)
            if shot.act:
                shot.act(page)
            for width in WIDTHS:
                _draw(page, width)
                (FOLDER / f"{shot.name}-{theme}-{width}.png").write_bytes(_picture(page, shot))
            page.close()
        context.close()


def _draw(page: Page, width: int) -> None:
    """Wait until the page is drawn whole, in a window as high as it is."""
    page.set_viewport_size({"width": width, "height": LOWEST})
    _settle(page)
    while (high := _height(page)) > _size(page)[1]:  # what comes late makes it higher once more
        page.set_viewport_size({"width": width, "height": high})
        _settle(page)


def _size(page: Page) -> tuple[int, int]:
    """The window's width and height."""
    size = page.viewport_size
    assert size
    return size["width"], size["height"]


def _height(page: Page) -> int:
    """How high the page is, be it in view or not."""
    high: float = page.get_by_test_id("stMain").evaluate("it => it.scrollHeight")
    return math.ceil(high)


def _settle(page: Page) -> None:
    """Wait for the script, for every chart, and for what still moves."""
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)
    charts = page.get_by_test_id("stVegaLiteChart")
    for place in range(charts.count()):
        expect(charts.nth(place).locator("svg.marks")).to_be_attached(timeout=PATIENCE)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.wait_for_timeout(400)


def _picture(page: Page, shot: Shot) -> bytes:
    """The shot's part of the page, in few colours."""
    width, height = _size(page)
    top = _place(page, shot.top) if shot.top else 0
    end = min(_place(page, shot.end) if shot.end else height, top + HIGHEST)
    clip = FloatRect(x=0, y=top, width=width, height=end - top)
    return _packed(Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB"))


def _place(page: Page, heading: str) -> float:
    """Where a heading, or the list of tabs, begins, with a little room above."""
    headings = page.get_by_role("heading", name=heading, exact=True)
    box = (page.get_by_role("tablist") if heading == "tab" else headings).bounding_box()
    assert box, heading
    return box["y"] - 16


def _packed(picture: Image.Image) -> bytes:
    """A PNG of a picture's most common colours, with the nearest of them for the others.

    Those of its surfaces stay as they are, which Pillow's own ways of choosing do not promise.
    """
    red, green, blue = np.asarray(picture, dtype=np.int32).reshape(-1, 3).T
    whole = red << 16 | green << 8 | blue  # one number a pixel, as those are sorted fast
    found, which, counts = np.unique(whole, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    common = colours[np.argsort(-counts)[:COLOURS]]
    nearest = np.array([np.abs(common - one).sum(axis=1).argmin() for one in colours])
    places = nearest.astype(np.uint8)[which.reshape(-1)]
    few = Image.frombytes("P", picture.size, places.tobytes())
    few.putpalette(common.astype(np.uint8).tobytes())
    packed = io.BytesIO()
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def main(names: Collection[str]) -> None:
    """Take the pictures of those names; or every one, so that no older ones are left."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not names:
        for old in FOLDER.glob("*.png"):
            old.unlink()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=list(FLAGS))
        with running(Path(folder), free_port()) as app:
            take_all(app, launched, names)
        launched.close()
    taken = list(FOLDER.glob("*.png"))
    size = sum(path.stat().st_size for path in taken)
    sys.stdout.write(f"{len(taken)} pictures, {size / 1e6:.1f} MB, in {FOLDER}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
