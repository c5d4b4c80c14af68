"""Speedup, efficiency, Karp and Flatt's fraction and the share of the ceiling, with intervals."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from bench.analysis.intervals import Interval
from bench.analysis.scaling import Ladder, Rung, rungs

SPEEDUPS = st.lists(st.floats(0.05, 200), min_size=2, max_size=12)


def a_rung(
    values: Sequence[float], workers: int = 4, ceiling: Sequence[float] | None = None
) -> Rung:
    by_round = dict(enumerate(values))
    limits = {workers: dict(enumerate(ceiling))} if ceiling else {}
    return rungs(Ladder("processes", "cpu", 4, {workers: by_round}, limits))[0]


def three(interval: Interval | None) -> tuple[float, float, float]:
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    return interval.estimate, interval.low, interval.high


def serial(speedup: float, workers: int) -> float:
    """The serial share with which Amdahl's law gives this speedup, by bisection."""
    return float(optimize.brentq(lambda s: 1 / speedup - (s + (1 - s) / workers), -5, 5_000))


@given(SPEEDUPS, st.integers(2, 64))
def test_the_karp_flatt_fraction_is_the_share_that_would_explain_the_speedup(
    values: Sequence[float], workers: int
) -> None:
    rung = a_rung(values, workers)
    estimate, low, high = three(rung.speedup)
    if low > 1e-3:
        expected = [serial(speedup, workers) for speedup in (estimate, high, low)]
        assert three(rung.karp_flatt) == pytest.approx(expected, rel=1e-6, abs=1e-9)


@given(SPEEDUPS, st.integers(1, 64))
def test_efficiency_is_the_speedup_of_each_worker(values: Sequence[float], workers: int) -> None:
    rung = a_rung(values, workers)
    assert three(rung.efficiency) == pytest.approx([x / workers for x in three(rung.speedup)])


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)), min_size=3, max_size=12))
def test_the_share_of_the_ceiling_is_paired_by_round(pairs: Sequence[tuple[float, float]]) -> None:
    mine, ceiling = np.array(pairs).T
    if np.ptp(np.log(mine / ceiling)) < 1e-6:
        return
    tested = stats.ttest_rel(np.log(mine), np.log(ceiling)).confidence_interval(0.95)
    found = three(a_rung(list(mine), 4, list(ceiling)).of_ceiling)
    assert found[1:] == pytest.approx((np.exp(tested.low), np.exp(tested.high)), rel=1e-6)


def test_what_contender_and_ceiling_share_in_a_round_is_no_uncertainty_of_their_ratio() -> None:
    rung = a_rung([2.0, 3.0, 4.0], 4, [2.5, 3.75, 5.0])
    assert three(rung.of_ceiling) == pytest.approx((0.8, 0.8, 0.8))
    assert rung.speedup.half_width > 0.5


def test_rounds_without_a_ceiling_do_not_count_for_its_share() -> None:
    ladder = Ladder("processes", "cpu", 4, {2: {1: 1.5, 2: 1.8, 3: 9.0}}, {2: {1: 2.0, 2: 2.4}})
    (rung,) = rungs(ladder)
    assert three(rung.of_ceiling) == pytest.approx((0.75, 0.75, 0.75))
    assert rung.n == 3


def test_one_worker_has_no_fraction_and_no_ceiling_gives_no_share() -> None:
    rung = a_rung([0.9, 0.95, 0.92], workers=1)
    assert (rung.karp_flatt, rung.of_ceiling) == (None, None)


def test_one_round_gives_estimates_without_intervals() -> None:
    rung = a_rung([3.0], workers=4, ceiling=[4.0])
    found = [rung.speedup, rung.efficiency, rung.karp_flatt, rung.of_ceiling]
    assert [one.low for one in found if one] == [None] * 4
    assert [one.estimate for one in found if one] == pytest.approx([3, 0.75, 1 / 9, 0.75])


def test_rungs_go_up_and_those_without_a_speedup_are_left_out() -> None:
    ladder = Ladder("processes", "cpu", 8, {8: {1: 5.0}, 2: {1: 1.9}, 4: {}})
    assert [rung.workers for rung in rungs(ladder)] == [2, 8]
