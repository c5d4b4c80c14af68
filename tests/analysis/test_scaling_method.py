"""Why laws of scaling are fitted as they are: what their intervals cover, simulated from seeds.

The alternatives are those of textbooks and other tools, on the same simulated rounds.
"""

from collections.abc import Callable
from math import sqrt

import numpy as np
import pytest

from bench.analysis.curves import fitted
from bench.analysis.intervals import t_quantile
from tests.analysis.simulated import Array, runs_of, usl

RUNS = 500
SHARE = 0.05

# By run: how far the estimated share is from the true one, and how far its interval reaches.
Missed = tuple[Array, Array]


def missed(workers: list[int], runs: Array, truth: float) -> Missed:
    """As the lab fits Amdahl's law."""
    curves = [fitted(workers, run, 1) for run in runs.tolist()]
    found = np.array([float(curve.parameters[1]) for curve in curves])
    return found - truth, np.array([curve.reach((0, 1)) for curve in curves])


def coverage(missed: Missed) -> float:
    off, reach = missed
    return float(np.mean(np.abs(off) <= reach))


@pytest.mark.parametrize(
    ("workers", "rounds", "share"),
    [
        ([1, 2, 4], 3, 0.05),
        ([1, 2, 4], 5, 1.0),
        ([2, 3, 4], 5, 0.4),
        ([1, 2, 4, 8, 16], 10, 0.0),
        ([1, 2, 3, 4, 6, 8], 3, 0.4),
        ([1, 2, 3, 4, 6, 8], 5, 0.05),
    ],
)
def test_the_range_of_the_serial_share_holds_it_as_often_as_it_says(
    workers: list[int], rounds: int, share: float
) -> None:
    rng = np.random.default_rng([1, len(workers), rounds, round(100 * share)])
    runs = runs_of(rng, RUNS, rounds, usl(workers, share), size=0.03)
    assert 0.92 <= coverage(missed(workers, runs, share)) <= 0.98


# Noise that grows with the workers, that is mostly small and now and then large, or simply large.
@pytest.mark.parametrize(
    ("size", "growing", "skewed"), [(0.02, 3.0, False), (0.03, 0.0, True), (0.1, 0.0, False)]
)
def test_it_does_so_too_with_noise_of_other_kinds(
    size: float, growing: float, skewed: bool
) -> None:
    rng = np.random.default_rng([2, round(1000 * size)])
    runs = runs_of(rng, RUNS, 4, usl([1, 2, 4, 8], SHARE), size, growing, skewed=skewed)
    assert 0.92 <= coverage(missed([1, 2, 4, 8], runs, SHARE)) <= 0.98


@pytest.mark.parametrize("rounds", [3, 8])
def test_so_does_the_interval_of_what_pairs_of_workers_cost_each_other(rounds: int) -> None:
    workers = [1, 2, 3, 4, 6, 8]
    rng = np.random.default_rng([3, rounds])
    runs = runs_of(rng, RUNS, rounds, usl(workers, SHARE, 0.01), size=0.03)
    curves = [fitted(workers, run, 2) for run in runs.tolist()]
    off = np.array([float(curve.parameters[2]) - 0.01 for curve in curves])
    assert 0.92 <= coverage((off, np.array([c.reach((0, 0, 1)) for c in curves]))) <= 0.98


def test_and_the_band_of_the_mean_speedup_at_each_number_of_workers() -> None:
    rng = np.random.default_rng(4)
    runs = runs_of(rng, RUNS, 5, usl([1, 2, 4], SHARE), size=0.03)
    curves = [fitted([1, 2, 4], run, 1) for run in runs.tolist()]
    bands = [[at.speedup for at in curve.at([1, 3, 8])] for curve in curves]
    low = np.array([[speedup.low for speedup in band] for band in bands])
    high = np.array([[speedup.high for speedup in band] for band in bands])
    truth = np.exp(usl([1, 3, 8], SHARE))
    held = ((low <= truth) & (truth <= high)).mean(axis=0)
    assert 0.92 <= held.min() <= held.max() <= 0.98


# On logarithms the law is nearly straight within the noise, so the alternatives are linear here:
# what the logarithms change by with the factor and with the share.
def slopes(workers: list[int]) -> Array:
    counts = np.array(workers, dtype=float)
    by_share = -(counts - 1) / (1 + SHARE * (counts - 1))
    return np.column_stack([np.ones(len(counts)), by_share])


def alternative(
    workers: list[int], runs: Array, error: Callable[[Array, Array], tuple[Array, Array, int]]
) -> Missed:
    """Weights of the numbers of workers, the share's variance and its freedom, as `error` says."""
    logs = np.log(runs) - usl(workers, SHARE)
    weights, variance, freedom = error(logs, slopes(workers))
    off = np.einsum("rk,rk->r", weights, logs.mean(axis=1))
    return off, t_quantile(0.95, freedom) * np.sqrt(variance)


def by_rounds_covariance(logs: Array, columns: Array) -> tuple[Array, Array, int]:
    """Generalised least squares with the covariance that the rounds show."""
    rounds = logs.shape[1]
    rests = logs - logs.mean(axis=1, keepdims=True)
    precision = np.linalg.inv(np.einsum("rnk,rnl->rkl", rests, rests) / (rounds - 1) / rounds)
    spread = np.linalg.inv(np.einsum("ki,rkl,lj->rij", columns, precision, columns))
    weights = np.einsum("rij,kj,rkl->ril", spread, columns, precision)[:, 1]
    return weights, spread[:, 1, 1], rounds - 1


def by_equal_noise(logs: Array, columns: Array) -> tuple[Array, Array, int]:
    """All numbers of workers taken to be equally noisy, once what a round shares is taken out."""
    runs, rounds, counts = logs.shape
    rests = logs - logs.mean(axis=1, keepdims=True)
    rests = rests - rests.mean(axis=2, keepdims=True)
    freedom = (rounds - 1) * (counts - 1)
    weights, variance = plain(columns)
    noise = (rests**2).sum(axis=(1, 2)) / freedom / rounds
    return np.tile(weights, (runs, 1)), variance * noise, freedom


def by_what_is_left_over(logs: Array, columns: Array) -> tuple[Array, Array, int]:
    """The usual standard error of a regression through the means."""
    runs, _, counts = logs.shape
    means = logs.mean(axis=1)
    left = means - means @ (columns @ np.linalg.pinv(columns)).T
    weights, variance = plain(columns)
    freedom = counts - 2
    return np.tile(weights, (runs, 1)), variance * (left**2).sum(axis=1) / freedom, freedom


def plain(columns: Array) -> tuple[Array, float]:
    return np.linalg.pinv(columns)[1], float(np.linalg.inv(columns.T @ columns)[1, 1])


def test_generalised_least_squares_would_promise_too_much() -> None:
    workers = [1, 2, 4, 8]
    runs = runs_of(np.random.default_rng(5), 4 * RUNS, 5, usl(workers, SHARE))
    assert coverage(alternative(workers, runs, by_rounds_covariance)) < 0.8


def test_taking_the_noise_for_equal_would_too_where_it_grows_with_the_workers() -> None:
    workers = [1, 2, 4, 8]
    runs = runs_of(np.random.default_rng(6), 4 * RUNS, 5, usl(workers, SHARE), growing=3.0)
    assert coverage(alternative(workers, runs, by_equal_noise)) < 0.92


def test_what_a_fit_leaves_over_would_say_little_of_three_numbers_of_workers() -> None:
    workers = [1, 2, 4]
    runs = runs_of(np.random.default_rng(7), RUNS, 5, usl(workers, SHARE))
    _, usual = alternative(workers, runs, by_what_is_left_over)
    _, ours = missed(workers, runs, SHARE)
    assert np.median(usual) > 2.5 * np.median(ours)


def test_a_fit_to_each_round_would_be_as_good_but_wider_where_noise_is_large() -> None:
    workers, rounds = [4, 8, 16, 32], 6
    runs = runs_of(np.random.default_rng(8), RUNS // 4, rounds, usl(workers, 1.0), size=0.1)
    each = np.array(
        [[float(fitted(workers, [row, row], 1).parameters[1]) for row in run] for run in runs]
    )
    reach = t_quantile(0.95, rounds - 1) * each.std(axis=1, ddof=1) / sqrt(rounds)
    _, ours = missed(workers, runs, 1.0)
    assert np.median(reach) > 1.1 * np.median(ours)
