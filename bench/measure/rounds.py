"""Which contender is measured when, and when a run has measured enough.

    round 1: [control, threads × 2, sequential, processes × 2]    each round holds one trial of
    round 2: [threads × 2, sequential, processes × 2, control]    every contender, in an order
    ...                                                           shuffled by the plan's seed

Never all of one and then all of the other: with slow drift, intervals from such an order cover the
truth about half of the time. Time and trials come in as functions, so that tests need neither.
"""

import itertools
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from bench.analysis.disturbance import calm_rounds, worth_again
from bench.analysis.results import errors_of, precise_enough, yardsticks_of
from bench.measure.processes.listening import Stopped
from bench.plan import Contender
from bench.samples import Failure, Run, Sample

Trial = Callable[[Contender, int, int], Sample | Failure]


@dataclass(frozen=True)
class Seams:
    """What a run is measured with: trials, where outcomes are kept, stop, clock and limit.

    `trial(contender, round, order)` measures; `keep` is called with each outcome as it arrives;
    `seconds` is the longest a run may take.
    """

    trial: Trial
    keep: Callable[[Sample | Failure], None]
    stopping: Callable[[], bool] = lambda: False
    clock: Callable[[], float] = time.monotonic
    seconds: float = 3_600.0


def measure(run: Run, seams: Seams) -> Run:
    """Measure round after round until it is enough; the run with its samples and its last state.

    A run that has rounds already goes on after the last of them, for as long again. While the
    budget lasts, a trial that others disturbed is measured anew at once, and a round that they
    disturbed all the same does not count: another one is measured. A contender that failed once is
    not tried again. The run fails only if the baseline does, or all of them where a parameter is
    swept.
    """
    began = seams.clock()
    before = max((outcome.round for outcome in run.outcomes), default=0)
    for round_ in itertools.count(before + 1):
        for order, contender in enumerate(run.plan.order(round_)):
            out = errors_of(run.plan, run.samples, run.failures)
            if contender.name in out:
                continue
            if seams.clock() - began > seams.seconds:
                return replace(
                    run, state="stopped", error=f"A run may take {seams.seconds:g} s at most."
                )
            if seams.stopping():
                return replace(run, state="stopped")
            try:
                outcome = _tried(contender, round_, order, run, seams, began)
            except Stopped:
                return replace(run, state="stopped")
            seams.keep(outcome)
            run = _with(run, outcome)
        out = errors_of(run.plan, run.samples, run.failures)
        baselines = yardsticks_of(run.plan)
        if all(baseline in out for baseline in baselines):
            return replace(run, state="failed", error=f"The baseline failed. {out[baselines[0]]}")
        if _enough(run, round_ - before, seams.clock() - began, out):
            return replace(run, state="done")
    raise AssertionError("rounds do not end by themselves")


def _tried(
    contender: Contender, round_: int, order: int, run: Run, seams: Seams, began: float
) -> Sample | Failure:
    """A trial; measured anew while others disturb it, the budget lasts and that is of use."""
    outcome = seams.trial(contender, round_, order)
    before = [one for one in run.samples if one.contender == contender.name]
    until = began + min(run.plan.budget_s, seams.seconds)
    while (
        isinstance(outcome, Sample)
        and not run.plan.rounds
        and seams.clock() < until
        and worth_again(outcome, before)
    ):
        tries, outcome = outcome.again + 1, seams.trial(contender, round_, order)
        if isinstance(outcome, Sample):
            outcome = replace(outcome, again=tries)
    return outcome


def _with(run: Run, outcome: Sample | Failure) -> Run:
    if isinstance(outcome, Sample):
        return replace(run, samples=(*run.samples, outcome))
    return replace(run, failures=(*run.failures, outcome))


def _enough(run: Run, new: int, elapsed: float, out: Collection[str]) -> bool:
    """Whether a run needs no more than its `new` rounds, which took so many seconds."""
    plan = run.plan
    if plan.contenders and all(contender.name in out for contender in plan.contenders):
        return True
    if plan.rounds:
        return new >= plan.rounds
    if new < plan.least_rounds:
        return False
    if calm_rounds(plan, run.samples) >= plan.least_rounds and precise_enough(run):
        return True
    return elapsed + elapsed / new > plan.budget_s
