"""What does the lab cost: memory, the wait for a first figure, and a child's start?

The app as people start it, with a real Chromium in front of it. Memory is the proportional share
(PSS) of the whole tree of processes: the server, the measuring service, and what that has started.
"""

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.analysis.intervals import geometric
from bench.measure.processes.running import child_environment
from benchmarks.app import running_app
from benchmarks.estimates import added, ratio
from benchmarks.rows import Bound, Row, Sides
from benchmarks.session import PATIENCE, Session, column
from tests.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What a child may take to be ready beyond the bare interpreter, in milliseconds.
LOAD = Bound(high=80.0)

# What a trial's child imports, and what the bare interpreter does instead.
READY = (
    "import bench.measure.child.trial;"
    "from bench.executors import find_executor; from bench.workloads import find_workload;"
    "find_workload('primes'); find_executor('processes')"
)
BARE = "pass"

STARTS = 3
LOAD_SECONDS = 12.0
WATCHED = 2.0

FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")
A_TIME = ".st-key-chart-times [aria-label*='one round:']"
A_SPEEDUP = ".st-key-chart-speedup .mark-symbol path"

IN_WORDS = {
    "unseen": ("app and service, nobody has come yet", "memory", "MiB"),
    "idle": ("app and service, one page open, idle", "memory", "MiB"),
    "measuring": ("app, service and trial, while measuring", "most memory", "MiB"),
    "time": ("from Run to the first time on the page", "wait", "s"),
    "speedup": ("from Run to the first speedup on the page", "wait", "s"),
}


def rows(session: Session) -> Iterator[Row]:
    yield _load(session)
    found = defaultdict(list)
    with _chromium() as browser:
        for number in range(session.times(STARTS)):
            for name, value in _one_visit(session, browser, number).items():
                found[name].append(value)
    for name, (what, figure, unit) in IN_WORDS.items():
        yield Row(what, figure, geometric(found[name]), unit, len(found[name]))


def _load(session: Session) -> Row:
    def started(program: str) -> float:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", program],
            env=child_environment(session.reaper.folder),
            cwd=session.reaper.folder,
            check=True,
        )
        return time.perf_counter() - began

    sides = {"lab": partial(started, READY), "bare": partial(started, BARE)}
    rounds = session.rounds(sides, seconds=LOAD_SECONDS)
    lab, bare = column(rounds, "lab"), column(rounds, "bare")
    extra = added(ratio(lab, bare), 1e3 * median(bare))
    sides_seen = Sides(median(lab), median(bare))
    return Row(
        "a trial's child, ready to work, over the bare interpreter",
        "added start",
        extra,
        "ms",
        len(rounds),
        LOAD,
        sides_seen,
    )


def _one_visit(session: Session, browser: "Browser", number: int) -> dict[str, float]:
    """One start of the app, one visitor, one run of what the page proposes."""
    with running_app(Path(session.reaper.folder) / f"app-{number}", session) as app:
        time.sleep(WATCHED)  # until the service has come to rest
        found = {"unseen": app.memory()}
        page = browser.new_context(viewport={"width": 1440, "height": 1600}).new_page()
        page.set_default_timeout(1e3 * PATIENCE)
        page.goto(app.url)
        page.locator(".st-key-run button").wait_for()
        time.sleep(WATCHED)  # until the page has
        found["idle"] = app.memory()
        found |= _waits(page)
        found["measuring"] = _most(app.memory)
        page.context.close()
    return found


def _waits(page: "Page") -> dict[str, float]:
    """Press Run; the seconds until the first time and the first speedup are drawn."""
    began = time.perf_counter()
    page.locator(".st-key-run button").click()
    page.locator(A_TIME).first.wait_for(state="attached")
    first_time = time.perf_counter() - began
    page.locator(A_SPEEDUP).first.wait_for(state="attached")
    return {"time": first_time, "speedup": time.perf_counter() - began}


def _most(tree: Callable[[], float]) -> float:
    until, most = time.monotonic() + WATCHED, 0.0
    while time.monotonic() < until:
        most = max(most, tree())
        time.sleep(0.02)
    return most


@contextmanager
def _chromium() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(FLAGS))
        yield browser
        browser.close()
