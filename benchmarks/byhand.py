"""Is work through the lab as fast as through the same library driven by hand?

`primes` at 2 workers. By hand it is the script that the lab offers, for a plan that cuts its work
as multiprocessing does, into 4 chunks a worker; the lab cuts it as it does by default.
"""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from bench.drafting import draft
from bench.workloads.primes import RANGES
from benchmarks.byscript import Times, by_script
from benchmarks.estimates import ratio
from benchmarks.lab import lab_sides
from benchmarks.rows import Bound, Row, Sides
from benchmarks.session import Session, column

# At most so many times the time that it takes by hand.
BOUND = Bound(high=1.03)

WAYS = ("processes", "pool", "loky")
WORKERS = 2
LIMIT = 400_000
CHUNK = RANGES // (4 * WORKERS)
SECONDS = 110.0

# The rounds are made here, so that those of all sides are as many: each script makes one.
ONE_ROUND = "ROUNDS, SECONDS = 1, 0.0"


def rows(session: Session) -> Iterator[Row]:
    plan, cut = (
        draft(
            "primes",
            executors=dict.fromkeys(WAYS, options),
            workers=[WORKERS],
            parameters={"limit": LIMIT},
            seed=session.seed,
            ceiling=False,
        )
        for options in ({}, {"chunk": CHUNK})
    )
    with lab_sides(plan) as trials:

        def lab(way: str) -> Times:
            sample = trials[f"{way} × {WORKERS}"]()
            return {"warm": sample.warm_s, "cold": sample.cold_s}

        sides: dict[str, Callable[[], Times]] = {f"lab {way}": partial(lab, way) for way in WAYS}
        sides |= {
            f"by hand {one.executor}": by_script(session, cut, one, rounds=ONE_ROUND)
            for one in cut.contenders
        }
        rounds = session.rounds(sides, seconds=SECONDS)
    for way in WAYS:
        for mode, told in (("warm", "pool open"), ("cold", "with start and stop")):
            mine, theirs = (
                [times[mode] for times in column(rounds, f"{side} {way}")]
                for side in ("lab", "by hand")
            )
            yield Row(
                f"primes, {way} × {WORKERS}, {told}",
                "time ratio",
                ratio(mine, theirs),
                "",
                len(rounds),
                BOUND,
                Sides(median(mine), median(theirs)),
            )
