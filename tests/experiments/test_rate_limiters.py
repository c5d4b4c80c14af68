"""Limiters by a clock of their own: exact to the moment."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from bench.experiments import rate_limiters
from bench.experiments.rate_limiters import (
    Call,
    Limiter,
    ReservedSlots,
    SleepUnderLock,
    TokenBucket,
    counted,
    most_at_once,
    most_within,
)

RATE, CAPACITY = 4, 3  # periods of a quarter, which floats hold exactly


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(rate_limiters, "time", made)
    return made


def sleeping() -> SleepUnderLock:
    return SleepUnderLock(RATE)


def reserved() -> ReservedSlots:
    return ReservedSlots(RATE)


def bucket() -> TokenBucket:
    return TokenBucket(RATE, CAPACITY)


SPACING: list[Callable[[], Limiter]] = [sleeping, reserved]
ASKABLE: list[Callable[[], ReservedSlots | TokenBucket]] = [reserved, bucket]


def moments(limiter: Limiter, clock: Clock, calls: int) -> list[float]:
    began = []
    for _ in range(calls):
        limiter.wait()
        began.append(clock.now)
    return began


def gaps(limiter: Limiter, clock: Clock, calls: int) -> list[float]:
    return [after - before for before, after in pairwise(moments(limiter, clock, calls))]


@pytest.mark.parametrize("make", SPACING)
def test_a_limiter_that_spaces_calls_lets_one_through_a_period(
    make: Callable[[], Limiter], clock: Clock
) -> None:
    assert gaps(make(), clock, 5) == [0.25] * 4


@pytest.mark.parametrize("make", SPACING)
def test_it_saves_nothing_up_while_nobody_asks(make: Callable[[], Limiter], clock: Clock) -> None:
    limiter = make()
    limiter.wait()
    clock.sleep(100)
    assert gaps(limiter, clock, 4) == [0.25] * 3


def test_a_bucket_lets_through_at_once_what_it_has_saved_up(clock: Clock) -> None:
    limiter = bucket()
    moments(limiter, clock, 2 * CAPACITY)
    clock.sleep(100)
    assert gaps(limiter, clock, 5) == [0, 0, 0.25, 0.25]


def test_a_bucket_that_idled_for_a_short_while_has_saved_up_less(clock: Clock) -> None:
    limiter = bucket()
    moments(limiter, clock, CAPACITY)
    clock.sleep(0.5)
    assert gaps(limiter, clock, 4) == [0, 0.25, 0.25]


@pytest.mark.parametrize("make", ASKABLE)
def test_who_has_no_time_to_wait_is_refused_and_takes_nobodys_turn(
    make: Callable[[], ReservedSlots | TokenBucket], clock: Clock
) -> None:
    limiter = make()
    while limiter.wait(timeout=0):
        pass
    asked = clock.now
    assert not limiter.wait(timeout=0.2)
    assert clock.now == asked
    assert limiter.wait(timeout=0.25)
    assert clock.now == asked + 0.25


@pytest.mark.parametrize("make", [sleeping, reserved, bucket])
def test_none_lets_more_through_than_its_rate_and_what_it_saved_up(
    make: Callable[[], Limiter], clock: Clock
) -> None:
    limiter = make()
    saved = CAPACITY if isinstance(limiter, TokenBucket) else 1
    assert most_within(2.0, moments(limiter, clock, 40)) <= 2 * RATE + saved


def test_the_busiest_window_does_not_hold_its_own_end() -> None:
    assert most_within(1.0, [0.0, 0.5, 1.0, 1.2, 1.4, 3.0]) == 4


def test_calls_that_touch_are_not_at_once() -> None:
    assert most_at_once([Call(0, 0, 1), Call(0, 1, 2)]) == 1
    assert most_at_once([Call(0, 0, 2), Call(0, 1, 3), Call(0, 2.5, 4)]) == 2


def test_a_burst_is_what_begins_within_half_a_period() -> None:
    calls = [Call(0, began, began + 1) for began in (5.0, 5.01, 5.04, 5.06, 5.3)]
    told = counted(calls, period=0.1)
    assert told["burst"] == 3
    assert told["rate"] == pytest.approx(4 / 0.3)
    assert told["blocked_s"] == pytest.approx(25.41)
