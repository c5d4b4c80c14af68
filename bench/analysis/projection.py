"""Speedups with more workers than were measured, from the pool as it was measured.

The simulated pool (`bench.analysis.pool_model`) knows nothing of what workers cost each other:
memory that can only be read so fast, locks, CPUs that slow down as others work. So two numbers are
fitted to the measured speedups: a drag for each other task that runs at a time, and one factor for
whatever else the model is off by. How far it can be trusted is told by leaving out each measured
number of workers in turn and predicting it from the others.

Simulated (tests/analysis/test_projection.py), the intervals hold the truth at least 95% of the time
if the pool is as the model has it, also if a serial part or a handling cost was not measured. What
begins to cost only beyond the workers measured is in no model's sight: hence not beyond twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt

from bench.analysis import words
from bench.analysis.curves import Predicted
from bench.analysis.intervals import CONFIDENCE, Interval, geometric, t_quantile
from bench.analysis.laws import FURTHEST
from bench.analysis.pool_model import Pool, speedup
from bench.analysis.scaling import Ladder, Withheld

Array = npt.NDArray[np.float64]

# Two numbers are fitted; two more tell how well.
LEAST_COUNTS = 4

# A prediction is given if its interval is at most this wide to each side, relative to it.
MOST_HALF_WIDTH = 0.5

# The drag is fitted this finely, by so many steps at most; its derivative is taken over one.
STEP, STEPS = 1e-4, 20


@dataclass(frozen=True)
class Projection:
    """Predicted speedups, and what they rest on.

    `error` is how far the model misses a number of workers that it was not fitted to, as a share
    of the speedup (root mean square over the measured `workers`, each left out in turn); the
    intervals follow from it. `drag` is how much slower a task is for each other one beside it.
    """

    points: tuple[Predicted, ...]
    error: float
    drag: float
    workers: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """The furthest prediction with its interval, and the error."""
        last = self.points[-1]
        return (
            f"Simulated from what was measured, {last.workers:g} workers would be "
            f"{words.digits(last.speedup.estimate)} times as fast ({words.span(last.speedup)}); "
            "measured speedups that the simulation was not told are missed by "
            f"{words.digits(100 * self.error, 2)}%."
        )


def projected(ladder: Ladder, pool: Pool, at: Sequence[int]) -> Projection | Withheld:
    """The speedups that a ladder's pool would have with other numbers of workers, or why not.

    Of `at`, those beyond twice the most workers measured, and those of which too little is known,
    are left out.
    """
    measured = sorted(workers for workers, by_round in ladder.speedups.items() if by_round)
    if reason := _too_little(ladder, pool, measured):
        return reason
    near = [workers for workers in sorted(at) if workers <= FURTHEST * measured[-1]]
    if not near:
        return _withheld(
            "too-far",
            f"nothing is said beyond twice the {measured[-1]} workers that were measured",
        )
    found = _fitted(ladder, pool, measured)
    points = tuple(found.at(workers) for workers in near)
    known = tuple(point for point in points if point.speedup.half_width <= MOST_HALF_WIDTH)
    if not known:
        return _withheld(
            "misses",
            "measured speedups that the simulation was not told are missed by "
            f"{words.digits(100 * found.error, 2)}%",
        )
    return Projection(known, found.error, found.pool.drag, tuple(measured))


def _too_little(ladder: Ladder, pool: Pool, measured: Sequence[int]) -> Withheld | None:
    if ladder.kind == "mixed":
        return _withheld("kind", "tasks that wait as well as compute are not simulated")
    if ladder.differing:
        return _withheld("answers-differ", "some answers differ from that of sequential work")
    if len(measured) < LEAST_COUNTS:
        return _withheld(
            "few-counts",
            f"it takes {LEAST_COUNTS} numbers of workers to fit the simulation and to tell how "
            f"well it fits, and {len(measured) or 'none'} {'was' if len(measured) == 1 else 'were'}"
            " measured",
        )
    if not pool.tasks or not pool.alone_s > 0:
        return _withheld("no-tasks", "how long the tasks take was not measured")
    return None


def _withheld(code: str, why: str) -> Withheld:
    return Withheld(code, f"No speedup is predicted: {why}.")


@dataclass(frozen=True)
class _Fitted:
    """The pool with its drag, the logarithm of the factor, and what errors follow from."""

    pool: Pool
    level: float
    error: float
    spread: Array
    freedom: int

    def at(self, workers: int) -> Predicted:
        value = self.level + log(speedup(self.pool, workers))
        row = _columns(self.pool, [workers])[0]
        leverage = float(row @ self.spread @ row)
        reach = t_quantile(CONFIDENCE, self.freedom) * self.error * sqrt(1 + leverage)
        return Predicted(workers, Interval(exp(value), exp(value - reach), exp(value + reach)))


def _fitted(ladder: Ladder, pool: Pool, measured: Sequence[int]) -> _Fitted:
    logs = np.log([geometric(list(ladder.speedups[one].values())).estimate for one in measured])
    told = pool.dragged(_drag(pool, measured, logs))
    left = logs - _logs(told, measured)
    level = float(left.mean())
    columns = _columns(told, measured)
    spread = np.asarray(np.linalg.pinv(columns.T @ columns), dtype=float)
    # What each one is missed by if it is left out, without fitting anew: for the linear model that
    # the fit ends in, what is left of it over one less its own weight in the fit.
    weights = np.einsum("ij,jk,ik->i", columns, spread, columns)
    missed = (left - level) / (1 - weights)
    freedom = len(measured) - int(np.linalg.matrix_rank(columns))
    return _Fitted(told, level, sqrt(float((missed**2).mean())), spread, freedom)


def _drag(pool: Pool, measured: Sequence[int], logs: Array) -> float:
    """The drag with which the simulation comes nearest to the speedups, but for a factor."""
    # A negative drag (caches that add up) leaves each task at least half of its seconds.
    least = -0.5 / max(1, *(pool.others(one) for one in measured))
    drag = 0.0
    for _ in range(STEPS):
        told = pool.dragged(drag)
        left = logs - _logs(told, measured)
        column = _columns(told, measured)[:, 1]
        column = column - column.mean()
        weight = float(column @ column)
        if weight < STEP**2:
            return 0.0  # as many run at a time whatever the workers: it cannot be told
        before, drag = drag, max(least, drag + float(column @ left) / weight)
        if abs(drag - before) < STEP:
            break
    return drag


def _logs(pool: Pool, workers: Sequence[int]) -> Array:
    return np.log([speedup(pool, one) for one in workers])


def _columns(pool: Pool, workers: Sequence[int]) -> Array:
    """What the logarithms of the speedups change by with the factor, and with the drag."""
    by_drag = (_logs(pool.dragged(pool.drag + STEP), workers) - _logs(pool, workers)) / STEP
    return np.column_stack([np.ones(len(workers)), by_drag])
