"""Doing things now and then."""

from bench.clock import Latest
from tests.measure.fakes import FakeClock


def test_a_value_is_asked_for_anew_only_after_a_while() -> None:
    clock = FakeClock()
    latest = Latest(2.0, lambda: clock.now, clock)
    seen = []
    for _ in range(6):
        seen.append(latest())
        clock.takes(1.0)
    assert seen == [0.0, 0.0, 2.0, 2.0, 4.0, 4.0]
