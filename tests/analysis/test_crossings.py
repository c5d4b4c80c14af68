"""Break-evens: where they are, how far they are known, and when they are told at all."""

import math

import numpy as np
import pytest
from scipy import stats

from bench.analysis.crossings import Crossing, crossings, on_log_axis
from bench.analysis.verdicts import Verdict, verdict

VALUES = [1.0, 10.0, 100.0, 1_000.0]


def told(ratios: list[list[float]], values: list[float] = VALUES) -> list[Crossing]:
    """The crossings of rounds, with each value's own verdict."""
    verdicts: list[Verdict] = [verdict(column, len(values)) for column in zip(*ratios, strict=True)]
    return crossings(values, ratios, verdicts)


def rounds_about(means: list[float], spread: float, rounds: int, seed: int) -> list[list[float]]:
    rng = np.random.default_rng(seed)
    logs = np.log(means) + rng.normal(0, spread, (rounds, len(means)))
    return [[float(ratio) for ratio in row] for row in np.exp(logs)]


def test_halfway_between_a_half_and_twice_as_fast_it_breaks_even_on_the_logarithmic_axis() -> None:
    (crossing,) = told(rounds_about([0.25, 0.5, 2.0, 4.0], 1e-9, 5, seed=1))
    assert crossing.rising
    assert crossing.at.estimate == pytest.approx(math.sqrt(10 * 100))


def test_values_in_steps_are_crossed_on_a_linear_axis() -> None:
    (crossing,) = told(rounds_about([2.0, 0.5], 1e-9, 5, seed=1), [0.0, 100.0])
    assert not crossing.rising
    assert crossing.at.estimate == pytest.approx(50)


def test_rounds_that_agree_wholly_leave_an_interval_of_no_width() -> None:
    (crossing,) = told([[0.5, 2.0]] * 3, [1.0, 10.0])
    assert crossing.at.low == pytest.approx(crossing.at.high)


def test_the_interval_is_where_a_t_test_of_the_weighted_mean_does_not_reject() -> None:
    ratios = rounds_about([0.4, 0.7, 1.6, 2.5], 0.1, 6, seed=3)
    (crossing,) = told(ratios)
    logs = np.log(np.array(ratios))
    held = []
    for place in np.linspace(0, 3, 3_001):
        left = min(int(place), 2)
        mixed = logs[:, left] * (1 - place + left) + logs[:, left + 1] * (place - left)
        if stats.ttest_1samp(mixed, 0).pvalue > 0.05:
            held.append(10**place)
    assert crossing.at.low == pytest.approx(min(held), rel=5e-3)
    assert crossing.at.high == pytest.approx(max(held), rel=5e-3)


def test_nothing_is_told_where_no_value_is_shown_on_the_other_side() -> None:
    assert told(rounds_about([0.3, 0.5, 0.9, 1.0], 0.1, 5, seed=4)) == []
    assert told(rounds_about([1.5, 1.6, 1.7, 1.8], 0.01, 5, seed=4)) == []


def test_one_round_tells_no_crossing() -> None:
    assert told([[0.5, 0.5, 2.0, 2.0]]) == []


def test_a_line_that_rises_and_falls_crosses_twice() -> None:
    up, down = told(rounds_about([0.5, 2.0, 2.0, 0.5], 0.01, 5, seed=5))
    assert (up.rising, down.rising) == (True, False)
    assert 1 < up.at.estimate < 10
    assert 100 < down.at.estimate < 1_000


def test_values_over_a_factor_of_eight_lie_on_a_logarithmic_axis() -> None:
    assert on_log_axis([1.0, 8.0])
    assert not on_log_axis([1.0, 7.0])
    assert not on_log_axis([0.0, 100.0])


@pytest.mark.parametrize("rounds", [3, 5, 10])
def test_the_interval_holds_the_true_crossing_as_often_as_it_says(rounds: int) -> None:
    # On the logarithmic axis the true line is straight through 1 at 30.
    truth, runs = math.log(30.0), 1_500
    means = [math.exp(0.5 * (math.log(value) - truth)) for value in VALUES]
    rng = np.random.default_rng(rounds)
    # What a round's baseline and machine do to all of its values is shared by them.
    shared = rng.normal(0, 0.05, (runs, rounds, 1))
    logs = np.log(means) + shared + rng.normal(0, 0.08, (runs, rounds, len(means)))
    found = [
        crossing.at for run in np.exp(logs).tolist() for crossing in told(run) if crossing.rising
    ]
    holds = [at.low <= 30.0 <= at.high for at in found if at.low and at.high]
    assert len(found) > 0.3 * runs
    assert np.mean(holds) >= 0.93
