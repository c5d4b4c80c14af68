"""Where a contender's speedup passes 1 as a parameter or option is swept: the break-even.

    speedup     / mean, straight between the values measured (numbers: on the log axis)
        1 ─────/──────────
              /  │
          low │ high    where the 95% interval of the mean holds 1

Each round gives a speedup at every value, so that between two values it gives their weighted mean,
and a t interval over rounds says whether that mean differs from 1. The values for which it is not
shown to differ are the interval of the crossing (Fieller's method): it holds its coverage where
the estimate's own spread would have no mean (tests/analysis/test_crossings.py simulates it).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import covariance, fmean

from bench.analysis.intervals import CONFIDENCE, Interval, t_quantile
from bench.analysis.verdicts import Verdict

# A place on a line: 2.25 is a quarter of the way from the third value to the fourth.
Place = float


@dataclass(frozen=True)
class Crossing:
    """Where a line passes 1, in the unit of what is swept; `rising`: it is faster from there on."""

    at: Interval
    rising: bool


def crossings(
    values: Sequence[float],
    ratios: Sequence[Sequence[float]],
    verdicts: Sequence[Verdict],
    confidence: float = CONFIDENCE,
) -> list[Crossing]:
    """The crossings of a line: speedups by round (rows) and value (columns), values ascending.

    Only those between a value at which it is shown to be faster and one at which it is shown to be
    slower, with nothing shown between them. Needs two rounds.
    """
    if len(ratios) < 2:
        return []
    columns = [[math.log(row[place]) for row in ratios] for place in range(len(values))]
    shown = [place for place, verdict in enumerate(verdicts) if verdict in ("faster", "slower")]
    found: list[Crossing] = []
    for left, right in pairwise(shown):
        if verdicts[left] != verdicts[right]:
            low, centre, high = (
                _value(place, values) for place in _bounds(columns, left, right, confidence)
            )
            found.append(Crossing(Interval(centre, low, high), verdicts[right] == "faster"))
    return found


def _bounds(
    columns: Sequence[Sequence[float]], left: int, right: int, confidence: float
) -> tuple[Place, Place, Place]:
    """Between two places with opposite signs: where 1 is first held, passed, and last held."""
    reach = t_quantile(confidence, len(columns[0]) - 1)
    held, passed = (
        [
            place + weight
            for place in range(left, right)
            for weight in _roots(columns[place], columns[place + 1], reached)
        ]
        for reached in (reach, 0.0)
    )
    # A mean that passes 1 several times does so an odd number of times: the middle one.
    centre = sorted(passed)[len(passed) // 2]
    return min([centre, *held]), centre, max([centre, *held])


def _roots(left: Sequence[float], right: Sequence[float], reach: float) -> list[float]:
    """The weights from 0 to 1 at which the interval of the weighted mean ends at 0.

    `reach` is how many standard errors it reaches; with 0, where the mean itself is 0.
    """
    squared = reach**2 / len(left)
    a, b = fmean(left), fmean(right)
    va, vab, vb = covariance(left, left), covariance(left, right), covariance(right, right)
    # (a + w (b - a))² = reach² · variance of the weighted mean, as c2 w² + c1 w + c0 = 0.
    c2 = (b - a) ** 2 - squared * (va - 2 * vab + vb)
    c1 = 2 * a * (b - a) - squared * 2 * (vab - va)
    c0 = a**2 - squared * va
    if reach == 0:
        c2, c1, c0 = 0.0, b - a, a
    return [weight for weight in _solved(c2, c1, c0) if 0 <= weight <= 1]


def _solved(c2: float, c1: float, c0: float) -> list[float]:
    """The real solutions of c2 w² + c1 w + c0 = 0."""
    if c2 == 0:
        return [] if c1 == 0 else [-c0 / c1]
    discriminant = c1**2 - 4 * c2 * c0
    if discriminant < 0:
        return []
    # The form that loses no digits where the two are far apart.
    half = -(c1 + math.copysign(math.sqrt(discriminant), c1)) / 2
    return [half / c2] if half == 0 else [half / c2, c0 / half]


def _value(place: Place, values: Sequence[float]) -> float:
    """The value at a place: between two, on the axis that the line is straight on."""
    left = min(int(place), len(values) - 2)
    weight = place - left
    low, high = values[left], values[left + 1]
    if on_log_axis(values):
        return math.exp(math.log(low) * (1 - weight) + math.log(high) * weight)
    return low * (1 - weight) + high * weight


def on_log_axis(values: Sequence[float]) -> bool:
    """Whether values are spaced by factors rather than by steps."""
    return min(values) > 0 and max(values) / min(values) >= 8
