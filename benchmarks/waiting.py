"""Is a speedup that is known beforehand the speedup that the lab measures?

Each of w workers waits twice, one task at a time: w times as fast as one after another.
"""

from collections.abc import Iterator

from bench.asking.plans import draft
from benchmarks.estimates import ratio, scaled
from benchmarks.lab import lab_sides
from benchmarks.rows import Bound, Row, Sides
from benchmarks.session import Session, column

# Of the known speedup.
BOUND = Bound(0.98, 1.02)

WORKERS = (1, 2, 4, 8, 16, 50)
TURNS = 2
DELAY = 0.1
SECONDS = 120.0


def rows(session: Session) -> Iterator[Row]:
    for workers in WORKERS:
        yield from _rows(session, workers)


def _rows(session: Session, workers: int) -> Iterator[Row]:
    plan = draft(
        "waiting",
        executors={"threads": {"chunk": "one"}, "asyncio": {}},
        workers=[workers],
        parameters={"count": TURNS * workers, "delay": DELAY},
        seed=session.seed,
        ceiling=False,
    )
    with lab_sides(plan) as trials:
        share = (workers + 2) / sum(count + 2 for count in WORKERS)
        rounds = session.rounds(trials, seconds=SECONDS * share)
    alone = [sample.warm_s for sample in column(rounds, "sequential")]
    for contender in plan.contenders:
        together = [sample.warm_s for sample in column(rounds, contender.name)]
        speedup = ratio(alone, together)
        yield Row(
            f"waiting, {contender.executor} × {workers}",
            "measured over known speedup",
            scaled(speedup, 1 / workers),
            "",
            len(rounds),
            BOUND,
            Sides(speedup.estimate, workers, "×"),
        )
