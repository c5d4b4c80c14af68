import pytest

from bench.analysis.intervals import Interval
from bench.charts.frame import frame_of, ideal_line
from bench.charts.series import Point, Series
from bench.charts.strips import ALONE, LINE_HEIGHT
from bench.charts.theme import style_of


def a_series(*speedups: tuple[int, float, float, float], strip: int = 0) -> Series:
    points = tuple(
        Point(f"processes × {workers}", workers, Interval(estimate, low, high), "faster", 5)
        for workers, estimate, low, high in speedups
    )
    return Series("processes", "processes", style_of("processes"), points, "processes", strip)


def test_computing_gains_nothing_beyond_the_usable_cpus() -> None:
    assert ideal_line("cpu", 2, 4) == ((1, 1), (2, 2), (4, 2))
    assert ideal_line("native", 1, 4) == ((1, 1), (1, 1), (4, 1))
    assert ideal_line("cpu", 8, 4) == ((1, 1), (4, 4))


def test_waiting_gains_with_every_worker() -> None:
    assert ideal_line("io", 2, 100) == ((1, 1), (100, 100))


def test_without_known_cpus_the_ideal_has_no_end() -> None:
    assert ideal_line("cpu", None, 4) == ((1, 1), (4, 4))


def test_the_frame_holds_intervals_and_ideal() -> None:
    frame = frame_of([1, 2], [a_series((1, 1.0, 0.9, 1.1), (2, 1.8, 1.6, 1.9))], None, "cpu", 2)

    assert (frame.first, frame.last) == (1, 2)
    assert frame.ideal_is_whole
    assert 2 < frame.strips.axis.top < 2.2


def test_an_ideal_far_above_what_was_measured_is_cut_off() -> None:
    frame = frame_of([1, 1000], [a_series((1000, 20, 18, 22))], None, "io", 2)
    top = frame.strips.axis.top

    assert not frame.ideal_is_whole
    assert top == pytest.approx(1.15 * 22)
    assert frame.ideal == ((1, 1), (top, top))


def test_an_interval_of_two_rounds_does_not_flatten_all_others() -> None:
    frame = frame_of([2], [a_series((2, 1.8, 0.01, 300))], Interval(1, 0.01, 90), "cpu", 2)

    assert 1.8 < frame.strips.axis.top < 4


def test_a_slow_executor_still_has_one_in_its_frame() -> None:
    assert frame_of([2], [a_series((2, 0.1, 0.09, 0.11))], None, "io", 2).strips.axis.top > 1


@pytest.mark.parametrize("counts", [[], [1]])
def test_one_worker_alone_stands_in_the_middle(counts: list[int]) -> None:
    frame = frame_of(counts, [], None, "cpu", 4)

    assert (frame.first, frame.last) == (0.5, 1.5)
    assert frame.ideal_is_whole


def test_many_labels_make_the_frame_higher() -> None:
    many = [a_series((2, 1.8, 1.7, 1.9))] * 40

    assert frame_of([2], many, None, "cpu", 2).strips.pixels >= 40 * LINE_HEIGHT > ALONE


def test_all_interpreters_share_one_axis() -> None:
    slow, fast = (a_series((2, x, x, x), strip=strip) for strip, x in enumerate((1.0, 3.0)))
    frame = frame_of([2], [slow, fast], None, "io", 2, ["3.11", "3.14t"])

    assert frame.strips.names == ("3.11", "3.14t")
    assert frame.strips.axis.top > 3
