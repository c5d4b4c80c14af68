"""Is the lab's speedup that of a bare script of the same work?

The scripts (scripts/primes.py, sha256.py, pages.py) import nothing of the lab; they are programs of
their own, run in turn with the lab's trials and cut their work as these do. The lab's loopback
server, a process of its own on either side, serves the pages. Warm is with the pool open, cold with
its start and stop.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.analysis.intervals import Interval, geometric
from bench.drafting import draft
from bench.forms import Value
from bench.measure.loopback import loopback_server
from bench.samples import Sample
from benchmarks.estimates import ratio
from benchmarks.lab import lab_sides
from benchmarks.rows import Bound, Row, Sides, judged
from benchmarks.session import SCRIPTS, Session, column

# Of the bare script's speedup.
BOUND = Bound(0.98, 1.02)

SECONDS = 36.0

# Seconds one after another, with the pool open, and with its start and stop, too.
Times = dict[str, float]


@dataclass(frozen=True)
class Case:
    """Work under one executor; its script takes the parameters in this order."""

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
    with loopback_server(session.reaper) as server:
        for case in CASES:
            yield from _rows(session, case, [server] if case.workload == "pages" else [])


def _rows(session: Session, case: Case, resources: list[str]) -> Iterator[Row]:
    plan = draft(
        case.workload,
        executors={case.executor: {"chunk": case.chunk}},
        workers=[case.workers],
        parameters=case.parameters,
        seed=session.seed,
        ceiling=False,
    )
    script = [str(SCRIPTS / f"{case.workload}.py"), case.executor, str(case.workers)]
    script += [*map(str, case.parameters.values()), *resources]
    with lab_sides(plan) as trials:
        sides: dict[str, Callable[[], Times]] = {
            name: partial(_times, trial) for name, trial in trials.items()
        }
        sides["script"] = partial(session.told, *script)
        rounds = session.rounds(sides, seconds=SECONDS)
    for mode in ("warm", "cold"):
        lab = [
            alone[mode] / together[mode]
            for alone, together in zip(
                column(rounds, "sequential"), column(rounds, plan.contenders[0].name), strict=True
            )
        ]
        bare = [times["sequential"] / times[mode] for times in column(rounds, "script")]
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
