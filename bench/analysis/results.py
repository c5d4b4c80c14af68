"""A run's samples as one result a contender."""

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


@dataclass(frozen=True)
class Reading:
    """Times (seconds) and speedup of one contender in one mode, warm or cold, with its verdict.

    `speedup` is None until baseline and contender have finished a round both; `ratios` are the
    speedups of those rounds, by round.
    """

    seconds: Interval
    speedup: Interval | None
    verdict: Verdict
    ratios: Mapping[int, float] = field(default_factory=dict)


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
    by_name = samples_used(run)
    errors = errors_of(run.plan, run.samples, run.failures)
    against = baselines_of(run.plan)
    comparisons = sum(
        one.role != "control" and against[one.name] != one.name for one in run.plan.line_up
    )
    return tuple(
        _result(
            contender,
            by_name[contender.name],
            against[contender.name],
            by_name.get(against[contender.name], {}),
            errors.get(contender.name, ""),
            comparisons,
        )
        for contender in run.plan.line_up
    )


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
    mine: Mapping[int, Sample],
    against: str,
    baseline: Mapping[int, Sample],
    error: str,
    comparisons: int,
) -> Result:
    if error or not mine:
        return Result(contender, n=0, error=error, against=against)
    return Result(
        contender,
        n=len(mine.keys() & baseline.keys() if against else mine),
        warm=_reading(times_of(mine, "warm"), times_of(baseline, "warm"), comparisons),
        cold=_reading(times_of(mine, "cold"), times_of(baseline, "cold"), comparisons),
        against=against,
    )


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
        return Reading(geometric(seconds), None, "no difference shown")
    each = list(ratios.values())
    return Reading(geometric(seconds), geometric(each), verdict(each, comparisons), ratios)


def precise_enough(run: Run) -> bool:
    """Whether every contender's interval (control included) is as narrow as the plan asks."""
    readings = [result.warm for result in results(run)[1:] if not result.error]
    return all(
        reading and reading.speedup and reading.speedup.half_width <= run.plan.half_width
        for reading in readings
    )
