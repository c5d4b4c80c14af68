"""Is the lab's speedup that of a bare script of the same work?

The scripts are those that the Lab offers to copy: they import nothing of the lab, are programs of
their own, and are run in turn with the lab's trials. Those that download bring a server of their
own, as the lab has one. Warm is with the pool open, cold with its start and stop.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.analysis.intervals import Interval, geometric
from bench.asking.plans import draft
from bench.forms import Value
from bench.samples import Sample
from benchmarks.byscript import Times, by_script
from benchmarks.estimates import ratio
from benchmarks.lab import lab_sides
from benchmarks.rows import Bound, Row, Sides, judged
from benchmarks.session import Session, column

# Of the bare script's speedup.
BOUND = Bound(0.98, 1.02)

SECONDS = 36.0


@dataclass(frozen=True)
class Case:
    """Work under one executor."""

    workload: str
    parameters: Mapping[str, Value]
    executor: str
    workers: int
    chunk: int | str

    @property
    def named(self) -> str:
        return f"{self.workload}, {self.executor} × {self.workers}"


PRIMES = {"limit": 300_000}
BUFFERS = {"count": 128, "size": 524_288}
PAGES = {"count": 16, "delay": 0.05, "size": 20_000}

CASES = (
    Case("primes", PRIMES, "threads", 2, "one"),
    Case("primes", PRIMES, "processes", 2, 32),
    Case("sha256", BUFFERS, "threads", 2, "one"),
    Case("sha256", BUFFERS, "processes", 2, 16),
    Case("pages", PAGES, "threads", 4, "one"),
)


def rows(session: Session) -> Iterator[Row]:
    for case in CASES:
        yield from _rows(session, case)


def _rows(session: Session, case: Case) -> Iterator[Row]:
    plan = draft(
        case.workload,
        executors={case.executor: {"chunk": case.chunk}},
        workers=[case.workers],
        parameters=case.parameters,
        seed=session.seed,
        ceiling=False,
    )
    (contender,) = plan.contenders
    with lab_sides(plan) as trials:
        sides: dict[str, Callable[[], Times]] = {
            name: partial(_times, trial) for name, trial in trials.items()
        }
        sides["script"] = by_script(session, plan, contender)
        rounds = session.rounds(sides, seconds=SECONDS)
    for mode in ("warm", "cold"):
        lab = [
            alone[mode] / together[mode]
            for alone, together in zip(
                column(rounds, "sequential"), column(rounds, contender.name), strict=True
            )
        ]
        bare = [
            times["speedup"] if mode == "warm" else times["sequential"] / times["cold"]
            for times in column(rounds, "script")
        ]
        yield from _found(case, mode, lab, bare)


def _times(trial: Callable[[], Sample]) -> Times:
    sample = trial()
    return {"warm": sample.warm_s, "cold": sample.cold_s or 0.0}


def _found(case: Case, mode: str, lab: list[float], bare: list[float]) -> Iterator[Row]:
    sides = Sides(median(lab), median(bare), "×")
    what = f"{case.named}, {mode}"
    yield Row(what, "speedup ratio", ratio(lab, bare), "", len(lab), BOUND, sides)
    told, theirs = geometric(lab), geometric(bare)
    covered = judged(Interval(theirs.estimate), Bound(told.low, told.high)) == "met"
    yield Row(
        what,
        "script's in the lab's interval",
        # A figure that is not covered may be so by its own noise: then its interval says it.
        Interval(theirs.estimate) if covered else theirs,
        "×",
        len(lab),
        Bound(told.low, told.high),
        sides,
    )
