"""Does the app stay as it is through half an hour of runs, viewers and kills?

Runs one after another, each watched; in every second one the measuring service or a trial is
killed. Memory, processes and descriptors are counted between runs, when nothing goes on. The first
third is for warming up: what is loaded once, and sessions, with three descriptors each, that are
kept for two minutes after their viewer has left. So it takes ten minutes to say anything of these.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from bench.analysis.intervals import Interval
from bench.asking.plans import draft
from bench.store import Store
from benchmarks.app import App, running_app
from benchmarks.rows import Bound, Row
from benchmarks.session import PATIENCE, Broken, Session
from benchmarks.viewing import store_of, until_ended, viewers

SECONDS, VIEWERS, ROUNDS = 1_800.0, 10, 3

# The last third over the second one: memory, and descriptors. Of others there may be none.
FLAT, STEADY, NONE = Bound(high=1.05), Bound(high=1.10), Bound(high=0.0)

MEMORY = Bound(high=400.0)

A_RUN = 120.0

# What a run comes to, and what the log says of it, when its service or a trial is killed.
ENDS = ("done", "interrupted", "failed")
EXPECTED = ("it is started again",)


@dataclass(frozen=True)
class Count:
    """What the app holds while nothing goes on: memory of its own (MiB), descriptors, processes."""

    memory: float
    files: int
    processes: int


def rows(session: Session) -> Iterator[Row]:
    counts: list[Count] = []
    states: list[str] = []
    errors: list[str] = []
    folder = Path(session.reaper.folder) / "soak"
    until = time.monotonic() + SECONDS * session.effort
    with running_app(folder, session) as app, closing(store_of(app)) as store:
        while time.monotonic() < until or len(counts) < 6:
            states.append(_one(session, app, store, len(states), errors))
            _until_idle(store)
            counts.append(counted(app))
        logged = [line for line in _log(folder) if " ERROR " in line]
    told = [line for line in logged if not any(one in line for one in EXPECTED)]
    others = sum(state not in ENDS for state in states)
    yield from grown(counts)
    yield Row(
        "runs, half of them with a kill", "not ended", Interval(others), "", len(states), NONE
    )
    yield _errors("pages that were watched", errors, len(states))
    yield _errors("the app's log", told, len(states))


def grown(counts: Sequence[Count]) -> Iterator[Row]:
    """How the last third of the counts stands to the second one."""
    third = len(counts) // 3
    second, last = counts[third : 2 * third], counts[2 * third :]
    for what, unit, bound in (("memory", "MiB", FLAT), ("files", "open", STEADY)):
        before, after = (median(getattr(one, what) for one in part) for part in (second, last))
        note = f"{before:.0f} {unit} before, {after:.0f} later"
        grown = Interval(after / before)
        yield Row(f"{what} of the app", "later over earlier", grown, "", third, bound, note=note)
    most = max(one.memory for one in counts)
    yield Row("memory of the app", "most", Interval(most), "MiB", len(counts), MEMORY)
    more = max(one.processes for one in last) - min(one.processes for one in second)
    yield Row("processes at rest", "more than before", Interval(more), "", third, NONE)


def counted(app: App) -> Count:
    """What the app holds now."""
    tree = app.process.children(recursive=True)
    return Count(app.memory(tree=False), app.process.num_fds(), 1 + len(tree))


def _one(session: Session, app: App, store: Store, number: int, errors: list[str]) -> str:
    """One run that is watched; how it ended. What its viewers were shown as errors is added."""
    plan = draft(
        "primes",
        executors={"processes": {}},
        workers=[2],
        rounds=ROUNDS,
        seed=session.seed + number,
        ceiling=False,
    )
    id_ = store.queue.submit(plan)
    with viewers(session, app, id_, VIEWERS) as seen:
        if number % 2:
            _kill(app, store, id_, "bench.measure.child.trial" if number % 4 == 1 else "work")
        until_ended(store, id_, A_RUN)
        errors += seen()["errors"]
    run = store.runs.find(id_)
    return run.state if run else "lost"


def _kill(app: App, store: Store, run: str, what: str) -> None:
    """Kill a process of the app's that has this in its command line, while the run goes on."""
    until = time.monotonic() + PATIENCE
    while (mark := store.runs.mark(run)) and not mark.ended and time.monotonic() < until:
        if mark.state == "running":
            for process in app.process.children(recursive=True):
                with suppress(psutil.Error):
                    if what in process.cmdline():
                        process.kill()
                        return
        time.sleep(0.01)


def _until_idle(store: Store) -> None:
    """Wait until a service lives again, and for one beat of it. Raises Broken."""
    until = time.monotonic() + PATIENCE
    while store.queue.service() is None:
        if time.monotonic() > until:
            raise Broken("the service did not come back")
        time.sleep(0.2)
    time.sleep(2.0)


def _log(folder: Path) -> Sequence[str]:
    return (folder / "app.log").read_text(encoding="utf-8", errors="replace").splitlines()


def _errors(what: str, errors: Sequence[str], count: int) -> Row:
    first = f"the first: {errors[0]}" if errors else ""
    return Row(what, "errors", Interval(len(errors)), "", count, NONE, note=first)
