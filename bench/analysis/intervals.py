"""Estimates with intervals, from logarithms of times.

Times vary by factors rather than by sums, so everything is done on logarithms. Within a round,
baseline and contender ran next to each other: their ratio cancels slow drift, and a t interval on
the logarithms of these paired ratios holds its coverage from three rounds on, where bootstraps of
so few values do not (tests/analysis/test_coverage.py simulates it).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

CONFIDENCE = 0.95

# The largest number's logarithm, nearly: a ratio of two ends is a number, too.
_LARGEST = 350.0


@dataclass(frozen=True)
class Interval:
    """An estimate with its interval; the ends are None where one value alone gives none."""

    estimate: float
    low: float | None = None
    high: float | None = None

    @property
    def half_width(self) -> float:
        """Half the interval's width relative to the estimate, on the log scale; inf if unknown."""
        if self.low is None or self.high is None:
            return math.inf
        return math.sqrt(self.high / self.low) - 1


def geometric(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval:
    """The geometric mean of positive values (any unit) with its t interval on logarithms.

    Raises ValueError if there is no value or one is not positive.
    """
    centre, reach = on_logs(values, confidence)
    if reach is None:
        return Interval(math.exp(centre))
    return Interval(math.exp(centre), _exp(centre - reach), _exp(centre + reach))


def _exp(log: float) -> float:
    """The number of that logarithm; two wild values may reach beyond the largest that there is."""
    return math.exp(max(-_LARGEST, min(_LARGEST, log)))


def on_logs(values: Sequence[float], confidence: float) -> tuple[float, float | None]:
    """The mean of the logarithms and how far its t interval reaches to each side, if known.

    Raises ValueError if there is no value or one is not positive.
    """
    if not values:
        raise ValueError("no values to estimate from")
    logs = [math.log(value) for value in values]
    if len(logs) < 2:
        return fmean(logs), None
    centre = fmean(logs)
    # As exact as `statistics.stdev`, which computes with fractions and takes ten times as long.
    squares = math.fsum((log - centre) ** 2 for log in logs)
    error = math.sqrt(squares / (len(logs) - 1) / len(logs))
    return centre, t_quantile(confidence, len(logs) - 1) * error


@lru_cache(maxsize=1_000)
def t_quantile(confidence: float, freedom: float) -> float:
    """How many standard errors a two-sided interval of that confidence reaches to each side."""
    # Imported where it is used: it takes half a second, and most that knows of intervals has none
    # to estimate, such as a page before the first run.
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + confidence) / 2))
