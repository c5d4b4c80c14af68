"""Why intervals are paired, on logarithms and from shuffled rounds: what they cover, simulated.

The machine drifts: its speed is an autoregressive process, so trials next to each other are alike.
Each trial has noise of its own besides. All from fixed seeds.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from bench.analysis.intervals import geometric, t_quantile
from bench.analysis.verdicts import verdict

RUNS = 4_000
TRUE_SPEEDUP = 1.8
Array = npt.NDArray[np.float64]


def drift(rng: np.random.Generator, runs: int, trials: int) -> Array:
    """The logarithm of how slow the machine is at each trial: it remembers 95% a trial."""
    steps = rng.normal(0.0, 0.02, (runs, trials))
    out = np.empty_like(steps)
    out[:, 0] = steps[:, 0] / math.sqrt(1 - 0.95**2)
    for trial in range(1, trials):
        out[:, trial] = 0.95 * out[:, trial - 1] + steps[:, trial]
    return out


def noise(rng: np.random.Generator, shape: tuple[int, ...], size: float = 0.02) -> Array:
    return rng.normal(0.0, size, shape)


def shuffled_rounds(
    rng: np.random.Generator, runs: int, rounds: int, line_up: int, size: float = 0.02
) -> Array:
    """Logarithms of times, by run, round and contender: each round in an order of its own."""
    machine = drift(rng, runs, rounds * line_up).reshape(runs, rounds, line_up)
    orders = rng.permuted(np.tile(np.arange(line_up), (runs, rounds, 1)), axis=2)
    return np.take_along_axis(machine, orders, axis=2) + noise(rng, machine.shape, size)


def blocked(rng: np.random.Generator, runs: int, rounds: int) -> Array:
    """Logarithms of times, by run, round and contender: all of one, then all of the other."""
    machine = drift(rng, runs, rounds * 2).reshape(runs, 2, rounds)
    return np.swapaxes(machine, 1, 2) + noise(rng, (runs, rounds, 2))


def coverage(logs: Array) -> float:
    """How many of the intervals of the last against the first hold the true speedup."""
    ratios = np.exp(logs[:, :, 0] - logs[:, :, -1]) * TRUE_SPEEDUP
    return float(np.mean([covers(run) for run in ratios.tolist()]))


def covers(ratios: Sequence[float]) -> bool:
    interval = geometric(ratios)
    assert interval.low is not None
    assert interval.high is not None
    return interval.low <= TRUE_SPEEDUP <= interval.high


@pytest.mark.parametrize("rounds", [3, 5, 8, 15])
def test_intervals_of_shuffled_rounds_cover_the_truth_as_often_as_they_say(rounds: int) -> None:
    rng = np.random.default_rng(20_240 + rounds)
    assert 0.93 <= coverage(shuffled_rounds(rng, RUNS, rounds, line_up=6)) <= 0.97


@pytest.mark.parametrize(("least", "width"), [(3, 0.05), (5, 0.02)])
def test_they_do_so_too_where_a_run_ends_once_they_are_narrow(least: int, width: float) -> None:
    rng = np.random.default_rng(40_000 + least)
    logs = shuffled_rounds(rng, RUNS, 40, line_up=3, size=0.03)
    ratios = logs[:, :, :1] - logs[:, :, 1:]
    ends = until_narrow(ratios, least, width)
    speedups = (np.exp(ratios[:, :, 0]) * TRUE_SPEEDUP).tolist()
    covered = np.mean([covers(run[:end]) for run, end in zip(speedups, ends, strict=True)])
    assert 0.93 <= covered <= 0.97
    assert np.mean(ends) > 1.5 * least  # or the rule would not have been put to the test


def until_narrow(ratios: Array, least: int, width: float) -> list[int]:
    """After how many rounds all of a run's contenders have intervals that narrow."""
    runs, most, _ = ratios.shape
    ends = np.full(runs, most)
    for rounds in reversed(range(least, most)):
        spread = ratios[:, :rounds].std(axis=1, ddof=1) / math.sqrt(rounds)
        narrow = np.expm1(t_quantile(0.95, rounds - 1) * spread) <= width
        ends[narrow.all(axis=1)] = rounds
    return [int(end) for end in ends]


def test_intervals_of_blocked_order_would_not() -> None:
    rng = np.random.default_rng(1)
    assert coverage(blocked(rng, RUNS, rounds=15)) < 0.75


def test_intervals_that_ignore_the_pairs_would_be_wider() -> None:
    rng = np.random.default_rng(2)
    logs = shuffled_rounds(rng, RUNS, 8, line_up=6)
    spread = logs.std(axis=1, ddof=1)
    unpaired = np.sqrt(spread[:, 0] ** 2 + spread[:, -1] ** 2)
    paired = (logs[:, :, 0] - logs[:, :, -1]).std(axis=1, ddof=1)
    assert unpaired.mean() > 1.2 * paired.mean()


# With little noise the ±2% gate decides, with much of it the correction for many comparisons.
@pytest.mark.parametrize("size", [0.02, 0.2])
@pytest.mark.parametrize("rounds", [3, 5, 10])
def test_runs_of_contenders_that_do_not_differ_rarely_say_that_one_does(
    rounds: int, size: float
) -> None:
    rng = np.random.default_rng(30_000 + rounds)
    logs = shuffled_rounds(rng, RUNS // 2, rounds, line_up=7, size=size)
    ratios = np.exp(logs[:, :, :1] - logs[:, :, 1:])
    false = np.mean([says_anything(run) for run in ratios])
    assert false <= 0.05


def says_anything(ratios: Array) -> bool:
    """Whether any of a run's six contenders (in columns) is said to differ from the baseline."""
    columns = ratios.T.tolist()
    return any(verdict(column, len(columns)) != "no difference shown" for column in columns)


def test_a_real_difference_is_found() -> None:
    rng = np.random.default_rng(4)
    logs = shuffled_rounds(rng, RUNS // 4, 5, line_up=7)
    ratios = np.exp(logs[:, :, 0] - logs[:, :, 1]) * TRUE_SPEEDUP
    assert np.mean([verdict(run, 6) == "faster" for run in ratios.tolist()]) > 0.99
