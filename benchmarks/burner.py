"""Are rounds that a burner hit told, and do the estimates stand without them?

`primes` one after another and by 2 processes, each run twice: idle, and with another process that
burns one core during rounds drawn by lot. Which rounds were hit is known here, and not to the lab.
A run that says itself that it cannot be relied on is counted, and its estimates are not compared.
"""

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.analysis.disturbance import disturbance
from bench.analysis.results import results
from bench.analysis.warnings import warnings
from bench.asking.plans import draft
from bench.measure.processes.groups import end_group
from bench.measure.rounds import Seams, measure
from bench.measure.trials import trials
from bench.plan import Contender, Plan
from bench.samples import Failure, Run, Sample
from benchmarks.estimates import ratio, share
from benchmarks.rows import Bound, Row, Sides
from benchmarks.session import PATIENCE, Broken, Session, column, interleaved

# Per cent of the rounds that were hit, and times the idle estimate.
FLAGGED = Bound(low=90.0)
STANDS = Bound(low=0.97, high=1.03)

RUNS = 6
LIMIT = 50_000
BUDGET = 9.0
HIT = 0.6

BURN = "while True: pass"

# What a run says of itself whose estimates others may have had a hand in.
SAID = {"disturbed", "unsteady"}


@dataclass(frozen=True)
class Measured:
    """What a run found, whether it says that others had a hand in that, and which rounds were hit
    and told as disturbed.
    """

    speedup: float
    sequential_s: float
    warned: bool
    rounds: frozenset[int]
    hit: frozenset[int]
    told: frozenset[int]


def rows(session: Session) -> Iterator[Row]:
    pairs = [_pair(session, session.seed + number) for number in range(session.times(RUNS))]
    burnt: list[Measured] = column(pairs, "burner")
    hit = sum(len(run.hit) for run in burnt)
    caught = sum(len(run.hit & run.told) for run in burnt)
    yield Row("rounds that were hit", "told", share(caught, hit), "%", hit, FLAGGED)
    spared = sum(len(run.rounds - run.hit) for run in burnt)
    false = sum(len(run.told - run.hit) for run in burnt)
    yield Row("rounds that were not", "told", share(false, spared), "%", spared)
    warned = sum(run.warned for run in burnt)
    yield Row(
        "runs with a burner", "say that others meddled", share(warned, len(burnt)), "%", len(burnt)
    )
    yield from _standing([pair for pair in pairs if not any(run.warned for run in pair.values())])


def _standing(pairs: Sequence[Mapping[str, Measured]]) -> Iterator[Row]:
    """Do the estimates of runs that say nothing against themselves stand?"""
    for what, attribute in (("speedup", "speedup"), ("sequential time", "sequential_s")):
        name, figure = f"{what}, without the rounds that were told", "over the idle one"
        if not pairs:
            none = "each pair has a run that says itself that others meddled."
            yield Row(name, figure, bound=STANDS, note=none)
            continue
        with_burner, idle = (
            [getattr(run, attribute) for run in column(pairs, side)] for side in ("burner", "idle")
        )
        yield Row(
            name,
            figure,
            ratio(with_burner, idle),
            "",
            len(pairs),
            STANDS,
            Sides(median(with_burner), median(idle), ""),
        )


def _pair(session: Session, seed: int) -> dict[str, Measured]:
    sides = {
        "idle": partial(_run, session, seed, 0.0),
        "burner": partial(_run, session, seed, HIT),
    }
    return interleaved(sides, seconds=0, least=1, seed=seed)[0]


def _run(session: Session, seed: int, share_hit: float) -> Measured:
    """One run, in which so large a share of the rounds is hit. Raises Broken."""
    plan = _plan(seed)
    now = time.time()
    begun = Run("unsaved", plan, "running", now, {}, started=now)
    with (
        _Burner(session, share_hit, seed) as burner,
        trials(plan, seconds=PATIENCE, stopping=lambda: False) as trial,
    ):

        def hit_or_not(contender: Contender, round_: int, order: int) -> Sample | Failure:
            burner.in_round(round_)
            return trial(contender, round_, order)

        run = measure(begun, Seams(hit_or_not, keep=lambda _: None))
    found = disturbance(plan, run.samples)
    baseline, _, contender = (result.warm for result in results(run))
    if baseline is None or contender is None or contender.speedup is None:
        raise Broken(f"a run of primes is {run.state}. {run.error}")
    return Measured(
        contender.speedup.estimate,
        baseline.seconds.estimate,
        any(caution.code in SAID for caution in warnings(run)),
        frozenset(found.rounds),
        frozenset(burner.hit),
        frozenset(found.disturbed),
    )


def _plan(seed: int) -> Plan:
    return draft(
        "primes",
        executors={"processes": {}},
        workers=[2],
        parameters={"limit": LIMIT},
        budget_s=BUDGET,
        seed=seed,
        ceiling=False,
    )


class _Burner:
    """Burns one core during rounds drawn by lot."""

    def __init__(self, session: Session, share_hit: float, seed: int) -> None:
        self.hit: set[int] = set()
        self._session, self._share, self._rng = session, share_hit, random.Random(seed)
        self._round, self._burning = 0, ExitStack()

    def __enter__(self) -> "_Burner":
        return self

    def __exit__(self, *_: object) -> None:
        self._burning.close()

    def in_round(self, round_: int) -> None:
        """Called before each trial: draws lots when a round begins."""
        if round_ == self._round:
            return
        self._round = round_
        self._burning.close()
        if self._rng.random() < self._share:
            self.hit.add(round_)
            self._burning.enter_context(_burning(self._session))


@contextmanager
def _burning(session: Session) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-c", BURN], stdout=subprocess.PIPE, start_new_session=True
    )
    session.reaper.watch(process.pid)
    try:
        yield
    finally:
        end_group(process, 0.0)
        session.reaper.forget(process.pid)
