"""Is work through the lab as fast as through the same library driven by hand?

`primes` at 2 workers. With the pool open, both sides have one in the same process and take turns,
as in `dispatch`: what is counted is processes. With start and stop, by hand it is the script that
the lab offers. By hand the work is cut as multiprocessing does, into 4 chunks a worker; the lab
cuts it as it does by default.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from bench.analysis.intervals import Interval, geometric
from bench.asking.plans import draft
from bench.workloads.primes import RANGES
from benchmarks.byscript import by_script
from benchmarks.estimates import ratio
from benchmarks.lab import lab_sides
from benchmarks.rows import Bound, Row, Sides
from benchmarks.scripts.byhand import CHUNKS, WORKERS
from benchmarks.session import Session, column

# At most so many times the time that it takes by hand.
BOUND = Bound(high=1.03)

WAYS = ("processes", "pool", "loky")
PROCESSES = 6

# A short pass, so that a process has many, of either side at each pace of the machine.
LIMIT = 100_000
SECONDS = 4.0

LIMIT_FROM_START = 400_000
SECONDS_FROM_START = 60.0

# The rounds are made here, so that those of all sides are as many: each script makes one.
ONE_ROUND = "ROUNDS, SECONDS = 1, 0.0"


def rows(session: Session) -> Iterator[Row]:
    for way in WAYS:
        yield _open(session, way)
    yield from _from_start(session)


def _open(session: Session, way: str) -> Row:
    found = [_passes(session, way, number) for number in range(PROCESSES)]
    mine, theirs = (
        [seconds for passes in found for seconds in passes[side]] for side in ("lab", "by hand")
    )
    ratios = [ratio(passes["lab"], passes["by hand"]).estimate for passes in found]
    return _row(f"{way} × {WORKERS}, pool open", geometric(ratios), len(found), mine, theirs)


def _passes(session: Session, way: str, number: int) -> dict[str, list[float]]:
    request = {
        "name": way,
        "limit": LIMIT,
        "seconds": SECONDS * session.effort,
        "seed": session.seed + number,
        "lab_first": number % 2 == 0,
    }
    return session.told("-m", "benchmarks.scripts.byhand", json.dumps(request))


def _from_start(session: Session) -> Iterator[Row]:
    plan, cut = (
        draft(
            "primes",
            executors=dict.fromkeys(WAYS, options),
            workers=[WORKERS],
            parameters={"limit": LIMIT_FROM_START},
            seed=session.seed,
            ceiling=False,
        )
        for options in ({}, {"chunk": RANGES // CHUNKS})
    )
    with lab_sides(plan) as trials:

        def lab(way: str) -> float:
            return trials[f"{way} × {WORKERS}"]().cold_s or 0.0

        def by_hand(script: Callable[[], dict[str, float]]) -> float:
            return script()["cold"]

        sides = {f"lab {way}": partial(lab, way) for way in WAYS}
        sides |= {
            f"by hand {one.executor}": partial(
                by_hand, by_script(session, cut, one, rounds=ONE_ROUND)
            )
            for one in cut.contenders
        }
        rounds = session.rounds(sides, seconds=SECONDS_FROM_START)
    for way in WAYS:
        mine, theirs = (column(rounds, f"{side} {way}") for side in ("lab", "by hand"))
        what = f"{way} × {WORKERS}, with start and stop"
        yield _row(what, ratio(mine, theirs), len(rounds), mine, theirs)


def _row(what: str, found: Interval, n: int, mine: list[float], theirs: list[float]) -> Row:
    sides = Sides(median(mine), median(theirs))
    return Row(f"primes, {what}", "time ratio", found, "", n, BOUND, sides)
