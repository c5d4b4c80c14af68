"""What may be said of a speedup: a verdict from its interval, never from its estimate."""

import math
from collections.abc import Sequence
from typing import Literal

from bench.analysis.intervals import CONFIDENCE, on_logs

Verdict = Literal["faster", "slower", "no difference shown", "failed"]

# Smaller differences are real at times, but no reason to choose one executor over another.
SMALLEST = 1.02


def verdict(ratios: Sequence[float], comparisons: int = 1) -> Verdict:
    """Whether a contender with these speedups (one a round) is faster or slower than the baseline.

    Two gates: the interval, corrected for the number of comparisons (Bonferroni), excludes 1, and
    it lies wholly beyond 2% to either side. With one round nothing is shown.
    """
    # On logarithms throughout: two rounds and many comparisons reach beyond what exp can hold.
    centre, reach = on_logs(ratios, confidence=1 - (1 - CONFIDENCE) / max(1, comparisons))
    if reach is None:
        return "no difference shown"
    if centre - reach > math.log(SMALLEST):
        return "faster"
    if centre + reach < -math.log(SMALLEST):
        return "slower"
    return "no difference shown"
