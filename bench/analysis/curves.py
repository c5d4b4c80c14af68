"""Curves through speedups, fitted so that their intervals hold.

    speedup(p) = g·p / (1 + a·(p - 1) + b·p·(p - 1))

Without b it is Amdahl's law, where a is the serial share; with b the Universal Scalability Law
(its usual letters are Greek). g, the speedup of one worker, is free: an executor with one worker is
not the sequential code.

One curve is fitted to the mean logarithm at each number of workers, by least squares. What a round
by itself would move the parameters by is linear in its logarithms, and a t interval over the rounds
gives the error. So only the rounds are taken to be independent: within a round all speedups share
a baseline and the machine's mood. As g takes up whatever is common to a round, plain least squares
is as good as any weighted one where all numbers of workers are equally noisy.

Simulated (tests/analysis/test_scaling_method.py), these intervals cover the truth 94–96% of the
time from 3 rounds on. Generalised least squares with the covariance that the rounds show cover
70–90%, as so few rounds cannot tell it. Taking the noise for equal gives narrower intervals, which
cover 90% where more workers are noisier. A curve through each round and a t interval over those is
as good, but wider where noise is large. And what a curve leaves over, the usual measure of a fit's
error, says little with few numbers of workers: its intervals are 3 times as wide with three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from bench.analysis.intervals import CONFIDENCE, Interval, t_quantile

Array = npt.NDArray[np.float64]

# Far more steps, and far finer ones, than a start so near by takes.
STEPS, FINEST = 100, 1e-12


@dataclass(frozen=True)
class Predicted:
    """The speedup that a curve has at a number of workers."""

    workers: float
    speedup: Interval


@dataclass(frozen=True)
class Curve:
    """A fitted curve: ln g, a and perhaps b, and what each round moves them by."""

    parameters: Array
    moved: Array

    def interval(self, value: float, gradient: Sequence[float]) -> Interval:
        """The interval of a value with that gradient in the parameters."""
        reach = self.reach(gradient)
        return Interval(value, value - reach, value + reach)

    def reach(self, gradient: Sequence[float]) -> float:
        """How far that interval reaches to each side."""
        return float(self._reaches(np.array([gradient], dtype=float))[0])

    def at(self, workers: Sequence[float]) -> tuple[Predicted, ...]:
        """The mean speedups at these numbers of workers."""
        counts = np.array(workers, dtype=float)
        logs = _logs(counts, self.parameters)
        reaches = self._reaches(_gradient(counts, self.parameters))
        ends = np.exp(np.column_stack([logs, logs - reaches, logs + reaches])).tolist()
        return tuple(Predicted(one, Interval(*of)) for one, of in zip(workers, ends, strict=True))

    def _reaches(self, gradients: Array) -> Array:
        rounds = len(self.moved)
        spread = (self.moved @ gradients.T).std(axis=0, ddof=1)
        return np.asarray(t_quantile(CONFIDENCE, rounds - 1) * spread / sqrt(rounds))


def fitted(workers: Sequence[int], speedups: Sequence[Sequence[float]], terms: int) -> Curve:
    """The curve through speedups (a row a round, a column a number of workers).

    `terms` is 1 without b and 2 with it. It takes two rounds, and more numbers of workers than
    `terms`.
    """
    counts = np.array(workers, dtype=float)
    logs = np.log(np.array(speedups, dtype=float))
    mean = logs.mean(axis=0)
    parameters = _least_squares(counts, mean, _start(counts, mean, terms))
    return Curve(parameters, (logs - mean) @ np.linalg.pinv(_gradient(counts, parameters)).T)


def _terms(counts: Array, terms: int) -> Array:
    return np.stack([counts - 1, counts * (counts - 1)][:terms], axis=1)


def _load(counts: Array, parameters: Array) -> Array:
    """1 + a·(p - 1) + b·p·(p - 1)."""
    load: Array = 1 + _terms(counts, len(parameters) - 1) @ parameters[1:]
    return load


def _logs(counts: Array, parameters: Array) -> Array:
    logs: Array = parameters[0] + np.log(counts) - np.log(_load(counts, parameters))
    return logs


def _gradient(counts: Array, parameters: Array) -> Array:
    """By number of workers and parameter, what the logarithm of the speedup changes by."""
    by_term = -_terms(counts, len(parameters) - 1) / _load(counts, parameters)[:, None]
    return np.column_stack([np.ones(len(counts)), by_term])


def _start(counts: Array, logs: Array, terms: int) -> Array:
    """The parameters that a linear fit of p / speedup gives, all residuals relative to it."""
    times = counts / np.exp(logs)
    columns = np.column_stack([np.ones(len(counts)), _terms(counts, terms)])
    level, *slopes = np.linalg.lstsq(columns / times[:, None], np.ones(len(counts)))[0]
    start = np.array([-log(level), *(slope / level for slope in slopes)]) if level > 0 else None
    if start is None or _load(counts, start).min() <= 0:
        return np.array([float(logs.mean()), *([0.0] * terms)])
    return start


def _least_squares(counts: Array, logs: Array, parameters: Array) -> Array:
    """Newton's method as Gauss had it, with steps halved until they better the fit."""
    error = _error(counts, logs, parameters)
    for _ in range(STEPS):
        left = logs - _logs(counts, parameters)
        step = np.linalg.pinv(_gradient(counts, parameters)) @ left
        while np.abs(step).max() > FINEST:
            bettered = _error(counts, logs, parameters + step)
            if bettered < error:
                break
            step = step / 2
        else:
            break
        parameters, error = parameters + step, bettered
    return parameters


def _error(counts: Array, logs: Array, parameters: Array) -> float:
    if _load(counts, parameters).min() <= 0:
        return np.inf
    return float(((logs - _logs(counts, parameters)) ** 2).sum())
