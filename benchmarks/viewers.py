"""Do people who watch a run disturb it?

Viewers are websockets that speak Streamlit's own messages. They come while the run waits, and watch
it from its first round to its last; what they themselves cost this machine, others' browsers would
not. One round is a run of the same plan without viewers and with each number of them, in shuffled
order, each in an app of its own.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from itertools import count as numbers
from pathlib import Path
from statistics import median
from typing import Any

from bench.analysis.disturbance import disturbance
from bench.analysis.intervals import Interval, geometric
from bench.analysis.results import results
from bench.asking.plans import draft
from bench.measure.processes.hostlock import host_lock
from bench.plan import Plan
from bench.samples import Run
from benchmarks.app import running_app
from benchmarks.estimates import ratio, share
from benchmarks.rows import Bound, Row, Sides
from benchmarks.session import Broken, Session, column
from benchmarks.viewing import store_of, until_ended, viewers

COUNTS = (1, 20, 100, 200)

# The estimate with this many viewers over that without; CPU of the app a poll (ms); memory (MiB).
STANDS = {20: Bound(0.98, 1.02)}
POLL, MEMORY = Bound(high=10.0), Bound(high=400.0)

ROUNDS, SECONDS, A_RUN = 10, 1_200.0, 600.0

_folders = numbers()


@dataclass(frozen=True)
class Watched:
    """One run that was watched: its speedup with its interval, and what the watching took."""

    run: Run
    speedup: Interval
    app_cpu_s: float
    memory_mib: float
    seen: Mapping[str, Any]


def rows(session: Session) -> Iterator[Row]:
    sides = {f"{count}": partial(_one, session, count) for count in (0, *COUNTS)}
    rounds = session.rounds(sides, seconds=SECONDS, least=2)
    alone = column(rounds, "0")
    for count in COUNTS:
        yield from _rows(count, column(rounds, f"{count}"), alone)


def _rows(count: int, watched: list[Watched], alone: list[Watched]) -> Iterator[Row]:
    what = f"{count} {'viewer' if count == 1 else 'viewers'} of a live run"
    with_, without = ([one.speedup.estimate for one in side] for side in (watched, alone))
    moved = ratio(with_, without)
    within = sum(_within(*pair) for pair in zip(watched, alone, strict=True))
    yield Row(
        what,
        "speedup over that without",
        moved,
        "",
        len(watched),
        STANDS.get(count),
        Sides(median(with_), median(without), "×"),
        f"moved by less than the interval of the run without in {within} of {len(watched)}",
    )
    right = sum(_right_or_told(*pair) for pair in zip(watched, alone, strict=True))
    yield Row(
        what,
        "runs that are right or say that they were disturbed",
        share(right, len(watched)),
        "%",
        len(watched),
    )
    polls = [_poll_ms(*pair) for pair in zip(watched, alone, strict=True)]
    yield Row(what, "CPU of the app a poll", geometric(polls), "ms", len(polls), POLL)
    memory = max(one.memory_mib for one in watched)
    yield Row(what, "memory of the app", Interval(memory), "MiB", len(watched), MEMORY)
    waits = sorted(wait for one in watched for wait in one.seen["waits"])
    if not waits:
        raise Broken(f"{what} were never answered")
    late = 1e3 * waits[int(0.99 * len(waits))]
    errors = [error for one in watched for error in one.seen["errors"]]
    note = f"{len(errors)} errors" + (f", the first: {errors[0]}" if errors else "")
    yield Row(what, "99% of polls answered within", Interval(late), "ms", len(waits), note=note)


def _poll_ms(watched: Watched, alone: Watched) -> float:
    """The CPU that a poll took, charts that it drew included (ms): what the app took beyond what it
    takes anyhow.
    """
    beyond = max(0.0, watched.app_cpu_s - alone.app_cpu_s)
    return 1e3 * beyond / max(1, int(watched.seen["polls"]))


def _within(watched: Watched, alone: Watched) -> bool:
    low, high = alone.speedup.low, alone.speedup.high
    return low is not None and high is not None and low <= watched.speedup.estimate <= high


def _right_or_told(watched: Watched, alone: Watched) -> bool:
    """Whether the intervals of both overlap, or the run says that others disturbed it."""
    mine, other = watched.speedup, alone.speedup
    ends = (mine.low, mine.high, other.low, other.high)
    if any(end is None for end in ends):
        return False
    told = bool(disturbance(watched.run.plan, watched.run.samples).disturbed)
    return told or not (mine.high < other.low or other.high < mine.low)  # type: ignore[operator]


def _one(session: Session, count: int) -> Watched:
    """One run with so many viewers. Raises Broken."""
    folder = Path(session.reaper.folder) / f"viewers-{next(_folders)}"
    with (
        running_app(folder, session) as app,
        closing(store_of(app)) as store,
        ExitStack() as watching,
    ):
        # The run waits for this lock until all viewers are there.
        with host_lock(folder / "lock", "viewers that come"):
            id_ = store.queue.submit(_plan(session))
            seen = watching.enter_context(viewers(session, app, id_, count))
            before = app.cpu_s()
        until_ended(store, id_, A_RUN)
        cpu_s, memory, told = app.cpu_s() - before, app.memory(tree=False), seen()
        run = store.runs.find(id_)
    reading = results(run)[2].warm if run else None
    if run is None or run.state != "done" or reading is None or reading.speedup is None:
        raise Broken(f"a run with {count} viewers has no speedup. {run.error if run else ''}")
    return Watched(run, reading.speedup, cpu_s, memory, told)


def _plan(session: Session) -> Plan:
    return draft(
        "primes",
        executors={"processes": {}},
        workers=[2],
        rounds=session.times(ROUNDS),
        seed=session.seed,
        ceiling=False,
    )
