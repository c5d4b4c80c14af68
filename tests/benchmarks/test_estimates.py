"""Figures from two sides, against what is known of them and against SciPy's own tests."""

import math
import random

import pytest
from scipy import stats

from benchmarks.estimates import added, ratio, share, spread, spread_ratio


def test_a_ratio_is_that_of_the_pairs_however_these_drift() -> None:
    drifting = [1.0, 2.0, 4.0, 8.0]
    found = ratio([1.1 * value for value in drifting], drifting)
    assert (found.estimate, found.low, found.high) == pytest.approx((1.1, 1.1, 1.1))


def test_what_is_added_is_the_ratio_less_one_of_the_whole() -> None:
    ratios = ratio([1.1, 1.2, 1.3], [1.0, 1.0, 1.0])
    assert ratios.low
    assert ratios.high
    extra = added(ratios, 50.0)
    assert extra.estimate == pytest.approx(50 * (ratios.estimate - 1))
    assert (extra.low, extra.high) == pytest.approx((50 * (ratios.low - 1), 50 * (ratios.high - 1)))


def test_one_pair_gives_no_interval() -> None:
    extra = added(ratio([1.1], [1.0]), 50.0)
    assert (extra.low, extra.high) == (None, None)


@pytest.mark.parametrize(("count", "of"), [(0, 80), (1, 80), (47, 50), (50, 50)])
def test_a_share_has_the_exact_interval(count: int, of: int) -> None:
    expected = stats.binomtest(count, of).proportion_ci(0.95, method="exact")
    found = share(count, of)
    assert found.estimate == pytest.approx(100 * count / of)
    assert (found.low, found.high) == pytest.approx((100 * expected.low, 100 * expected.high))


def test_a_spread_is_the_same_in_any_unit() -> None:
    values = [1.0, 1.1, 0.9, 1.2]
    assert spread([1e3 * value for value in values]) == pytest.approx(spread(values))


def test_the_interval_of_two_spreads_holds_the_true_ratio_as_often_as_it_says() -> None:
    rng = random.Random(1)
    held = 0
    for _ in range(1_000):
        one = [math.exp(rng.gauss(0, 0.03)) for _ in range(10)]
        other = [math.exp(rng.gauss(0, 0.06)) for _ in range(10)]
        found = spread_ratio(one, other)
        assert found.low
        assert found.high
        held += found.low <= 0.5 <= found.high
    assert 930 <= held <= 970
