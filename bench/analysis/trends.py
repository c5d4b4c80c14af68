"""One plan over time on one machine: each contender's figures run by run, and whether the newest
run differs from those before by more than they differ from each other.

The noise is that from run to run: a run's own interval knows nothing of what changes between runs.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from bench.analysis.comparing import Measure, Shown
from bench.analysis.intervals import CONFIDENCE, Interval, t_quantile
from bench.analysis.summary import Summary
from bench.analysis.verdicts import SMALLEST
from bench.analysis.words import digits, span
from bench.plan import Contender
from bench.samples import Run

# From fewer runs before the newest one, nothing is said of how much they vary.
LEAST_BEFORE = 3


@dataclass(frozen=True)
class Past:
    """A run of the plan, without samples, and what is kept of them."""

    run: Run
    summary: Summary


@dataclass(frozen=True)
class Newest:
    """The newest run's value over the mean of those before, with the 95% interval of that, and
    whether it differs from them (corrected for the number of contenders).
    """

    ratio: Interval
    verdict: Shown

    @property
    def shown(self) -> bool:
        return self.verdict != "no difference shown"


@dataclass(frozen=True)
class TrendLine:
    """One contender's values, run by run (None where it has none), and what the newest shows."""

    contender: Contender
    values: tuple[Interval | None, ...]
    newest: Newest | None = None


def trend_lines(pasts: Sequence[Past], measure: Measure) -> tuple[TrendLine, ...]:
    """The lines of all contenders that ever had a value, in the plan's order; runs oldest first.

    Without the control, and for speedups without the first baseline. All are of one plan.
    """
    if not pasts:
        return ()
    found = [
        (one, values)
        for place, one in enumerate(pasts[0].run.plan.line_up)
        if one.role != "control" and not (measure == "speedup" and one.role == "baseline")
        if any(values := [_value(past, place, measure) for past in pasts])
    ]
    return tuple(
        TrendLine(one, tuple(values), _newest(values, measure, len(found))) for one, values in found
    )


def _value(past: Past, place: int, measure: Measure) -> Interval | None:
    figure = past.summary.figures[place]
    if figure is None:
        return None
    return figure.seconds if measure == "time" else figure.speedup


def _newest(values: Sequence[Interval | None], measure: Measure, comparisons: int) -> Newest | None:
    """The last value against those before, if there are enough of them.

    The interval is one that the next value of the same kind lies in: it has in it how much single
    runs vary, and how little is known of their mean.
    """
    *before, last = [math.log(value.estimate) if value else None for value in values]
    known = [value for value in before if value is not None]
    if last is None or len(known) < LEAST_BEFORE:
        return None
    change = last - fmean(known)
    error = stdev(known) * math.sqrt(1 + 1 / len(known))
    reach, corrected = (
        t_quantile(confidence, len(known) - 1) * error
        for confidence in (CONFIDENCE, 1 - (1 - CONFIDENCE) / comparisons)
    )
    ratio = Interval(*(math.exp(end) for end in (change, change - reach, change + reach)))
    return Newest(ratio, _verdict(measure, change - corrected, change + corrected))


def _verdict(measure: Measure, low: float, high: float) -> Shown:
    if low > math.log(SMALLEST):
        return "slower" if measure == "time" else "higher"
    if high < -math.log(SMALLEST):
        return "faster" if measure == "time" else "lower"
    return "no difference shown"


def trend_sentences(lines: Sequence[TrendLine], measure: Measure) -> list[str]:
    """Whether the newest run differs from those before by more than the noise, in words."""
    known = [(line, line.newest) for line in lines if line.newest]
    if not known:
        return [
            f"Too few runs before the newest one to know how much they vary: at least "
            f"{LEAST_BEFORE} are needed."
        ]
    shown = [_sentence(line, newest, measure) for line, newest in known if newest.shown]
    return shown or [
        f"The newest run's {measure}s differ from those before by no more than these differ from "
        "each other."
    ]


def _sentence(line: TrendLine, newest: Newest, measure: Measure) -> str:
    name = line.contender.name[:1].upper() + line.contender.name[1:]
    return (
        f"{name}: {digits(newest.ratio.estimate)} times the {measure} of the runs before "
        f"({span(newest.ratio)}), {newest.verdict} by more than they differ from each other."
    )
