"""Intervals against published figures and two independent implementations."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from bench.analysis.intervals import Interval, geometric, t_quantile

# Seconds from a nanosecond to the longest trial, far from what overflows.
TIMES = st.lists(st.floats(1e-9, 1e5), min_size=2, max_size=30)

# Student (1908), "The probable error of a mean", table of additional hours of sleep gained by ten
# patients with two drugs (the data set `sleep` of R). Its paired t test, as R prints it:
# mean difference -1.58, 95 percent confidence interval -2.4598858 -0.7001142, df = 9.
FIRST_DRUG = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SECOND_DRUG = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)


def test_students_paired_sleep_data_give_the_published_interval() -> None:
    ratios = [
        math.exp(first) / math.exp(second)
        for first, second in zip(FIRST_DRUG, SECOND_DRUG, strict=True)
    ]
    interval = geometric(ratios)
    assert interval.low is not None
    assert interval.high is not None
    assert math.log(interval.estimate) == pytest.approx(-1.58, abs=1e-12)
    assert math.log(interval.low) == pytest.approx(-2.4598858, abs=5e-8)
    assert math.log(interval.high) == pytest.approx(-0.7001142, abs=5e-8)


@pytest.mark.parametrize(
    ("confidence", "freedom", "published"),
    [
        (0.95, 1, 12.706),
        (0.95, 2, 4.303),
        (0.95, 4, 2.776),
        (0.95, 9, 2.262),
        (0.95, 30, 2.042),
        (0.99, 4, 4.604),
        (0.90, 4, 2.132),
    ],
)
def test_quantiles_are_those_of_the_usual_tables(
    confidence: float, freedom: int, published: float
) -> None:
    assert t_quantile(confidence, freedom) == pytest.approx(published, abs=5e-4)


def ends(interval: Interval) -> tuple[float | None, float | None]:
    return interval.low, interval.high


@given(TIMES, st.sampled_from([0.9, 0.95, 0.99, 0.9995]))
def test_intervals_equal_those_of_scipy(values: Sequence[float], confidence: float) -> None:
    logs = np.log(values)
    if np.ptp(logs) < 1e-6:
        return  # nearly equal values: both sides are rounding
    low, high = stats.t.interval(confidence, len(logs) - 1, loc=logs.mean(), scale=stats.sem(logs))
    if not (low > -700 and high < 700):
        return
    assert ends(geometric(values, confidence)) == pytest.approx((math.exp(low), math.exp(high)))


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)), min_size=3, max_size=20))
def test_speedups_equal_the_paired_t_test_of_scipy(pairs: Sequence[tuple[float, float]]) -> None:
    baseline, contender = np.array(pairs).T
    if np.ptp(np.log(baseline / contender)) < 1e-6:
        return
    tested = stats.ttest_rel(np.log(baseline), np.log(contender)).confidence_interval(0.95)
    expected = math.exp(tested.low), math.exp(tested.high)
    assert ends(geometric(list(baseline / contender))) == pytest.approx(expected, rel=1e-6)


@given(st.lists(st.floats(0.01, 100), min_size=3, max_size=20))
def test_intervals_equal_those_of_statsmodels(values: Sequence[float]) -> None:
    logs = np.log(values)
    if np.ptp(logs) < 1e-6:
        return
    low, high = DescrStatsW(logs).tconfint_mean(alpha=0.05)
    expected = math.exp(low), math.exp(high)
    assert ends(geometric(values)) == pytest.approx(expected, rel=1e-6)


@given(TIMES)
def test_an_estimate_lies_within_its_interval_and_its_values(values: Sequence[float]) -> None:
    interval = geometric(values)
    assert interval.low is not None
    assert interval.high is not None
    assert interval.low <= interval.estimate <= interval.high
    assert min(values) * (1 - 1e-9) <= interval.estimate <= max(values) * (1 + 1e-9)


@given(TIMES, st.floats(1e-3, 1e3))
def test_another_unit_of_time_changes_no_speedup(times: Sequence[float], factor: float) -> None:
    ratios = [times[0] / value for value in times]
    in_other_unit = [(factor * times[0]) / (factor * value) for value in times]
    plain, other = geometric(ratios), geometric(in_other_unit)
    assert (plain.estimate, *ends(plain)) == pytest.approx((other.estimate, *ends(other)), rel=1e-6)


@given(TIMES)
def test_the_speedup_the_other_way_round_is_the_reciprocal(times: Sequence[float]) -> None:
    forth, back = geometric(times), geometric([1 / value for value in times])
    assert forth.low is not None
    assert forth.high is not None
    assert (back.estimate, *ends(back)) == pytest.approx(
        (1 / forth.estimate, 1 / forth.high, 1 / forth.low), rel=1e-6
    )


def test_equal_values_give_an_interval_of_no_width() -> None:
    interval = geometric([2.0, 2.0, 2.0])
    assert (interval.estimate, *ends(interval)) == pytest.approx((2.0, 2.0, 2.0))
    assert interval.half_width == pytest.approx(0.0)


def test_one_value_is_an_estimate_without_an_interval() -> None:
    assert geometric([3.0]) == Interval(pytest.approx(3.0))  # type: ignore[arg-type]
    assert geometric([3.0]).half_width == math.inf


@pytest.mark.parametrize("values", [[], [0.0], [1.0, -1.0], [1.0, 0.0]])
def test_no_values_and_values_that_are_no_times_are_errors(values: Sequence[float]) -> None:
    with pytest.raises(ValueError, match=r"no values|math domain|expected a positive"):
        geometric(values)


def test_the_half_width_is_half_the_width_relative_to_the_estimate() -> None:
    assert Interval(2.0, 2.0 / 1.02, 2.0 * 1.02).half_width == pytest.approx(0.02)
