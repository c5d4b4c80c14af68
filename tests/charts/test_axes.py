from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.charts.axes import Axis, axis_of

sizes = st.floats(1e-9, 1e6)


def test_small_spans_begin_at_zero_and_wide_ones_go_by_factors() -> None:
    assert axis_of([0.5, 2.0], []).low == 0
    assert not axis_of([0.25, 2.0], []).log
    assert axis_of([0.2, 2.0], []).log


def test_the_axis_holds_estimates_intervals_and_what_else_it_must() -> None:
    for axis in (
        axis_of([0.5, 0.8], [0.4, 0.9], held=[1.0]),
        axis_of([0.01, 0.5], [0.008, 0.6], held=[1.0]),
    ):
        assert axis.low < 0.008
        assert axis.top > 1.0


def test_a_wild_interval_does_not_stretch_it_far() -> None:
    assert axis_of([1.0, 1.2], [0.001, 300]).top < 3
    wide = axis_of([0.1, 2.0], [1e-9, 1e9])
    assert wide.low > 0.04
    assert wide.top < 5


def test_with_nothing_measured_it_holds_one() -> None:
    assert axis_of([], [], held=[1.0]).top > 1
    assert axis_of([], []).length > 0


def test_a_value_beyond_the_axis_stands_at_its_end() -> None:
    axis = Axis(0.1, 10, log=True)

    assert [axis.place(value) for value in (0.001, 1, 1000)] == pytest.approx([0, 1, 2])


def test_factors_are_as_far_apart_wherever_they_are() -> None:
    axis = Axis(0.1, 100, log=True)

    assert axis.place(0.4) - axis.place(0.2) == pytest.approx(axis.place(80) - axis.place(40))


@given(sizes, st.integers(3, 8))
def test_ticks_by_steps_begin_at_zero_and_are_few_even_and_on_the_axis(
    top: float, most: int
) -> None:
    ticks = Axis(0, top).ticks(most)

    assert ticks[0] == 0
    assert 2 <= len(ticks) <= most + 1
    assert ticks[-1] <= top * (1 + 1e-6)
    steps = [after - before for before, after in pairwise(ticks)]
    assert steps == pytest.approx([steps[0]] * len(steps), rel=1e-4)


@given(sizes, st.floats(8, 1e9), st.integers(4, 8))
def test_ticks_by_factors_are_few_and_on_the_axis(low: float, factor: float, most: int) -> None:
    axis = Axis(low, low * factor, log=True)
    ticks = axis.ticks(most)

    assert 1 <= len(ticks) <= most
    assert all(axis.low <= tick <= axis.top for tick in ticks)
    assert {f"{tick:.5e}".split("e")[0] for tick in ticks} <= {
        "1.00000",
        "2.00000",
        "3.00000",
        "5.00000",
    }


def test_ticks_in_figures_have_the_digits_that_they_need() -> None:
    assert Axis(0, 2.1).numbers([0, 0.5, 1, 1.5, 2]) == ["0.0", "0.5", "1.0", "1.5", "2.0"]
    assert Axis(0, 2100).numbers([0, 1000, 2000]) == ["0", "1,000", "2,000"]
    assert Axis(0.02, 30, log=True).numbers([0.05, 1, 20]) == ["0.05", "1", "20"]
