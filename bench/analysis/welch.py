"""The ratio of two separate sets of times: nothing pairs them.

Welch's t on logarithms: the two may vary differently, and the ratio is that of geometric means. It
holds its coverage from three values a side on (tests/analysis/test_welch.py simulates it). It knows
nothing of what changed between the two sets: all that it takes for noise is within each of them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

from bench.analysis.intervals import CONFIDENCE, Interval, t_quantile


@dataclass(frozen=True)
class Ratio:
    """A ratio on logarithms: its centre, its standard error, and the degrees of freedom of that.

    `error` is None where either side has one value alone.
    """

    centre: float
    error: float | None
    freedom: float

    def ends(self, confidence: float = CONFIDENCE) -> tuple[float, float] | None:
        """The ends of its interval, on logarithms; None if it has none."""
        if self.error is None:
            return None
        reach = t_quantile(confidence, self.freedom) * self.error
        return self.centre - reach, self.centre + reach

    def interval(self) -> Interval:
        """The ratio itself with its 95% interval."""
        ends = self.ends()
        if ends is None:
            return Interval(math.exp(self.centre))
        return Interval(math.exp(self.centre), math.exp(ends[0]), math.exp(ends[1]))


def welch(above: Sequence[float], below: Sequence[float]) -> Ratio:
    """The geometric mean of positive values over that of others. Raises ValueError without any."""
    upper, lower = ([math.log(value) for value in values] for values in (above, below))
    if not upper or not lower:
        raise ValueError("no values to estimate from")
    centre = fmean(upper) - fmean(lower)
    if len(upper) < 2 or len(lower) < 2:
        return Ratio(centre, None, 0.0)
    shares = [(variance(logs) / len(logs), len(logs) - 1) for logs in (upper, lower)]
    squared = sum(share for share, _ in shares)
    if squared == 0:
        return Ratio(centre, 0.0, len(upper) + len(lower) - 2)
    freedom = squared**2 / sum(share**2 / most for share, most in shares)
    return Ratio(centre, math.sqrt(squared), freedom)
