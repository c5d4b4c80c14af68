"""Verdicts: both gates, the correction for many comparisons, and symmetry."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.analysis.verdicts import SMALLEST, verdict

RATIOS = st.lists(st.floats(0.01, 100), min_size=1, max_size=12)
MIRRORED = {"faster": "slower", "slower": "faster", "no difference shown": "no difference shown"}


def around(centre: float, spread: float = 0.001) -> list[float]:
    """Five speedups close to one another."""
    return [centre * math.exp(spread * step) for step in (-2, -1, 0, 1, 2)]


@pytest.mark.parametrize("speedup", [1.03, 1.5, 3.9])
def test_a_speedup_that_is_clearly_more_than_2_percent_is_faster(speedup: float) -> None:
    assert verdict(around(speedup)) == "faster"


@pytest.mark.parametrize("speedup", [0.97, 0.5, 0.01])
def test_a_speedup_that_is_clearly_less_than_2_percent_is_slower(speedup: float) -> None:
    assert verdict(around(speedup)) == "slower"


@pytest.mark.parametrize("speedup", [0.985, 0.99, 1.0, 1.01, 1.015])
def test_a_difference_below_2_percent_is_not_shown_however_certain_it_is(speedup: float) -> None:
    assert verdict(around(speedup, spread=1e-9)) == "no difference shown"


def test_an_interval_that_reaches_into_2_percent_shows_nothing() -> None:
    assert verdict(around(1.03, spread=0.001)) == "faster"
    assert verdict(around(1.03, spread=0.01)) == "no difference shown"


def test_an_interval_that_holds_1_shows_nothing() -> None:
    assert verdict([0.5, 3.0, 1.9, 2.5]) == "no difference shown"


@pytest.mark.parametrize("speedup", [0.001, 1.0, 1_000.0])
def test_one_round_shows_nothing(speedup: float) -> None:
    assert verdict([speedup]) == "no difference shown"


def test_more_comparisons_need_more_evidence() -> None:
    ratios = around(1.06, spread=0.012)
    assert verdict(ratios, 1) == "faster"
    assert verdict(ratios, 30) == "no difference shown"


def test_many_comparisons_of_two_wild_rounds_show_nothing_and_do_not_overflow() -> None:
    assert verdict([1.0, 500.0], comparisons=64) == "no difference shown"
    assert verdict([1.0, 0.002], comparisons=64) == "no difference shown"


@given(RATIOS, st.integers(1, 64))
def test_sides_can_be_swapped(ratios: Sequence[float], comparisons: int) -> None:
    assume(all(abs(abs(math.log(ratio)) - math.log(SMALLEST)) > 1e-9 for ratio in ratios))
    swapped = [1 / ratio for ratio in ratios]
    assert verdict(swapped, comparisons) == MIRRORED[verdict(ratios, comparisons)]


@given(RATIOS, st.integers(1, 64))
def test_what_is_shown_among_many_is_shown_alone(ratios: Sequence[float], comparisons: int) -> None:
    among_many = verdict(ratios, comparisons)
    assert among_many in (verdict(ratios, 1), "no difference shown")


@given(RATIOS)
def test_the_order_of_rounds_does_not_matter(ratios: Sequence[float]) -> None:
    assert verdict(sorted(ratios)) == verdict(ratios)
