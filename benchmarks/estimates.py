"""Figures with their 95% intervals, from two sides that were measured in turn."""

import math
from collections.abc import Sequence
from statistics import stdev

from scipy.special import betaincinv, fdtri

from bench.analysis.intervals import CONFIDENCE, Interval, geometric


def ratio(one: Sequence[float], other: Sequence[float]) -> Interval:
    """How many times `one` is of `other`: the paired t interval on logarithms."""
    return geometric([mine / theirs for mine, theirs in zip(one, other, strict=True)])


def added(found: Interval, whole: float) -> Interval:
    """What a side takes more than the other one, by its ratio to it, if that takes `whole`.

    The ratio of pairs is swayed less by an odd slow pass than their difference is.
    """
    low, high = (None if end is None else (end - 1) * whole for end in (found.low, found.high))
    return Interval((found.estimate - 1) * whole, low, high)


def scaled(value: Interval, factor: float) -> Interval:
    """So many times a value, with its interval."""
    low, high = (None if end is None else end * factor for end in (value.low, value.high))
    return Interval(value.estimate * factor, low, high)


def share(count: int, of: int) -> Interval:
    """The share in per cent with its exact interval (Clopper and Pearson)."""
    tail = (1 - CONFIDENCE) / 2
    low = float(betaincinv(count, of - count + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, of - count, 1 - tail)) if count < of else 1.0
    return Interval(100 * count / of, 100 * low, 100 * high)


def spread(values: Sequence[float]) -> float:
    """The standard deviation of the logarithms, in per cent."""
    return 100 * stdev([math.log(value) for value in values])


def spread_ratio(one: Sequence[float], other: Sequence[float]) -> Interval:
    """How many times the spread of `one` is of that of `other` (an F interval)."""
    tail = (1 - CONFIDENCE) / 2
    found = spread(one) / spread(other)
    freedom = len(one) - 1, len(other) - 1
    low, high = (found / math.sqrt(float(fdtri(*freedom, end))) for end in (1 - tail, tail))
    return Interval(found, low, high)
