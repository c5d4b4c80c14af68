"""Welch's ratio of two separate sets: as others compute it, and covering as often as it says."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import CompareMeans

from bench.analysis.welch import welch
from tests.analysis.test_coverage import noise

TRUE_RATIO = 1.07
RUNS = 4_000


@given(st.integers(0, 2**32), st.integers(2, 30), st.integers(2, 30), st.floats(0.01, 5.0))
def test_it_is_what_statsmodels_computes(seed: int, a: int, b: int, spread: float) -> None:
    rng = np.random.default_rng(seed)
    above, below = rng.normal(3, spread, a), rng.normal(-1, 0.1, b)
    ends = welch(np.exp(above).tolist(), np.exp(below).tolist()).ends(0.99)
    expected = CompareMeans.from_data(above, below).tconfint_diff(alpha=0.01, usevar="unequal")
    assert ends == pytest.approx(expected, rel=1e-6)


def test_one_value_on_either_side_gives_no_interval() -> None:
    for above, below in (([2.0], [1.0, 1.1]), ([2.0, 2.1], [1.0])):
        ratio = welch(above, below)
        assert ratio.ends() is None
        assert ratio.interval().low is None
        assert ratio.interval().estimate == pytest.approx(2.0, rel=0.1)


def test_without_any_noise_the_interval_is_the_ratio() -> None:
    assert welch([3.0, 3.0], [2.0, 2.0, 2.0]).ends() == pytest.approx([math.log(1.5)] * 2)


def test_nothing_has_no_ratio() -> None:
    with pytest.raises(ValueError, match="no values"):
        welch([], [1.0])


@pytest.mark.parametrize(("a", "b", "wider"), [(3, 3, 1), (5, 5, 1), (10, 3, 1), (4, 8, 5)])
def test_it_covers_the_truth_as_often_as_it_says(a: int, b: int, wider: float) -> None:
    rng = np.random.default_rng(50_000 + a + b)
    mine = np.exp(noise(rng, (RUNS, a))).tolist()
    theirs = (TRUE_RATIO * np.exp(noise(rng, (RUNS, b), 0.02 * wider))).tolist()
    covered = 0
    for above, below in zip(theirs, mine, strict=True):
        ends = welch(above, below).ends()
        assert ends
        covered += ends[0] <= math.log(TRUE_RATIO) <= ends[1]
    assert 0.93 <= covered / RUNS <= 0.98
