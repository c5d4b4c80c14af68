"""Do the addresses of exports bear many readers at once?

One run that has ended, in a running app; requests for its exports, most of them charts, so many at
once. The readers are a process of its own beside the app, as in a load test on one machine. Before
that, single pictures: the first that an app draws, for which it loads what draws, and the same
again.
"""

import json
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import count as numbers
from pathlib import Path
from typing import NamedTuple

from bench.analysis.intervals import Interval, geometric
from benchmarks.app import App, running_app
from benchmarks.rows import Bound, Row
from benchmarks.session import PATIENCE, Session, column
from benchmarks.viewing import store_of
from tests.factory import a_run

REQUESTS, AT_ONCE = 10_000, 64

# A request that is answered with anything but 200 or 304 is an error.
ERRORS = Bound(high=0.0)

# A picture that nobody has asked for before, and one that somebody has (s).
COLD, KEPT = Bound(high=1.5), Bound(high=0.05)
PICTURES = ("/speedup.svg", "/speedup.png")
SECONDS = 60.0

ENDS = (".json", ".csv", ".md", "/speedup.svg", "/times.svg", "/speedup.svg?theme=dark")

_folders = numbers()


class Asked(NamedTuple):
    """How long a picture took that was the first of its app, and the same once more (s)."""

    cold: float
    again: float


def rows(session: Session) -> Iterator[Row]:
    yield from _pictures(session)
    yield from _crowd(session)


def _pictures(session: Session) -> Iterator[Row]:
    sides = {end: partial(_asked, session, end) for end in PICTURES}
    rounds = session.rounds(sides, seconds=SECONDS)
    for end in PICTURES:
        asked, what = column(rounds, end), f"a chart as {end[-3:].upper()} by its address"
        cold, again = ([getattr(one, name) for one in asked] for name in Asked._fields)
        note = "what draws is loaded for it"
        yield Row(what, "the first of an app", geometric(cold), "s", len(asked), COLD, note=note)
        yield Row(what, "the same again", geometric(again), "s", len(asked), KEPT)


def _asked(session: Session, end: str) -> Asked:
    with _app_with_run(session) as (app, run):
        return Asked(*(_seconds(f"{app.url}/share/{run}{end}") for _ in Asked._fields))


def _seconds(address: str) -> float:
    began = time.perf_counter()
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        answer.read()
    return time.perf_counter() - began


@contextmanager
def _app_with_run(session: Session) -> Iterator[tuple[App, str]]:
    """A running app that has one run, and the run's id."""
    with running_app(Path(session.reaper.folder) / f"shares-{next(_folders)}", session) as app:
        with closing(store_of(app)) as store:
            run = a_run(rounds=20)
            id_ = store.runs.add(run.plan, "running", environment=run.environment)
            for outcome in run.outcomes:
                store.runs.keep(id_, outcome)
            store.runs.end(id_, "done")
        yield app, id_


def _crowd(session: Session) -> Iterator[Row]:
    count = session.times(REQUESTS, least=200)
    with _app_with_run(session) as (app, run):
        before = app.cpu_s()
        paths = json.dumps([f"/share/{run}{end}" for end in ENDS])
        request = ("-m", "benchmarks.scripts.shares", app.url, paths, str(count), str(AT_ONCE))
        told = session.told(*request)
        cpu_s, memory = app.cpu_s() - before, app.memory(tree=False)
    what = f"{count:,} requests for exports, {AT_ONCE} at once"
    codes = ", ".join(f"{code}: {number}" for code, number in sorted(told["codes"].items()))
    yield Row(what, "errors", Interval(told["errors"]), "", count, ERRORS, note=codes)
    waits = sorted(told["waits"])
    for name, share in (("half", 0.5), ("99%", 0.99)):
        yield Row(what, f"{name} answered within", Interval(waits[int(share * count)]), "s", count)
    yield Row(what, "throughput", Interval(count / told["seconds"]), "/s", count)
    yield Row(what, "CPU of the app a request", Interval(1e3 * cpu_s / count), "ms", count)
    yield Row(what, "memory of the app", Interval(memory), "MiB", 1)
