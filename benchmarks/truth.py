"""How often does the lab's interval hold a speedup that is known?

Two tasks that wait, in two threads: twice as fast as one after another. Once as they are; and once
with noise put in, each trial waiting longer or shorter by a factor of its own. What handing over a
task costs, about 1% here, is missing from the known speedup: it is more than the whole interval as
they are, and a small part of it with the noise. The runs are quick ones, which end when their
intervals are narrow enough.
"""

import math
import random
import time
from collections.abc import Iterator
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
DELAY = 0.02
BUDGET = 2.5

# Standard deviations of the logarithm of what is put in, and how many runs: those as they are all
# show the same, while a share near the bound takes many to tell.
NOISES = {"as it is": (0.0, 20), "with 5% noise put in": (0.05, 80)}


def rows(session: Session) -> Iterator[Row]:
    for what, (noise, runs) in NOISES.items():
        rng = random.Random(session.seed)
        found = [_speedup(session.seed + n, noise, rng) for n in range(session.times(runs))]
        held = sum(one.low <= WORKERS <= one.high for one in found if one.low and one.high)
        yield Row(
            f"waiting, threads × {WORKERS}, {what}",
            "intervals that hold the known speedup",
            share(held, len(found)),
            "%",
            len(found),
            BOUND,
        )


def _speedup(seed: int, noise: float, rng: random.Random) -> Interval:
    """What one run finds, with the lab's own rounds and trials."""
    plan = draft(
        "waiting",
        executors={"threads": {"chunk": "one"}},
        workers=[WORKERS],
        parameters={"count": WORKERS, "delay": DELAY},
        precision="quick",
        budget_s=BUDGET,
        seed=seed,
    )
    now = time.time()
    begun = Run("unsaved", plan, "running", now, {}, started=now)
    run = measure(begun, Seams(partial(_noisy, plan, noise, rng), keep=lambda _: None))
    reading = results(run)[2].warm
    if reading is None or reading.speedup is None:
        raise Broken(f"a run of waiting is {run.state}. {run.error}")
    return reading.speedup


def _noisy(
    plan: Plan, noise: float, rng: random.Random, contender: Contender, round_: int, order: int
) -> Sample | Failure:
    """A trial of the plan whose tasks wait longer or shorter than it says."""
    delay = DELAY * math.exp(rng.gauss(0, noise))
    noisy = replace(plan, parameters={**plan.parameters, "delay": delay})
    with trials(noisy, seconds=PATIENCE, stopping=lambda: False) as trial:
        return trial(contender, round_, order)
