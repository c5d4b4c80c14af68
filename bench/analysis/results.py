"""A run's samples as one result a contender.

The control does the baseline's work once more. It is compared with the baseline alone, which tells
the noise; for all others both tell what that work takes, so that their intervals are narrower.
"""

import math
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bench.analysis.disturbance import disturbance
from bench.analysis.intervals import Interval, geometric
from bench.analysis.verdicts import Verdict, verdict
from bench.forms import Value
from bench.plan import Contender, Plan
from bench.samples import Failure, Run, Sample

Mode = Literal["warm", "cold"]
MODES: tuple[Mode, ...] = ("warm", "cold")

# Times of contenders by name, each by round, in seconds.
_Times = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True)
class Reading:
    """Times (seconds) and speedup of one contender in one mode, warm or cold, with its verdict.

    `speedup` is None until baseline and contender have finished a round both; `ratios` are the
    speedups of those rounds, `times` the contender's own times, by round.
    """

    seconds: Interval
    speedup: Interval | None
    verdict: Verdict
    ratios: Mapping[int, float] = field(default_factory=dict)
    times: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What is known of one contender.

    `n` counts the rounds used that baseline and contender both finished. `warm` and `cold` are None
    until its first trial ends; `error` says why the contender has no result. `against` names the
    contender that the speedup is over: the baseline on the same interpreter, and for a baseline
    the first one; of another tool's runs it names none. Then `n` counts the contender's own rounds.
    """

    contender: Contender
    n: int
    warm: Reading | None = None
    cold: Reading | None = None
    error: str = ""
    against: str = "sequential"

    @property
    def yardstick(self) -> bool:
        """Whether it is the first baseline, which stands against itself."""
        return self.against == self.contender.name

    def reading(self, mode: Mode) -> Reading | None:
        """What came out in that mode; None if it has no result."""
        return self.warm if mode == "warm" else self.cold


# What was found of runs that are there: charts, warnings and tables all begin with it.
_found: dict[int, tuple[weakref.ref[Run], tuple[Result, ...]]] = {}


def results(run: Run) -> tuple[Result, ...]:
    """One result for each of the plan's line-up, the first baseline first, the control second.

    They rest on the undisturbed rounds, if there are enough (see `bench.analysis.disturbance`).
    """
    key = id(run)
    if key not in _found or _found[key][0]() is not run:
        _found[key] = weakref.ref(run, lambda _: _found.pop(key, None)), _results(run)
    return _found[key][1]


def _results(run: Run) -> tuple[Result, ...]:
    errors = errors_of(run.plan, run.samples, run.failures)
    against = baselines_of(run.plan)
    used = samples_used(run)
    times: dict[Mode, _Times] = {
        mode: {name: times_of(samples, mode) for name, samples in used.items()} for mode in MODES
    }
    pooled = {mode: _pooled(each, run.plan, against, errors) for mode, each in times.items()}
    comparisons = sum(
        one.role != "control" and against[one.name] != one.name for one in run.plan.line_up
    )
    found = []
    for one in run.plan.line_up:
        name, other, error = one.name, against[one.name], errors.get(one.name, "")
        alone = one.role == "control" or name == other
        found.append(_result(one, other, error, times, times if alone else pooled, comparisons))
    return tuple(found)


def _pooled(
    times: _Times, plan: Plan, against: Mapping[str, str], errors: Mapping[str, str]
) -> _Times:
    """The same times, a baseline's with its control's in the rounds that have both."""
    controls = {
        against[one.name]: times[one.name]
        for one in plan.line_up
        if one.role == "control" and one.name not in errors
    }
    return {
        name: {
            round_: math.sqrt(own * controls.get(name, {}).get(round_, own))
            for round_, own in mine.items()
        }
        for name, mine in times.items()
    }


def samples_used(run: Run) -> dict[str, dict[int, Sample]]:
    """The samples that the estimates rest on, by contender and round."""
    used = disturbance(run.plan, run.samples).used
    by_name: dict[str, dict[int, Sample]] = {one.name: {} for one in run.plan.line_up}
    for sample in run.samples:
        if sample.round in used:
            by_name[sample.contender][sample.round] = sample
    return by_name


def baselines_of(plan: Plan) -> dict[str, str]:
    """What each of the line-up is compared with, by name; '' where nothing does the same work."""
    work = {one.name: _work_of(one, plan) for one in plan.line_up}
    baselines = [one for one in plan.line_up if one.role == "baseline"]
    first = {work[one.name]: one.name for one in reversed(baselines)}
    own = {(work[one.name], one.interpreter): one.name for one in baselines}
    return {
        one.name: first[work[one.name]]
        if one.role == "baseline"
        else own.get((work[one.name], one.interpreter), "")
        for one in plan.line_up
    }


def _work_of(contender: Contender, plan: Plan) -> Value | None:
    """What tells a contender's work from other work in the plan."""
    return contender.at if plan.sweep and plan.sweep.of == "parameter" else None


def yardsticks_of(plan: Plan) -> list[str]:
    """The baselines that stand against themselves: one, or one for each value that is swept."""
    return [name for name, against in baselines_of(plan).items() if name == against]


def errors_of(plan: Plan, samples: Sequence[Sample], failures: Sequence[Failure]) -> dict[str, str]:
    """Why contenders have no result, by name: trials that failed, answers that differ."""
    errors = {failure.contender: failure.message for failure in reversed(failures)}
    against = baselines_of(plan)
    # The answer that all others with the same work have to give.
    right: dict[str, str] = {}
    for sample in samples:
        if against[sample.contender] == sample.contender:
            right.setdefault(sample.contender, sample.answer)
    for sample in samples:
        baseline = against[sample.contender]
        answer = right.get(against.get(baseline, ""), sample.answer)
        if sample.answer != answer:
            errors.setdefault(
                sample.contender,
                f"Its answer {sample.answer} differs from the sequential answer {answer}.",
            )
    yardsticks = yardsticks_of(plan)
    for name, baseline in against.items():
        # Without its one baseline a run ends: the times of the others are still told.
        if baseline in errors and baseline != name and yardsticks != [baseline]:
            errors.setdefault(name, f"Its baseline failed. {errors[baseline]}")
    return errors


def _result(
    contender: Contender,
    against: str,
    error: str,
    times: Mapping[Mode, _Times],
    yardsticks: Mapping[Mode, _Times],
    comparisons: int,
) -> Result:
    mine = {mode: times[mode][contender.name] for mode in MODES}
    if error or not any(mine.values()):
        return Result(contender, n=0, error=error, against=against)
    warm, cold = (
        _reading(mine[mode], yardsticks[mode].get(against, {}), comparisons) for mode in MODES
    )
    told = [one for one in (warm, cold) if one]
    n = max(len(one.ratios if against else one.times) for one in told)
    return Result(contender, n, warm, cold, against=against)


def seconds_of(sample: Sample, mode: Mode) -> float | None:
    """A sample's time in a mode; None if its tool does not tell it."""
    return sample.warm_s if mode == "warm" else sample.cold_s


def times_of(samples: Mapping[int, Sample], mode: Mode) -> dict[int, float]:
    """The times of samples in a mode, by round, where they are told."""
    each = ((round_, seconds_of(sample, mode)) for round_, sample in samples.items())
    return {round_: seconds for round_, seconds in each if seconds is not None}


def _reading(
    mine: Mapping[int, float], baseline: Mapping[int, float], comparisons: int
) -> Reading | None:
    if not mine:
        return None
    seconds = list(mine.values())
    both = sorted(mine.keys() & baseline.keys())
    ratios = {round_: baseline[round_] / mine[round_] for round_ in both}
    if not ratios:
        return Reading(geometric(seconds), None, "no difference shown", times=mine)
    each = list(ratios.values())
    return Reading(geometric(seconds), geometric(each), verdict(each, comparisons), ratios, mine)


def precise_enough(run: Run) -> bool:
    """Whether every contender's interval (control included) is as narrow as the plan asks."""
    readings = [result.warm for result in results(run)[1:] if not result.error]
    return all(
        reading and reading.speedup and reading.speedup.half_width <= run.plan.half_width
        for reading in readings
    )
