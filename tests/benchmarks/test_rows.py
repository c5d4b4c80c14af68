"""What is said of a figure and its bound."""

import pytest

from bench.analysis.intervals import Interval
from benchmarks.rows import Bound, Row, judged

AT_MOST, AT_LEAST, WITHIN = Bound(high=1.0), Bound(low=0.92), Bound(0.98, 1.02)


@pytest.mark.parametrize(
    ("bound", "low", "high", "said"),
    [
        (AT_MOST, 0.2, 1.0, "met"),
        (AT_MOST, 0.2, 1.1, "not resolved"),
        (AT_MOST, 1.1, 1.2, "not met"),
        (AT_LEAST, 0.92, 1.0, "met"),
        (AT_LEAST, 0.9, 1.0, "not resolved"),
        (AT_LEAST, 0.8, 0.9, "not met"),
        (WITHIN, 0.99, 1.01, "met"),
        (WITHIN, 0.97, 1.01, "not resolved"),
        (WITHIN, 0.99, 1.03, "not resolved"),
        (WITHIN, 0.9, 1.1, "not resolved"),
        (WITHIN, 0.9, 0.97, "not met"),
        (WITHIN, 1.03, 1.1, "not met"),
    ],
)
def test_only_an_interval_wholly_on_one_side_of_a_bound_shows_anything(
    bound: Bound, low: float, high: float, said: str
) -> None:
    assert judged(Interval((low + high) / 2, low, high), bound) == said


@pytest.mark.parametrize(("value", "said"), [(1.0, "met"), (1.03, "not met")])
def test_a_value_without_an_interval_is_taken_as_exact(value: float, said: str) -> None:
    assert judged(Interval(value), WITHIN) == said


def test_a_row_without_a_bound_is_only_to_be_looked_at() -> None:
    assert Row("memory", "idle", Interval(200.0)).judgement is None


def test_a_bound_of_what_was_not_measured_is_not_resolved() -> None:
    assert Row("ray", "time ratio", bound=WITHIN, note="not installed.").judgement == "not resolved"
