"""What a trial times and in which order, with an executor and a clock that are made up."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from bench.measure.child.trial import LEAST_WARM, timed
from bench.work import Work
from tests.measure.fakes import FakeClock

Run = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]


class FakeExecutor:
    """Opening, each pass over the items, and closing take what they are told to take."""

    def __init__(self, *, opening: float, passes: float, closing: float) -> None:
        self.clock = FakeClock()
        self.passes = 0
        self._opening, self._pass, self._closing = opening, passes, closing

    @contextmanager
    def open(self) -> Iterator[Run]:
        self.clock.takes(self._opening)
        yield self.run
        self.clock.takes(self._closing)

    def run(self, task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
        self.passes += 1
        for item in items:
            self.clock.takes(self._pass / len(items))
            yield task(item)


def double(number: int) -> int:
    return 2 * number


WORK: Work[int, int] = Work(double, [1, 2, 3, 4], sum)


def times_of(*, opening: float = 0.0, passes: float = 1.0, closing: float = 0.0) -> dict[str, Any]:
    fake = FakeExecutor(opening=opening, passes=passes, closing=closing)
    # Of all the time, 40% is spent on a CPU.
    times, _, _ = timed(fake.open(), WORK, fake.clock, lambda: 0.4 * fake.clock())
    return times


def test_start_first_pass_warm_pass_and_stop_are_told_apart() -> None:
    times = times_of(opening=3.0, passes=5.0, closing=7.0)
    assert times == pytest.approx(
        {
            "start_s": 3.0,
            "first_s": 5.0,
            "warm_s": 5.0,
            "warm_cpu_s": 2.0,
            "repeats": 1,
            "stop_s": 7.0,
            "cold_s": 15.0,
        }
    )


def test_cold_is_start_and_first_pass_and_stop_without_the_warm_pass() -> None:
    times = times_of(opening=1.0, passes=10.0, closing=2.0)
    assert times["cold_s"] == times["start_s"] + times["first_s"] + times["stop_s"]


@pytest.mark.parametrize(
    ("passes", "repeats"), [(0.001, 50), (0.02, 3), (0.03, 2), (0.0501, 1), (2.0, 1)]
)
def test_short_work_is_repeated_until_the_warm_pass_has_lasted(passes: float, repeats: int) -> None:
    times = times_of(passes=passes)
    assert times["repeats"] == pytest.approx(repeats, abs=1)  # a sum of floats may fall short
    assert times["repeats"] * passes >= LEAST_WARM - 1e-9


def test_warm_seconds_are_those_of_one_repetition() -> None:
    assert times_of(passes=0.02)["warm_s"] == pytest.approx(0.02)


def test_cpu_seconds_of_the_warm_pass_are_those_of_one_repetition() -> None:
    assert times_of(opening=9.0, passes=0.02, closing=9.0)["warm_cpu_s"] == pytest.approx(0.008)


def test_cpu_seconds_that_the_system_does_not_tell_are_not_made_up() -> None:
    fake = FakeExecutor(opening=0.0, passes=1.0, closing=0.0)
    times, _, _ = timed(fake.open(), WORK, fake.clock)
    assert times["warm_cpu_s"] is None


def test_the_results_of_the_first_and_the_last_pass_come_back_in_order() -> None:
    fake = FakeExecutor(opening=0.0, passes=0.02, closing=0.0)
    _, first, last = timed(fake.open(), WORK, fake.clock)
    assert first == last == [2, 4, 6, 8]
    assert fake.passes == 4


def test_a_lazy_map_is_timed_to_its_last_result() -> None:
    assert times_of(passes=4.0)["first_s"] == pytest.approx(4.0)
