"""How often does the lab's interval hold a speedup that is known?

Two tasks that wait, in two threads: twice as fast as one after another. Noise is put in, each trial
waiting longer or shorter by a factor of its own: without it, what handing over a task costs (a few
tenths of a millisecond, which the known speedup leaves out) is more than a whole interval; what is
found then is told by the part `waiting`. Who waits leaves the CPUs alone, so some runs are made at
once.
"""

import math
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from bench.analysis.intervals import Interval
from bench.analysis.results import results
from bench.asking.plans import draft
from bench.measure.rounds import Seams, measure
from bench.measure.trials import trials
from bench.plan import Contender, Plan
from bench.samples import Failure, Run, Sample
from benchmarks.estimates import share
from benchmarks.rows import Bound, Row
from benchmarks.session import PATIENCE, Broken, Session

# Per cent of the intervals.
BOUND = Bound(low=92.0)

WORKERS = 2
DELAY = 0.1

# The standard deviation of the logarithm of what is put in.
NOISE = 0.05

# A share near the bound takes many runs to tell. Each has the least rounds of a quick one.
RUNS, AT_ONCE, ROUNDS = 200, 6, 3


def rows(session: Session) -> Iterator[Row]:
    seeds = [session.seed + n for n in range(session.times(RUNS))]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(_speedup, seeds))
    held = sum(one.low <= WORKERS <= one.high for one in found if one.low and one.high)
    yield Row(
        f"waiting, threads × {WORKERS}, with {NOISE:.0%} noise put in",
        "intervals that hold the known speedup",
        share(held, len(found)),
        "%",
        len(found),
        BOUND,
    )


def _speedup(seed: int) -> Interval:
    """What one run finds, with the lab's own rounds and trials."""
    plan = draft(
        "waiting",
        executors={"threads": {"chunk": "one"}},
        workers=[WORKERS],
        parameters={"count": WORKERS, "delay": DELAY},
        rounds=ROUNDS,
        seed=seed,
    )
    now = time.time()
    begun = Run("unsaved", plan, "running", now, {}, started=now)
    noisy = partial(_noisy, plan, random.Random(seed))
    run = measure(begun, Seams(noisy, keep=lambda _: None))
    reading = results(run)[2].warm
    if reading is None or reading.speedup is None:
        raise Broken(f"a run of waiting is {run.state}. {run.error}")
    return reading.speedup


def _noisy(
    plan: Plan, rng: random.Random, contender: Contender, round_: int, order: int
) -> Sample | Failure:
    """A trial of the plan whose tasks wait longer or shorter than it says."""
    delay = DELAY * math.exp(rng.gauss(0, NOISE))
    noisy = replace(plan, parameters={**plan.parameters, "delay": delay})
    with trials(noisy, seconds=PATIENCE, stopping=lambda: False) as trial:
        return trial(contender, round_, order)
