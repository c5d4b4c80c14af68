"""Two runs of the same work: what each contender of B is over its like in A, with its interval.

Two things may be asked. `time` is B's time over A's: it is what users feel, and all that changed
between the runs is in it, the machine's pace included. `speedup` is B's speedup over A's: either is
over the baseline of its own round, so that pace cancels out. Which of them holds its coverage on a
machine that drifts is simulated in tests/analysis/test_comparing_coverage.py.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bench.analysis.intervals import CONFIDENCE, Interval
from bench.analysis.results import MODES, Mode, Result, results
from bench.analysis.verdicts import SMALLEST
from bench.analysis.welch import Ratio, welch
from bench.errors import Refused
from bench.forms import Value
from bench.plan import Contender
from bench.samples import Run

Measure = Literal["time", "speedup"]
MEASURES: tuple[Measure, ...] = ("time", "speedup")

# Of times, and of speedups.
Shown = Literal["faster", "slower", "higher", "lower", "no difference shown"]

# What two contenders share that may be compared: role, executor (another tool's: name), workers,
# options, interpreter (if the runs have several), and value of what is swept.
_Key = tuple[str, str, int, tuple[tuple[str, Value], ...], str, Value | None]

# A run's samples, by contender and round.


@dataclass(frozen=True)
class Change:
    """What one contender's value in B is over that in A, and both values.

    `ratio` has a 95% interval; the verdict and `ends` (on logarithms, None where there are none)
    are corrected for the number of contenders (Bonferroni).
    """

    ratio: Interval
    ends: tuple[float, float] | None
    verdict: Shown
    a: Interval
    b: Interval

    @property
    def shown(self) -> bool:
        return self.verdict != "no difference shown"

    def above(self, limit: float) -> bool:
        """Whether the whole corrected interval of the ratio lies above a limit."""
        return self.ends is not None and self.ends[0] > math.log(limit)

    def below(self, limit: float) -> bool:
        """Whether it lies below one."""
        return self.ends is not None and self.ends[1] < math.log(limit)


@dataclass(frozen=True)
class Pair:
    """A contender as it came out in either run, with what changed; nothing if either failed."""

    a: Result
    b: Result
    changes: Mapping[tuple[Measure, Mode], Change] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called in both runs, or in each."""
        mine, theirs = self.a.contender.name, self.b.contender.name
        return mine if mine == theirs else f"{mine} / {theirs}"

    @property
    def error(self) -> str:
        """Why there is nothing to compare, if it failed in either run."""
        told = [f"{run}: {one.error}" for run, one in (("A", self.a), ("B", self.b)) if one.error]
        return " ".join(told)


@dataclass(frozen=True)
class Comparison:
    """Two runs, their contenders that are alike, and those that only one of them has."""

    a: Run
    b: Run
    pairs: tuple[Pair, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]

    def changes(self, measure: Measure, mode: Mode) -> list[tuple[Pair, Change]]:
        """What could be compared: shown differences first, the largest first; then as planned."""
        found = [
            (pair, change) for pair in self.pairs if (change := pair.changes.get((measure, mode)))
        ]
        return sorted(found, key=lambda one: -_size(one[1]))


@dataclass(frozen=True)
class _Compared:
    """One ratio before it is corrected for the number of others, with both values."""

    measure: Measure
    ratio: Ratio
    a: Interval
    b: Interval


def _size(change: Change) -> float:
    return abs(math.log(change.ratio.estimate)) if change.shown else 0.0


def compare(a: Run, b: Run) -> Comparison:
    """What B's contenders are over A's. Raises Refused where no ratio would mean anything."""
    _check(a, b)
    mine, theirs = results(a), results(b)
    found = [pair for pair in _paired(a, b, mine, theirs) if pair[0].contender.role != "control"]
    names = {run: {pair[place].contender.name for pair in found} for place, run in enumerate("ab")}
    if not found:
        raise Refused("b", b.id, "a run that has a contender in common with a", "choose another")
    return Comparison(
        a,
        b,
        tuple(_with_changes(found)),
        tuple(_left_out(mine, names["a"])),
        tuple(_left_out(theirs, names["b"])),
    )


def _check(a: Run, b: Run) -> None:
    for which, run in (("a", a), ("b", b)):
        if run.active:
            raise Refused(which, f"{run.id}, {run.state}", "a run that has ended", "wait for it")
        if not run.samples:
            raise Refused(which, f"{run.id}, {run.state}", "a run that has measured something")
    if a.id == b.id:
        raise Refused("b", b.id, "another run than a", "choose two")
    if a.plan.workload != b.plan.workload:
        raise Refused(
            "b",
            f"{b.id}, of {b.plan.workload}",
            f"a run of {a.plan.workload}, like a",
            "a ratio of different work says nothing",
        )


def _left_out(found: Sequence[Result], names: set[str]) -> Iterator[str]:
    for result in found:
        name = result.contender.name
        if name not in names and result.contender.role != "control":
            yield name


def _paired(
    a: Run, b: Run, mine: Sequence[Result], theirs: Sequence[Result]
) -> list[tuple[Result, Result]]:
    """Those that are alike, in A's order; where each run has one interpreter, across these two."""
    across = len(a.plan.interpreters) == len(b.plan.interpreters) == 1
    by_key = {_key(result.contender, across): result for result in theirs}
    return [
        (result, by_key[key])
        for result in mine
        if (key := _key(result.contender, across)) in by_key
    ]


def _key(one: Contender, across: bool) -> _Key:
    return (
        one.role,
        one.executor or one.name,
        one.workers,
        tuple(sorted(one.options.items())),
        "" if across else one.interpreter,
        one.at,
    )


def _with_changes(found: Sequence[tuple[Result, Result]]) -> Iterator[Pair]:
    """The pairs with what changed, each corrected for all that are compared like it."""
    ratios = [
        {(one.measure, mode): one for mode in MODES for one in _ratios(mine, theirs, mode)}
        for mine, theirs in found
    ]
    comparisons = Counter(key for each in ratios for key in each)
    for (mine, theirs), each in zip(found, ratios, strict=True):
        changes = {key: _change(one, comparisons[key]) for key, one in each.items()}
        yield Pair(mine, theirs, changes)


def _ratios(mine: Result, theirs: Result, mode: Mode) -> Iterator[_Compared]:
    """What can be compared of two that are alike; nothing if either failed."""
    a, b = mine.reading(mode), theirs.reading(mode)
    if a is None or b is None:
        return
    mean = welch(list(b.times.values()), list(a.times.values()))
    yield _Compared("time", mean, a.seconds, b.seconds)
    if a.speedup and b.speedup and not (mine.yardstick or theirs.yardstick):
        gain = welch(list(b.ratios.values()), list(a.ratios.values()))
        yield _Compared("speedup", gain, a.speedup, b.speedup)


def _change(one: _Compared, comparisons: int) -> Change:
    ends = one.ratio.ends(1 - (1 - CONFIDENCE) / comparisons)
    return Change(one.ratio.interval(), ends, _verdict(one.measure, ends), one.a, one.b)


def _verdict(measure: Measure, ends: tuple[float, float] | None) -> Shown:
    """With both gates, as for speedups: beyond 1, and wholly beyond 2% to one side."""
    if ends and ends[0] > math.log(SMALLEST):
        return "slower" if measure == "time" else "higher"
    if ends and ends[1] < -math.log(SMALLEST):
        return "faster" if measure == "time" else "lower"
    return "no difference shown"
