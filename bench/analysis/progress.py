"""How far a run has come and how long it will still take."""

import math
from dataclasses import dataclass

from bench.analysis.disturbance import disturbance
from bench.analysis.results import errors_of, results
from bench.plan import Contender, Plan
from bench.samples import Run
from bench.workloads import Kind, all_workloads

# What a trial takes besides its work, in seconds: a fresh interpreter, a pool, and their ends.
TRIAL_OVERHEAD = 0.15
LEAST_WARM = 0.05


@dataclass(frozen=True)
class Progress:
    """Trials done and expected, rounds begun, and the seconds still to go (None: unknown)."""

    done: int
    expected: int
    round: int
    seconds_left: float | None

    @property
    def share(self) -> float:
        """The part that is done, from 0 to 1."""
        return min(1.0, self.done / self.expected) if self.expected else 0.0


def progress(run: Run) -> Progress:
    """How far a run has come: the rounds still needed follow from the intervals so far."""
    out = errors_of(run.plan, run.samples, run.failures)
    a_round = len([contender for contender in run.plan.line_up if contender.name not in out])
    done = len(run.outcomes)
    done_of_those = sum(sample.contender not in out for sample in run.samples)
    round_ = max((outcome.round for outcome in run.outcomes), default=0)
    spent = sum((1 + sample.again) * (sample.trial_s or 0.0) for sample in run.samples)
    each = spent / len(run.samples) if run.samples else None
    rounds_needed = _rounds_needed(run, spent / round_ if round_ else math.inf)
    to_do = max(0, rounds_needed * a_round - done_of_those)
    return Progress(done, done + to_do, round_, None if each is None else to_do * each)


def _rounds_needed(run: Run, round_s: float) -> int:
    plan = run.plan
    if plan.rounds:
        return plan.rounds
    found = [result for result in results(run)[1:] if not result.error]
    widths = [
        result.warm.speedup.half_width for result in found if result.warm and result.warm.speedup
    ]
    rounds = min([result.n for result in found], default=0)
    affordable = int(plan.budget_s / round_s) if round_s > 0 else plan.least_rounds
    widest = max(widths, default=math.inf)
    if rounds < 2 or math.isinf(widest):
        return plan.least_rounds
    # An interval narrows with the square root of the number of rounds.
    needed = math.ceil(rounds * (widest / plan.half_width) ** 2)
    again = len(disturbance(plan, run.samples).disturbed)
    return max(plan.least_rounds, min(max(needed, plan.least_rounds) + again, affordable))


def estimated_seconds(plan: Plan, usable_cpus: int) -> tuple[float, float] | None:
    """What a plan is likely to take before it was measured: at least and at most, in seconds.

    None where nobody can know: work of the operator's own says no times.
    """
    workload = all_workloads().get(plan.workload)
    if workload is None or workload.seconds is None:
        return None
    a_round = 0.0
    for contender in plan.line_up:
        alone = workload.seconds(**plan.parameters_of(contender))
        work = alone / _gain(workload.kind, contender, usable_cpus)
        a_round += TRIAL_OVERHEAD + work + max(work, LEAST_WARM)
    least = a_round * plan.least_rounds
    return least, least if plan.rounds else max(least, plan.budget_s)


def _gain(kind: Kind, contender: Contender, usable_cpus: int) -> int:
    """The speedup that a textbook would promise."""
    if kind == "io":
        return contender.workers
    if kind == "cpu" and contender.executor == "threads":
        return 1
    return min(contender.workers, usable_cpus)
