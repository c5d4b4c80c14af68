"""Is work through the lab as fast as through the same library driven by hand?

`primes` at 2 workers. By hand it is a program of its own (scripts/primes.py) that cuts its work as
multiprocessing does, into 4 chunks a worker; the lab cuts it as it does by default.
"""

from collections.abc import Iterator
from functools import partial
from statistics import median

from bench.drafting import draft
from benchmarks.estimates import ratio
from benchmarks.lab import lab_sides
from benchmarks.rows import Bound, Row, Sides
from benchmarks.session import SCRIPTS, Session, column

# At most so many times the time that it takes by hand.
BOUND = Bound(high=1.03)

WAYS = ("processes", "pool", "loky")
WORKERS = 2
LIMIT = 400_000
SECONDS = 110.0


def rows(session: Session) -> Iterator[Row]:
    plan = draft(
        "primes",
        executors={way: {} for way in WAYS},
        workers=[WORKERS],
        parameters={"limit": LIMIT},
        seed=session.seed,
        ceiling=False,
    )
    with lab_sides(plan) as trials:

        def lab(way: str) -> dict[str, float]:
            sample = trials[f"{way} × {WORKERS}"]()
            return {"warm": sample.warm_s, "cold": sample.cold_s or 0.0}

        def by_hand(way: str) -> dict[str, float]:
            return session.told(str(SCRIPTS / "primes.py"), way, str(WORKERS), str(LIMIT))

        sides = {f"lab {way}": partial(lab, way) for way in WAYS}
        sides |= {f"by hand {way}": partial(by_hand, way) for way in WAYS}
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
