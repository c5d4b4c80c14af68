"""Which of several ways are shown to be the fastest."""

from bench.analysis.ways import fastest, times_as_fast


def test_how_many_times_as_fast_is_told_round_by_round() -> None:
    assert times_as_fast([1.0, 2.0], [3.0, 3.0]) == [3.0, 1.5]


def test_a_way_that_is_clearly_ahead_stands_alone() -> None:
    assert fastest({"slow": [3.0, 3.1, 2.9], "fast": [1.0, 1.1, 0.9]}) == ["fast"]


def test_what_is_not_shown_to_be_slower_stands_beside_the_fastest_in_the_given_order() -> None:
    seconds = {"near": [1.3, 0.9, 1.2], "far": [9.0, 9.1, 8.9], "best": [1.0, 1.1, 0.9]}
    assert fastest(seconds) == ["near", "best"]
